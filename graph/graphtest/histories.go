package graphtest

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/write"
)

// days after Now at which something is written, or was so.
func onDay(n int) graph.Time { return Now + graph.Time(int64(n)*day) }

// on writes the batch as if it were another day.
func (x *fixture) on(t *testing.T, at graph.Time, with ...func(*graph.Batch)) *graph.Report {
	t.Helper()
	report, err := x.tryOn(at, with...)
	require.NoError(t, err)
	return report
}

func (x *fixture) tryOn(at graph.Time, with ...func(*graph.Batch)) (report *graph.Report, err error) {
	b := x.batch
	b.Source = source
	x.batch = graph.Batch{}
	for _, w := range with {
		w(&b)
	}
	err = x.store.(Writer).Within(context.Background(), func(tx write.Tx) error {
		report, err = write.Apply(context.Background(), x.cat, tx, &b, write.Host{NewID: write.RandomID, Now: at, Mark: Mark})
		return err
	})
	if err == nil {
		for i, n := range b.Nodes {
			x.ids[n.ID], x.names[report.IDs[i]] = report.IDs[i], n.ID
		}
	}
	return report, err
}

// was adds what is told of the past of a node.
func (x *fixture) was(at graph.Time, name string, pairs ...any) {
	x.batch.Nodes = append(x.batch.Nodes, graph.Upsert{Kind: x.kinds[name], ID: name, Set: values(pairs), At: &at})
}

// asOf is a mention of a property at a moment; days of 0 are not given.
func (x *fixture) asOf(path string, at, known int) graph.Ref {
	r := graph.Ref{Prop: x.prop(path), At: &graph.Moment{}}
	if at != 0 {
		r.At.At = new(onDay(at))
	}
	if known != 0 {
		r.At.Known = new(onDay(known))
	}
	return r
}

// history reads what is kept of a property of a node, the oldest first: the day since when, the day when it was recorded, that when it was
// superseded, and the value.
func (x *fixture) history(t *testing.T, name, path string) string {
	t.Helper()
	l := x.called(name, func(l *graph.List) {
		l.Nodes[0].Props = []graph.Ref{{Prop: x.prop(path).Versions}}
	})
	all, _ := x.read(t, l)[0].Rows[0].Props[0].([]graph.Version)
	dayOf := func(at graph.Time) string {
		switch at {
		case graph.FirstInstant:
			return "ever"
		case graph.LastInstant:
			return ""
		}
		return fmt.Sprint((int64(at) - int64(Now)) / day)
	}
	var out []string
	for _, v := range slices.Backward(all) {
		until := ""
		if !v.Open() {
			until = "-" + dayOf(v.Until)
		}
		out = append(out, fmt.Sprintf("%s@%s%s %v", dayOf(v.From), dayOf(v.Known), until, v.Value))
	}
	return strings.Join(out, ", ")
}

