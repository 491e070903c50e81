package sqlite

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/kithgraph/kith/graph"
)

func TestVersionsThatAreNoneAreAnErrorWhateverIsAskedOfThem(t *testing.T) {
	for name, text := range map[string]string{
		"no times":                        `[,,9,"A",null,"",""]`,
		"a sign alone":                    `[-,1,9,"A",null,"",""]`,
		"a time beyond all others":        `[1,1,99999999999999999999,"A",null,"",""]`,
		"a time just beyond the greatest": `[1,1,9223372036854775808,"A",null,"",""]`,
		"one that ends after its times":   `[1,1,9`,
		"one that ends within its value":  `[1,1,9,"A`,
	} {
		t.Run(name, func(t *testing.T) {
			_, _, err := inForce(text, 5, 5)
			assert.ErrorIs(t, err, errCutOff)
		})
	}
	first, _, err := inForce(`[-3,1,9223372036854775807,"A",null,"",""]`, 5, graph.Time(math.MaxInt64-1))
	assert.NoError(t, err)
	assert.Equal(t, `"A"`, first)
}
