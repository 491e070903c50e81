package committee

import (
	"slices"

	"github.com/kithgraph/kith/graph"
)

// Codes of warnings.
const (
	// SingleThread is of fewer than two members in live two-way contact with us while two or more are claimed. Value: how many are; Limit: 2;
	// N: members who have not left. Since: when the second ceased to be or, where no other ever was, when the second was claimed.
	SingleThread = "SINGLE_THREAD"
	// GoneDark is of a member who has been silent for more than 3 times her own median gap, over at least 5 contacts that came from her.
	// Value: days of silence; Limit: 3 times the median, in days; N: contacts.
	GoneDark = "GONE_DARK"
	// NoPower is of nobody whose approval limit covers the amount. Value: the greatest limit that is known, in the amount's currency; Limit: the
	// amount; N: members whose limits are not known, or are in another currency. With such it cannot be judged.
	NoPower = "NO_POWER"
	// Stalled is of a deal that has been in its stage for longer than nine tenths of the company's own won deals were. Value: days in the stage;
	// Limit: the 90th percentile, in days; N: won deals. With fewer than 20 it cannot be judged.
	Stalled = "STALLED"
	// ChampionLeft is of a champion who holds no job at the account any more, while nobody else there is one. N: champions who left.
	ChampionLeft = "CHAMPION_LEFT"
	// Slipped is of a deal whose expected close was moved out twice or more. Value: how often; Limit: 2; Since: the second time.
	Slipped = "SLIPPED"
)

// Codes are those of warnings, the gravest first: who decides before whether we reach them, and that before pace.
var Codes = []string{ChampionLeft, NoPower, SingleThread, GoneDark, Stalled, Slipped}

// States of a warning, beside CannotBeJudged.
const (
	Raised   = "RAISED"
	Clear    = "CLEAR"    // looked at, and nothing is wrong
	Withheld = "WITHHELD" // it rests on what the purpose is not told of anybody
)

// A Warning is one thing that was looked at: each code stands there, once for each person of whom it is raised.
type Warning struct {
	Code, State string
	Person      string      // id of the member it is of; empty: of the committee
	Since       *graph.Time // when it began, where it is raised and that is known
	N           int
	Value       *float64
	Limit       *float64
}

func (in *Input) warnings(c *Committee) (out []Warning) {
	there := slices.DeleteFunc(slices.Clone(c.Members), func(m Member) bool { return !m.there() })
	out = append(out, in.championLeft(c.Members))
	if in.Deal != nil {
		out = append(out, in.noPower(there))
	}
	out = append(out, in.singleThread(there, c.Threads))
	out = append(out, in.goneDark(there)...)
	if in.Deal != nil {
		out = append(out, in.stalled(), in.slipped())
	}
	return out
}

func (in *Input) championLeft(members []Member) Warning {
	w := Warning{Code: ChampionLeft, State: Clear}
	if in.Denied.Jobs {
		w.State = Withheld
		return w
	}
	for i := range members {
		m := &members[i]
		switch {
		case m.Role() != Champion:
		case m.there():
			return Warning{Code: ChampionLeft, State: Clear}
		default:
			w.N++
			if w.Since == nil || *w.Since < *m.Left {
				w.State, w.Person, w.Since = Raised, m.ID, m.Left
			}
		}
	}
	return w
}

func (in *Input) noPower(there []Member) Warning {
	w := Warning{Code: NoPower, State: CannotBeJudged}
	amount := in.Deal.Amount
	switch {
	case in.Denied.Jobs || in.Denied.Limits:
		w.State = Withheld
		return w
	case amount == nil:
		return w
	}
	w.Limit = new(float64(amount.Amount) / 1e4)
	for i := range there {
		j := there[i].Job
		if j == nil || j.Limit == nil || j.Limit.Currency != amount.Currency {
			w.N++
			continue
		}
		if limit := float64(j.Limit.Amount) / 1e4; w.Value == nil || *w.Value < limit {
			w.Value = &limit
		}
	}
	switch {
	case w.Value != nil && *w.Value >= *w.Limit:
		w.State = Clear
	case w.N == 0 && len(there) > 0:
		w.State, w.Since = Raised, &in.Deal.AmountSince
		if in.Deal.AmountSince == 0 {
			w.Since = nil
		}
	}
	return w
}

