package policy

import (
	"context"
	"maps"
	"math/bits"
	"slices"
	"strings"
	"sync"

	"github.com/kithgraph/kith/graph"
)

// A Record is of what an answer asked of persons and was permitted, of which a receipt is left. It may be used side by side.
type Record struct {
	// Mark gives what stands for a value by which persons were chosen: equal ones for equal values.
	Mark func(text string) string

	mu        sync.Mutex
	persons   map[string]set
	externals map[external]set // of persons who were not found
	others    set
	chosen    map[string]bool
}

// An external is the row of a source by which somebody named a person.
type external struct {
	kind *graph.Kind
	graph.External
}

// A Disclosure is what a Record came to.
type Disclosure struct {
	Subjects   []Subject
	Others     []graph.Category // what was asked of persons whom nothing names
	Population []string         // how these were chosen; values are told by marks
	Categories []graph.Category // all
}

// A Subject is a person who was named or shown, and what was asked of her.
type Subject struct {
	ID         string
	Kind       *graph.Kind    // where her id is not known: she was named by a row of a source,
	External   graph.External // from which no person came that may be seen
	Categories []graph.Category
}

// Of has a Reader note what it is asked.
func (r *Record) Of(from Reader) Reader { return recorded{from, r} }

type recorded struct {
	Reader
	record *Record
}

func (r recorded) Read(ctx context.Context, f *graph.Fetch) (*Reading, error) {
	got, err := r.Reader.Read(ctx, f)
	if err == nil {
		r.record.take(f, got)
	}
	return got, err
}

// ReadKept notes how those were chosen who are asked about: what is kept is what many come to, and nothing is told of one of them.
func (r recorded) ReadKept(ctx context.Context, f *graph.Fetch) (*Reading, error) {
	got, err := r.Reader.ReadKept(ctx, f)
	if err == nil {
		r.record.asked(got.Inquiry.others, got.Inquiry.population(f, r.record.Mark)...)
	}
	return got, err
}

// Compare tells that there is such a person, at most.
func (r recorded) Compare(ctx context.Context, f *graph.Fetch) (*graph.Row, error) {
	row, err := r.Reader.Compare(ctx, f)
	if err == nil {
		for _, l := range f.Lists {
			for _, id := range l.IDs {
				if row != nil { // which the id may lead to
					id = row.ID
				}
				r.record.Note(id, graph.CategoryIdentity)
			}
		}
	}
	return row, err
}

// Add notes how those were chosen whom another Record has noted, for an answer that rests on what was kept for an earlier one.
func (r *Record) Add(o *Record) { r.asked(o.others, slices.Collect(maps.Keys(o.chosen))...) }

// take notes what was asked, and of whom rows came.
func (r *Record) take(f *graph.Fetch, got *Reading) {
	q := got.Inquiry
	r.mu.Lock()
	defer r.mu.Unlock()
	for id, s := range q.named {
		r.person(got.Leads.ID(id), s)
	}
	r.others |= q.others
	r.choose(q.population(f, r.Mark))
	for i, l := range f.Lists {
		if k := l.Nodes[0].Kind; k.Person && l.Identified() {
			r.named(k, l, got.Leads, &got.Lists[i], q.roots[i])
		}
	}
	r.lists(got, got.Asked, got.Lists, "")
}

// named notes those whom a root names and of whom no row came: what is withheld and who is not there are noted alike.
func (r *Record) named(k *graph.Kind, l *graph.List, leads graph.Leads, res *graph.ListResult, s set) {
	for _, id := range l.IDs {
		id = leads.ID(id)
		if !slices.ContainsFunc(res.Rows, func(row graph.Row) bool { return row.ID == id }) {
			r.person(id, s)
		}
	}
	if len(res.Rows) == 0 {
		for _, e := range l.External {
			r.foreign(external{k, e}, s)
		}
	}
}

