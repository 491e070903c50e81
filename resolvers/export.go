package resolvers

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/fold"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/resolvers/gql"
)

// maxExport bounds the records of an export, where Options do not.
const maxExport = 20000

// somebody stands for persons whom an export is not about.
const (
	somebody = "Person"
	masked   = "[somebody else]"
)

// An exporter collects what is kept about one person, page by page of each of her edges, and of those by which more is about her.
type exporter struct {
	*Resolver
	o        *operation
	customer string
	provided bool // only what she provided
	records  []*gql.ExportedRecord
	seen     map[string]bool
	own      map[string]bool // words that she is called by
	held     []graph.Category
	further  []further
}

// A further is an edge of what is recorded that leads to what is to be.
type further struct {
	from string
	edge *graph.Edge
}

// export gives what is kept about a customer, or what of it she provided.
func (r *Resolver) export(ctx context.Context, customer string, provided bool) (*gql.SubjectExport, error) {
	x := &exporter{Resolver: r, o: operationOf(ctx), customer: customer, provided: provided, seen: map[string]bool{}, own: map[string]bool{}}
	k := r.Catalog.KindOf(customer)
	row, err := x.read(ctx, customer, &graph.Selection{Kind: k, Props: x.values(k)})
	if err == nil {
		err = x.record(row, nil)
	}
	for ; err == nil && len(x.further) > 0; x.further = x.further[1:] {
		err = x.along(ctx, x.further[0])
	}
	if err != nil {
		return nil, err
	}
	out := &gql.SubjectExport{At: x.o.now, Records: x.records}
	in := x.o.viewer.Policy
	for _, c := range policy.Categories {
		if slices.Contains(x.held, c) {
			out.Uses = append(out.Uses, &gql.DataUse{Category: c, Retention: in.Retention(c).String(), Rules: r.rules(in, &graph.Property{Category: c})})
		}
	}
	x.o.record.Note(customer, policy.Categories...) // whichever of them there is
	return out, nil
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
	if len(x.records[0].Links) == x.MaxExport {
		return x.tooLarge()
	}
	x.records[0].Links = append(x.records[0].Links, x.link(l, to))
	return nil
}

// read reads a selection of the customer, or of what is about her, so that it discloses nobody else.
func (x *exporter) read(ctx context.Context, id string, sel *graph.Selection) (*graph.Row, error) {
	root := &graph.List{Key: "subject", IDs: []string{id}, Rows: true, Nodes: []*graph.Selection{sel}}
	res, err := x.o.aside.Read(ctx, &graph.Fetch{Now: x.o.now, Lists: []*graph.List{root}})
	if err != nil {
		return nil, err
	}
	if len(res.Lists[0].Rows) == 0 {
		return nil, &graph.Error{Code: graph.NotFound, Message: id + " is no longer there"}
	}
	return &res.Lists[0].Rows[0], nil
}

func (x *exporter) list(e *graph.Edge) *graph.List {
	l := &graph.List{Key: e.Name, Edge: e.Ever(), Rows: true, Page: graph.Page{Limit: x.MaxPage}}
	for _, p := range e.Rel.Shown() {
		l.Props = append(l.Props, graph.Ref{Prop: p})
	}
	for _, k := range e.Targets {
		l.Nodes = append(l.Nodes, &graph.Selection{Kind: k})
	}
	return l
}

