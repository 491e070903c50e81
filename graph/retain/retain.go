// Package retain removes what has outlived its period. It imports graph.
package retain

import (
	"context"
	"fmt"
	"math"
	"slices"

	"github.com/kithgraph/kith/graph"
)

// Options of a run.
type Options struct {
	Now graph.Time
	// Before is the instant such that what of a kind of data is older is kept no longer; not ok: all of it is kept.
	Before func(graph.Category) (at graph.Time, ok bool)
	DryRun bool // nothing is removed
	// Progress is told, page by page, how many nodes of a kind have been looked at.
	Progress func(kind string, nodes int)
}

// pageSize is how many nodes are looked at, and at most changed by one batch, at a time.
const pageSize = 200

// Run looks at everything that is personal, and removes what has outlived the period of its kind of data: nodes by that of their
// existence, values and relationships by their own. It gives the numbers by type and field.
//
// What a person has refused is kept as long as it stands, however old it is: an objection, a withdrawal, a restriction. Else her data would be used again
// since she said no long ago.
//
// A node is as old as the newest instant of its own, but for when it was changed here; one without any is kept, and one with a from
// and no to is in force. What is a person's own is as old as the newest instant of herself, of what is about her and of her
// relationships. A relationship is as old as its newest instant; without one, or while it has no end, as the person. A place is
// removed with the last relationship to it.
//
// Each batch is written wholly or not at all, and what is gone is gone: a run that was broken off is gone on with by another.
func Run(ctx context.Context, store graph.Store, cat *graph.Catalog, o Options) ([]graph.ErasedPart, error) {
	r := &run{store: store, cat: cat, Options: o, parts: map[graph.ErasedPart]int{}, ended: map[[2]string]bool{}}
	for _, k := range cat.Kinds {
		step := r.dated
		switch {
		case k.Person:
			step = r.person
		case !slices.Contains(graph.PersonalCategories, k.Existence) || len(instants(k.Properties)) == 0:
			continue
		}
		if err := r.pages(ctx, k, step); err != nil {
			return nil, err
		}
	}
	return graph.Counted(r.parts), nil
}

type run struct {
	Options
	store graph.Store
	cat   *graph.Catalog
	parts map[graph.ErasedPart]int
	batch graph.Batch
	again bool               // a person has more old relationships than one page shows
	ended map[[2]string]bool // relationships that are removed, by type and key: two persons may have one
}

// over reports whether the period of a kind of data is over for what is from an instant.
func (r *run) over(c graph.Category, newest int64) bool {
	before, ok := r.Before(c)
	return ok && slices.Contains(graph.PersonalCategories, c) && newest < int64(before)
}

// any reports whether the period of something that a property tells of is over: the shortest of them counts.
func (r *run) any(p *graph.Property, newest int64) bool {
	return r.over(p.Category, newest) || slices.ContainsFunc(p.Also, func(c graph.Category) bool { return r.over(c, newest) })
}

// tellsAge reports whether a property tells how old something is.
func tellsAge(p *graph.Property) bool {
	return !p.Hidden && p.Temporal() && !p.Stamped
}

// instants are the properties that tell how old something is.
func instants(props []*graph.Property) []*graph.Property {
	return slices.DeleteFunc(slices.Clone(props), func(p *graph.Property) bool { return !tellsAge(p) })
}

// pages goes through a kind by id.
func (r *run) pages(ctx context.Context, k *graph.Kind, step func(*graph.Row) error) error {
	sel := &graph.Selection{Kind: k, Props: graph.Refs(k.Shown()...)}
	switch {
	case k.Person:
		sel.Lists = r.around(k)
	case k.Name == graph.ConsentKind:
		sel.Lists = []*graph.List{giver(k)}
	}
	l := &graph.List{Key: k.Name, Rows: true, Cursors: true, HasNext: true, Page: graph.Page{Limit: pageSize}, Nodes: []*graph.Selection{sel}}
	for seen := 0; ; {
		res, err := r.store.Read(ctx, &graph.Fetch{Now: r.Now, Lists: []*graph.List{l}})
		if err != nil {
			return err
		}
		rows := res.Lists[0].Rows
		for i := range rows {
			if err := step(&rows[i]); err != nil {
				return err
			}
		}
		if err := r.write(ctx); err != nil {
			return err
		}
		if r.again && !r.DryRun { // these are gone now
			r.again = false
			continue
		}
		seen += len(rows)
		if r.Progress != nil {
			r.Progress(k.Name, seen)
		}
		if !res.Lists[0].HasNext {
			return nil
		}
		l.Page.After = rows[len(rows)-1].Keys
	}
}

