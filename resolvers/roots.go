package resolvers

import (
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/policy"
)

// fetched answers a root field that is one fetch.
func (w *writer) fetched(root rootField, f graphql.CollectedField) (bool, error) {
	switch root.form {
	case rootNode, rootNodes:
		return w.byIDs(f, root.form == rootNodes)
	case rootSearch:
		return w.search(f)
	case rootViewer:
		return w.viewer(f)
	case rootJourneys:
		return w.journeys(f)
	case rootCoverage:
		return w.roleCoverage(f)
	case rootComputed:
		return w.computed(f)
	case rootOne:
		return w.one(f, root.kind)
	default:
		return w.many(f, root.kind)
	}
}

// read reads a fetch.
func (w *writer) read(f *graph.Fetch) (*policy.Reading, error) {
	r, err := w.o.Read(w.ctx, f)
	if err == nil {
		w.small = r.Small
	}
	return r, err
}

// one answers with the one node of a kind that the arguments name.
func (w *writer) one(f graphql.CollectedField, k *graph.Kind) (bool, error) {
	who, err := w.named(f, k)
	if err != nil {
		return false, err
	}
	if who == nil {
		w.note(w.o.viewer.Single(k))
		return false, nil
	}
	return w.oneNamed(f, k, who, w.load)
}

// oneNamed answers with the one node of a kind that has a name.
func (w *writer) oneNamed(f graphql.CollectedField, k *graph.Kind, who *name, load func(graphql.CollectedField, *graph.Fetch) (*policy.Reading, error)) (bool, error) {
	p, err := w.planOne(w.op, w.o, f, k, who)
	if err != nil {
		return false, err
	}
	if w.note(w.o.viewer.Single(k)) {
		return false, nil
	}
	r, err := load(f, p.fetch(w.o.now, *who))
	if err != nil {
		return false, err
	}
	n := bindTo(w, p, r, func(b *binder, planned, guarded []*graph.List) nodes {
		return b.nodes(planned[0].Nodes, guarded[0].Nodes, f.Selections)
	})
	rows := r.Answer(p.lists[0]).Rows
	i := slices.IndexFunc(rows, func(row graph.Row) bool { return who.ids == nil || r.Leads.ID(who.ids[0]) == row.ID })
	return i >= 0 && n.write(w, &rows[i]), nil
}

// A name is what a root field's arguments say of the node that is meant: its id, or the row of a source that it came from.
type name struct {
	ids      []string
	external []graph.External
}

// ref is the node of a kind that is meant.
func (n *name) ref(k *graph.Kind) *graph.NodeRef {
	if n.ids != nil {
		return &graph.NodeRef{Kind: k, ID: n.ids[0]}
	}
	return &graph.NodeRef{Kind: k, External: n.external[0]}
}

// named reads which node the arguments name. Nil: an id of another kind, which names nothing, one of no source, or a source's where ids are
// hidden.
func (w *writer) named(f graphql.CollectedField, k *graph.Kind) (*name, error) {
	args := f.ArgumentMap(w.op.Variables)
	ext, _ := args["external"].(map[string]any)
	id := w.o.hidden.Resolve(text(args["id"]))
	switch {
	case f.Name == "me" && w.o.viewer.Subject == "":
		return nil, &graph.Error{Code: graph.PurposeDenied, Message: "me is for a customer who asks for SELF"}
	case f.Name == "me" && w.Catalog.KindOf(w.o.viewer.Subject) != k:
		return nil, graph.Invalid("me: the token's claim customer is to be an id of Kith's, as %s_…, and is none", k.Prefix)
	case f.Name == "me":
		return &name{ids: []string{w.o.viewer.Subject}}, nil
	case (args["id"] == nil) == (ext == nil):
		return nil, graph.Invalid("%s: exactly one of id and external is to be given", f.Name)
	case args["id"] != nil && w.Catalog.KindOf(id) != k, ext != nil && (w.o.hidden != nil || text(ext["source"]) == ""):
		return nil, nil
	case ext == nil:
		return &name{ids: []string{id}}, nil
	}
	return &name{external: []graph.External{{Source: text(ext["source"]), ID: text(ext["id"])}}}, nil
}

