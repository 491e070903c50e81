package e2e

import (
	"cmp"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/stretchr/testify/require"

	dev "github.com/kithgraph/kith/dev/neo4j"
	"github.com/kithgraph/kith/graph"
	kithneo4j "github.com/kithgraph/kith/graph/neo4j"
	"github.com/kithgraph/kith/graph/sqlite"
	"github.com/kithgraph/kith/resolvers"
)

// A fact is something that became true of a deal, and that was written down some time later, or before. What is not of a time is true
// since ever.
type fact struct {
	since, written graph.Time
	add            func(*victims, *graph.Batch)
}

// A course is a deal with its company, its persons and whom they talk to, and as of when its committee is asked for.
type course struct {
	facts     []fact
	at, known graph.Time // the one no later than the other, but where what is known is all that is asked of
	way       int
}

// Ways in which the committees of courses are asked for, in turn.
const (
	asItWasThen   = iota // as of a day, and as known on that day: what was asked on that day itself
	asItWas              // as of a day, as is known now
	asKnownLater         // as of a day, as was known on a later one
	asKnownBefore        // as of now, as was known on a day
	ways
)

// replayed are the days that the facts of a course are of.
const replayed = 260

// days is a time of so many days and hours.
func days(n, hours int) graph.Time {
	return graph.Time((time.Duration(24*n+hours) * time.Hour).Microseconds())
}

// day is an instant of one of the days of courses, at a full hour: no committee is asked for as of one.
func day(n, hour int) graph.Time {
	return graph.At(now.AddDate(0, 0, -replayed).Truncate(24*time.Hour)) + days(n, hour)
}