// write carries out what a page has come to. Only then it counts.
func (r *run) write(ctx context.Context) error {
	b := r.batch
	r.batch = graph.Batch{}
	if len(b.Remove) > 0 && !r.DryRun {
		b.Source = "kith.retention"
		if _, err := r.store.Write(ctx, &b); err != nil {
			return err
		}
	}
	for _, x := range b.Remove {
		switch {
		case x.Rel != nil:
			r.parts[graph.ErasedPart{Type: x.Rel.Type}]++
		case len(x.Properties) == 0:
			r.parts[graph.ErasedPart{Type: x.Kind.Name}]++
		}
		for _, name := range x.Properties {
			r.parts[graph.ErasedPart{Type: x.Kind.Name, Field: name}]++
		}
	}
	return nil
}

// dated looks at a node that has instants of its own.
func (r *run) dated(row *graph.Row) error {
	k := row.Sel.Kind
	newest, known := latest(row.Sel.Props, row.Props)
	if !known || k.Name == graph.ConsentKind && stands(row) {
		return nil
	}
	if r.over(k.Existence, newest) {
		r.batch.Remove = append(r.batch.Remove, graph.Removal{Kind: k, ID: row.ID})
		return nil
	}
	r.values(row, newest)
	return nil
}

// giver is a list of who gave a Consent, with what all that she said comes to.
func giver(consent *graph.Kind) *graph.List {
	e := consent.Edge("givenBy")
	l := &graph.List{Key: e.Name, Edge: e, Rows: true, Page: graph.Page{Limit: 1}}
	for _, to := range e.Targets {
		l.Nodes = append(l.Nodes, &graph.Selection{Kind: to, Props: graph.Refs(graph.StandingProperties(to.Name)...)})
	}
	return l
}

// stands reports whether a Consent refuses something that nothing which was said later allows again.
func stands(consent *graph.Row) bool {
	purpose, _ := consent.ByName(graph.ConsentPurpose).(string)
	at, _ := consent.ByName(graph.ConsentAt).(int64)
	for i := range consent.Lists {
		for j := range consent.Lists[i].Rows {
			said := func(name string) (int64, bool) { t, is := consent.Lists[i].Rows[j].ByName(name).(int64); return t, is }
			switch consent.ByName(graph.ConsentStatus) {
			case graph.Restricted:
				_, refused := said(graph.RestrictedAt)
				return refused
			case graph.Objected:
				_, refused := said(graph.ObjectedAt(graph.Purpose(purpose)))
				return refused
			case graph.Withdrawn: // of one channel, too, where another consent is there
				allowed, is := said(graph.ConsentedAt(graph.Purpose(purpose)))
				return !is || allowed <= at || consent.ByName(graph.ConsentChannel) != nil
			}
		}
	}
	return false
}

// values has the values of a node go whose own period is over.
func (r *run) values(row *graph.Row, newest int64) {
	var names []string
	for i, ref := range row.Sel.Props {
		if row.Props[i] != nil && ref.Prop.Given() && r.any(ref.Prop, newest) {
			names = append(names, ref.Prop.Name)
		}
	}
	if len(names) > 0 {
		r.batch.Remove = append(r.batch.Remove, graph.Removal{Kind: row.Sel.Kind, ID: row.ID, Properties: names})
	}
}

// latest is the newest instant among values; the end of time where something has begun and not ended.
func latest(refs []graph.Ref, values []any) (newest int64, known bool) {
	began, ended := false, false
	for i, ref := range refs {
		at, is := values[i].(int64)
		if !is || !tellsAge(ref.Prop) {
			continue
		}
		began, ended = began || ref.Prop.Name == "from", ended || ref.Prop.Name == "to"
		if !known || at > newest {
			newest, known = at, true
		}
	}
	if began && !ended {
		newest = int64(graph.LastInstant)
	}
	return newest, known
}

// around are lists of what tells how old a person's own data is, and of her relationships that may have outlived their period.
func (r *run) around(k *graph.Kind) (out []*graph.List) {
	for _, e := range k.Edges {
		if !e.Stored() {
			continue
		}
		out = append(out, age(e)...)
		limited := slices.ContainsFunc(e.Categories(), func(c graph.Category) bool { _, limited := r.Before(c); return limited })
		if limited && !dated(e) {
			l := &graph.List{Key: "edges of " + e.Name, Edge: e.Ever(), Rows: true, Cursors: true, Page: graph.Page{Limit: pageSize}}
			for _, p := range instants(e.Rel.Properties) {
				l.Props = append(l.Props, graph.Ref{Prop: p})
				l.Order = append(l.Order, graph.Order{Prop: &graph.Ref{Prop: p}, OnEdge: true}) // the oldest first
			}
			for _, to := range e.Targets {
				l.Nodes = append(l.Nodes, &graph.Selection{Kind: to, Lists: holders(to)})
			}
			out = append(out, l)
		}
	}
	return out
}