// histories is about what is kept of the values that tracked properties had.
func histories(t *testing.T, x *fixture) {
	deal := func(pairs ...any) { x.node("Deal", "deal", pairs...) }
	t.Run("what was loaded and never changed has no versions", func(t *testing.T) {
		deal("name", "Pumps", "stage", "PROSPECTING", "amount", eur(100))
		x.on(t, onDay(1), asLoad)
		assert.Equal(t, "", x.history(t, "deal", "Deal.stage"))
	})
	t.Run("a change keeps what was, and since when", func(t *testing.T) {
		deal("stage", "PROPOSAL")
		x.on(t, onDay(3))
		deal("stage", "NEGOTIATION", "name", "Pumps and pipes")
		x.on(t, onDay(5))
		assert.Equal(t, "ever@1 PROSPECTING, 3@3 PROPOSAL, 5@5 NEGOTIATION", x.history(t, "deal", "Deal.stage"))
		assert.Equal(t, "", x.history(t, "deal", "Deal.amount"))
	})
	t.Run("what changes nothing keeps nothing", func(t *testing.T) {
		deal("stage", "NEGOTIATION")
		assert.False(t, x.on(t, onDay(6)).Changed())
	})
	t.Run("amounts, days and texts are kept, and that one was missing", func(t *testing.T) {
		deal("amount", usd(70), "expectedClose", int64(onDay(30))-int64(onDay(30))%day, "lossReason", "Größe")
		x.on(t, onDay(7))
		deal("amount", nil, "lossReason", nil)
		x.on(t, onDay(8))
		assert.Equal(t, "ever@1 100.00 EUR, 7@7 70.00 USD, 8@8 <nil>", x.history(t, "deal", "Deal.amount"))
		assert.Equal(t, "ever@1 <nil>, 7@7 Größe, 8@8 <nil>", x.history(t, "deal", "Deal.lossReason"))
	})
	t.Run("the past may be told in any order, and takes nothing of now away", func(t *testing.T) {
		x.was(onDay(4), "deal", "stage", "ENGAGING")
		x.was(onDay(-9), "deal", "stage", "PROSPECTING")
		x.on(t, onDay(9))
		assert.Equal(t, "ever@1-9 PROSPECTING, -9@9 PROSPECTING, 1@1 PROSPECTING, 3@3 PROPOSAL, 4@9 ENGAGING, 5@5 NEGOTIATION", x.history(t, "deal", "Deal.stage"))
		x.was(onDay(4), "deal", "stage", "ENGAGING")
		assert.False(t, x.on(t, onDay(10)).Changed(), "told again")
	})
	t.Run("what is told of the same instant supersedes", func(t *testing.T) {
		x.was(onDay(4), "deal", "stage", "PROPOSAL")
		x.on(t, onDay(11))
		assert.Contains(t, x.history(t, "deal", "Deal.stage"), "4@9-11 ENGAGING, 4@11 PROPOSAL")
	})
	t.Run("what is told of later than all that is known is now", func(t *testing.T) {
		x.was(onDay(11), "deal", "stage", "WON")
		x.on(t, onDay(12))
		l := x.called("deal", x.wants("Deal.stage"))
		assert.Equal(t, []any{"WON"}, x.read(t, l)[0].Rows[0].Props)
	})
	t.Run("what is made here has its values since then", func(t *testing.T) {
		x.node("Deal", "made", "stage", "PROPOSAL", "name", "Zinc")
		x.on(t, onDay(4))
		assert.Equal(t, "4@4 PROPOSAL", x.history(t, "made", "Deal.stage"))
		assert.Equal(t, "", x.history(t, "made", "Deal.amount"))
	})
	t.Run("a new node may be told of with its past, and what is now", func(t *testing.T) {
		x.node("Deal", "second", "name", "Valves")
		x.was(onDay(2), "second", "stage", "PROSPECTING")
		x.was(onDay(1), "second", "stage", "ENGAGING", "amount", eur(5))
		x.on(t, onDay(20))
		x.node("Deal", "third", "stage", "LOST")
		x.was(onDay(2), "third", "stage", "PROSPECTING")
		x.on(t, onDay(20))
		assert.Equal(t, "1@20 ENGAGING, 2@20 PROSPECTING", x.history(t, "second", "Deal.stage"))
		assert.Equal(t, "2@20 PROSPECTING, 20@20 LOST", x.history(t, "third", "Deal.stage"))
		l := x.all("Deal", x.wants("Deal.stage"), ordered(x.by("Deal.name")))
		var now []any
		for _, r := range x.read(t, l)[0].Rows {
			now = append(now, r.Props[0])
		}
		assert.Equal(t, []any{"WON", "PROSPECTING", "PROPOSAL", "LOST"}, now)
	})
	t.Run("a value that was missing is there since when it is told of", func(t *testing.T) {
		x.node("Deal", "bare", "name", "Bolts")
		x.on(t, onDay(5), asLoad)
		x.was(onDay(2), "bare", "lossReason", "price")
		x.on(t, onDay(6))
		assert.Equal(t, "ever@5 <nil>, 2@6 price", x.history(t, "bare", "Deal.lossReason"))
		assert.Equal(t, []any{"price"}, x.read(t, x.called("bare", x.wants("Deal.lossReason")))[0].Rows[0].Props)
	})
	t.Run("what cannot be told of the past is refused", func(t *testing.T) {
		for why, tell := range map[string]func(){
			"of the future":                  func() { x.was(onDay(40), "deal", "stage", "PROSPECTING") },
			"what it was before is not kept": func() { x.was(onDay(4), "deal", "name", "Pipes") },
		} {
			tell()
			_, err := x.tryOn(onDay(30))
			require.Error(t, err, why)
			x.batch = graph.Batch{}
		}
	})
	t.Run("who changed it, and from where, is kept", func(t *testing.T) {
		deal("stage", "LOST")
		x.on(t, onDay(31), func(b *graph.Batch) { b.Actor = "ann" })
		l := x.called("deal", func(l *graph.List) { l.Nodes[0].Props = []graph.Ref{{Prop: x.prop("Deal.stage").Versions}} })
		newest := x.read(t, l)[0].Rows[0].Props[0].([]graph.Version)[0]
		assert.Equal(t, []any{"LOST", "ann", source}, []any{newest.Value, newest.Actor, newest.Source})
	})
	t.Run("of what is not dated each correction supersedes", func(t *testing.T) {
		x.node("Interaction", "call", "kind", "CALL", "sentiment", int64(500000))
		x.on(t, onDay(1))
		x.node("Interaction", "call", "sentiment", int64(-500000))
		x.on(t, onDay(3))
		assert.Equal(t, "ever@1-3 500000, ever@3 -500000", x.history(t, "call", "Interaction.sentiment"))
	})
	t.Run("what is taken away leaves no versions", func(t *testing.T) {
		x.on(t, onDay(33), func(b *graph.Batch) {
			b.Remove = []graph.Removal{{Kind: x.kinds["deal"], ID: x.ids["deal"], Properties: []string{"stage"}}}
		})
		assert.Equal(t, "", x.history(t, "deal", "Deal.stage"))
		assert.NotEmpty(t, x.history(t, "deal", "Deal.amount"))
	})
	t.Run("nor does her name in what was said of something else", func(t *testing.T) {
		x.node("Customer", "zoe", "name", "Zoe Quittländer", "email", "zoe.quittlaender@kith.example")
		x.node("Deal", "hers", "name", "Seals", "stage", "LOST", "lossReason", "Zoe Quittländer has left")
		x.on(t, onDay(1))
		x.node("Deal", "hers", "lossReason", "Price")
		x.on(t, onDay(2))
		x.on(t, onDay(3), func(b *graph.Batch) { b.Erase = []graph.Erasure{{Person: x.ids["zoe"]}} })
		assert.Equal(t, "1@1 [erased] has left, 2@2 Price", x.history(t, "hers", "Deal.lossReason"))
	})
	t.Run("nor does who is erased", func(t *testing.T) {
		x.node("Customer", "ann", "name", "Ann", "journeyStage", "AWARENESS")
		x.on(t, onDay(1))
		x.node("Customer", "ann", "journeyStage", nil)
		x.on(t, onDay(2))
		require.NotEmpty(t, x.history(t, "ann", "Customer.journeyStage"))
		x.on(t, onDay(3), func(b *graph.Batch) { b.Erase = []graph.Erasure{{Person: x.ids["ann"]}} })
		assert.Equal(t, "", x.history(t, "ann", "Customer.journeyStage"))
	})
}

