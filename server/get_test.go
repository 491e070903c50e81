package server

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/executor"
	"github.com/stretchr/testify/assert"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

// The schema has no mutation to try this with.
func TestGetRunsNoMutation(t *testing.T) {
	ran := false
	schema := &graphql.ExecutableSchemaMock{
		SchemaFunc: func() *ast.Schema {
			return gqlparser.MustLoadSchema(&ast.Source{Input: `type Query { a: Int } type Mutation { a: Int }`})
		},
		ExecFunc: func(context.Context) graphql.ResponseHandler {
			ran = true
			return graphql.OneShot(&graphql.Response{Data: []byte(`{"a":1}`)})
		},
	}
	log := slog.New(slog.DiscardHandler)
	do := transport{&Server{opt: Options{Documents: none}, log: log, limits: Limits{}.withDefaults(), health: newHealth(Options{Log: log}), admission: newAdmission(DefaultLimits())}}
	ask := func(text string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		r := httptest.NewRequest(http.MethodGet, "/graphql?query="+text, nil)
		do.Do(w, r.WithContext(graphql.StartOperationTrace(r.Context())), executor.New(schema))
		return w
	}
	w := ask("mutation{a}")
	assert.Equal(t, http.StatusMethodNotAllowed, w.Code)
	assert.Equal(t, "POST", w.Header().Get("Allow"))
	assert.Contains(t, w.Body.String(), "GET is for queries only")
	assert.False(t, ran)
	assert.JSONEq(t, `{"data":{"a":1}}`, ask("{a}").Body.String())
	assert.True(t, ran)
}