// values are those of a kind that are told: what she may not see herself, since it is for officers alone, tells of others.
func (x *exporter) values(k *graph.Kind) []graph.Ref {
	refs := []graph.Ref{{Prop: k.Key}}
	for _, p := range k.Shown() {
		if !p.Told() || x.provided && (p.Category == graph.CategorySentiment || p.Category == graph.CategoryPrediction || !p.Given()) {
			continue // others' conclusions
		}
		refs = append(refs, graph.Ref{Prop: p})
		if p.Versions != nil && !x.provided {
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
		if !e.Stored() || e == back && e.One || x.o.viewer.Edge(e) != nil {
			continue
		}
		l := x.list(e)
		for _, to := range l.Nodes {
			x.name(to)
		}
		sel.Lists = append(sel.Lists, l)
	}
}

// name asks a node for what it is called: of persons that is needed to take it out of texts. An address, or words that somebody
// wrote, may be somebody else's: they are told of none but in records.
func (x *exporter) name(sel *graph.Selection) {
	names := slices.DeleteFunc(slices.Clone(sel.Kind.Display), func(p *graph.Property) bool { return p.Searched == graph.NotSearched })
	if sel.Kind.Person {
		names = sel.Kind.Names()
	}
	for _, p := range names {
		sel.Props = append(sel.Props, graph.Ref{Prop: p})
	}
}

func (x *exporter) tooLarge() error {
	return &graph.Error{Code: graph.CostExceeded, Message: fmt.Sprintf("more than %d records are kept about the customer, which are too many for one answer", x.MaxExport)}
}

// record adds a node that is about her, once.
func (x *exporter) record(row *graph.Row, along []*gql.ExportedValue) error {
	k := row.Sel.Kind
	if x.seen[row.ID] || x.provided && !byHer(row) {
		return nil
	}
	if len(x.records) == x.MaxExport {
		return x.tooLarge()
	}
	x.seen[row.ID] = true
	if row.ID == x.customer {
		for _, v := range rowNames(row) {
			for _, w := range strings.Fields(fold.Key(v)) {
				x.own[w] = true
			}
		}
	}
	rec := &gql.ExportedRecord{Type: k.Name, ID: row.ID, Externals: []*gql.External{}, Values: append(x.valuesOf(row.Sel.Props, row.Props), along...)}
	for i, ref := range row.Sel.Props {
		if key, _ := row.Props[i].(string); ref.Prop == k.Key {
			for _, e := range graph.Externals(key) {
				rec.Externals = append(rec.Externals, &gql.External{Source: e.Source, ID: e.ID})
				x.hold(k.Key.Category)
			}
		}
	}
	x.hold(k.Existence)
	x.records = append(x.records, rec)
	others := x.others(row)
	for _, v := range rec.Values {
		v.Value = others.Replace(v.Value, masked)
	}
	for i, l := range row.Sel.Lists {
		for j := range row.Lists[i].Rows {
			to := &row.Lists[i].Rows[j]
			if to.ID != x.customer {
				rec.Links = append(rec.Links, x.link(l, to))
			}
		}
	}
	for _, e := range k.Edges {
		leads := row.ID == x.customer || slices.ContainsFunc(e.Targets, func(k *graph.Kind) bool { return k.About(e) })
		if leads && e.Stored() && (!x.provided || e.Provided) && x.o.viewer.Edge(e) == nil {
			x.further = append(x.further, further{row.ID, e})
		}
	}
	return nil
}

// byHer reports whether what says who began it says that she did.
func byHer(row *graph.Row) bool {
	for i, ref := range row.Sel.Props {
		if ref.Prop.ByPerson != "" && row.Props[i] != ref.Prop.ByPerson {
			return false
		}
	}
	return true
}

// link tells what a record leads to. Of other persons, and of employees, it is told that they are.
func (x *exporter) link(l *graph.List, to *graph.Row) *gql.ExportedLink {
	x.hold(l.Edge.Category)
	out := &gql.ExportedLink{Field: l.Edge.Name, Type: to.Sel.Kind.Name, Values: x.valuesOf(l.Props, to.Edge)}
	switch k := to.Sel.Kind; {
	case k.Person:
		out.Type = somebody
	case k.Existence == graph.CategoryWorkforce:
	default:
		out.ID = &to.ID
		var known []string
		for i, ref := range to.Sel.Props {
			if name, ok := to.Props[i].(string); ok && slices.Contains(k.Display, ref.Prop) {
				known = append(known, name)
			}
		}
		if called := graph.Called(known); called != "" {
			out.DisplayName = &called
		}
	}
	return out
}

func (x *exporter) hold(c graph.Category) {
	if c != "" && !slices.Contains(x.held, c) {
		x.held = append(x.held, c)
	}
}

func (x *exporter) valuesOf(refs []graph.Ref, values []any) []*gql.ExportedValue {
	out := []*gql.ExportedValue{}
	for i, ref := range refs {
		if ref.Prop.Hidden || ref.Prop.Alias == graph.ExternalsField || values[i] == nil {
			continue
		}
		x.hold(ref.Prop.Category)
		v := &gql.ExportedValue{Field: ref.Prop.Field(), Category: ref.Prop.Category}
		if was, kept := values[i].([]graph.Version); kept {
			v.Field, v.Value = graph.HistoryField, history(ref.Prop.Of[0], was)
		} else {
			v.Value = written(ref.Prop, values[i])
		}
		out = append(out, v)
	}
	return out
}

// history writes what is kept of a property's values as JSON.
func history(p *graph.Property, was []graph.Version) string {
	type version struct {
		Property     string  `json:"property"`
		At           *string `json:"at"`
		RecordedAt   *string `json:"recordedAt"`
		SupersededAt *string `json:"supersededAt"`
		To           *string `json:"to"`
		Source       string  `json:"source,omitempty"`
	}
	at := func(t, never graph.Time) *string {
		if t == never {
			return nil
		}
		return new(t.String())
	}
	all := make([]version, len(was))
	for i, v := range was {
		all[i] = version{p.Field(), at(v.From, graph.FirstInstant), at(v.Known, graph.FirstInstant), at(v.Until, graph.LastInstant), nil, v.Source}
		if v.Value != nil {
			all[i].To = new(written(p, v.Value))
		}
	}
	b, err := json.Marshal(all)
	if err != nil {
		panic(err) // texts
	}
	return string(b)
}

// written is a value as the schema writes it.
func written(p *graph.Property, v any) string {
	switch v := v.(type) {
	case string:
		return v
	case []string:
		b, err := json.Marshal(v)
		if err != nil {
			panic(err) // texts
		}
		return string(b)
	case graph.Money:
		return fmt.Sprintf(`{"amount":%q,"currency":%q}`, v.Decimal(), v.Currency)
	case int64:
		switch p.Type {
		case graph.Instant:
			return graph.Time(v).String()
		case graph.Day:
			return graph.Date(v).String()
		case graph.Float:
			return graph.Score(v).String()
		}
	}
	return fmt.Sprint(v)
}
