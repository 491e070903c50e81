package policy

import (
	"context"
	"slices"

	"github.com/kithgraph/kith/graph"
)

// A Reader is a store as a viewer sees it, and the only way to what the store holds: the guard, the fold of small groups, the wait for
// receipts and the record of what is disclosed each stand around another. It may be used side by side.
type Reader interface {
	// Read answers a fetch with what the viewer may see. Errors are *graph.Error: those of Guard, and of the store.
	Read(ctx context.Context, f *graph.Fetch) (*Reading, error)
	// ReadKept is Read of what many answers rest on, each of which tells what all of it comes to. When it is read anew follows from what others have
	// changed since, so that no span tells it.
	ReadKept(ctx context.Context, f *graph.Fetch) (*Reading, error)
	// Compare reads the first node of a fetch past the guard, to compare it with what the asker has said: nothing of it is told. Nil:
	// there is none.
	Compare(ctx context.Context, f *graph.Fetch) (*graph.Row, error)
	// Changes tells what changed behind a place of the feed. The error has PurposeDenied where the purpose follows nobody.
	Changes(ctx context.Context, q *Following) (*Changes, error)
	// Last is the place of the newest entry of the feed, to follow it from. The error has PurposeDenied where the purpose follows nobody.
	Last(ctx context.Context) (int64, error)
	// Place is the same for whatever purpose, to ask Stands by. It tells how much others write, so that nothing of it is to be told.
	Place(ctx context.Context) (int64, error)
	// Stands reports whether the viewer may see of persons, as of a place of the feed, what might be seen as of an earlier one: nobody said
	// otherwise about the use of her data, and nothing that is about persons is gone, or about others. False, too, where too much has happened to say.
	Stands(ctx context.Context, after, upTo int64) (bool, error)
	// Journeys gives the event log of cases, for numbers to be worked out from: it is the viewer's, and what of these is told, too, as far as
	// enough persons stand behind them.
	Journeys(ctx context.Context, q *Journeys) (*EventLog, error)
	// Exposed counts whom a hidden event reached, as far as the viewer may count them, and enough persons stand behind it.
	Exposed(ctx context.Context, q *Exposing) (*Exposed, error)
	// Aftermath compares what these did, said and felt after it with others who were like them before.
	Aftermath(ctx context.Context, q *Exposing) (*Aftermath, error)
}

// A Reading is what was read, and what of it is withheld.
type Reading struct {
	*graph.Result
	Asked   []*graph.List // as the guard has left it
	Partial Partial       // of whose nodes something may be withheld
	Inquiry *Inquiry      // what was asked of persons
	Small   *Small        // behind which too few persons stand
}

// Answer is what was read of a list that was asked for.
func (r *Reading) Answer(l *graph.List) *graph.ListResult {
	return &r.Lists[slices.IndexFunc(r.Asked, func(asked *graph.List) bool { return asked.Key == l.Key })]
}

// A Source is what a Reader reads: a store.
type Source interface {
	Read(ctx context.Context, f *graph.Fetch) (*graph.Result, error)
	Changes(ctx context.Context, after int64, limit int) (*graph.Feed, error)
}

// Over gives each viewer the Reader of a store, without journeys.
func Over(s Source) func(*Viewer) Reader { return WithLogs(s, nil) }

// WithLogs gives each viewer the Reader of a store, with journeys by logs of it.
func WithLogs(s Source, logs Logs) func(*Viewer) Reader {
	return func(v *Viewer) Reader {
		if v.fewest() > 0 {
			return folded{guarded{s, v, logs}, v.Lens}
		}
		return guarded{s, v, logs}
	}
}

// guarded reads what a viewer may see.
type guarded struct {
	source Source
	viewer *Viewer
	logs   Logs
}

func (g guarded) Read(ctx context.Context, f *graph.Fetch) (*Reading, error) {
	kept := graph.Keep(f.Memo, g.viewer.Lens, func() *seen { return g.viewer.seen(f.Lists) })
	if kept.err != nil {
		return nil, kept.err
	}
	asked := &graph.Fetch{Now: f.Now, Asker: g.viewer.Subject, Lists: f.Naming(kept.lists), Place: f.Place, Memo: &kept.memo, MostBrought: f.MostBrought}
	res, err := g.answer(ctx, f.Lists, asked)
	if err != nil {
		return nil, err
	}
	return &Reading{Result: res, Asked: asked.Lists, Partial: kept.partial, Inquiry: kept.inquiry}, nil
}

func (g guarded) ReadKept(ctx context.Context, f *graph.Fetch) (*Reading, error) {
	return g.Read(ctx, f)
}

// seen are lists as a Lens sees them, whoever asks, and whichever nodes they name.
type seen struct {
	lists   []*graph.List
	partial Partial
	inquiry *Inquiry
	err     error
	memo    graph.Memo // of those that read them
}

func (v *Viewer) seen(lists []*graph.List) *seen {
	f := &graph.Fetch{}
	for _, l := range lists {
		f.Lists = append(f.Lists, l.Copy())
	}
	s := &seen{}
	s.partial, s.inquiry, s.err = v.guard(f)
	s.lists = f.Lists
	for _, l := range s.lists { // who reads them next names others
		if l.IDs != nil {
			l.IDs = []string{}
		}
		if l.External != nil {
			l.External = []graph.External{}
		}
	}
	return s
}

func (g guarded) Compare(ctx context.Context, f *graph.Fetch) (*graph.Row, error) {
	res, err := g.source.Read(ctx, f)
	if err != nil || len(res.Lists[0].Rows) == 0 {
		return nil, err
	}
	return &res.Lists[0].Rows[0], nil
}

// folded finds what too few persons stand behind.
type folded struct {
	Reader
	lens *Lens
}

func (r folded) Read(ctx context.Context, f *graph.Fetch) (*Reading, error) {
	return r.fold(r.Reader.Read(ctx, f))
}

func (r folded) ReadKept(ctx context.Context, f *graph.Fetch) (*Reading, error) {
	return r.fold(r.Reader.ReadKept(ctx, f))
}

func (r folded) fold(got *Reading, err error) (*Reading, error) {
	if err == nil {
		got.Small = r.lens.Small(got.Asked, got.Lists)
	}
	return got, err
}

// Settled has a Reader wait, where receipts of earlier answers are asked for, until they can be read.
func Settled(r Reader, settle func(context.Context) error) Reader { return settled{r, settle} }

type settled struct {
	Reader
	settle func(context.Context) error
}

func (r settled) Read(ctx context.Context, f *graph.Fetch) (*Reading, error) {
	if slices.ContainsFunc(f.Lists, asksForReceipts) {
		if err := r.settle(ctx); err != nil {
			return nil, err
		}
	}
	return r.Reader.Read(ctx, f)
}

func asksForReceipts(l *graph.List) bool {
	return slices.ContainsFunc(l.Nodes, func(sel *graph.Selection) bool {
		return sel.Kind.Name == graph.ReceiptKind || slices.ContainsFunc(sel.Lists, asksForReceipts)
	})
}