// moments is about reading what was.
func moments(t *testing.T, x *fixture) {
	x.node("Account", "acme")
	for i, stage := range []string{"PROSPECTING", "PROPOSAL", "NEGOTIATION"} {
		name := fmt.Sprint("deal", i)
		x.node("Deal", name, "name", name, "stage", stage, "amount", eur(10*(i+1)))
		x.link(name, "WITH", "acme")
	}
	x.on(t, onDay(1), asLoad)
	x.node("Deal", "deal0", "stage", "WON", "amount", eur(100))
	x.node("Deal", "deal2", "stage", "LOST", "lossReason", "Price")
	x.on(t, onDay(5))
	x.was(onDay(3), "deal1", "stage", "ENGAGING", "amount", usd(7))
	x.on(t, onDay(6))
	x.node("Deal", "deal3", "name", "deal3", "stage", "PROSPECTING", "amount", eur(1))
	x.link("deal3", "WITH", "acme")
	x.on(t, onDay(8))
	later := func(l *graph.List) *graph.Fetch { return &graph.Fetch{Now: onDay(10), Lists: []*graph.List{l}} }
	read := func(t *testing.T, l *graph.List) graph.ListResult {
		t.Helper()
		res, err := x.store.Read(t.Context(), later(l))
		require.NoError(t, err)
		return res.Lists[0]
	}
	stages := func(t *testing.T, at, known int) string {
		t.Helper()
		l := x.all("Deal", ordered(x.by("Deal.name")))
		l.Nodes[0].Props = []graph.Ref{x.asOf("Deal.stage", at, known)}
		var out []string
		for _, r := range read(t, l).Rows {
			out = append(out, fmt.Sprint(r.Props[0]))
		}
		return strings.Join(out, " ")
	}
	for _, c := range []struct {
		says      string
		at, known int
		want      string
	}{
		{"now", 0, 0, "WON ENGAGING LOST PROSPECTING"},
		{"as of a day before the changes", 2, 0, "PROSPECTING PROPOSAL NEGOTIATION <nil>"},
		{"as of a day between, what was told of it later is known", 4, 0, "PROSPECTING ENGAGING NEGOTIATION <nil>"},
		{"as of that day, as it was known then", 4, 4, "PROSPECTING PROPOSAL NEGOTIATION <nil>"},
		{"as of before anything was recorded", -1, 0, "PROSPECTING PROPOSAL NEGOTIATION <nil>"},
		{"as it was known before anything was recorded", 0, -1, "<nil> <nil> <nil> <nil>"},
		{"as it was known on a day", 0, 5, "WON PROPOSAL LOST <nil>"},
		{"as of the future", 9, 0, "WON ENGAGING LOST PROSPECTING"},
	} {
		t.Run(c.says, func(t *testing.T) { assert.Equal(t, c.want, stages(t, c.at, c.known)) })
	}
	then := x.asOf("Deal.stage", 2, 0)
	worth := x.asOf("Deal.amount", 4, 0)
	t.Run("conditions are on what was", func(t *testing.T) {
		was := func(op graph.Op, r graph.Ref, v any) *graph.Filter {
			return &graph.Filter{Test: &graph.Test{Ref: r, Op: op, Value: v}}
		}
		set := func(f *graph.Filter) string {
			return x.namesOf(read(t, x.all("Deal", where(f), ordered(x.by("Deal.name")))))
		}
		assert.Equal(t, "deal1", set(was(graph.Eq, then, "PROPOSAL")))
		assert.Equal(t, "deal0", set(was(graph.Lt, then, "PROPOSAL")))
		assert.Equal(t, "deal3", set(was(graph.IsNull, then, nil)))
		assert.Equal(t, "deal1 deal2", set(was(graph.In, then, []any{"PROPOSAL", "NEGOTIATION"})))
		assert.Equal(t, "deal1", set(was(graph.Eq, worth, usd(7))))
		assert.Equal(t, "deal0 deal2", set(was(graph.Gte, worth, eur(10))))
		reason := x.asOf("Deal.lossReason", 6, 0)
		folded := was(graph.Contains, reason, "price")
		folded.Test.Fold = true
		assert.Equal(t, "deal2", set(folded))
		assert.Equal(t, "", set(was(graph.Contains, x.asOf("Deal.lossReason", 4, 0), "P")))
		assert.Equal(t, "acme", x.namesOf(read(t, x.all("Account", where(&graph.Filter{Some: &graph.Quantified{Edge: x.edge("Account.deals"), Filter: was(graph.Eq, then, "PROSPECTING")}})))))
	})
	t.Run("times are compared with how long ago they are", func(t *testing.T) {
		recorded := func(op graph.Op, ago graph.Ago) *graph.Filter { return x.test("Deal.recordedAt", op, ago) }
		set := func(f *graph.Filter) string {
			return x.namesOf(read(t, x.all("Deal", where(f), ordered(x.by("Deal.name")))))
		}
		assert.Equal(t, "deal3", set(recorded(graph.Gte, graph.Ago{Days: 2})), "it is day 10, and this is of day 8")
		assert.Equal(t, "deal0 deal1 deal2", set(recorded(graph.Lt, graph.Ago{Time: 49 * time.Hour})))
		assert.Equal(t, "deal0 deal1 deal2", set(recorded(graph.Lte, graph.Ago{Days: 1, Before: onDay(2), Fixed: true})))
	})
	t.Run("orders go by what was, and pages go on there", func(t *testing.T) {
		l := x.all("Deal", ordered(desc(graph.Order{Prop: &then})), limit(1))
		l.Cursors, l.HasNext = true, true
		var names []string
		for range 4 {
			page := read(t, l)
			names = append(names, x.namesOf(page))
			l.Page.After = page.Rows[0].Keys
		}
		assert.Equal(t, []string{"deal2", "deal1", "deal0", "deal3"}, names)
		assert.Equal(t, "deal2 deal0 deal1 deal3", x.namesOf(read(t, x.all("Deal", ordered(desc(in("EUR", graph.Order{Prop: &worth})), x.by("Deal.name"))))))
	})
	t.Run("conditions and orders may be of several moments", func(t *testing.T) {
		were := &graph.Filter{And: []*graph.Filter{{Test: &graph.Test{Ref: worth, Op: graph.Gte, Value: eur(10)}}, {Test: &graph.Test{Ref: then, Op: graph.In, Value: []any{"PROSPECTING", "NEGOTIATION"}}}}}
		for want, by := range map[string]graph.Ref{"deal0 deal2": x.asOf("Deal.amount", 6, 0), "deal2 deal0": x.asOf("Deal.amount", 6, 4)} {
			l := x.all("Deal", where(were), ordered(desc(in("EUR", graph.Order{Prop: &by}))), limit(1))
			l.Cursors, l.HasNext = true, true
			first := read(t, l)
			l.Page.After = first.Rows[0].Keys
			assert.Equal(t, want, x.namesOf(first)+" "+x.namesOf(read(t, l)))
		}
		before := x.asOf("Deal.amount", 2, 0)
		l := x.all("Deal", where(&graph.Filter{Test: &graph.Test{Ref: worth, Op: graph.Gte, Value: usd(1)}}), ordered(in("EUR", graph.Order{Prop: &before})))
		l.Cursors = true
		rows := read(t, l).Rows
		require.Len(t, rows, 1, "what changed on day 3 is settled for the condition, and not for the order")
		assert.EqualValues(t, 200000, rows[0].Keys[0])
	})
	t.Run("groups and sums are of what was", func(t *testing.T) {
		l := x.all("Deal", counting(&graph.Tally{By: []graph.GroupKey{{Ref: then}}, Measures: []graph.Measure{{Ref: worth}}}))
		got := map[string]string{}
		for _, r := range read(t, l).Tallies[0] {
			got[fmt.Sprint(r.Keys[0])] += fmt.Sprint(r.Count, " ", r.Measures[0].Currency, " ", r.Measures[0].Sum)
		}
		assert.Equal(t, map[string]string{"PROSPECTING": "1 EUR 100000", "PROPOSAL": "1 USD 70000", "NEGOTIATION": "1 EUR 300000", "<nil>": "1  <nil>"}, got)
		sum := graph.Order{Sum: &graph.Over{Edge: x.edge("Account.deals"), Prop: &worth}, Currency: "EUR"}
		keys := x.all("Account", ordered(sum))
		keys.Cursors = true
		assert.EqualValues(t, 400000, read(t, keys).Rows[0].Keys[0])
	})
}