// drawCourse is what happens around one deal within some months, written down in an order of its own.
func drawCourse(r *rand.Rand, i int) course {
	name := func(what string, n ...any) string { return fmt.Sprintf("%s-%d", what+fmt.Sprint(n...), i) }
	c := course{way: i % ways, at: day(20+r.IntN(80), 0) + 1}
	c.known = map[int]graph.Time{asItWasThen: c.at, asItWas: day(replayed, 0), asKnownLater: c.at + days(1+r.IntN(60), 0), asKnownBefore: c.at}[c.way]
	if c.way == asKnownBefore {
		c.at = day(replayed, 0)
	}
	add := func(since, written graph.Time, add func(*victims, *graph.Batch)) {
		c.facts = append(c.facts, fact{since, written, add})
	}
	some := func() graph.Time { return day(1+r.IntN(120), 1+r.IntN(22)) }
	// later is when it was written down what came to pass: at once, as a rule, or up to two months later.
	later := func(since graph.Time) graph.Time {
		return max(since, day(1, 0)) + days(r.IntN(2)*r.IntN(60), r.IntN(20))
	}
	const ever = graph.FirstInstant
	pick := func(of ...string) string { return of[r.IntN(len(of))] }
	eur := func() graph.Money { return graph.Money{Amount: int64(1+r.IntN(9)) * 10_000_000, Currency: "EUR"} }
	people := 2 + r.IntN(3)
	add(ever, day(0, 1), func(v *victims, b *graph.Batch) {
		b.Nodes = append(b.Nodes, v.node("Account", name("firm"), graph.Values{"name": name("Firm")}), v.node("Account", name("other"), graph.Values{"name": name("Other")}),
			v.node("Deal", name("deal"), graph.Values{"name": name("Deal")}))
		b.Edges = append(b.Edges, v.link("WITH", "Deal", name("deal"), "Account", name("firm")))
		for p := range people {
			b.Nodes = append(b.Nodes, v.node("Customer", name("person", p), graph.Values{"name": name("Person", p)}))
		}
		for e := range 2 {
			b.Nodes = append(b.Nodes, v.node("Employee", name("seller", e), graph.Values{"name": name("Seller", e)}))
		}
	})
	for range r.IntN(5) { // how the deal went
		since, set := some(), graph.Values{}
		switch r.IntN(3) {
		case 0:
			set["stage"] = pick("PROSPECTING", "ENGAGING", "PROPOSAL", "NEGOTIATION")
		case 1:
			set["amount"] = eur()
		default:
			set["expectedClose"] = int64(graph.At(since.Std().AddDate(0, r.IntN(6), 0).Truncate(24 * time.Hour)))
		}
		add(since, later(since), func(v *victims, b *graph.Batch) {
			u := v.node("Deal", name("deal"), set)
			u.At = &since
			b.Nodes = append(b.Nodes, u)
		})
	}
	for n := range r.IntN(2 * people) { // jobs that begin, are corrected, and end
		who, at, since := name("person", r.IntN(people)), name(pick("firm", "firm", "other")), some()
		written := later(since) - days(r.IntN(2)*r.IntN(20), 0) // some are known of before
		written = max(written, day(0, 2))
		job := func(since, written graph.Time, set graph.Values) {
			add(since, written, func(v *victims, b *graph.Batch) {
				l := v.link("WORKS_AT", "Customer", who, "Account", at)
				l.ID, l.Set = name("job", n), set
				b.Edges = append(b.Edges, l)
			})
		}
		job(since, written, graph.Values{"from": int64(since), "title": pick("Buyer", "Director"), "approvalLimit": eur()})
		if r.IntN(2) == 0 {
			job(since, later(written), graph.Values{"title": pick("Chief", "Head"), "approvalLimit": eur()})
		}
		if r.IntN(2) == 0 {
			to := since + days(1+r.IntN(60), 0)
			job(to, max(later(to)-days(r.IntN(20), 0), written+1), graph.Values{"to": int64(to)})
		}
	}
	type talk struct {
		id             string
		since, written graph.Time
	}
	var said []talk
	for n := range r.IntN(16) { // what was said
		since := some()
		written, id, first, second := later(since), name("talk", n), r.IntN(people), r.IntN(people)
		set := graph.Values{"at": int64(since), "kind": "MAIL", "origin": pick("CUSTOMER", "BUSINESS"), "sequence": int64(n)}
		hers, ours, sellers := pick("FROM", "TO", "ATTENDEE", ""), pick("FROM", "TO", "ATTENDEE", ""), 1+r.IntN(2)
		add(since, written, func(v *victims, b *graph.Batch) {
			b.Nodes = append(b.Nodes, v.node("Interaction", id, set))
			takes := func(kind, who, role string) {
				l := v.link("PARTICIPANT", "Interaction", id, kind, who)
				if role != "" {
					l.Set = graph.Values{"role": role}
				}
				b.Edges = append(b.Edges, l)
			}
			takes("Customer", name("person", first), hers)
			if second != first {
				takes("Customer", name("person", second), "CC")
			}
			for e := range sellers {
				takes("Employee", name("seller", e), ours)
			}
		})
		said = append(said, talk{id, since, written})
	}
	for n := range 1 + r.IntN(2*people) { // what was claimed, corrected, ended and taken back
		id, who, since := name("claim", n), name("person", r.IntN(people)), some()
		if r.IntN(6) == 0 {
			since = ever
		}
		written := later(since)
		set := graph.Values{"role": pick("CHAMPION", "ECONOMIC_BUYER", "USER", "BLOCKER"), "stance": pick("SUPPORTIVE", "OPPOSED"), "claimOrigin": "EMPLOYEE"}
		if since != ever {
			set["from"] = int64(since)
		}
		if r.IntN(2) == 0 {
			set["confidence"] = int64(r.IntN(100)) * 10_000
		}
		add(since, written, func(v *victims, b *graph.Batch) {
			b.Nodes = append(b.Nodes, v.node("Claim", id, set))
			b.Edges = append(b.Edges, v.link("ABOUT", "Claim", id, "Customer", who), v.link("ON", "Claim", id, "Deal", name("deal")), v.link("BY", "Claim", id, "Employee", name("seller", 0)))
		})
		for _, s := range said {
			if s.written < written && r.IntN(4) == 0 {
				add(max(since, s.since), written, func(v *victims, b *graph.Batch) {
					b.Edges = append(b.Edges, v.link("CITES", "Claim", id, "Interaction", s.id))
				})
			}
		}
		becomes := func(since, at graph.Time, set graph.Values) {
			add(since, at, func(v *victims, b *graph.Batch) { b.Nodes = append(b.Nodes, v.node("Claim", id, set)) })
		}
		if r.IntN(3) == 0 {
			becomes(since, later(written)+1, graph.Values{"role": pick("COACH", "LEGAL"), "stance": pick("NEUTRAL", "UNKNOWN")})
		}
		if r.IntN(3) == 0 {
			to := max(since, day(1, 0)) + days(1+r.IntN(60), 0)
			becomes(to, max(later(to), written+1), graph.Values{"to": int64(to)})
		}
		if at := later(written) + 2; r.IntN(4) == 0 {
			becomes(since, at, graph.Values{"retractedAt": int64(at)})
		}
	}
	return c
}

// then reports whether a fact was there as of when a course is asked for.
func (c *course) then(f fact) bool { return f.since <= c.at && f.written <= c.known }

// replaying is the program on a store whose clock, and that of who asks, goes with the test.
type replaying struct {
	*victims
	clock time.Time
}

func replayOn(t *testing.T, open func(*program, func() time.Time) (graph.Store, error)) *replaying {
	r := &replaying{clock: day(0, 0).Std()}
	now := func() time.Time { return r.clock }
	r.victims = &victims{program: start(t, func(p *program) (graph.Store, error) { return open(p, now) })}
	r.serve(t, resolvers.Options{Now: now}, "")
	return r
}

