package committee

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// on is a day of 2026.
func on(month, day int) graph.Time {
	return graph.At(time.Date(2026, time.Month(month), day, 0, 0, 0, 0, time.UTC))
}

// claim is one about a person that holds since a day, and was recorded then.
func claim(id, person, role string, since graph.Time, cites ...graph.Time) Claim {
	return Claim{ID: id, Person: person, Role: role, Confidence: -1, From: since, To: graph.LastInstant, Recorded: since, Retracted: graph.LastInstant, Cited: cites}
}

// of is an input with persons who work at the account.
func of(at graph.Time, claims ...Claim) *Input {
	in := &Input{Moment: Moment{at, at}, Account: "acme", Claims: claims, People: map[string]*Person{}, Template: Standard()}
	for _, c := range claims {
		in.People[c.Person] = &Person{ID: c.Person, Name: c.Person, Jobs: []Job{{Account: "acme", From: graph.FirstInstant, To: graph.LastInstant}}}
	}
	return in
}

// mails are contacts of which the first came from the person and the others go to and fro, so many days apart, the newest on a day.
func mails(newest graph.Time, n, apart int) (out []Contact) {
	for i := range n {
		out = append(out, Contact{At: newest - graph.Time(i*apart)*days, In: true, Out: true})
	}
	return out
}

// tie is one with an employee by which something came in and went out last on these days.
func tie(in, out graph.Time) Tie {
	return Tie{With: "eve", Employee: true, Tie: graph.Tie{In: 1, Out: 1, N: 2, LastIn: int64(in), LastOut: int64(out), AsOf: int64(max(in, out))}}
}

func TestTheLeadingClaimIsTheOneWithTheMostEvidence(t *testing.T) {
	now := on(10, 1)
	sure := func(c Claim, confidence int64) Claim { c.Confidence = confidence; return c }
	for name, c := range map[string]struct {
		claims []Claim
		leads  string
		tied   bool
	}{
		"more citations before newer ones":                      {[]Claim{claim("a", "ann", "USER", on(1, 1), on(1, 1), on(1, 2)), claim("b", "ann", "COACH", on(9, 1), on(9, 1))}, "a", false},
		"of equally many the newer evidence":                    {[]Claim{claim("a", "ann", "USER", on(1, 1), on(8, 1)), claim("b", "ann", "COACH", on(3, 1), on(2, 1))}, "a", false},
		"a claim is evidence of the day on which it was made":   {[]Claim{claim("a", "ann", "USER", on(1, 1)), claim("b", "ann", "COACH", on(3, 1))}, "b", false},
		"then the one made with more confidence":                {[]Claim{sure(claim("a", "ann", "USER", on(1, 1)), 400_000), sure(claim("b", "ann", "COACH", on(1, 1)), 900_000)}, "b", false},
		"said to be unsure is more than not said":               {[]Claim{claim("a", "ann", "USER", on(1, 1)), sure(claim("b", "ann", "COACH", on(1, 1)), 0)}, "b", false},
		"where all that is alike they are tied, the id decides": {[]Claim{claim("b", "ann", "USER", on(1, 1)), claim("a", "ann", "COACH", on(1, 1))}, "a", true},
	} {
		t.Run(name, func(t *testing.T) {
			got := At(of(now, c.claims...))
			require.Len(t, got.Members, 1)
			assert.Equal(t, c.leads, got.Members[0].Claims[0].ID)
			assert.Equal(t, c.tied, got.Members[0].Tied)
			assert.Len(t, got.Members[0].Claims, len(c.claims), "nothing is averaged, and nothing is left out")
		})
	}
}

func TestAClaimHoldsAsOfAMomentAndAsItWasKnownThen(t *testing.T) {
	c := claim("a", "ann", "CHAMPION", on(2, 1))
	c.To, c.Recorded, c.Retracted = on(6, 1), on(3, 1), on(9, 1)
	for name, m := range map[string]struct {
		at, known graph.Time
		member    bool
	}{
		"before it holds":               {on(1, 31), on(8, 1), false},
		"from its first instant":        {on(2, 1), on(8, 1), true},
		"until before its end":          {on(6, 1) - 1, on(8, 1), true},
		"not at its end":                {on(6, 1), on(8, 1), false},
		"before it was recorded":        {on(4, 1), on(2, 28), false},
		"when it had been recorded":     {on(4, 1), on(3, 1), true},
		"not once it is known as wrong": {on(4, 1), on(9, 1), false},
	} {
		t.Run(name, func(t *testing.T) {
			in := of(m.at, c)
			in.Known = m.known
			assert.Equal(t, m.member, len(At(in).Members) == 1)
		})
	}
}