// planOne plans the node of a kind that is named by its id, or by a source.
func (r *Resolver) planOne(op *graphql.OperationContext, o *operation, f graphql.CollectedField, k *graph.Kind, who *name) (*plan, error) {
	shape := "id"
	if who.ids == nil {
		shape = "external" // the guard looks at it otherwise
	}
	if f.ObjectDefinition.Name == viewerType {
		shape += " of viewer" // a root field may have its name
	}
	return r.plan(op, o, f, shape, func(p *planner) []*graph.List {
		p.path = []string{f.Name}
		l := p.ofKind(f, k)
		l.Key = f.Name
		return []*graph.List{l}
	})
}

// many answers with a page of a kind.
func (w *writer) many(f graphql.CollectedField, k *graph.Kind) (bool, error) {
	p, err := w.plan(w.op, w.o, f, "", func(p *planner) []*graph.List { return p.all(f, k) })
	if err != nil {
		return false, err
	}
	if w.note(w.o.viewer.Root(k)) {
		return false, nil
	}
	r, err := w.read(p.fetch(w.o.now))
	if err != nil {
		return false, err
	}
	c := bindTo(w, p, r, func(b *binder, planned, guarded []*graph.List) *connection {
		return b.connection(planned[0], guarded[0], f)
	})
	return c.write(w, r.Asked[0], &r.Lists[0], set{r.Asked, r.Lists}), nil
}

// byIDs answers with nodes of any kind: one root list for each kind that the ids have.
func (w *writer) byIDs(f graphql.CollectedField, several bool) (bool, error) {
	ids, err := w.ids(f)
	if err != nil {
		return false, err
	}
	each := func(write func(i int) bool) bool {
		if !several {
			return write(0)
		}
		return w.list(len(ids), false, write)
	}
	start := len(w.b)
	each(func(i int) bool { // for its path
		if k := w.Catalog.KindOf(ids[i]); k != nil {
			w.note(w.o.viewer.Single(k))
		}
		return false
	})
	w.b = w.b[:start]
	p, fetch, err := w.planIDs(w.op, w.o, f, ids)
	if err != nil {
		return false, err
	}
	rows, leads := map[string]*graph.Row{}, graph.Leads(nil)
	var n nodes
	if len(fetch.Lists) > 0 {
		r, err := w.load(f, fetch)
		if err != nil {
			return false, err
		}
		n = bindTo(w, p, r, func(b *binder, planned, guarded []*graph.List) (all nodes) {
			for i := range planned {
				all = append(all, b.nodes(planned[i].Nodes, guarded[i].Nodes, f.Selections)...)
			}
			return all
		})
		leads = r.Leads
		for _, l := range p.lists {
			found := r.Answer(l).Rows
			for i := range found {
				rows[found[i].ID] = &found[i]
			}
		}
	}
	return each(func(i int) bool {
		row := rows[leads.ID(ids[i])]
		return row != nil && n.write(w, row)
	}), nil
}

// ids reads the argument that is an id, or a list of ids.
func (w *writer) ids(f graphql.CollectedField) (ids []string, err error) {
	args := f.ArgumentMap(w.op.Variables)
	all, several := args["ids"]
	if !several {
		return []string{w.o.hidden.Resolve(text(args["id"]))}, nil
	}
	for _, id := range elements(all) {
		ids = append(ids, w.o.hidden.Resolve(text(id)))
	}
	if len(ids) > w.MaxPage {
		return nil, graph.Invalid("ids: at most %d ids, not %d", w.MaxPage, len(ids))
	}
	return ids, nil
}

// planIDs plans nodes by their ids, of whatever kinds: those that may be asked for by themselves.
func (r *Resolver) planIDs(op *graphql.OperationContext, o *operation, f graphql.CollectedField, ids []string) (*plan, *graph.Fetch, error) {
	var kinds []*graph.Kind
	var names []string
	byKind := map[*graph.Kind][]string{}
	for _, id := range ids {
		k := r.Catalog.KindOf(id)
		if k == nil || o.viewer.Single(k) != nil || slices.Contains(byKind[k], id) {
			continue
		}
		if byKind[k] == nil {
			kinds, names = append(kinds, k), append(names, k.Name)
		}
		byKind[k] = append(byKind[k], id)
	}
	p, err := r.plan(op, o, f, strings.Join(names, ","), func(p *planner) (lists []*graph.List) {
		for _, k := range kinds {
			lists = append(lists, p.ofKind(f, k))
		}
		return lists
	})
	if err != nil {
		return nil, nil, err
	}
	var named []name
	for _, k := range kinds {
		named = append(named, name{ids: byKind[k]})
	}
	return p, p.fetch(o.now, named...), nil
}
