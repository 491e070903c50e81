package projection

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/journey"
	"github.com/kithgraph/kith/graph/policy"
)

const (
	// manyCases is how many cases are read at once, and mostEvents how many of each at once.
	manyCases  = 200
	mostEvents = 20_000
	// manyEntries is how many entries of the feed are taken in at once.
	manyEntries = 256
)

// A projection is the log of one notion as one lens may count it.
type projection struct {
	*notion
	list    *graph.List // the notion's, as far as the lens counts
	set     *Set
	counter *policy.Counter
	read    atomic.Int64  // how many cases are there so far
	done    chan struct{} // closed when all were read, or it failed
	err     error         // why it failed
	used    int64         // when it was last asked for, as the set counts

	mu      sync.Mutex // of who brings it up to date
	builder *journey.Builder
	log     *journey.Log
	place   int64                 // of the feed, up to which it is taken in
	until   map[string]graph.Time // of a case whose view changes by itself: when it does, at the earliest
	bytes   atomic.Int64
	changes int64 // how often cases were read anew
	saved   int64 // how often they were when the snapshot was made that is there
}

// load reads all cases.
func (p *projection) load(ctx context.Context, now func() graph.Time) error {
	feed, err := p.counter.Changes(ctx, 0, 0)
	if err != nil {
		return err
	}
	p.place = feed.Last
	var after []any
	for {
		l := p.list.Copy()
		l.Page.After = after
		rows, more, err := p.rows(ctx, l, now())
		if err != nil {
			return err
		}
		for i := range rows {
			if err := p.put(ctx, &rows[i], now()); err != nil {
				return err
			}
			after = rows[i].Keys
		}
		p.read.Add(int64(len(rows)))
		if err := p.fits(); err != nil {
			return err
		}
		if !more {
			break
		}
	}
	p.log = p.builder.Log()
	return nil
}

func (p *projection) rows(ctx context.Context, l *graph.List, now graph.Time) (rows []graph.Row, more bool, err error) {
	res, err := p.counter.Read(ctx, &graph.Fetch{Now: now, Lists: []*graph.List{l}})
	if err != nil {
		return nil, false, err
	}
	return res.Lists[0].Rows, res.Lists[0].HasNext, nil
}

// put takes a case in, as it was read.
func (p *projection) put(ctx context.Context, row *graph.Row, now graph.Time) error {
	c := journey.Case{ID: row.ID}
	for _, trait := range p.traits {
		c.Traits = append(c.Traits, policy.TraitOf(valueIn(row, trait)))
	}
	owner := ""
	if p.of.Person {
		owner = row.ID
	}
	c.About = p.counter.About(p.list, row, owner)
	if p.closing != nil {
		c.Closed = valueIn(row, p.closing) != nil
	}
	until := graph.LastInstant
	sooner := func(t graph.Time) {
		if t > now && t < until {
			until = t
		}
	}
	told := map[once]bool{}
	for {
		more, err := p.take(row, &c, told, now, sooner)
		if err != nil {
			return err
		}
		if more == nil {
			break
		}
		l := p.list.Copy()
		l.IDs, l.Cursors, l.HasNext, l.Page = []string{row.ID}, false, false, graph.Page{}
		for _, b := range l.Nodes[0].Lists {
			if b.Edge.Strands != nil {
				if b.Cursors = true; len(more) > 0 {
					b.Page.After = more
				}
			}
		}
		rows, _, err := p.rows(ctx, l, now)
		if err != nil {
			return err
		}
		if len(rows) == 0 { // it has gone meanwhile, of which the feed tells
			break
		}
		row = &rows[0]
	}
	if until < graph.LastInstant {
		p.until[c.ID] = until
	} else {
		delete(p.until, c.ID)
	}
	return p.builder.Put(c)
}

// An event is told of once, however often its node is entered.
type once struct {
	id string
	at int64
}

