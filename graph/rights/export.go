// Package rights has what a data subject's rights come to: what is kept about her, and the batches that record that a right was exercised
// and carry it out. It comes to data by a policy.Reader alone. It imports graph, graph/fold and graph/policy.
package rights

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/policy"
)

// What an export is bounded by, where Options do not.
const (
	mostRecords = 20000
	rowsAtATime = 200
)

// somebody stands for persons whom an export is not about.
const somebody = "Person"

// Options of an export.
type Options struct {
	Now      graph.Time // that it is read at
	Provided bool       // only what she provided (GDPR Art. 20), and not all that is kept about her (Art. 15)
	// Page is how many rows of an edge are read at a time, and how many links of a record, but for her own, are told of each edge; 0: 200.
	Page int
	// Most is how many records there may be, and how many links of her own: an export is held in memory; 0: 20,000.
	Most int
}

// A Kept is what is kept about a person.
type Kept struct {
	Records []*Record        // she herself first, then what is about her
	Held    []graph.Category // the kinds of data that are in them, in the order of policy.Categories
}

// A Record is a node that is about the person.
type Record struct {
	Type, ID  string
	Externals []graph.External // none where it was made here
	Values    []Value
	Links     []Link
}

// A Value is written as the field of the schema writes it; lists and amounts in JSON.
type Value struct {
	Field    string
	Category graph.Category
	Value    string
}

// A Link is a relationship to something that is not about the person, or of which there is a record of its own.
type Link struct {
	Field       string // the edge's
	Type        string // of what it leads to; Person where that is somebody else
	ID          *string
	DisplayName *string // as ID, nil where it is somebody else
	Values      []Value // of the relationship
}

// An exporter collects what is kept about one person, page by page of each of her edges, and of those by which more is about her.
type exporter struct {
	Options
	reader   policy.Reader
	viewer   *policy.Viewer
	customer string
	records  []*Record
	seen     map[string]bool
	own      map[string]bool // words that she is called by
	held     map[graph.Category]bool
	further  []further
}

// Export gives what is kept about a person, or what of it she provided, as the viewer whose reader it is may see it. Errors are
// *graph.Error: NotFound where there is no such person or she goes meanwhile, CostExceeded where there are more records than Most, and
// those of the reader.
func Export(ctx context.Context, reader policy.Reader, viewer *policy.Viewer, cat *graph.Catalog, customer string, o Options) (*Kept, error) {
	o.Page, o.Most = cmp.Or(o.Page, rowsAtATime), cmp.Or(o.Most, mostRecords)
	x := &exporter{Options: o, reader: reader, viewer: viewer, customer: customer, seen: map[string]bool{}, own: map[string]bool{}, held: map[graph.Category]bool{}}
	k := cat.KindOf(customer)
	if k == nil || !k.Person {
		return nil, gone(customer)
	}
	row, err := x.read(ctx, customer, &graph.Selection{Kind: k, Props: x.values(k)})
	if err == nil {
		x.customer = row.ID // which her id may lead to
		err = x.record(row, nil)
	}
	for ; err == nil && len(x.further) > 0; x.further = x.further[1:] {
		err = x.along(ctx, x.further[0])
	}
	if err != nil {
		return nil, err
	}
	held := slices.DeleteFunc(slices.Clone(policy.Categories), func(c graph.Category) bool { return !x.held[c] })
	return &Kept{Records: x.records, Held: held}, nil
}

// A further is an edge of what is recorded that leads to what is to be.
type further struct {
	from string
	edge *graph.Edge
}

// along collects what an edge leads to, page by page: records or, where there are none of it, links of the customer's own.
func (x *exporter) along(ctx context.Context, f further) error {
	l := x.list(f.edge)
	l.Cursors, l.HasNext = true, true
	for _, to := range l.Nodes {
		x.fill(to, to.Kind.Reverse(f.edge))
	}
	for {
		row, err := x.read(ctx, f.from, &graph.Selection{Kind: f.edge.Owner, Lists: []*graph.List{l}})
		if err != nil {
			return err
		}
		at := slices.IndexFunc(row.Sel.Lists, func(b *graph.List) bool { return b.Key == l.Key })
		if at < 0 { // the guard has taken it out
			return nil
		}
		res := &row.Lists[at]
		for i := range res.Rows {
			switch to := &res.Rows[i]; {
			case recorded(to.Sel.Kind) && (f.from == x.customer || to.Sel.Kind.About(f.edge)):
				err = x.record(to, x.valuesOf(l.Props, to.Edge))
			case f.from == x.customer:
				err = x.linked(l, to)
			}
			if err != nil {
				return err
			}
		}
		if !res.HasNext {
			return nil
		}
		l.Page.After = res.Rows[len(res.Rows)-1].Keys
	}
}