// age are lists of how new relationships along an edge are, what they lead to where that is about the person, and what is about that.
func age(e *graph.Edge) (out []*graph.List) {
	for _, to := range e.Targets {
		t, sel := &graph.Tally{Key: "newest"}, &graph.Selection{Kind: to}
		for _, p := range instants(e.Rel.Properties) {
			t.Measures = append(t.Measures, graph.Measure{Ref: graph.Ref{Prop: p}, OnEdge: true})
		}
		if to.About(e) {
			for _, p := range instants(to.Properties) {
				t.Measures = append(t.Measures, graph.Measure{Ref: graph.Ref{Prop: p}})
			}
			for _, further := range to.Edges {
				if slices.ContainsFunc(further.Targets, func(k *graph.Kind) bool { return k.About(further) }) {
					sel.Lists = append(sel.Lists, age(further)...)
				}
			}
		}
		if rows := len(sel.Lists) > 0; rows || len(t.Measures) > 0 {
			out = append(out, &graph.List{Key: "age of " + e.Name + " " + to.Name, Edge: e.Ever().To(to), Nodes: []*graph.Selection{sel}, Rows: rows,
				Page: graph.Page{Limit: math.MaxInt32}, Tallies: []*graph.Tally{t}})
		}
	}
	return out
}

// dated reports whether what an edge leads to has a period of its own, with which the relationship goes.
func dated(e *graph.Edge) bool {
	return !slices.ContainsFunc(e.Targets, func(k *graph.Kind) bool {
		return k.Existence == "" || len(instants(k.Properties)) == 0
	})
}

// holders are lists of whom, and of which companies, a place is: two of each are enough to know whether it is anybody else's.
func holders(k *graph.Kind) (out []*graph.List) {
	if k.Person || k.Existence == "" || len(instants(k.Properties)) > 0 {
		return nil
	}
	for _, e := range k.Edges {
		if !e.Stored() || e.Category != graph.CategoryCompany && !slices.Contains(k.Subjects, e) {
			continue
		}
		l := &graph.List{Key: e.Name, Edge: e, Rows: true, Page: graph.Page{Limit: 2}}
		l.Nodes = graph.Bare(e.Targets)
		out = append(out, l)
	}
	return out
}

// person looks at a person: her own values, and her relationships.
func (r *run) person(row *graph.Row) error {
	newest := int64(0)
	known := false
	take := func(v any) {
		if at, is := v.(int64); is && (!known || at > newest) {
			newest, known = at, true
		}
	}
	for i, ref := range row.Sel.Props {
		if ref.Prop.Type == graph.Instant {
			take(row.Props[i])
		}
	}
	var within func([]graph.ListResult)
	within = func(lists []graph.ListResult) {
		for i := range lists {
			for _, t := range slices.Concat(lists[i].Tallies...) {
				for _, m := range t.Measures {
					take(m.Max)
				}
			}
			for j := range lists[i].Rows {
				within(lists[i].Rows[j].Lists)
			}
		}
	}
	within(row.Lists)
	if !known {
		return nil
	}
	r.values(row, newest)
	for i, l := range row.Sel.Lists {
		if len(l.Tallies) > 0 {
			continue
		}
		before := len(r.batch.Remove)
		for j := range row.Lists[i].Rows {
			if err := r.relationship(l, &row.Lists[i].Rows[j], newest); err != nil {
				return err
			}
		}
		r.again = r.again || len(row.Lists[i].Rows) == pageSize && len(r.batch.Remove) > before
	}
	return nil
}

// relationship looks at one of a person's, which is as old as she where it does not say.
func (r *run) relationship(l *graph.List, to *graph.Row, hers int64) error {
	newest, known := latest(l.Props, to.Edge)
	if !known || newest == int64(graph.LastInstant) {
		newest = hers
	}
	if !slices.ContainsFunc(l.Edge.Categories(), func(c graph.Category) bool { return r.over(c, newest) }) {
		return nil
	}
	key, is := to.Keys[len(to.Keys)-1].(string)
	if !is {
		return &graph.Error{Code: graph.Internal, Message: fmt.Sprintf("a relationship %s has no key", l.Edge.Rel.Type)}
	}
	this := [2]string{l.Edge.Rel.Type, key}
	if r.ended[this] {
		return nil
	}
	r.ended[this] = true
	r.batch.Remove = append(r.batch.Remove, graph.Removal{Rel: l.Edge.Rel, ID: key})
	k, others := to.Sel.Kind, -1 // herself
	for i := range to.Lists {
		others += len(to.Lists[i].Rows)
	}
	if len(to.Sel.Lists) > 0 && others == 0 && r.over(k.Existence, newest) {
		r.batch.Remove = append(r.batch.Remove, graph.Removal{Kind: k, ID: to.ID})
	}
	return nil
}