// write writes down the facts that stand, in the order in which that was done, and at that time.
func (r *replaying) writes(t *testing.T, courses []course, stands func(*course, fact) bool) {
	var all []fact
	for i := range courses {
		for _, f := range courses[i].facts {
			if stands(&courses[i], f) {
				all = append(all, f)
			}
		}
	}
	slices.SortStableFunc(all, func(a, b fact) int { return cmp.Compare(a.written, b.written) })
	for len(all) > 0 {
		b := &graph.Batch{Source: "crm"}
		at := all[0].written
		n := slices.IndexFunc(all, func(f fact) bool { return f.written > at })
		if n < 0 {
			n = len(all)
		}
		for _, f := range all[:n] {
			f.add(r.victims, b)
		}
		r.clock, all = at.Std(), all[n:]
		r.write(t, b)
	}
	r.clock = day(replayed, 0).Std()
}

// allOfIt asks for whatever follows from a deal's committee. What a claim or a deal is called now is not asked for.
const allOfIt = `query($id: String!, $asOf: DateTime, $knownAt: DateTime) { deal(external: {source: "crm", id: $id}) { committee(asOf: $asOf, knownAt: $knownAt) {
	liveThreads balance truncated
	members { customer { name } leadingClaim { role stance confidence from } competingClaims { role stance } tied position { title account { name } from } leftAt nextPosition { title account { name } } approval
		lastIn lastOut medianGap ties { employee { name } strength sumIn sumOut n lastIn lastOut live } }
	seats { role expected state n holders { name } } warnings { code state n value limit since customer { name } } verdict { code text numbers subjects { name } }
	changes { at code role stance from customer { name } }
} } }`

func (r *replaying) committee(t *testing.T, i int, args map[string]any) (answer any) {
	args["id"] = fmt.Sprintf("deal-%d", i)
	text, err := r.sent(graph.Compliance, allOfIt, args)
	require.NoError(t, err)
	var a struct {
		Data struct {
			Deal struct{ Committee map[string]any }
		}
		Errors []any
	}
	require.NoError(t, json.Unmarshal(text, &a))
	require.Empty(t, a.Errors)
	require.NotNil(t, a.Data.Deal.Committee, string(text))
	for _, m := range a.Data.Deal.Committee["members"].([]any) { // of two ties of one strength the last digit decides
		slices.SortFunc(m.(map[string]any)["ties"].([]any), func(a, b any) int { return cmp.Compare(seller(a), seller(b)) })
	}
	return a.Data.Deal.Committee
}

func seller(tie any) string {
	return tie.(map[string]any)["employee"].(map[string]any)["name"].(string)
}

// TestACommitteeOfThePastIsThatOfAStoreOfThen writes random deals into a store, each fact at a time of its own, and asks for each committee as of a
// day, or as it was known on one. The same is asked of a store into which no more was written than what was true and known by then; of that
// one, where the two are one day, on that day itself and by the ties that it keeps.
func TestACommitteeOfThePastIsThatOfAStoreOfThen(t *testing.T) {
	check := func(t *testing.T, n int, open func() *replaying) {
		r := rand.New(rand.NewPCG(*seed, 10))
		var courses []course
		for i := range n {
			courses = append(courses, drawCourse(r, i))
		}
		log := open()
		log.writes(t, courses, func(*course, fact) bool { return true })
		got := make([]any, n)
		for i, c := range courses {
			args := map[string]any{}
			if c.way != asKnownBefore {
				args["asOf"] = c.at.String()
			}
			if c.way != asItWas {
				args["knownAt"] = c.known.String()
			}
			got[i] = log.committee(t, i, args)
		}
		then, told := open(), 0
		then.writes(t, courses, (*course).then)
		for i, c := range courses {
			args := map[string]any{}
			then.clock = max(c.at, c.known).Std()
			if c.way == asItWas || c.way == asKnownLater {
				args["asOf"] = c.at.String()
			}
			want := then.committee(t, i, args)
			require.Empty(t, gocmp.Diff(want, got[i], cmpopts.EquateApprox(0, 1e-3)), "-seed=%d, deal %d, way %d: as of %s, as known at %s; by the store of then (-) and by all there is (+)", *seed, i, c.way, c.at, c.known)
			told += len(want.(map[string]any)["members"].([]any))
		}
		if n > ways { // of few there may be none
			require.Greater(t, told, n/2, "most of them have members")
		}
	}
	t.Run("SQLite", func(t *testing.T) {
		check(t, 200, func() *replaying {
			return replayOn(t, func(p *program, now func() time.Time) (graph.Store, error) {
				return sqlite.Open(filepath.Join(t.TempDir(), "kith.db"), p.catalog, sqlite.Options{NewID: p.newID, Now: now})
			})
		})
	})
	t.Run("Neo4j", func(t *testing.T) {
		addr := dev.StartForPrograms(t)
		check(t, ways, func() *replaying {
			dev.Empty(t, addr)
			return replayOn(t, func(p *program, now func() time.Time) (graph.Store, error) {
				return kithneo4j.Open(t.Context(), addr, p.catalog, kithneo4j.Options{NewID: p.newID, Now: now})
			})
		})
	})
}