func TestWhoLeftStaysInSightAndCountsForNothing(t *testing.T) {
	in := of(on(7, 1), claim("a", "ann", "CHAMPION", on(1, 1)), claim("b", "bob", "USER", on(1, 1)), claim("c", "bob", "COACH", on(1, 1)))
	in.People["ann"].Jobs = []Job{{Account: "acme", To: on(5, 1)}, {Account: "other", From: on(6, 1), To: graph.LastInstant}}
	in.Claims[0].To = on(5, 1)
	in.People["ann"].Ties = []Tie{tie(on(6, 30), on(6, 30))}
	c := At(in)
	require.Len(t, c.Members, 2)
	assert.Equal(t, "bob", c.Members[0].ID, "who left comes last")
	ann := c.Members[1]
	assert.Equal(t, on(5, 1), *ann.Left)
	assert.Equal(t, "other", ann.Next.Account)
	assert.Nil(t, ann.Job)
	assert.Zero(t, c.Threads)
	assert.Equal(t, Gap, seat(c, Champion).State)
	assert.Equal(t, 2, seat(c, Champion).N)

	in.Claims[0].To = on(4, 1)
	assert.Len(t, At(in).Members, 1, "what had ended before she left is no claim any more")
}

func seat(c *Committee, role string) *Seat {
	for i := range c.Seats {
		if c.Seats[i].Role == role {
			return &c.Seats[i]
		}
	}
	return nil
}

func TestASeatSaysWhyItIsEmpty(t *testing.T) {
	two := []Claim{claim("a", "ann", "DECISION_MAKER", on(1, 1)), claim("b", "bob", "LEGAL", on(1, 1))}
	for name, c := range map[string]struct {
		claims   []Claim
		role     string
		state    string
		expected bool
	}{
		"a role that does as well fills it":        {two, EconomicBuyer, Complete, true},
		"nobody has it who may be seen":            {two, Champion, Gap, true},
		"it is not asked for":                      {two, "GATEKEEPER", NotExpected, false},
		"somebody has what is not asked for":       {two, "LEGAL", Complete, false},
		"with one claim nobody has looked":         {two[:1], Champion, CannotBeJudged, true},
		"with one claim what is filled is filled":  {two[:1], EconomicBuyer, Complete, true},
		"of nothing that is claimed nothing lacks": {nil, Champion, CannotBeJudged, true},
	} {
		t.Run(name, func(t *testing.T) {
			s := seat(At(of(on(7, 1), c.claims...)), c.role)
			assert.Equal(t, c.state, s.State)
			assert.Equal(t, c.expected, s.Expected)
			assert.Equal(t, len(c.claims), s.N)
		})
	}
}

func TestATemplateSaysWhatIsWrongWithIt(t *testing.T) {
	for text, says := range map[string]string{
		"seats: [{role: BOSS}]\nfewestClaims: 2":                       `seats[0]: must be a role that can be filled`,
		"seats: [{role: UNKNOWN}]\nfewestClaims: 2":                    `"UNKNOWN"`,
		"seats: [{role: USER, or: [COACH, HERO]}]\nfewestClaims: 2":    `"HERO"`,
		"seats: [{role: USER}, {role: USER}]\nfewestClaims: 2":         `seats[1].role: must not be given twice: USER`,
		"seats: [{role: USER}]":                                        `fewestClaims: must be at least 1: 0`,
		"seats: [{role: USER}]\nfewestClaims: 2\nfewest: 1":            `fewest`,
		"seats: [{role: USER, needed: true}]\nfewestClaims: 2":         `needed`,
		"seats: [{role: USER}]\nfewestClaims: many":                    `fewestClaims`,
		"seats: [{role: USER}]\nfewestClaims: 2\n---\nfewestClaims: 3": `second document`,
	} {
		_, err := ReadTemplate([]byte(text))
		if assert.Error(t, err, text) {
			assert.Contains(t, err.Error(), says)
		}
	}
}

