package change_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/change"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/policy"
)

// A world is a store in which names are those of nodes.
type world struct {
	cat   *graph.Catalog
	store *graphtest.Oracle
	ids   map[string]string
	names *strings.Replacer // of ids
}

// newWorld has a company with a deal, persons of whom one objects to SALES and one was erased, an employee, and a claim that she has made.
func newWorld(t *testing.T) *world {
	t.Helper()
	cat := graphtest.Catalog(t)
	w := &world{cat: cat, store: graphtest.NewOracle(cat, nil), ids: map[string]string{}}
	b := &graph.Batch{Source: "crm"}
	node := func(kind, name string, set graph.Values) {
		b.Nodes = append(b.Nodes, graph.Upsert{Kind: cat.MustKind(kind), ID: name, Set: set})
	}
	ref := func(kind, name string) graph.NodeRef {
		return graph.NodeRef{Kind: cat.MustKind(kind), External: graph.External{ID: name}}
	}
	link := func(rel string, from, to graph.NodeRef) {
		b.Edges = append(b.Edges, graph.Link{Rel: cat.Rel(rel), From: from, To: to})
	}
	for _, name := range []string{"ann", "bob", "objector", "erased"} {
		node("Customer", name, graph.Values{"name": name})
	}
	node("Account", "acme", graph.Values{"name": "Acme"})
	node("Employee", "eve", graph.Values{"name": "Eve"})
	node("Product", "pump", graph.Values{"name": "Pump"})
	node("Deal", "deal", graph.Values{"name": "Pumps", "stage": "PROPOSAL", "openedAt": int64(graphtest.Now) - 100})
	node("Claim", "claim", graph.Values{"role": "USER"})
	node(graph.ConsentKind, "objection", graph.Values{graph.ConsentPurpose: string(graph.Sales), graph.ConsentStatus: graph.Objected, graph.ConsentAt: int64(graphtest.Now) - 1})
	link("GIVEN_BY", ref(graph.ConsentKind, "objection"), ref("Customer", "objector"))
	link("WITH", ref("Deal", "deal"), ref("Account", "acme"))
	link("ABOUT", ref("Claim", "claim"), ref("Customer", "ann"))
	link("ON", ref("Claim", "claim"), ref("Deal", "deal"))
	report, err := w.store.Write(t.Context(), b)
	require.NoError(t, err)
	var pairs []string
	for i, n := range b.Nodes {
		w.ids[n.ID] = report.IDs[i]
		pairs = append(pairs, report.IDs[i], n.ID)
	}
	w.names = strings.NewReplacer(pairs...)
	_, err = w.store.Write(t.Context(), &graph.Batch{Source: "crm", Erase: []graph.Erasure{policy.Default().Erasure(w.ids["erased"])}})
	require.NoError(t, err)
	return w
}

// id is that of a name, or what is no name.
func (w *world) id(name string) string {
	if id := w.ids[name]; id != "" {
		return id
	}
	return name
}

// A book takes batches instead of a store, and refuses them with an error, if there is one.
type book struct {
	written []*graph.Batch
	err     error
	again   bool // they were written before
}

func (b *book) Write(_ context.Context, of *graph.Batch) (*graph.Report, error) {
	if b.err != nil {
		return nil, b.err
	}
	b.written = append(b.written, of)
	report := &graph.Report{Repeated: b.again}
	for i, n := range of.Nodes {
		report.IDs = append(report.IDs, n.Node)
		if n.Node == "" {
			report.IDs[i] = "made"
		}
	}
	return report, nil
}

// caller is one with all roles but some, for a purpose, as a customer where that is SELF.
func (w *world) caller(purpose graph.Purpose, into *book, without ...string) *change.Caller {
	v := &policy.Viewer{Lens: policy.Default().Lens(w.cat, purpose)}
	if purpose == graph.Self {
		v.Subject = w.ids["ann"]
	}
	return &change.Caller{
		Reader: policy.Over(w.store)(v), Writer: into, Catalog: w.cat, Viewer: v, Record: &policy.Record{}, Now: graphtest.Now, Actor: "olga", Reference: "case 7",
		Needs: func(role string) error {
			if slices.Contains(without, role) {
				return &graph.Error{Code: graph.Forbidden, Message: "this takes the role " + role}
			}
			return nil
		},
		Employee: func(k *graph.Kind) (*graph.NodeRef, error) {
			return &graph.NodeRef{Kind: k, External: graph.External{Source: "crm", ID: "eve"}}, nil
		},
	}
}

// key is one that a caller gives.
func key(text string) change.Key {
	return change.Key{Text: text, Once: func(actor string) (*graph.Once, error) {
		return &graph.Once{Key: fmt.Sprintf("%016x", len(actor+text)), Hash: actor}, nil
	}}
}

// input is what a caller says of a node of a kind: a change of one that a field names, if it has a name.
func (w *world) input(kind, field, name string, set graph.Values, leads ...change.Reference) *change.Input {
	return &change.Input{Key: key("k"), Kind: w.cat.MustKind(kind), Field: field, ID: w.id(name), Values: set, Leads: leads}
}

// to leads to a node by an edge.
func (w *world) to(kind, edge, field, name string, set graph.Values) change.Reference {
	r := change.Reference{Edge: w.cat.MustKind(kind).Edge(edge), Field: field, ID: w.id(name), Values: set}
	if field != edge {
		r.At, _, _ = strings.Cut(field, ".")
	}
	return r
}

// told is a batch as text, with names for ids.
func (w *world) told(b *graph.Batch) []string {
	out := []string{strings.TrimSpace(fmt.Sprintf("%s by %s %s", b.Source, b.Actor, b.Authority))}
	for _, n := range b.Nodes {
		text := fmt.Sprintf("%s %s %v", n.Kind.Name, w.names.Replace(n.ID+n.Node), n.Set)
		if n.IfNew {
			text += ", if it is new"
		}
		if n.IfUpdatedAt != nil {
			text += fmt.Sprintf(", if it has not changed since %d", *n.IfUpdatedAt-graphtest.Now)
		}
		if n.At != nil {
			text += fmt.Sprintf(", since %d", *n.At-graphtest.Now)
		}
		out = append(out, text)
	}
	for _, e := range b.Edges {
		text := fmt.Sprintf("%s -%s-> %s %v", w.names.Replace(e.From.ID+e.From.External.ID), e.Rel.Type, w.names.Replace(e.To.ID+e.To.External.ID), e.Set)
		if e.Succeeds {
			text += ", succeeding"
		}
		if e.Ends {
			text += ", ending"
		}
		out = append(out, text)
	}
	for _, e := range b.Erase {
		out = append(out, "erase "+w.names.Replace(e.Person))
	}
	for i := range out {
		out[i] = strings.ReplaceAll(out[i], fmt.Sprint(int64(graphtest.Now)), "now")
	}
	return out
}

// faults are those that an error is of, as text.
func faults(t *testing.T, err error) (out []string) {
	t.Helper()
	var wrong change.Faults
	require.ErrorAs(t, err, &wrong)
	for _, f := range wrong {
		out = append(out, strings.TrimSpace(fmt.Sprintf("%s %s", f.Code, f.Field)))
	}
	return out
}
