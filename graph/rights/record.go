package rights

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/fold"
)

// record adds a node that is about her, once.
func (x *exporter) record(row *graph.Row, along []Value) error {
	k := row.Sel.Kind
	if x.seen[row.ID] || x.Provided && !x.byHer(row) {
		return nil
	}
	if len(x.records) == x.Most {
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
	rec := &Record{Type: k.Name, ID: row.ID, Values: append(x.valuesOf(row.Sel.Props, row.Props), along...)}
	if rec.Externals = externals(row); len(rec.Externals) > 0 {
		x.hold(k.Key.Category)
	}
	x.hold(k.Existence)
	x.records = append(x.records, rec)
	others := x.others(row)
	for i := range rec.Values {
		rec.Values[i].Value = others.Replace(rec.Values[i].Value, masked)
	}
	for i, l := range row.Sel.Lists {
		if row.Lists[i].HasNext && l.HasNext { // somebody might be named who was not read
			return x.tooLarge()
		}
		shown := 0
		for j := range row.Lists[i].Rows {
			if to := &row.Lists[i].Rows[j]; to.ID != x.customer && shown < x.Page {
				rec.Links = append(rec.Links, x.link(l, to))
				shown++
			}
		}
	}
	for _, e := range k.Edges {
		leads := row.ID == x.customer || slices.ContainsFunc(e.Targets, func(k *graph.Kind) bool { return k.About(e) })
		if leads && e.Stored() && (!x.Provided || e.Provided) && x.viewer.Edge(e) == nil {
			x.further = append(x.further, further{row.ID, e})
		}
	}
	return nil
}

// externals are the rows of sources that a record came from.
func externals(row *graph.Row) []graph.External {
	key, _ := row.Value(row.Sel.Kind.Key).(string)
	further, _ := row.Value(row.Sel.Kind.Further).([]string)
	return graph.Externals(key, further)
}

// byHer reports whether what says who began it says that a person did, and who took part in it that she is the one.
func (x *exporter) byHer(row *graph.Row) bool {
	for i, ref := range row.Sel.Props {
		if ref.Prop.ByPerson != "" && (row.Props[i] != ref.Prop.ByPerson || !x.said(row)) {
			return false
		}
	}
	return true
}

// said reports whether she took part in something as the one who said it: she sent it or, where no role of hers tells who did, nobody sent
// it and no other person was there who may have.
func (x *exporter) said(row *graph.Row) bool {
	var all, others graph.Meeting
	for l, to := range row.Below() {
		if !slices.ContainsFunc(row.Sel.Kind.Subjects, func(s *graph.Edge) bool { return s.Rel == l.Edge.Rel }) {
			continue
		}
		role := ""
		if at := slices.IndexFunc(l.Props, func(r graph.Ref) bool { return r.Prop.Name == graph.RoleProperty }); at >= 0 {
			role, _ = to.Edge[at].(string)
		}
		all = all.With(to.ID, role)
		if to.ID != x.customer && (to.Sel.Kind.Person || role == graph.RoleFrom) {
			others = others.With(to.ID, role)
		}
	}
	switch her, there := all.Of(x.customer); her.Role {
	case graph.RoleFrom:
		return true
	case graph.RoleTo, graph.RoleCopied:
		return false
	default:
		return there && len(others) == 0
	}
}

// link tells what a record leads to. Of other persons, and of employees, it is told that they are.
func (x *exporter) link(l *graph.List, to *graph.Row) Link {
	x.hold(l.Edge.Category)
	out := Link{Field: l.Edge.Name, Type: to.Sel.Kind.Name, Values: x.valuesOf(l.Props, to.Edge)}
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
	if c != "" {
		x.held[c] = true
	}
}

func (x *exporter) valuesOf(refs []graph.Ref, values []any) []Value {
	var out []Value
	for i, ref := range refs {
		if ref.Prop.Hidden || ref.Prop.Alias == graph.ExternalsField || values[i] == nil {
			continue
		}
		x.hold(ref.Prop.Category)
		v := Value{Field: ref.Prop.Field(), Category: ref.Prop.Category}
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
	return asJSON(all)
}

// asJSON is JSON of what always has one: texts, and structs of them.
func asJSON(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return string(b)
}

// written is a value as the schema writes it.
func written(p *graph.Property, v any) string {
	switch v := v.(type) {
	case string:
		return v
	case []string:
		if p.Format == graph.FormatAttribute {
			return "[" + strings.Join(v, ",") + "]"
		}
		return asJSON(v)
	case graph.Money:
		return fmt.Sprintf(`{"amount":%q,"currency":%q}`, v.Decimal(), v.Currency)
	case int64:
		return graph.Number(p.Type, v)
	}
	return fmt.Sprint(v)
}

// masked stands in texts for the names of persons whom an export is not about.
const masked = "[somebody else]"

// others are the names of those who are in a record beside her, and the parts of them that are not hers, too.
func (x *exporter) others(row *graph.Row) *fold.Names {
	var names []string
	for _, to := range row.Below() {
		if to.ID == x.customer || !named(to.Sel.Kind) {
			continue
		}
		for _, name := range rowNames(to) {
			names = append(names, name)
			for _, w := range strings.Fields(name) {
				if len([]rune(w)) > 2 && !x.own[fold.Key(w)] {
					names = append(names, w)
				}
			}
		}
	}
	slices.SortFunc(names, func(a, b string) int { return len(b) - len(a) }) // whole names before their parts
	return fold.NewNames(names)
}

// rowNames are the names, the addresses and the numbers of a person or of an employee.
func rowNames(row *graph.Row) (names []string) {
	for i, ref := range row.Sel.Props {
		name, is := row.Props[i].(string)
		switch ref.Prop.Category {
		case graph.CategoryIdentity, graph.CategoryContact, graph.CategoryWorkforce:
			if is && !ref.Prop.Hidden && ref.Prop.Type == graph.String {
				names = append(names, name)
			}
		}
	}
	return names
}

// WantNames has a selection of a person bring what Names takes.
func WantNames(sel *graph.Selection) {
	sel.Props = append(sel.Props, graph.Refs(sel.Kind.Names()...)...)
}

// Names are the names, addresses and numbers of a person that are hardly anybody else's, of a row with what WantNames asks: by them she is
// looked for in copies outside the store.
func Names(row *graph.Row) (names []string) {
	for i, v := range row.Props {
		p := row.Sel.Props[i].Prop
		if name, ok := v.(string); ok && fold.Distinct(name, p.Category == graph.CategoryContact, slices.Contains(row.Sel.Kind.Display, p)) {
			names = append(names, name)
		}
	}
	return names
}
