package neo4j_test

import (
	"cmp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/kithgraph/kith/graph"
)

// model answers fetches from memory, by the words of graph's comments and as plainly as can be. It is loaded from the
// database by statements of its own.
type model struct {
	nodes []*thing
	rels  []*link
}

type thing struct {
	kind  *graph.Kind
	id    string
	key   string
	props map[string]any
}

type link struct {
	typ      string
	key      string
	from, to *thing
	props    map[string]any
}

// place is a node as it was reached.
type place struct {
	*thing
	by *link
}

func loaded(t testing.TB, cat *graph.Catalog) *model {
	m := &model{}
	byID := map[string]*thing{}
	for _, r := range run(t, "MATCH (n) WHERE n.key IS NOT NULL RETURN n.id, n.key, properties(n)", nil) {
		n := &thing{id: r.Values[0].(string), key: r.Values[1].(string), props: r.Values[2].(map[string]any)}
		n.kind = cat.KindOf(n.id)
		m.nodes = append(m.nodes, n)
		byID[n.id] = n
	}
	for _, r := range run(t, "MATCH (a)-[r]->(b) RETURN type(r), r.key, a.id, b.id, properties(r)", nil) {
		m.rels = append(m.rels, &link{r.Values[0].(string), r.Values[1].(string), byID[r.Values[2].(string)], byID[r.Values[3].(string)], r.Values[4].(map[string]any)})
	}
	return m
}

// reader answers one fetch.
type reader struct {
	*model
	now int64
}

func (m *model) read(f *graph.Fetch) *graph.Result {
	r := reader{m, int64(f.Now)}
	res := &graph.Result{}
	for _, l := range f.Lists {
		res.Lists = append(res.Lists, r.list(l, nil))
	}
	return res
}

func (r reader) follow(n *thing, e *graph.Edge) []place {
	var out []place
	for _, l := range r.rels {
		owner, far := l.from, l.to
		if !e.Out {
			owner, far = far, owner
		}
		if l.typ != e.Rel.Type || owner != n || !slices.Contains(e.Targets, far.kind) || e.Current() && !r.valid(l) {
			continue
		}
		out = append(out, place{far, l})
	}
	return out
}

func (r reader) valid(l *link) bool {
	from, hasFrom := l.props["from"].(int64)
	to, hasTo := l.props["to"].(int64)
	return (!hasFrom || from <= r.now) && (!hasTo || r.now < to)
}

// one is the node that a to-one edge leads to, or nil.
func (r reader) one(n *thing, e *graph.Edge) *place {
	all := r.follow(n, e)
	if len(all) == 0 {
		return nil
	}
	p := slices.MinFunc(all, func(a, b place) int { return cmp.Or(cmp.Compare(a.id, b.id), cmp.Compare(a.by.key, b.by.key)) })
	return &p
}

func (r reader) set(l *graph.List, owner *thing) []place {
	var all []place
	if l.Edge != nil {
		all = r.follow(owner, l.Edge)
	} else {
		for _, n := range r.nodes {
			if l.IDs != nil && !slices.Contains(l.IDs, n.id) ||
				l.External != nil && !slices.ContainsFunc(l.External, func(e graph.External) bool { return e.Key() == n.key }) {
				continue
			}
			all = append(all, place{n, nil})
		}
	}
	return slices.DeleteFunc(all, func(p place) bool {
		return !slices.ContainsFunc(l.Nodes, func(s *graph.Selection) bool { return s.Kind == p.kind }) || r.eval(l.Filter, p) != yes
	})
}

func (r reader) list(l *graph.List, owner *thing) graph.ListResult {
	var res graph.ListResult
	all := r.set(l, owner)
	if l.Rows {
		r.page(l, all, &res)
	}
	for _, t := range l.Tallies {
		res.Tallies = append(res.Tallies, r.tally(t, all))
	}
	return res
}

