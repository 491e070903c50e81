package committee

import (
	"cmp"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// Codes of changes.
const (
	Joined        = "JOINED"
	Left          = "LEFT"    // holds no job at the account any more
	Dropped       = "DROPPED" // nothing is claimed of her any more
	ChangedRole   = "CHANGED_ROLE"
	ChangedStance = "CHANGED_STANCE"
	WentDark      = "WENT_DARK"
	CameBack      = "CAME_BACK"
)

// A Change of a committee.
type Change struct {
	At           graph.Time // graph.FirstInstant: since ever, as far as is told
	Code         string
	Person       string
	Role, Stance string // of the leading claim from then on
	From         string // role, or stance, before
}

// seated is what a log tells of a member.
type seated struct {
	role, stance string
	left, dark   bool
}

// Changes are those of a committee up to the input's moment, in the order of time; of one instant by person. Whoever replays them has the
// committee as it was: what is told is how each person differs from one instant at which something may change of her to the next.
func Changes(in *Input) (out []Change) {
	claims := map[string][]Claim{}
	for _, c := range in.Claims {
		claims[c.Person] = append(claims[c.Person], c)
	}
	for id, about := range claims {
		hers := *in
		hers.Claims = about
		var before *seated
		for _, at := range hers.instants(in.People[id]) {
			hers.At = at
			var now *seated // nil: she is no member
			if members := hers.members(); len(members) > 0 {
				now = new(members[0].seated(at))
			}
			out = append(out, differ(at, id, before, now)...)
			before = now
		}
	}
	slices.SortStableFunc(out, func(a, b Change) int { return cmp.Or(cmp.Compare(a.At, b.At), strings.Compare(a.Person, b.Person)) })
	return out
}

// seated is what there is of a member as of an instant.
func (m *Member) seated(at graph.Time) seated {
	_, dark, _ := m.rhythm(at).dark(at)
	return seated{m.Role(), m.Claims[0].Stance, !m.there(), dark && m.there()}
}

func differ(at graph.Time, id string, before, now *seated) (out []Change) {
	var a, b seated
	was, is := before != nil, now != nil
	if was {
		a = *before
	}
	if is {
		b = *now
	}
	add := func(code, from string) { out = append(out, Change{at, code, id, b.role, b.stance, from}) }
	switch {
	case !was && !is:
		return nil
	case !is:
		return []Change{{at, Dropped, id, a.role, a.stance, ""}}
	}
	if !was || a.left && !b.left {
		add(Joined, "")
		a = seated{role: b.role, stance: b.stance, dark: a.dark}
	}
	if a.role != b.role {
		add(ChangedRole, a.role)
	}
	if a.stance != b.stance {
		add(ChangedStance, a.stance)
	}
	if !a.left && b.left {
		add(Left, "")
		a.dark = false
	}
	switch {
	case !a.dark && b.dark:
		add(WentDark, "")
	case a.dark && !b.dark:
		add(CameBack, "")
	}
	return out
}

// instants are all at which something may change of the person whom all claims are about, up to the moment.
func (in *Input) instants(p *Person) []graph.Time {
	var all []graph.Time
	for i := range in.Claims {
		c := &in.Claims[i]
		if !c.known(in.Moment) {
			continue
		}
		all = append(all, c.From, c.To, c.Recorded)
		all = append(all, c.Cited...)
	}
	if p == nil { // she is not there for the purpose
		return nil
	}
	for _, j := range p.Jobs {
		all = append(all, j.From, j.To)
	}
	for _, c := range p.Contacts {
		all = append(all, c.At)
		if since, _, judged := p.rhythm(c.At).dark(c.At); judged {
			all = append(all, since+1)
		}
	}
	slices.Sort(all)
	all = slices.Compact(all)
	return slices.DeleteFunc(all, func(t graph.Time) bool { return t > in.At })
}

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
