package projection

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/journey"
	"github.com/kithgraph/kith/graph/policy"
)

// patience is how long somebody waits for a log that is being read before she is told to come again.
const patience = 2 * time.Second

// A Set keeps the logs of a store: one for each lens and notion that was asked for, since a purpose decides which events there are, and whose.
// It may be used side by side.
type Set struct {
	catalog *graph.Catalog
	notions map[*graph.Kind]*notion
	most    int64
	log     *slog.Logger
	now     func() time.Time
	folder  *folder // of snapshots; nil: none are kept
	program string
	feed    feeding

	ctx  context.Context
	stop context.CancelFunc
	work sync.WaitGroup

	mu   sync.Mutex
	kept map[name]*projection
	asks int64
}

// A name is what a log is kept by.
type name struct {
	lens *policy.Lens
	of   *graph.Kind
}

// Options of a Set.
type Options struct {
	// Most is how many bytes all logs take together; 0: any number.
	Most int64
	Log  *slog.Logger     // is told when a log was read, and what it takes; nil: nobody is
	Now  func() time.Time // nil: time.Now
	// Snapshots is the folder in which logs outlast the Set, so that the next one has not to read them anew; it is made where it is not there.
	// Empty: they do not. With it, Feed is the store's Changes, and Program names what a log is made by beside the policy: the program, and its
	// schema. Snapshots of another one are not read.
	Snapshots, Program string
	Feed               func(ctx context.Context, after int64, limit int) (*graph.Feed, error)
}

// New makes a Set for stores of a catalog. Close it. The error is that of the folder of snapshots, or of a catalog in which no case can be read.
func New(cat *graph.Catalog, o Options) (*Set, error) {
	s := &Set{catalog: cat, notions: map[*graph.Kind]*notion{}, most: o.Most, log: o.Log, now: o.Now, program: o.Program, feed: o.Feed, kept: map[name]*projection{}}
	if s.now == nil {
		s.now = time.Now
	}
	for _, k := range cat.Kinds {
		if !k.Journeys {
			continue
		}
		n, err := notionOf(cat, k)
		if err != nil {
			return nil, err
		}
		s.notions[k] = n
	}
	if o.Snapshots != "" {
		var err error
		if s.folder, err = openFolder(o.Snapshots); err != nil {
			return nil, err
		}
		for _, n := range s.notions {
			s.folder.traces = append(s.folder.traces, n.trace)
		}
	}
	s.ctx, s.stop = context.WithCancel(context.Background())
	if s.folder != nil {
		s.work.Go(s.keep)
	}
	return s, nil
}

// Close ends what is being read, and writes the last snapshots: the store is open yet.
func (s *Set) Close() {
	s.stop()
	s.work.Wait()
	if s.folder != nil {
		ctx, cancel := context.WithTimeout(context.Background(), lastTime)
		defer cancel()
		s.saveAll(ctx)
	}
}

// Events implements policy.Logs.
func (s *Set) Events(of *graph.Kind) *graph.List {
	if n := s.notions[of]; n != nil {
		return n.asked
	}
	return nil
}

// Traits implements policy.Logs.
func (s *Set) Traits(of *graph.Kind) []*graph.Property { return s.notions[of].traits }

// Measure implements policy.Logs.
func (s *Set) Measure(m journey.Measure) *graph.Property {
	for name, d := range described {
		if k := s.catalog.MustKind(name); d.felt != "" && (m == journey.Sentiment) == (k.Property(d.felt).Type == graph.Float) {
			return k.Property(d.felt)
		}
	}
	panic(fmt.Sprintf("projection: nothing says the measure %d", m)) // described does
}

// Log implements policy.Logs.
func (s *Set) Log(ctx context.Context, c *policy.Counter, of *graph.Kind, now graph.Time) (*journey.Log, error) {
	soon := time.NewTimer(patience)
	defer soon.Stop()
	for {
		p := s.of(c, of)
		select {
		case <-p.done:
		case <-ctx.Done():
			return nil, &graph.Error{Code: graph.Timeout, Message: "the time was over while journeys were read", Err: ctx.Err()}
		case <-soon.C:
			return nil, &graph.Error{Code: graph.Unavailable, Message: fmt.Sprintf("journeys of %s are being read for the purpose %s, %d so far: ask again", of.Plural, c.Purpose, p.read.Load())}
		}
		if p.err != nil {
			s.drop(p)
			return nil, p.err
		}
		log, err := p.fresh(ctx, now)
		if errors.Is(err, errStale) {
			continue
		}
		return log, err
	}
}

// fresh is the log as of the store's head. One that is to be read anew, or that takes too much memory, is kept no longer.
func (p *projection) fresh(ctx context.Context, now graph.Time) (*journey.Log, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := p.refresh(ctx, now); err != nil {
		if errors.Is(err, errStale) || errors.Is(err, errLarge) {
			p.set.drop(p)
		}
		return nil, err
	}
	return p.log, nil
}

// of is the projection of a lens and a notion, which is read from now on where it was not asked for before. Those of a policy that
// is not in force any more go.
func (s *Set) of(c *policy.Counter, of *graph.Kind) *projection {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.asks++
	at := name{c.Lens, of}
	if p := s.kept[at]; p != nil {
		p.used = s.asks
		return p
	}
	for other := range s.kept {
		if other.lens.Purpose == c.Purpose && other.lens != c.Lens {
			delete(s.kept, other)
		}
	}
	n := s.notions[of]
	p := &projection{notion: n, list: n.counted(c), set: s, counter: c, done: make(chan struct{}), used: s.asks}
	p.empty()
	s.kept[at] = p
	s.work.Go(func() { s.read(p) })
	return p
}

// read has a projection begin, and its snapshot be written where that took reading the store.
func (s *Set) read(p *projection) {
	began := s.now()
	from, err := p.begin(s.ctx, func() graph.Time { return graph.At(s.now()) })
	p.err = err
	close(p.done)
	of, purpose := p.of.Plural, p.counter.Purpose
	switch {
	case err != nil:
		s.warn("journeys could not be read", err, "of", of, "purpose", purpose)
		return
	case s.log != nil:
		s.log.Info("journeys were read", "of", of, "purpose", purpose, "from", from, "cases", p.read.Load(), "bytes", p.bytes.Load(), "took", s.now().Sub(began).String())
	}
	if s.folder != nil && from == fromStore {
		s.save(s.ctx, p)
	}
}

func (s *Set) drop(p *projection) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if at := (name{p.counter.Lens, p.notion.of}); s.kept[at] == p {
		delete(s.kept, at)
	}
}

// makeRoom gives up other logs, those first that were not asked for longest, until all take no more than they may. Not: this one alone
// takes more.
func (s *Set) makeRoom(p *projection) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if p.bytes.Load() > s.most {
		return false
	}
	for {
		sum := p.bytes.Load()
		var oldest name
		for at, other := range s.kept {
			if other == p {
				continue
			}
			sum += other.bytes.Load()
			if first := s.kept[oldest]; first == nil || other.used < first.used {
				oldest = at
			}
		}
		switch {
		case sum <= s.most:
			return true
		case oldest.of == nil: // it is alone
			return false
		}
		delete(s.kept, oldest)
	}
}