func (r reader) page(l *graph.List, all []place, res *graph.ListResult) {
	type row struct {
		place
		keys []any
	}
	var rows []row
	for _, p := range all {
		rows = append(rows, row{p, r.keys(l, p)})
	}
	order := func(a, b []any) int { return compareKeys(l, a, b) }
	slices.SortFunc(rows, func(a, b row) int { return order(a.keys, b.keys) })
	if l.Edge != nil && l.Edge.One {
		rows = rows[:min(1, len(rows))]
	} else if !l.Identified() {
		var before, after bool // rows outside the cursors
		rows = slices.DeleteFunc(rows, func(w row) bool {
			out := l.Page.After != nil && order(w.keys, l.Page.After) <= 0
			before = before || out
			behind := l.Page.Before != nil && order(w.keys, l.Page.Before) >= 0
			after = after || behind
			return out || behind
		})
		if n := len(rows) - l.Page.Limit; n > 0 && l.Page.Backward {
			rows, before = rows[n:], true
		} else if n > 0 {
			rows, after = rows[:l.Page.Limit], true
		}
		res.HasNext, res.HasPrevious = after && l.HasNext, before && l.HasPrevious
	}
	for _, w := range rows {
		res.Rows = append(res.Rows, r.row(l, w.place, w.keys))
	}
}

func (r reader) row(l *graph.List, p place, keys []any) graph.Row {
	i := slices.IndexFunc(l.Nodes, func(s *graph.Selection) bool { return s.Kind == p.kind })
	row := graph.Row{Sel: l.Nodes[i], ID: p.id}
	for j := range row.Sel.Props {
		row.Props = append(row.Props, r.value(&row.Sel.Props[j], false, p))
	}
	for j := range l.Props {
		row.Edge = append(row.Edge, r.value(&l.Props[j], true, p))
	}
	if l.Cursors {
		row.Keys = keys
	}
	for _, b := range row.Sel.Lists {
		row.Lists = append(row.Lists, r.list(b, p.thing))
	}
	return row
}

func (r reader) keys(l *graph.List, p place) []any {
	var keys []any
	for i := range l.Order {
		keys = append(keys, r.orderValue(&l.Order[i], p))
	}
	keys = append(keys, p.id)
	if l.Edge != nil {
		keys = append(keys, p.by.key)
	}
	return keys
}

func (r reader) orderValue(o *graph.Order, p place) any {
	for _, e := range o.Path {
		next := r.one(p.thing, e)
		if next == nil {
			return nil
		}
		p = *next
	}
	over := o.Count
	switch {
	case o.Prop != nil:
		return in1(o.Currency, r.value(o.Prop, o.OnEdge, p))
	case o.Sum != nil:
		over = o.Sum
	}
	var n int64
	var sum any
	for _, q := range r.follow(p.thing, over.Edge) {
		if r.eval(over.Filter, q) != yes {
			continue
		}
		n++
		if o.Sum == nil {
			continue
		}
		if v, ok := in1(o.Currency, r.value(o.Sum.Prop, o.Sum.OnEdge, q)).(int64); ok && sum == nil {
			sum = v
		} else if ok {
			sum = sum.(int64) + v
		}
	}
	if o.Count != nil {
		return n
	}
	return sum
}

// in1 is the amount of what is money in one currency, and anything else as it is.
func in1(currency string, v any) any {
	m, ok := v.(graph.Money)
	switch {
	case !ok:
		return v
	case m.Currency != currency:
		return nil
	}
	return m.Amount
}

func compareKeys(l *graph.List, a, b []any) int {
	for i := range a {
		c := graph.Compare(a[i], b[i])
		if i < len(l.Order) && l.Order[i].Desc && a[i] != nil && b[i] != nil {
			c = -c
		}
		if c != 0 {
			return c
		}
	}
	return 0
}

// value is the effective value of a mention of a property.
func (r reader) value(ref *graph.Ref, onEdge bool, p place) any {
	if r.eval(ref.When, p) != yes {
		return nil
	}
	props := p.props
	if onEdge {
		props = p.by.props
	}
	v := props[ref.Prop.Name]
	if v == nil {
		return nil
	}
	switch ref.Prop.Type {
	case graph.Amount:
		return graph.Money{Amount: v.(int64), Currency: props[ref.Prop.Currency()].(string)}
	case graph.Strings:
		texts := []string{}
		for _, s := range v.([]any) {
			texts = append(texts, s.(string))
		}
		return texts
	}
	return v
}

