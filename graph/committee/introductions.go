package committee

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// Reasons why one person may introduce another.
const (
	Knows      = "KNOWS"       // there is a tie between them; the strength is that of the tie
	ReportsTo  = "REPORTS_TO"  // one reports to the other
	WorkedWith = "WORKED_WITH" // both had a job at one company at the same time
)

// MostHops is how long an introduction may be.
const MostHops = 4

// Strengths of hops that rest on no contact, chosen and not learnt: less than a tie that is alive, more than one that is forgotten.
const (
	reportingStrength = 50
	workingStrength   = 30 // while both work there; half as much for each year since
	year              = 365 * days
)

// A Hop is one of two persons who may introduce the other.
type Hop struct {
	A, B     string // ids; where one reports to the other, A does
	Reason   string
	Strength float64    // above 0, to 100
	At       graph.Time // the newest contact, since when one reports to the other, or until when both worked there; graph.LastInstant: still
	Account  string     // where they work, or worked; empty: it is another reason
}

// Reporting is the hop of one who has reported to another from an instant on.
func Reporting(who, to string, from graph.Time) Hop {
	return Hop{A: who, B: to, Reason: ReportsTo, Strength: reportingStrength, At: from}
}

// Acquainted is the hop of a tie, as of an instant.
func Acquainted(a, b string, t graph.Tie, at graph.Time) Hop {
	return Hop{A: a, B: b, Reason: Knows, Strength: Strength(t, at), At: graph.Time(t.AsOf)}
}

// Colleagues is the hop of two jobs at one company, as of an instant. Not ok: they were not held at the same time.
func Colleagues(a, b string, one, other Job, at graph.Time) (h Hop, ok bool) {
	from, to := max(one.From, other.From), min(one.To, other.To)
	if from >= to || from > at {
		return h, false
	}
	h = Hop{A: a, B: b, Reason: WorkedWith, Strength: workingStrength, At: graph.LastInstant, Account: one.Account}
	if to <= at {
		h.At, h.Strength = to, workingStrength*math.Exp2(float64(to-at)/year)
	}
	return h, true
}

// A Path is a way from one person to another by introductions.
type Path struct {
	People   []string // from the one to the other
	Hops     []Hop    // one less
	Strength float64  // the product of those of the hops, each out of 100, times 100
}

// weight is minus the logarithm of the strength, so that the least is the strongest.
func (p *Path) weight() (w float64) {
	for i := range p.Hops {
		w += p.Hops[i].weight()
	}
	return w
}

func (h *Hop) weight() float64 { return -math.Log2(h.Strength / 100) }

// better is negative where a path comes before another: the stronger one, of equals the shorter one, then by the ids on it.
func better(a, b *Path) int {
	return cmp.Or(cmp.Compare(a.weight(), b.weight()), cmp.Compare(len(a.Hops), len(b.Hops)), slices.Compare(a.People, b.People))
}

// Introductions finds the n strongest paths from one person to another of at most MostHops hops, on which nobody stands twice, the strongest
// first (Yen, "Finding the K Shortest Loopless Paths in a Network", 1971, with minus the logarithm of the strength as length). Of several
// hops between the same two the strongest counts. Nobody who is barred stands between the two ends.
func Introductions(hops []Hop, from, to string, barred map[string]bool, n int) (out []Path) {
	g := neighbours(hops, from, to, barred)
	first, ok := g.shortest([]string{from}, to, nil)
	if !ok || from == to {
		return nil
	}
	found := []Path{first}
	for len(found) > 0 && len(out) < n {
		slices.SortFunc(found, func(a, b Path) int { return better(&a, &b) })
		next := found[0]
		found = found[1:]
		out = append(out, next)
		for spur := range len(next.Hops) {
			root := next.People[:spur+1]
			used := map[string]bool{} // where paths that are known go on from the same root
			for i := range out {
				if p := out[i].People; len(p) > spur+1 && slices.Equal(p[:spur+1], root) {
					used[p[spur+1]] = true
				}
			}
			p, ok := g.shortest(root, to, used)
			if ok && !slices.ContainsFunc(found, func(o Path) bool { return slices.Equal(o.People, p.People) }) {
				found = append(found, p)
			}
		}
	}
	return out
}

// A network has for each person the strongest hop to each other one.
type network map[string]map[string]link

// A link is a hop with its weight, which is worked out once.
type link struct {
	Hop
	weight float64
}