func (in *Input) singleThread(there []Member, threads int) Warning {
	w := Warning{Code: SingleThread, State: Clear, N: len(there), Value: new(float64(threads)), Limit: new(2.0)}
	switch {
	case in.Denied.Ties:
		w.State, w.Value = Withheld, nil
	case len(there) >= 2 && threads < 2 && slices.ContainsFunc(there, func(m Member) bool { return m.Denied.Ties }):
		w.State, w.Value = CannotBeJudged, nil
	case len(there) >= 2 && threads < 2:
		w.State = Raised
		w.Since = secondEnd(there)
	}
	return w
}

// secondEnd is since when no second one has been in live contact: when the last but one ceased to be or, where no other ever was, when
// the second was claimed.
func secondEnd(there []Member) *graph.Time {
	var ends, claimed []graph.Time
	for i := range there {
		ends = append(ends, there[i].thread())
		first := slices.MinFunc(there[i].Claims, func(a, b *Claim) int { return int(max(-1, min(1, a.Recorded-b.Recorded))) })
		claimed = append(claimed, first.Recorded)
	}
	slices.Sort(ends)
	slices.Sort(claimed)
	since := max(ends[len(ends)-2], claimed[1])
	return &since
}

// goneDark has a warning for each member who is silent, or else one of the committee.
func (in *Input) goneDark(there []Member) (out []Warning) {
	if in.Denied.Contacts {
		return []Warning{{Code: GoneDark, State: Withheld}}
	}
	some := false
	for i := range there {
		r := there[i].rhythm(in.At)
		since, dark, judged := r.dark(in.At)
		if there[i].Denied.Contacts {
			continue
		}
		if some = some || judged; !dark {
			continue
		}
		out = append(out, Warning{Code: GoneDark, State: Raised, Person: there[i].ID, Since: &since, N: r.n,
			Value: new(float64(in.At-r.last) / days), Limit: new(patience * float64(r.median) / days)})
	}
	switch {
	case len(out) > 0:
		return out
	case some:
		return []Warning{{Code: GoneDark, State: Clear}}
	}
	return []Warning{{Code: GoneDark, State: CannotBeJudged}}
}

func (in *Input) slipped() Warning {
	w := Warning{Code: Slipped, State: Clear, Limit: new(2.0)}
	slips := in.Deal.Slips()
	w.Value = new(float64(len(slips)))
	if len(slips) >= 2 {
		w.State, w.Since = Raised, &slips[1].At
	}
	return w
}

// A Slip is a day on which a deal was expected to be closed, put off.
type Slip struct {
	At       graph.Time // when that was said
	From, To graph.Date
}

// Slips are when the expected close was moved out.
func (d *Deal) Slips() (out []Slip) {
	for i := 1; i < len(d.Closes); i++ {
		if before, now := d.Closes[i-1], d.Closes[i]; now.Day > before.Day {
			out = append(out, Slip{now.Since, before.Day, now.Day})
		}
	}
	return out
}

func (in *Input) stalled() Warning {
	w := Warning{Code: Stalled, State: CannotBeJudged}
	d := in.Deal
	switch {
	case !d.Open:
		w.State = Clear
		return w
	case d.Stage == "" || d.StageSince == 0:
		return w
	}
	w.Value = new(float64(in.At-d.StageSince) / days)
	if in.Baseline == nil {
		return w
	}
	limit, n, judged := in.Baseline.stage(d.Stage)
	if w.N = n; !judged {
		return w
	}
	w.State, w.Limit = Clear, new(float64(limit)/days)
	if in.At-d.StageSince > graph.Time(limit) {
		since := d.StageSince + graph.Time(limit)
		w.State, w.Since = Raised, &since
	}
	return w
}
