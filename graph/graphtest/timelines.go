package graphtest

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// timelines is about edges of several strands. Ann has two orders and two calls, one of which is as old as an order; a subscription
// to a product that failed, and which she was told of at the place where she lives, too; and a campaign that reached her as she responded.
func timelines(t *testing.T, x *fixture) {
	day := func(n int) int64 { return int64(Now) - int64(n)*86_400_000_000 }
	x.node("Customer", "ann")
	x.node("Customer", "bob")
	x.node("Order", "o1", "placedAt", day(5))
	x.node("Order", "o2", "placedAt", day(9))
	x.node("Order", "undated")
	x.node("Interaction", "call", "at", day(7))
	x.node("Interaction", "visit", "at", day(5))
	x.node("SubscriptionContract", "plan", "from", day(20))
	x.node("Product", "probe")
	x.node("Location", "home")
	x.node("HiddenEvent", "outage", "at", day(6))
	x.node("Campaign", "spring")
	x.link("o1", "PLACED_BY", "ann")
	x.link("o2", "PLACED_BY", "ann")
	x.link("undated", "PLACED_BY", "ann")
	x.link("call", "PARTICIPANT", "ann", "role", "FROM")
	x.link("call", "PARTICIPANT", "ann", "role", "CC")
	x.link("visit", "PARTICIPANT", "ann")
	x.link("visit", "PARTICIPANT", "bob")
	x.link("plan", "HELD_BY", "ann")
	x.link("plan", "OF", "probe")
	x.link("ann", "LOCATED_AT", "home")
	x.link("outage", "AFFECTS", "probe")
	x.link("outage", "AFFECTS", "home")
	x.link("spring", "TARGETED", "ann", "at", day(1))
	x.link("spring", "RESPONDED", "ann", "at", day(1))
	x.write(t)
	e := x.cat.MustKind("Customer").Timeline
	at, kind := graph.Ref{Prop: e.Rel.Property(graph.EntryAt)}, graph.Ref{Prop: e.Rel.Property(graph.EntryKind)}
	shown := func(with ...func(*graph.List)) *graph.List {
		l := &graph.List{Key: "timeline", Edge: e, Props: []graph.Ref{kind, at}, Order: []graph.Order{{Prop: &at, OnEdge: true, Desc: true}}, Cursors: true, HasNext: true, HasPrevious: true}
		for _, k := range e.Targets {
			l.Nodes = append(l.Nodes, &graph.Selection{Kind: k})
		}
		return list(l, with)
	}
	// The same instant is told apart by ids, and of one node by the kind of entry.
	tied := "o1 visit"
	if x.ids["visit"] < x.ids["o1"] {
		tied = "visit o1"
	}
	all := "spring spring " + tied + " outage call o2 plan"
	t.Run("all there is comes once, the newest first", func(t *testing.T) {
		got := x.beyond(t, "ann", shown())
		require.Equal(t, all, x.namesOf(got))
		assert.Equal(t, []any{"CAMPAIGN", day(1)}, got.Rows[0].Edge)
		assert.Equal(t, []any{"CAMPAIGN_RESPONSE", day(1)}, got.Rows[1].Edge)
		assert.Equal(t, []any{"HIDDEN_EVENT", day(6)}, got.Rows[4].Edge)
		assert.False(t, got.HasNext)
	})
	t.Run("each has its own", func(t *testing.T) {
		assert.Equal(t, "visit", x.namesOf(x.beyond(t, "bob", shown())))
		both := x.read(t, x.all("Customer", where(x.is("ann", "bob")), below(shown(limit(3)))))[0].Rows
		require.Len(t, both, 2)
	})
	t.Run("pages, in both directions", func(t *testing.T) {
		page, seen := shown(limit(3)), ""
		for {
			got := x.beyond(t, "ann", page)
			seen += x.namesOf(got) + " "
			if page.Page.After = got.Rows[len(got.Rows)-1].Keys; !got.HasNext {
				assert.True(t, got.HasPrevious)
				break
			}
		}
		assert.Equal(t, all+" ", seen)
		back := shown(limit(2), func(l *graph.List) { l.Page.Backward = true })
		got := x.beyond(t, "ann", back)
		assert.Equal(t, "o2 plan", x.namesOf(got))
		back.Page.Before = got.Rows[0].Keys
		assert.Equal(t, "outage call", x.namesOf(x.beyond(t, "ann", back)))
	})
	t.Run("a page stays right while entries come", func(t *testing.T) {
		page := shown(limit(2))
		page.Page.After = x.beyond(t, "ann", page).Rows[1].Keys
		x.node("Order", "new", "placedAt", day(0))
		x.link("new", "PLACED_BY", "ann")
		x.write(t)
		assert.Equal(t, tied, x.namesOf(x.beyond(t, "ann", page)))
	})
	t.Run("within a time", func(t *testing.T) {
		bound := func(op graph.Op, n int) *graph.Filter {
			return &graph.Filter{Test: &graph.Test{Ref: at, OnEdge: true, Op: op, Value: day(n)}}
		}
		assert.Equal(t, tied+" outage", x.namesOf(x.beyond(t, "ann", shown(where(and(bound(graph.Gte, 6), bound(graph.Lt, 1)))))))
	})
	t.Run("what the guard takes out of a strand is left out", func(t *testing.T) {
		but := func(guard func(*graph.Strand)) *graph.List {
			l := shown()
			strands := append([]graph.Strand{}, e.Strands...)
			for i := range strands {
				strands[i].Hops = append([]graph.Hop{}, strands[i].Hops...)
				guard(&strands[i])
			}
			l.Edge = e.Of(strands)
			return l
		}
		nothing := or()
		assert.Equal(t, "new "+all, x.namesOf(x.beyond(t, "ann", but(func(*graph.Strand) {}))))
		assert.Empty(t, x.beyond(t, "ann", but(func(s *graph.Strand) { s.Hops[0].When = x.is("bob") })).Rows)
		assert.Equal(t, "new o1 o2", x.namesOf(x.beyond(t, "ann", but(func(s *graph.Strand) {
			if s.Kind != "ORDER" {
				s.Hops[len(s.Hops)-1].Filter = nothing
			}
		}))))
		assert.Equal(t, "outage", x.namesOf(x.beyond(t, "ann", but(func(s *graph.Strand) {
			if len(s.Hops) < 3 {
				s.At.When = nothing
			}
		}))), "one of the ways to it is left")
		assert.Empty(t, x.beyond(t, "ann", but(func(s *graph.Strand) {
			if s.At.When = nothing; len(s.Hops) == 3 {
				s.At.When, s.Hops[1].When = nil, nothing
			}
		})).Rows)
	})
	t.Run("by a property of one of the kinds, which the others have not", func(t *testing.T) {
		x.node("Customer", "cid")
		for i, name := range []string{"third", "first", "second"} {
			x.node("Interaction", name, "at", day(2), "sequence", []int{30, 4, 11}[i])
			x.link(name, "PARTICIPANT", "cid")
		}
		x.node("Interaction", "uncounted", "at", day(2))
		x.link("uncounted", "PARTICIPANT", "cid")
		x.node("Order", "before", "placedAt", day(3))
		x.link("before", "PLACED_BY", "cid")
		x.write(t)
		then := x.by("Interaction.sequence")
		then.Desc, then.Prop.When = true, &graph.Filter{Kind: x.cat.MustKind("Interaction")}
		l := shown(limit(2), func(l *graph.List) { l.Order = append(l.Order, then) })
		assert.Equal(t, "third second", x.namesOf(x.beyond(t, "cid", l)))
		l.Page.After = x.beyond(t, "cid", l).Rows[1].Keys
		assert.Equal(t, "first uncounted", x.namesOf(x.beyond(t, "cid", l)))
		l.Page.After = x.beyond(t, "cid", l).Rows[1].Keys
		assert.Equal(t, "before", x.namesOf(x.beyond(t, "cid", l)))
	})
	t.Run("along one strand each comes once, however many ways lead there", func(t *testing.T) {
		l := shown()
		l.Tallies = []*graph.Tally{{Key: "count"}}
		l.Edge = e.Of(slices.DeleteFunc(slices.Clone(e.Strands), func(s graph.Strand) bool { return s.Kind != "INTERACTION" }))
		got := x.beyond(t, "ann", l)
		assert.Equal(t, "visit call", x.namesOf(got))
		assert.Equal(t, int64(2), got.Tallies[0][0].Count)
	})
	t.Run("of one of the kinds alone, of which nothing is read", func(t *testing.T) {
		l := shown(where(&graph.Filter{Kind: x.cat.MustKind("Order")}))
		l.Tallies = []*graph.Tally{{Key: "count"}}
		got := x.beyond(t, "ann", l)
		assert.Equal(t, "new o1 o2", x.namesOf(got))
		assert.Equal(t, int64(3), got.Tallies[0][0].Count)
	})
	t.Run("by what entries are there for", func(t *testing.T) {
		byKind := func(l *graph.List) {
			l.Tallies = []*graph.Tally{{Key: "kinds", By: []graph.GroupKey{{Ref: kind, OnEdge: true}}}}
		}
		counts := func(l *graph.List) map[any]int64 {
			of := map[any]int64{}
			groups, err := graph.Groups(l.Tallies[0], x.beyond(t, "ann", l).Tallies[0])
			require.NoError(t, err)
			for _, g := range groups {
				of[g.Keys[0]] = g.Count
			}
			return of
		}
		assert.Equal(t, map[any]int64{"ORDER": 3, "INTERACTION": 2, "CAMPAIGN": 1, "CAMPAIGN_RESPONSE": 1, "HIDDEN_EVENT": 1, "SUBSCRIPTION_CONTRACT": 1}, counts(shown(limit(1), byKind)), "of all pages")
		byDay := shown(func(l *graph.List) {
			l.Tallies = []*graph.Tally{{Key: "days", By: []graph.GroupKey{{Ref: at, OnEdge: true, Cut: graph.ByMonth, Zone: "Europe/Oslo"}}}}
		})
		whole := int64(0)
		for month, n := range counts(byDay) {
			assert.NotNil(t, month, "what has no time is no entry")
			whole += n
		}
		assert.Equal(t, int64(9), whole)
		since := &graph.Filter{Test: &graph.Test{Ref: at, OnEdge: true, Op: graph.Gte, Value: day(6)}}
		assert.Equal(t, map[any]int64{"ORDER": 2, "INTERACTION": 1, "CAMPAIGN": 1, "CAMPAIGN_RESPONSE": 1, "HIDDEN_EVENT": 1}, counts(shown(where(since), byKind)))
		some := shown(byKind)
		some.Edge = e.Of(slices.DeleteFunc(slices.Clone(e.Strands), func(s graph.Strand) bool { return s.Kind != "ORDER" && s.Kind != "RETURN" }))
		assert.Equal(t, map[any]int64{"ORDER": 3}, counts(some))
	})
	t.Run("as of a moment the ways are those of then", func(t *testing.T) {
		x.node("Account", "firm")
		x.node("Customer", "dan")
		x.node("Customer", "eva")
		x.node("Interaction", "old talk", "at", day(30))
		x.node("Interaction", "new talk", "at", day(2))
		x.link("old talk", "PARTICIPANT", "eva")
		x.link("new talk", "PARTICIPANT", "dan")
		x.link("dan", "WORKS_AT", "firm", "from", day(40), "to", day(25))
		x.link("eva", "WORKS_AT", "firm", "from", day(25))
		x.write(t)
		of := func(m graph.Moment) string {
			l := shown()
			l.Edge = x.cat.MustKind("Account").Timeline.As(m)
			return x.namesOf(x.beyond(t, "firm", l))
		}
		then := func(n int) graph.Moment { return graph.Moment{At: new(graph.Time(day(n)))} }
		assert.Equal(t, "old talk", of(graph.Moment{}))
		assert.Equal(t, "old talk", of(then(24)))
		assert.Equal(t, "new talk", of(then(26)), "what passed later with who was there then is there")
		assert.Equal(t, "", of(then(41)))
	})
	t.Run("as it was known the times are those that had been recorded", func(t *testing.T) {
		x.node("Customer", "eve")
		x.node("Interaction", "early", "at", day(3))
		x.node("Interaction", "late", "at", day(2))
		x.link("early", "PARTICIPANT", "eve")
		x.link("late", "PARTICIPANT", "eve")
		x.on(t, onDay(1))
		x.node("Interaction", "early", "at", day(1))
		x.on(t, onDay(3))
		of := func(m graph.Moment) string {
			return x.namesOf(x.beyond(t, "eve", shown(func(l *graph.List) { l.Edge = e.As(m) })))
		}
		assert.Equal(t, "early late", of(graph.Moment{}))
		assert.Equal(t, "late early", of(graph.Moment{Known: new(onDay(2))}))
		assert.Equal(t, "early late", of(graph.Moment{Known: new(onDay(4))}))
		assert.Equal(t, "early late", of(graph.Moment{At: new(onDay(2))}), "it was so at any time, as is known now")
		assert.Equal(t, "", of(graph.Moment{Known: new(onDay(0))}), "nobody knew of either")
	})
	t.Run("without a strand there is nothing", func(t *testing.T) {
		l := shown()
		l.Edge = e.Of([]graph.Strand{})
		assert.Empty(t, x.beyond(t, "ann", l).Rows)
	})
}
