package committee

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/kithgraph/kith/graph"
)

// TestBridges has Ann stand here and there in a family of the companies a and b, and of deals with these.
func TestBridges(t *testing.T) {
	const forever = graph.LastInstant
	now := graph.Time(100)
	job := func(account string, to graph.Time) Stand {
		return Stand{Account: account, Person: "ann", Job: &Job{Account: account, To: to}}
	}
	claim := func(id, account, deal string, cited ...graph.Time) Stand {
		return Stand{Account: account, Deal: deal, Claim: &Claim{ID: id, Person: "ann", To: forever, Retracted: forever, Cited: cited}}
	}
	ended, retracted := claim("ended", "b", ""), claim("retracted", "b", "")
	ended.Claim.To, retracted.Claim.Retracted = now, now
	for name, c := range map[string]struct {
		stands []Stand
		jobs   int
		claims []string // nil, without jobs: she bridges nothing
	}{
		"one job bridges nothing":                               {stands: []Stand{job("a", forever)}},
		"jobs at two companies do":                              {stands: []Stand{job("a", forever), job("b", forever)}, jobs: 2},
		"two posts at one company do not":                       {stands: []Stand{job("a", forever), job("a", forever)}},
		"one that has ended counts no more":                     {stands: []Stand{job("a", forever), job("b", now)}},
		"a role in a deal with her own company bridges nothing": {stands: []Stand{job("a", forever), claim("c", "a", "d")}},
		"nor does one in it and in her company itself":          {stands: []Stand{claim("c", "a", "d"), claim("e", "a", "")}},
		"a role in another company than her own does":           {stands: []Stand{job("a", forever), claim("c", "b", "")}, jobs: 1, claims: []string{"c"}},
		"roles in two deals with one company do":                {stands: []Stand{claim("c", "a", "d"), claim("e", "a", "f")}, claims: []string{"c", "e"}},
		"of each deal the claim leads that cites most":          {stands: []Stand{claim("c", "a", "d"), claim("e", "a", "d", 1), claim("f", "b", "g")}, claims: []string{"e", "f"}},
		"what has ended, or was said in error, is no role":      {stands: []Stand{job("a", forever), ended, retracted}},
	} {
		t.Run(name, func(t *testing.T) {
			got := Bridges(c.stands, Moment{now, now})
			if c.jobs == 0 && c.claims == nil {
				assert.Empty(t, got)
				return
			}
			if assert.Len(t, got, 1) {
				var ids []string
				for _, c := range got[0].Claims {
					ids = append(ids, c.ID)
				}
				assert.Equal(t, c.claims, ids)
				assert.Len(t, got[0].Jobs, c.jobs)
				assert.Equal(t, "ann", got[0].Person)
			}
		})
	}
	zoe := Stand{Account: "b", Claim: &Claim{ID: "z", Person: "aaa", To: forever, Retracted: forever}}
	got := Bridges([]Stand{job("a", forever), zoe, {Account: "a", Claim: &Claim{ID: "y", Person: "aaa", To: forever, Retracted: forever}}, job("b", forever), claim("c", "b", "d")}, Moment{now, now})
	if assert.Len(t, got, 2) {
		assert.Equal(t, "ann", got[0].Person, "she has three")
	}
}