func (r reader) tally(t *graph.Tally, all []place) []graph.TallyRow {
	var rows []graph.TallyRow
	for _, p := range all {
		units := []place{p}
		if t.Over != nil {
			units = r.follow(p.thing, t.Over)
		}
		for _, u := range units {
			row := graph.TallyRow{Count: 1}
			for i := range t.By {
				row.Keys = append(row.Keys, r.groupKey(&t.By[i], p))
			}
			for i := range t.Measures {
				var s graph.Summary
				switch v := r.value(&t.Measures[i].Ref, t.Measures[i].OnEdge, u).(type) {
				case nil:
				case graph.Money:
					s = graph.Summary{Currency: v.Currency, Count: 1, Sum: v.Amount, Min: v.Amount, Max: v.Amount}
				default:
					s = graph.Summary{Count: 1, Min: v, Max: v}
					if t.Measures[i].Ref.Prop.Numeric() {
						s.Sum = v
					}
				}
				row.Measures = append(row.Measures, s)
			}
			rows = append(rows, row)
		}
	}
	if len(rows) == 0 && len(t.By) == 0 {
		rows = []graph.TallyRow{{Measures: make([]graph.Summary, len(t.Measures))}}
	}
	return rows
}

func (r reader) groupKey(k *graph.GroupKey, p place) any {
	if k.Edge != nil {
		if q := r.one(p.thing, k.Edge); q != nil {
			return q.id
		}
		return nil
	}
	v := r.value(&k.Ref, k.OnEdge, p)
	if v == nil || k.Cut == graph.NoCut {
		return v
	}
	y, m, d := time.UnixMicro(v.(int64)).UTC().Date()
	switch k.Cut {
	case graph.ByYear:
		m, d = 1, 1
	case graph.ByMonth:
		d = 1
	}
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC).UnixMicro()
}

// truth of three values, ordered so that and is the minimum and or the maximum.
type truth int

const (
	no truth = iota - 1
	unknown
	yes
)

func whether(b bool) truth {
	if b {
		return yes
	}
	return no
}

func (r reader) eval(f *graph.Filter, p place) truth {
	switch {
	case f == nil:
		return yes
	case f.And != nil:
		v := yes
		for _, g := range f.And {
			v = min(v, r.eval(g, p))
		}
		return v
	case f.Or != nil:
		v := no
		for _, g := range f.Or {
			v = max(v, r.eval(g, p))
		}
		return v
	case f.Not != nil:
		return -r.eval(f.Not, p)
	case f.Test != nil:
		return r.evalTest(f.Test, p)
	case f.Some != nil:
		v := no
		for _, q := range r.follow(p.thing, f.Some.Edge) {
			v = max(v, r.eval(f.Some.Filter, q))
		}
		return v
	case f.Every != nil:
		v := yes
		for _, q := range r.follow(p.thing, f.Every.Edge) {
			v = min(v, r.eval(f.Every.Filter, q))
		}
		return v
	case f.Kind != nil && f.Kind != p.kind:
		return no
	case f.Kind != nil:
		return r.eval(f.Of, p)
	}
	return yes
}

func (r reader) evalTest(t *graph.Test, p place) truth {
	if t.ID {
		if t.Op == graph.In {
			return whether(slices.Contains(t.Value.([]any), any(p.id)))
		}
		return whether(p.id == t.Value)
	}
	if r.eval(t.Ref.When, p) != yes {
		return unknown
	}
	v := r.value(&graph.Ref{Prop: t.Ref.Prop}, t.OnEdge, p)
	if t.Fold {
		props := p.props
		if t.OnEdge {
			props = p.by.props
		}
		v = props[t.Ref.Prop.Folded()]
	}
	switch {
	case t.Op == graph.IsNull:
		return whether(v == nil)
	case v == nil:
		return unknown
	}
	switch t.Op {
	case graph.Eq:
		return whether(v == t.Value)
	case graph.In:
		return whether(slices.Contains(t.Value.([]any), v))
	case graph.StartsWith:
		return whether(strings.HasPrefix(v.(string), t.Value.(string)))
	case graph.Contains:
		return whether(strings.Contains(v.(string), t.Value.(string)))
	case graph.Includes:
		return whether(slices.Contains(v.([]string), t.Value.(string)))
	}
	if m, ok := v.(graph.Money); ok && m.Currency != t.Value.(graph.Money).Currency {
		return unknown
	}
	c := graph.Compare(v, t.Value)
	return whether(map[graph.Op]bool{graph.Lt: c < 0, graph.Lte: c <= 0, graph.Gt: c > 0, graph.Gte: c >= 0}[t.Op])
}