// take takes in what a row has of a case's events. more: it has further ones, behind these keys, or from the start where they are empty. What is yet to come
// is no event before it has come.
func (p *projection) take(row *graph.Row, c *journey.Case, told map[once]bool, now graph.Time, sooner func(graph.Time)) (more []any, err error) {
	p.expires(row, sooner)
	owner := ""
	if p.of.Person {
		owner = row.ID
	}
	tell := func(events []occurrence) {
		for _, e := range events {
			at := once{e.ID, e.At}
			switch {
			case graph.Time(e.At) > now:
				sooner(graph.Time(e.At))
			case !told[at] && err == nil:
				if e.Activity, err = p.builder.Activity(e.activity); err != nil {
					err = &graph.Error{Code: graph.Unavailable, Message: fmt.Sprintf("journeys of %s: %v", p.of.Plural, err)}
				}
				c.Events, told[at] = append(c.Events, e.Event), true
			}
		}
	}
	defer func() { // behind those of others, which may be read once more from the start
		if err == nil && p.kinds[p.of] != nil {
			tell(p.itsOwn(row, p.counter.About(p.list, row, owner)))
		}
	}()
	for i, l := range row.Sel.Lists {
		res := &row.Lists[i]
		switch {
		case l.Edge.Strands != nil:
			for j := range res.Rows {
				entry := &res.Rows[j]
				tell(p.events(entry, p.counter.About(l, entry, owner)))
			}
			if res.HasNext {
				if !l.Cursors {
					clear(told)
					c.Events = nil
					return []any{}, nil
				}
				more = res.Rows[len(res.Rows)-1].Keys
			}
		case len(l.Props) > 0:
			for j := range res.Rows {
				for _, v := range res.Rows[j].Edge {
					if t, ok := v.(int64); ok {
						sooner(graph.Time(t))
					}
				}
			}
		}
	}
	return more, nil
}

// expires tells when consents end by which anything of a row is seen.
func (p *projection) expires(row *graph.Row, sooner func(graph.Time)) {
	if until, ok := p.counter.Expires(row); row.Sel.Kind.Person && ok {
		sooner(until)
	}
	for _, l := range row.Lists {
		for i := range l.Rows {
			p.expires(&l.Rows[i], sooner)
		}
	}
}

// errStale says that all is to be read anew.
var errStale = errors.New("too much has changed to be read one by one")

// refresh takes in what has changed: by the feed, and by itself.
func (p *projection) refresh(ctx context.Context, now graph.Time) error {
	what, place, erased := touched{}, p.place, false
	for {
		feed, err := p.counter.Changes(ctx, place, manyEntries)
		switch {
		case graph.CodeOf(err) == graph.CursorExpired && err != nil:
			return errStale
		case err != nil:
			return err
		case feed.Last < place: // it is another store
			return errStale
		}
		for i := range feed.Entries {
			p.trace.touches(p.set.catalog, p.counter, &feed.Entries[i], what)
			place, erased = feed.Entries[i].Place, erased || erases(&feed.Entries[i])
		}
		if len(feed.Entries) == 0 || place >= feed.Last {
			break
		}
	}
	ids, ok, err := p.trace.cases(ctx, p.counter, now, p.of, what)
	switch {
	case err != nil:
		return err
	case !ok:
		return errStale
	}
	for k, named := range what {
		if k.Person {
			maps.Copy(ids, p.builder.CasesOf(named))
		}
	}
	if erased { // the feed does not tell to whom she was related, and nothing stored leads there
		maps.Copy(ids, p.builder.CasesWith(func(kind string) bool { return slices.Contains(p.passing, kind) }))
	}
	for id, until := range p.until {
		if until <= now {
			ids[id] = true
		}
	}
	if len(ids) > mostTraced {
		return errStale
	}
	if err := p.again(ctx, slices.Sorted(maps.Keys(ids)), now); err != nil {
		return err
	}
	p.place = place
	return nil
}

// again reads cases anew.
func (p *projection) again(ctx context.Context, ids []string, now graph.Time) error {
	if len(ids) == 0 {
		return nil
	}
	for some := range slices.Chunk(ids, manyCases) {
		l := p.list.Copy()
		l.IDs, l.Cursors, l.HasNext, l.Page = some, false, false, graph.Page{}
		rows, _, err := p.rows(ctx, l, now)
		if err != nil {
			return err
		}
		there := map[string]bool{}
		for i := range rows {
			there[rows[i].ID] = true
			if err := p.put(ctx, &rows[i], now); err != nil {
				return err
			}
		}
		for _, id := range some {
			if !there[id] {
				p.builder.Remove(id)
				delete(p.until, id)
			}
		}
	}
	p.log = p.builder.Log()
	p.changes++
	err := p.fits()
	if errors.Is(err, errLarge) && p.builder.Compact() { // events that no case has any more take memory, too
		p.log = p.builder.Log()
		err = p.fits()
	}
	return err
}

// errLarge says that a log takes more memory than all may.
var errLarge = errors.New("they are not kept")

// fits reports errLarge where the logs that are kept take more memory than they may: others are given up first.
func (p *projection) fits() error { return p.fit(p.builder.Bytes()) }

// fit is fits where the log takes so many bytes.
func (p *projection) fit(bytes int64) error {
	p.bytes.Store(bytes)
	if p.set.most == 0 || p.set.makeRoom(p) {
		return nil
	}
	return &graph.Error{Code: graph.Unavailable, Message: fmt.Sprintf("journeys of %s take more than the %d MB of memory that --journey-memory gives them", p.of.Plural, p.set.most>>20), Err: errLarge}
}
