package graph

import (
	"context"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestStatementsAreToldToAllThatAContextNames(t *testing.T) {
	assert.Nil(t, StatementsTold(context.Background()))
	var told []string
	by := func(name string) func(context.Context, StatementRun) {
		return func(_ context.Context, st StatementRun) { told = append(told, name+" "+st.Text) }
	}
	one := OnStatement(context.Background(), by("first"))
	two := OnStatement(one, by("second"))
	StatementsTold(two)(two, StatementRun{Text: "a"})
	StatementsTold(one)(one, StatementRun{Text: "b"})
	assert.Equal(t, []string{"first a", "second a", "first b"}, told)
}
