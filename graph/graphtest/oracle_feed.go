package graphtest

import (
	"context"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/write"
)

// keptEntry is an entry of the feed as the oracle keeps it.
type keptEntry struct {
	place int64
	at    graph.Time
	text  string
}

func (o *Oracle) entries(of []keptEntry) (out []graph.Entry, err error) {
	for _, k := range of {
		e := graph.Entry{Place: k.place, At: k.at}
		if err := write.ReadEntry(o.catalog, k.text, &e); err != nil {
			return nil, err
		}
		out = append(out, e)
	}
	return out, nil
}

// Changes implements graph.Store.
func (o *Oracle) Changes(ctx context.Context, after int64, limit int) (*graph.Feed, error) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if err := inTime(ctx); err != nil {
		return nil, err
	}
	feed, first := &graph.Feed{Last: o.state.last}, o.state.last+1
	if len(o.state.feed) > 0 {
		first = o.state.feed[0].place
	}
	if limit == 0 {
		return feed, nil
	}
	if err := graph.CheckPlace(after, first, feed.Last); err != nil {
		return nil, err
	}
	behind := o.state.feed[after+1-first:]
	var err error
	feed.Entries, err = o.entries(behind[:min(limit, len(behind))])
	return feed, err
}

// Trim implements graph.Store.
func (o *Oracle) Trim(ctx context.Context, before graph.Time) error {
	o.mu.Lock()
	defer o.mu.Unlock()
	stays := slices.IndexFunc(o.state.feed, func(k keptEntry) bool { return k.at >= before })
	if stays < 0 {
		stays = len(o.state.feed)
	}
	o.state.feed = o.state.feed[stays:]
	return inTime(ctx)
}

// ofOracle is a state of the oracle that knows the catalog.
type ofOracle struct {
	*state
	oracle *Oracle
}

// Mentioning implements write.Tx.
func (s ofOracle) Mentioning(_ context.Context, ids []string, after int64, limit int) ([]graph.Entry, error) {
	found := slices.DeleteFunc(slices.Clone(s.feed), func(k keptEntry) bool {
		return k.place <= after || !slices.ContainsFunc(ids, func(id string) bool { return strings.Contains(k.text, id) })
	})
	return s.oracle.entries(found[:min(limit, len(found))])
}

// tell writes entries of the feed.
func (s *state) tell(c *write.Changes) {
	if e := c.NewEntry; e != nil {
		s.last++
		s.feed = append(s.feed, keptEntry{s.last, e.At, write.EntryText(e)})
	}
	for _, e := range c.Entries {
		at := len(s.feed) - 1
		if e.Place > 0 {
			at = slices.IndexFunc(s.feed, func(k keptEntry) bool { return k.place == e.Place })
		}
		s.feed[at].text = write.EntryText(e)
	}
}
