package resolvers

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/policy"
)

func TestWhatIsWithheldSeveralTimesIsSaidOnce(t *testing.T) {
	at := func(n int64) *graph.Time { when := graph.Time(n * 1_000_000); return &when }
	objected := func(since int64) *policy.Withheld {
		return &policy.Withheld{Reason: policy.HasObjected, Category: graph.CategoryIdentity, Since: at(since)}
	}
	o := &operation{viewer: &policy.Viewer{Lens: &policy.Lens{Purpose: graph.Sales}}}
	w := &writer{o: o}
	note := func(x *policy.Withheld, steps ...any) {
		w.path = w.path[:0]
		for _, s := range steps {
			if i, ok := s.(int); ok {
				w.path = append(w.path, step{index: i})
			} else {
				w.path = append(w.path, step{name: s.(string)})
			}
		}
		w.note(x, ast.PathName("name"))
	}
	note(objected(1), "alone", 7)
	note(objected(1), "same", 0)
	note(objected(1), "same", 1)
	note(objected(1), "differs", 0)
	note(objected(2), "differs", 1)
	note(objected(2), "differs", 2)
	note(&policy.Withheld{Reason: policy.NotForPurpose, Category: graph.CategoryIdentity}, "differs", 3)
	note(nil, "differs", 4)
	o.takeNotes(w.notes)
	got, err := json.Marshal(o.entries())
	require.NoError(t, err)
	assert.JSONEq(t, `[
		{"path": ["alone", 7, "name"], "count": 1, "reason": "OBJECTED", "purpose": "SALES", "category": "IDENTITY", "since": "1970-01-01T00:00:01Z"},
		{"path": ["differs", 3, "name"], "count": 1, "reason": "NOT_FOR_PURPOSE", "purpose": "SALES", "category": "IDENTITY", "since": null},
		{"path": ["differs", "name"], "count": 3, "reason": "OBJECTED", "purpose": "SALES", "category": "IDENTITY", "since": null},
		{"path": ["same", "name"], "count": 2, "reason": "OBJECTED", "purpose": "SALES", "category": "IDENTITY", "since": "1970-01-01T00:00:01Z"}]`, string(got))
}
