package e2e

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/dev/asking"
	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/journal"
)

// TestReceiptsAreOfWhatWasAskedAndNotOfWhatIsStored changes any values that are stored, withheld or not. Where an operation shows the same
// nodes afterwards, it leaves the same receipt; TestWhatIsWithheldChangesNothing has the same of what is withheld alone.
func TestReceiptsAreOfWhatWasAskedAndNotOfWhatIsStored(t *testing.T) {
	compared, persons, n := 0, 0, min(*worlds, 20)
	if testing.Short() {
		n = min(n, 8)
	}
	for i := range uint64(n) {
		n := *seed + i
		t.Run(fmt.Sprint("-worlds=1 -seed=", n), func(t *testing.T) {
			w := newWorld(t, onSQLite(t), purposes[n%uint64(len(purposes))], n)
			asked := w.questions(*queries, n)
			told := w.identified(t, asked) // which nodes the answers are of
			w.ask(t, slices.Concat(asked, told))
			w.write(t, w.reference.anyValues(w.random, w.rng))
			w.askAgain(t, slices.Concat(asked, told))
			for i, q := range asked {
				if !told[i].showsTheSame(w.workedOut()) {
					continue
				}
				require.Equal(t, q.left, q.leftAgain, "the receipt of %s for %s tells of what is stored", q.text, w.purpose)
				compared++
				persons += len(q.left.Subjects)
			}
		})
	}
	graphtest.Report(t, "%d receipts compared, of %d persons", compared, persons)
	require.Positive(t, persons)
}

// brokenReceipts are ways in which a receipt could tell of what is stored. They are given what is.
var brokenReceipts = map[string]func(map[string]*seen, *journal.Receipt){
	"a kind of data is noted where there is a value": func(nodes map[string]*seen, r *journal.Receipt) {
		for i := range r.Subjects {
			s := &r.Subjects[i]
			if n := nodes[s.ID]; n != nil {
				s.Categories = slices.DeleteFunc(slices.Clone(s.Categories), func(c graph.Category) bool {
					return !slices.ContainsFunc(n.kind.Shown(), func(p *graph.Property) bool { return p.Category == c && n.values[p.Name] != nil })
				})
			}
		}
	},
	"those who are counted are told, the withheld among them": func(nodes map[string]*seen, r *journal.Receipt) {
		r.Population = append(r.Population, fmt.Sprint("of ", len(nodes)))
	},
}

func TestReceiptsThatTellOfWhatIsStoredAreFound(t *testing.T) {
	changes := map[string]func(*reference, *graphtest.World, *rand.Rand) *graph.Batch{
		"any values change":        (*reference).anyValues,
		"what is withheld changes": (*reference).upset,
	}
	for name, broken := range brokenReceipts {
		t.Run(name, func(t *testing.T) {
			for seed := range uint64(20) {
				for _, change := range changes {
					w := newWorld(t, onSQLite(t), graph.Sales, seed)
					w.spoil = func(r *journal.Receipt) { broken(w.reference.nodes, r) }
					asked := w.identified(t, w.questions(*queries, seed))
					w.ask(t, asked)
					w.write(t, change(w.reference, w.random, w.rng))
					w.reference = w.look(t)
					w.askAgain(t, asked)
					if slices.ContainsFunc(asked, func(q *question) bool { return q.showsTheSame(w.workedOut()) && !cmp.Equal(q.left, q.leftAgain) }) {
						return
					}
				}
			}
			t.Error("no world shows it")
		})
	}
}

// anyValues is a batch that changes values, withheld or not, but for what persons said and what they are known by.
func (r *reference) anyValues(w *graphtest.World, rng *rand.Rand) *graph.Batch {
	b := &graph.Batch{Source: r.source}
	for _, id := range r.ids() {
		n, set := r.nodes[id], graph.Values{}
		for _, p := range n.kind.Shown() {
			if p.Given() && n.kind.Name != graph.ConsentKind && rng.IntN(2) == 0 {
				if set[p.Name] = nil; rng.IntN(2) == 0 {
					set[p.Name] = w.Value(rng, p)
				}
			}
		}
		if len(set) > 0 {
			b.Nodes = append(b.Nodes, graph.Upsert{Kind: n.kind, ID: n.id, Set: set})
		}
	}
	return b
}

// identified are the same questions, which ask for the ids of nodes, too: what has none could not be told from another.
func (w *world) identified(t *testing.T, asked []*question) (out []*question) {
	t.Helper()
	for _, q := range asked {
		text, err := asking.Identified(w.schema, q.text)
		require.NoError(t, err)
		out = append(out, &question{text: text, follow: q.follow})
	}
	return out
}

var ofNodes = regexp.MustCompile(`\b(nodes|edges) \{`)

// workedOut finds fields that are worked out of nodes which they do not show: which these are follows from what is stored, as the rows of a list
// do, and an answer does not tell whether they are the same.
func (w *world) workedOut() *regexp.Regexp {
	var names []string
	for _, d := range w.schema.Types {
		for _, f := range d.Fields {
			if c := f.Directives.ForName("computed"); c != nil && ofNodes.MatchString(c.Arguments.ForName("needs").Value.Raw) {
				names = append(names, f.Name)
			}
		}
	}
	return regexp.MustCompile(`\b(` + strings.Join(names, "|") + `)\b`)
}

// showsTheSame reports whether both answers have the same nodes, whatever is told of them.
func (q *question) showsTheSame(workedOut *regexp.Regexp) bool {
	if workedOut.MatchString(q.text) {
		return false
	}
	var before, after struct {
		Data   map[string]any
		Errors []any
	}
	if json.Unmarshal(q.answer, &before) != nil || json.Unmarshal(q.again, &after) != nil || before.Errors != nil || after.Errors != nil {
		return false
	}
	persons := func(r *journal.Receipt) (ids []string) {
		for _, s := range r.Subjects {
			ids = append(ids, s.ID+s.External)
		}
		return ids
	}
	return alike(before.Data, after.Data) && slices.Equal(persons(&q.left), persons(&q.leftAgain))
}

// alike reports whether two values of answers are of one shape, with the same ids.
func alike(a, b any) bool {
	switch a := a.(type) {
	case map[string]any:
		b, is := b.(map[string]any)
		if !is || len(a) != len(b) {
			return false
		}
		for name := range a {
			if name == "id" && a[name] != b[name] || !alike(a[name], b[name]) {
				return false
			}
		}
		return true
	case []any:
		b, is := b.([]any)
		if !is || len(a) != len(b) {
			return false
		}
		for i := range a {
			if !alike(a[i], b[i]) {
				return false
			}
		}
		return true
	}
	switch b.(type) {
	case map[string]any, []any:
		return false
	}
	return true
}