func TestStrengthByHand(t *testing.T) {
	now := on(7, 1)
	of := func(in, out float64, asOf graph.Time) graph.Tie {
		return graph.Tie{In: in, Out: out, N: 1, AsOf: int64(asOf)}
	}
	for name, c := range map[string]struct {
		tie  graph.Tie
		want float64
	}{
		"nothing passed":                     {of(0, 0, now), 0},
		"one came in: S = 1":                 {of(1, 0, now), 100. / 7},
		"one each way: S = 1 + 1 + 1 = 3":    {of(1, 1, now), 100. / 3},
		"two each way: S = 6, the middle":    {of(2, 2, now), 50},
		"two each way, 45 days ago: S = 3":   {of(2, 2, now-45*days), 100. / 3},
		"what is of later does not swell":    {of(2, 2, now+45*days), 50},
		"much one way: S = 54, mostly heard": {of(54, 0, now), 90},
	} {
		t.Run(name, func(t *testing.T) { assert.InDelta(t, c.want, Strength(c.tie, now), 1e-9) })
	}
}

func TestThreadsAreTiesThatLiveBothWays(t *testing.T) {
	now := on(7, 1)
	for name, c := range map[string]struct {
		ties []Tie
		live bool
	}{
		"both ways within 30 days":            {[]Tie{tie(on(6, 10), on(6, 2))}, true},
		"30 days ago is over":                 {[]Tie{tie(on(6, 10), on(6, 1))}, false},
		"only in":                             {[]Tie{{With: "eve", Employee: true, Tie: graph.Tie{In: 1, N: 1, LastIn: int64(on(6, 30)), LastOut: graph.Never}}}, false},
		"with another customer":               {[]Tie{{With: "bob", Tie: tie(on(6, 30), on(6, 30)).Tie}}, false},
		"in with the one, out with the other": {[]Tie{tie(on(6, 30), on(1, 1)), tie(on(1, 1), on(6, 30))}, false},
	} {
		t.Run(name, func(t *testing.T) {
			in := of(now, claim("a", "ann", "USER", on(1, 1)))
			in.People["ann"].Ties = c.ties
			assert.Equal(t, c.live, At(in).Threads == 1)
		})
	}
}

func TestTheBalanceIsWhatCameOfAllThatPassed(t *testing.T) {
	now := on(11, 1)
	with := func(in, out float64, at graph.Time) Tie {
		return Tie{With: "eve", Employee: true, Tie: graph.Tie{In: in, Out: out, N: 1, LastIn: int64(at), LastOut: int64(at), AsOf: int64(at)}}
	}
	half := now - graph.HalfLife // of what passed then half counts
	other := with(100, 0, now)
	other.Employee = false
	for name, c := range map[string]struct {
		ann, bob []Tie
		want     any
	}{
		"nothing passed":                           {nil, nil, (*float64)(nil)},
		"all came from her":                        {[]Tie{with(2, 0, now)}, nil, 1.},
		"nothing came":                             {[]Tie{with(0, 2, now)}, nil, 0.},
		"3 of 4 came":                              {[]Tie{with(3, 1, now)}, nil, .75},
		"over all members: 1.5 + 0 of 2 + 1":       {[]Tie{with(3, 1, half)}, []Tie{with(0, 1, now)}, .5},
		"over all ties of one: 1 + 1 of 1 + 3":     {[]Tie{with(1, 0, now), with(1, 2, now)}, nil, .5},
		"what other persons tell her is no matter": {[]Tie{with(1, 3, now), other}, nil, .25},
	} {
		t.Run(name, func(t *testing.T) {
			in := of(now, claim("a", "ann", "USER", on(1, 1)), claim("b", "bob", "USER", on(1, 1)))
			in.People["ann"].Ties, in.People["bob"].Ties = c.ann, c.bob
			got := At(in).Balance
			if want, some := c.want.(float64); some {
				require.NotNil(t, got)
				assert.InDelta(t, want, *got, 1e-12)
			} else {
				assert.Nil(t, got)
			}
			in.People["bob"].Jobs[0].To = on(10, 1)
			in.People["bob"].Ties = []Tie{with(0, 100, now)}
			if got := At(in).Balance; len(c.ann) > 0 {
				require.NotNil(t, got)
				in.Without = []string{"bob"}
				assert.Equal(t, got, At(in).Balance, "who left counts as little as who is not there")
			}
			in.People["ann"].Denied.Ties = true
			assert.Nil(t, At(in).Balance, "another tie might be hers")
		})
	}
}
