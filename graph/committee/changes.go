package committee

import (
	"maps"
	"slices"

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
// committee as it was: what is told is how it differs from one instant at which something may change to the next.
func Changes(in *Input) (out []Change) {
	before := map[string]seated{}
	for _, at := range in.instants() {
		then := *in
		then.At = at
		now := then.seated()
		for _, id := range slices.Sorted(maps.Keys(union(before, now))) {
			out = append(out, differ(at, id, before, now)...)
		}
		before = now
	}
	return out
}

func union(a, b map[string]seated) map[string]seated {
	all := maps.Clone(a)
	maps.Copy(all, b)
	return all
}

// seated is what there is of each member.
func (in *Input) seated() map[string]seated {
	out := map[string]seated{}
	for _, m := range in.members() {
		_, dark, _ := m.rhythm(in.At).dark(in.At)
		out[m.ID] = seated{m.Role(), m.Claims[0].Stance, !m.there(), dark && m.there()}
	}
	return out
}

func differ(at graph.Time, id string, before, now map[string]seated) (out []Change) {
	a, was := before[id]
	b, is := now[id]
	add := func(code, from string) { out = append(out, Change{at, code, id, b.role, b.stance, from}) }
	if was && !is {
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

// instants are all at which something may change, up to the moment.
func (in *Input) instants() []graph.Time {
	var all []graph.Time
	for i := range in.Claims {
		c := &in.Claims[i]
		if !c.known(in.Moment) {
			continue
		}
		all = append(all, c.From, c.To, c.Recorded)
		all = append(all, c.Cited...)
	}
	for _, p := range in.People {
		for _, j := range p.Jobs {
			all = append(all, j.From, j.To)
		}
		for _, c := range p.Contacts {
			all = append(all, c.At)
			if since, _, judged := p.rhythm(c.At).dark(c.At); judged {
				all = append(all, since+1)
			}
		}
	}
	slices.Sort(all)
	all = slices.Compact(all)
	return slices.DeleteFunc(all, func(t graph.Time) bool { return t > in.At })
}