func neighbours(hops []Hop, from, to string, barred map[string]bool) network {
	g := network{}
	passes := func(id string) bool { return id == from || id == to || !barred[id] }
	put := func(a, b string, l link) {
		if g[a] == nil {
			g[a] = map[string]link{}
		}
		if old, there := g[a][b]; !there || l.before(&old.Hop) {
			g[a][b] = l
		}
	}
	for _, h := range hops {
		if h.A != h.B && h.Strength > 0 && passes(h.A) && passes(h.B) {
			l := link{h, h.weight()}
			put(h.A, h.B, l)
			put(h.B, h.A, l)
		}
	}
	return g
}

// A way is a path by its last hop, so that what many begin with is kept once.
type way struct {
	before *way // nil: it begins at the person
	at     string
	hop    Hop
	hops   int
	weight float64
}

func (w *way) on(l link, to string) way { return way{w, to, l.Hop, w.hops + 1, w.weight + l.weight} }

func (w *way) passes(id string) bool {
	for ; w != nil; w = w.before {
		if w.at == id {
			return true
		}
	}
	return false
}

// better is as that of paths.
func (w *way) better(o *way) bool {
	if c := cmp.Or(cmp.Compare(w.weight, o.weight), cmp.Compare(w.hops, o.hops)); c != 0 {
		return c < 0
	}
	return w.compare(o) < 0
}

// compare puts ways of as many hops from the same person in the order of the people on them, from the beginning on.
func (w *way) compare(o *way) int {
	if w == o { // they part behind it
		return 0
	}
	return cmp.Or(w.before.compare(o.before), cmp.Compare(w.at, o.at))
}

func (w *way) path() Path {
	p := Path{People: make([]string, w.hops+1), Hops: make([]Hop, w.hops), Strength: 100 * math.Exp2(-w.weight)}
	for ; w.before != nil; w = w.before {
		p.People[w.hops], p.Hops[w.hops-1] = w.at, w.hop
	}
	p.People[0] = w.at
	return p
}

// shortest is the best path that begins with some people and does not go on from the last of them to one who is used.
func (g network) shortest(root []string, to string, used map[string]bool) (Path, bool) {
	begin := &way{at: root[0]}
	for _, id := range root[1:] {
		begin = new(begin.on(g[begin.at][id], id))
	}
	// reached has, for each person and number of hops, the best way there.
	reached := map[string]*way{begin.at: begin}
	var best *way
	for hop := len(root); hop <= MostHops; hop++ {
		next := map[string]*way{}
		step := func(w *way, id string, l link) {
			q := w.on(l, id)
			if best != nil && q.weight > best.weight || hop == len(root) && used[id] || w.passes(id) { // no hop makes a way lighter
				return
			}
			if old := next[id]; old == nil || q.better(old) {
				next[id] = new(q)
			}
		}
		for last, w := range reached {
			if l, there := g[last][to]; there {
				step(w, to, l)
			}
			if hop == MostHops {
				continue
			}
			for id, l := range g[last] {
				if id != to {
					step(w, id, l)
				}
			}
		}
		if w := next[to]; w != nil && (best == nil || w.better(best)) {
			best = w
		}
		delete(next, to)
		reached = next
	}
	if best == nil {
		return Path{}, false
	}
	return best.path(), true
}

// before reports whether a hop counts rather than another one between the same two: the stronger one, then by its reason and company, then the
// later one, so that whatever order they come in one of them does.
func (h *Hop) before(o *Hop) bool {
	return cmp.Or(cmp.Compare(o.Strength, h.Strength), strings.Compare(h.Reason, o.Reason), strings.Compare(h.Account, o.Account), cmp.Compare(o.At, h.At), strings.Compare(h.A, o.A)) < 0
}

// Text is the path in words: who has what to do with whom. Names are by id; of whom there is none, it is withheld or not known.
func (p *Path) Text(names map[string]string) string {
	called := func(id string) string { return (&Person{Name: names[id]}).called() }
	text := called(p.People[0])
	for i := range p.Hops {
		h := &p.Hops[i]
		if i > 0 {
			text += ", who"
		}
		text += fmt.Sprintf(h.says(p.People[i]), called(p.People[i+1]))
	}
	return text + "."
}

// says is what a hop says of one of the two, and the other, whose name is to be put in.
func (h *Hop) says(of string) string {
	told := h.At != graph.FirstInstant && h.At != graph.LastInstant
	switch {
	case h.Reason == Knows:
		return " knows %s (last contact on " + day(&h.At) + ")"
	case h.Reason == WorkedWith && told:
		return " worked with %s until " + day(&h.At)
	case h.Reason == WorkedWith:
		return " works with %s"
	case told && of == h.A:
		return " has reported to %s since " + day(&h.At)
	case told:
		return " has led %s since " + day(&h.At)
	case of == h.A:
		return " reports to %s"
	}
	return " leads %s"
}