// lists notes of whom rows came. Of those behind which too few persons stand nothing is told.
func (r *Record) lists(got *Reading, lists []*graph.List, results []graph.ListResult, owner string) {
	for i, l := range lists {
		if got.Small.List(&results[i]) {
			continue
		}
		for j := range results[i].Rows {
			row := &results[i].Rows[j]
			if t := got.Inquiry.rows[row.Sel]; t != nil {
				held := t.of(row)
				for _, id := range who(l, row, owner) {
					r.person(id, held)
				}
			}
			next := ""
			if row.Sel.Kind.Person {
				next = row.ID
			}
			r.lists(got, row.Sel.Lists, row.Lists, next)
		}
	}
}

func (r *Record) person(id string, s set) { note(&r.persons, id, s) }

func (r *Record) foreign(e external, s set) { note(&r.externals, e, s) }

// note adds to what was asked of somebody: that she is there, at least.
func note[K comparable](of *map[K]set, who K, s set) {
	if *of == nil {
		*of = map[K]set{}
	}
	if s == 0 {
		s = setOf(graph.CategoryIdentity)
	}
	(*of)[who] |= s
}

// choose notes how persons were chosen who are not told apart.
func (r *Record) choose(texts []string) {
	if r.chosen == nil {
		r.chosen = map[string]bool{}
	}
	for _, text := range texts {
		r.chosen[text] = true
	}
}

// asked notes what was asked of persons who are not told apart, and how they were chosen.
func (r *Record) asked(of set, texts ...string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.many(of, texts)
}

func (r *Record) many(asked set, texts []string) {
	if asked != 0 {
		r.others |= asked
		r.choose(texts)
	}
}

// Note notes that something is asked of a person.
func (r *Record) Note(id string, of ...graph.Category) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.person(id, setOf(of...))
}

// NoteExternal notes that something is asked of a person who is named by the row of a source.
func (r *Record) NoteExternal(k *graph.Kind, e graph.External, of ...graph.Category) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.foreign(external{k, e}, setOf(of...))
}

// Told is what was noted, when all has been; nil: nothing.
func (r *Record) Told() *Disclosure {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.persons)+len(r.externals)+len(r.chosen) == 0 {
		return nil
	}
	d := &Disclosure{Others: r.others.list(), Population: slices.Sorted(maps.Keys(r.chosen))}
	all := r.others
	for id, s := range r.persons {
		d.Subjects, all = append(d.Subjects, Subject{ID: id, Categories: s.list()}), all|s
	}
	for e, s := range r.externals {
		d.Subjects, all = append(d.Subjects, Subject{Kind: e.kind, External: e.External, Categories: s.list()}), all|s
	}
	slices.SortFunc(d.Subjects, func(a, b Subject) int {
		return strings.Compare(a.ID+" "+a.External.Key(), b.ID+" "+b.External.Key())
	})
	d.Categories = all.list()
	return d
}

// A set is one of categories of personal data: a bit for each of Categories. COMPANY is in none.
type set uint16

func setOf(cs ...graph.Category) (s set) {
	for _, c := range cs {
		if i := slices.Index(Categories, c); i > 0 { // COMPANY is the first
			s |= 1 << i
		}
	}
	return s
}

// list are the categories, in the order of Categories.
func (s set) list() []graph.Category {
	out := make([]graph.Category, 0, bits.OnesCount16(uint16(s)))
	for i, c := range Categories {
		if s&(1<<i) != 0 {
			out = append(out, c)
		}
	}
	return out
}

// permitted are those of categories that the purpose does not deny.
func (l *Lens) permitted(cs ...graph.Category) (s set) {
	for _, c := range cs {
		if c != "" && l.need(c) != never {
			s |= setOf(c)
		}
	}
	return s
}

// shown are the categories of a property that the purpose is not denied.
func (l *Lens) shown(p *graph.Property) set {
	if rule := l.property(p); rule.need != never {
		return setOf(rule.categories...)
	}
	return 0
}