// corrections is about relationships as they were known.
func corrections(t *testing.T, x *fixture) {
	x.node("Account", "acme", "name", "Acme")
	x.node("Account", "bolt", "name", "Bolt")
	x.node("Customer", "ann", "name", "Ann")
	job := func(to string, pairs ...any) {
		x.link("ann", "WORKS_AT", to, pairs...)
		x.batch.Edges[len(x.batch.Edges)-1].ID = "job at " + to
	}
	job("acme", "title", "Chief", "from", int64(onDay(-90)))
	x.on(t, onDay(1))
	job("acme", "title", "Chair", "approvalLimit", eur(50))
	x.on(t, onDay(3))
	job("acme", "to", int64(onDay(2)))
	job("bolt", "title", "Owner", "from", int64(onDay(2)))
	x.on(t, onDay(5))
	jobs := func(t *testing.T, at, known int) string {
		t.Helper()
		m := graph.Moment{}
		if at != 0 {
			m.At = new(onDay(at))
		}
		if known != 0 {
			m.Known = new(onDay(known))
		}
		l := x.along("Customer.employments", ordered(x.by("Account.name")))
		l.Edge = l.Edge.As(m)
		l.Props = []graph.Ref{{Prop: x.prop("WORKS_AT.title"), At: &m}}
		root := x.called("ann", below(l))
		res, err := x.store.Read(t.Context(), &graph.Fetch{Now: onDay(10), Lists: []*graph.List{root}})
		require.NoError(t, err)
		var out []string
		for _, r := range res.Lists[0].Rows[0].Lists[0].Rows {
			out = append(out, fmt.Sprint(x.names[r.ID], " ", r.Edge[0]))
		}
		return strings.Join(out, ", ")
	}
	for _, c := range []struct {
		says      string
		at, known int
		want      string
	}{
		{"now", 0, 0, "bolt Owner"},
		{"as of a day before", 1, 0, "acme Chair"},
		{"as it was known when it was first recorded", 0, 2, "acme Chief"},
		{"as it was known after it was corrected", 0, 4, "acme Chair"},
		{"as of a day before, as it was known then", 1, 2, "acme Chief"},
		{"as it was known before it was recorded", 0, -1, ""},
		{"as of a day after the change, as it was known before that was told", 3, 4, "acme Chair"},
	} {
		t.Run(c.says, func(t *testing.T) { assert.Equal(t, c.want, jobs(t, c.at, c.known)) })
	}
	t.Run("nodes are found by what relationships were known to be", func(t *testing.T) {
		known := onDay(2)
		title := graph.Ref{Prop: x.prop("WORKS_AT.title"), At: &graph.Moment{Known: &known}}
		f := &graph.Filter{Some: &graph.Quantified{Edge: x.edge("Account.people").As(graph.Moment{Known: &known}),
			Filter: &graph.Filter{Test: &graph.Test{Ref: title, OnEdge: true, Op: graph.Eq, Value: "Chief"}}}}
		assert.Equal(t, "acme", x.set(t, x.all("Account", where(f))))
	})
	t.Run("what is removed is not there at any time", func(t *testing.T) {
		x.on(t, onDay(6), func(b *graph.Batch) {
			b.Remove = []graph.Removal{{Rel: x.cat.Rel("WORKS_AT"), ID: source + ":job at acme"}}
		})
		assert.Equal(t, "", jobs(t, 1, 4))
	})
}