// linked adds a link to the customer's own record.
func (x *exporter) linked(l *graph.List, to *graph.Row) error {
	if len(x.records[0].Links) == x.Most {
		return x.tooLarge()
	}
	x.records[0].Links = append(x.records[0].Links, x.link(l, to))
	return nil
}

// read reads a selection of the customer, or of what is about her, so that it discloses nobody else.
func (x *exporter) read(ctx context.Context, id string, sel *graph.Selection) (*graph.Row, error) {
	root := &graph.List{Key: "subject", IDs: []string{id}, Rows: true, Nodes: []*graph.Selection{sel}}
	res, err := x.reader.Read(ctx, &graph.Fetch{Now: x.Now, Lists: []*graph.List{root}})
	if err != nil {
		return nil, err
	}
	if len(res.Lists[0].Rows) == 0 {
		return nil, gone(id)
	}
	return &res.Lists[0].Rows[0], nil
}

func gone(id string) error {
	return &graph.Error{Code: graph.NotFound, Message: id + " is no longer there"}
}

func (x *exporter) tooLarge() error {
	return &graph.Error{Code: graph.CostExceeded, Message: fmt.Sprintf("more than %d records are kept about the customer, which are too many for one answer", x.Most)}
}

func (x *exporter) list(e *graph.Edge) *graph.List {
	return &graph.List{Key: e.Name, Edge: e.Ever(), Props: graph.Refs(e.Rel.Shown()...), Nodes: graph.Bare(e.Targets), Rows: true, Page: graph.Page{Limit: x.Page}}
}

// values are those of a kind that are told: what she may not see herself, since it is for officers alone, tells of others.
func (x *exporter) values(k *graph.Kind) []graph.Ref {
	refs := []graph.Ref{{Prop: k.Key}, {Prop: k.Further}}
	for _, p := range k.Shown() {
		concluded := !p.HerWord && (p.Category == graph.CategorySentiment || p.Category == graph.CategoryPrediction) // by others
		if !p.Told() || x.Provided && (concluded || !p.Given()) {
			continue
		}
		refs = append(refs, graph.Ref{Prop: p})
		if p.Versions != nil && !x.Provided {
			refs = append(refs, graph.Ref{Prop: p.Versions})
		}
	}
	return refs
}

// recorded reports whether nodes of a kind have a record of their own: they are about persons, and none themselves.
func recorded(k *graph.Kind) bool {
	return k.Existence != "" && !k.Person && k.Existence != graph.CategoryWorkforce
}

// fill asks a node for all that is told of it: its values, and what it leads to by name.
func (x *exporter) fill(sel *graph.Selection, back *graph.Edge) {
	k := sel.Kind
	if !recorded(k) {
		x.name(sel)
		return
	}
	sel.Props = x.values(k)
	for _, e := range k.Edges {
		if !e.Stored() || e == back && e.One || x.viewer.Edge(e) != nil {
			continue
		}
		l := x.list(e)
		for _, to := range l.Nodes {
			if x.name(to); named(to.Kind) { // texts may name each of them, whether there is a link to her or not
				l.Page.Limit, l.HasNext = x.Most, true
			}
		}
		sel.Lists = append(sel.Lists, l)
	}
}

// named reports whether nodes of a kind are persons or employees.
func named(k *graph.Kind) bool { return k.Person || k.Existence == graph.CategoryWorkforce }

// name asks a node for what it is called: of persons that is needed to take it out of texts. An address, or words that somebody
// wrote, may be somebody else's: they are told of none but in records.
func (x *exporter) name(sel *graph.Selection) {
	if sel.Kind.Person {
		WantNames(sel)
		return
	}
	for _, p := range sel.Kind.Display {
		if p.Searched != graph.NotSearched {
			sel.Props = append(sel.Props, graph.Ref{Prop: p})
		}
	}
}
