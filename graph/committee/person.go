package committee

import (
	"math"
	"slices"

	"github.com/kithgraph/kith/graph"
)

// A Person is what was read of somebody of whom a role is claimed.
type Person struct {
	ID       string
	Name     string // empty: withheld, or not known
	Jobs     []Job
	Ties     []Tie     // with our own people and with other persons
	Contacts []Contact // with us, newest first
	Denied             // what is withheld of her, so that nothing follows from its absence
}

// A Job is a post that the person has or had.
type Job struct {
	Account  string
	From, To graph.Time   // held from the one until before the other
	Limit    *graph.Money // what may be approved in it; nil: not known
}

// A Tie is one between the person and somebody else; see graph.Tie. What came in came from the person where the other is one of our own
// people.
type Tie struct {
	With     string
	Employee bool // the other is one of our own people
	graph.Tie
}

// A Contact is one interaction of the person with our own people: what came in came from her.
type Contact struct {
	At      graph.Time
	In, Out bool
}

// A Position is what the jobs of a person say of her at one account, as of a moment.
type Position struct {
	Job  *Job        // the one that she holds there; nil: none is known
	Left *graph.Time // since when she holds none there any more; nil: she does, or never did
	Next *Job        // the one that she holds elsewhere, after she left
}

// position finds the job that began last of those that are held at the time.
func (p *Person) position(account string, at graph.Time) (out Position) {
	var next *Job
	var left graph.Time
	for i := range p.Jobs {
		j := &p.Jobs[i]
		held := j.From <= at && at < j.To
		switch {
		case j.From > at:
		case j.Account == account && held && (out.Job == nil || out.Job.From < j.From):
			out.Job = j
		case j.Account == account && !held:
			left = max(left, j.To)
		case held && (next == nil || next.From < j.From):
			next = j
		}
	}
	if out.Job == nil && left != 0 {
		out.Left, out.Next = &left, next
	}
	return out
}

// days are so many, in microseconds.
const days = 24 * 3600 * 1e6

// Window is how long a contact keeps a tie alive: 30 days, in microseconds.
const Window = 30 * days

// Strength of a tie at an instant, from 0 to just below 100. With the sums of graph.Tie decayed to the instant,
//
//	S = in + out + min(in, out)
//
// which counts what goes both ways once more, and
//
//	strength = 100 * S / (S + 6)
//
// so that 6 is what two come to who have written to each other twice of late. A contact more never makes it less, at any instant: both sums
// grow, or stay. The half-life is that of graph.Tie; weights and the 6 are chosen, not learnt.
func Strength(t graph.Tie, at graph.Time) float64 {
	in, out := decayed(t, at)
	s := in + out + min(in, out)
	return 100 * s / (s + halfStrength)
}

const halfStrength = 6

func decayed(t graph.Tie, at graph.Time) (in, out float64) {
	d := min(1, math.Exp2((float64(t.AsOf)-float64(at))/graph.HalfLife))
	return t.In * d, t.Out * d
}

// Decayed are the sums of a tie as of an instant.
func (t *Tie) Decayed(at graph.Time) (in, out float64) { return decayed(t.Tie, at) }

// Live reports whether something came in and something went out within the Window before an instant.
func Live(t graph.Tie, at graph.Time) bool { return Until(t) > at }

// Until is the instant at which a tie ceases to be live; graph.Never plus the Window and less: it never was.
func Until(t graph.Tie) graph.Time {
	if t.LastIn == graph.Never || t.LastOut == graph.Never {
		return graph.Time(graph.Never)
	}
	return graph.Time(min(t.LastIn, t.LastOut)) + Window
}

// thread is the instant until which the person is in two-way contact with one of our own people or, where she is not any more, was;
// graph.Never: she never was.
func (p *Person) thread() graph.Time {
	until := graph.Time(graph.Never)
	for i := range p.Ties {
		if p.Ties[i].Employee {
			until = max(until, Until(p.Ties[i].Tie))
		}
	}
	return until
}

// rhythm is what the contacts that came from a person tell of when she is to be heard of, as of an instant.
type rhythm struct {
	n      int        // contacts that came from her
	last   graph.Time // the newest
	median int64      // of the times between one and the next, in microseconds
}

// fewestContacts are needed to say when somebody is silent.
const fewestContacts = 5

// patience is how many times her own median gap somebody may be silent.
const patience = 3

func (p *Person) rhythm(at graph.Time) rhythm {
	var r rhythm
	var gaps []int64
	before := graph.Time(0)
	for _, c := range p.Contacts {
		if !c.In || c.At > at {
			continue
		}
		if r.n++; r.n == 1 {
			r.last = c.At
		} else {
			gaps = append(gaps, int64(before-c.At))
		}
		before = c.At
	}
	r.median = median(gaps)
	return r
}

// dark is since when she is silent for longer than is usual with her; judged: there are contacts enough to say so.
func (r rhythm) dark(at graph.Time) (since graph.Time, dark, judged bool) {
	if r.n < fewestContacts {
		return 0, false, false
	}
	since = r.last + graph.Time(patience*r.median)
	return since, since < at, true
}

// Rhythm is when something came from the person last and when something went to her, and the median of the times between one thing that
// came from her and the next, in microseconds, as of an instant; nil where there is none.
func (p *Person) Rhythm(at graph.Time) (lastIn, lastOut *graph.Time, medianGap *int64) {
	r := p.rhythm(at)
	if r.n > 0 {
		lastIn = &r.last
	}
	if r.n > 1 {
		medianGap = &r.median
	}
	if i := slices.IndexFunc(p.Contacts, func(c Contact) bool { return c.Out && c.At <= at }); i >= 0 {
		lastOut = &p.Contacts[i].At
	}
	return lastIn, lastOut, medianGap
}

// median is the middle of the values, or the mean of the two middles; 0 of none.
func median(v []int64) int64 {
	if len(v) == 0 {
		return 0
	}
	slices.Sort(v)
	mid := len(v) / 2
	if len(v)%2 == 1 {
		return v[mid]
	}
	return v[mid-1] + (v[mid]-v[mid-1])/2
}
