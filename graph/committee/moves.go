package committee

import (
	"cmp"
	"slices"

	"github.com/kithgraph/kith/graph"
)

// A Move is that a person went from a job at one company to a job at another.
type Move struct {
	From, To *Job
	At       graph.Time // since when she holds the new one
}

// handover is how long somebody may hold both jobs, in microseconds.
const handover = 90 * days

// Moves are those of a person that are known of up to an instant, the newest first. One is that a job began at a company where she had none
// at that time, and that the job which she held last elsewhere had ended by then, or within 90 days after. A job of which nobody knows
// since when it is held is no move, since nobody knows what came before it.
func (p *Person) Moves(at graph.Time) (out []Move) {
	for i := range p.Jobs {
		to := &p.Jobs[i]
		if to.From == graph.FirstInstant || to.From > at || p.wasAt(to.Account, to.From) {
			continue
		}
		if from := p.left(to, at); from != nil {
			out = append(out, Move{from, to, to.From})
		}
	}
	slices.SortStableFunc(out, func(a, b Move) int { return cmp.Compare(b.At, a.At) })
	return out
}

// wasAt reports whether a person held another job at a company right before an instant.
func (p *Person) wasAt(account string, at graph.Time) bool {
	return slices.ContainsFunc(p.Jobs, func(j Job) bool { return j.Account == account && j.From < at && j.To >= at })
}

// left is the job elsewhere that a person held last before another one, and had left by an instant; nil: there is none.
func (p *Person) left(to *Job, at graph.Time) (last *Job) {
	for i := range p.Jobs {
		j := &p.Jobs[i]
		if j.Account == to.Account || j.From >= to.From || j.To > min(at, to.From+handover) {
			continue
		}
		if last == nil || last.To < j.To {
			last = j
		}
	}
	return last
}

// Led is what leads, of all that is claimed of a person at a company, as of an instant or, where she has left it, as of when she did; nil:
// nothing is claimed.
func Led(p *Person, account string, claims []Claim, at graph.Time) *Claim {
	in := &Input{Moment: Moment{at, at}, Account: account, Claims: claims, People: map[string]*Person{p.ID: p}}
	for _, m := range in.members() {
		return m.Claims[0]
	}
	return nil
}
