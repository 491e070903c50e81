package committee

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

func eur(n int64) *graph.Money { return &graph.Money{Amount: n * 10_000, Currency: "EUR"} }

func usd(n int64) *graph.Money { return &graph.Money{Amount: n * 10_000, Currency: "USD"} }

// warned finds what was found of a code, which stands there once.
func warned(t *testing.T, in *Input, code string) Warning {
	t.Helper()
	var all []Warning
	for _, w := range At(in).Warnings {
		if w.Code == code {
			all = append(all, w)
		}
	}
	require.Len(t, all, 1)
	return all[0]
}

// deal is an open one of 1,000 euros since 1 February, in its stage since 1 March.
func deal() *Deal {
	return &Deal{Stage: "PROPOSAL", StageSince: on(3, 1), Amount: eur(1000), AmountSince: on(2, 1), Open: true}
}

func TestWarningsByHand(t *testing.T) {
	now := on(7, 1)
	two := func(change func(in *Input)) *Input {
		in := of(now, claim("a", "ann", Champion, on(1, 1)), claim("b", "bob", EconomicBuyer, on(1, 10)))
		in.Deal = deal()
		change(in)
		return in
	}
	limits := func(of ...*graph.Money) func(in *Input) {
		return func(in *Input) { in.People["ann"].Jobs[0].Limit, in.People["bob"].Jobs[0].Limit = of[0], of[1] }
	}
	left := func(who string) func(in *Input) {
		return func(in *Input) { in.People[who].Jobs[0].To = on(5, 1) }
	}
	closes := func(moved ...graph.Date) func(in *Input) {
		return func(in *Input) {
			for i, day := range moved {
				in.Deal.Closes = append(in.Deal.Closes, Expected{Since: on(i+1, 1), Day: day})
			}
		}
	}
	won := func(n int, each int64) func(in *Input) {
		return func(in *Input) {
			spells := make([]int64, n)
			for i := range spells {
				spells[i] = int64(i+1) * each * days
			}
			in.Baseline = &Baseline{Stages: map[string][]int64{"PROPOSAL": spells}}
		}
	}
	some := func(f float64) *float64 { return &f }
	at := func(m, d int) *graph.Time { return new(on(m, d)) }
	for name, c := range map[string]struct {
		in   *Input
		want Warning
	}{
		"the champion left":                   {two(left("ann")), Warning{Code: ChampionLeft, State: Raised, Person: "ann", Since: at(5, 1), N: 1}},
		"another one left":                    {two(left("bob")), Warning{Code: ChampionLeft, State: Clear}},
		"another one is champion":             {two(func(in *Input) { left("ann")(in); in.Claims[1].Role = Champion }), Warning{Code: ChampionLeft, State: Clear}},
		"whether she left is withheld of all": {two(func(in *Input) { in.Denied.Jobs = true }), Warning{Code: ChampionLeft, State: Withheld}},

		"one may approve it":                  {two(limits(eur(1000), nil)), Warning{Code: NoPower, State: Clear, N: 1, Value: some(1000), Limit: some(1000)}},
		"nobody may":                          {two(limits(eur(999), eur(10))), Warning{Code: NoPower, State: Raised, Since: at(2, 1), Value: some(999), Limit: some(1000)}},
		"nobody may of whom it is known":      {two(limits(eur(999), nil)), Warning{Code: NoPower, State: CannotBeJudged, N: 1, Value: some(999), Limit: some(1000)}},
		"a limit in another currency is none": {two(limits(usd(5000), usd(5000))), Warning{Code: NoPower, State: CannotBeJudged, N: 2, Limit: some(1000)}},
		"there is no amount":                  {two(func(in *Input) { in.Deal.Amount = nil }), Warning{Code: NoPower, State: CannotBeJudged}},
		"limits are withheld of all":          {two(func(in *Input) { in.Denied.Limits = true }), Warning{Code: NoPower, State: Withheld}},

		"only one is in contact": {two(func(in *Input) {
			in.People["ann"].Ties = []Tie{tie(on(6, 25), on(6, 25))}
			in.People["bob"].Ties = []Tie{tie(on(4, 1), on(5, 5))}
		}), Warning{Code: SingleThread, State: Raised, Since: at(5, 1), N: 2, Value: some(1), Limit: some(2)}}, // 1 April and 30 days
		"no other ever was": {two(func(in *Input) { in.People["ann"].Ties = []Tie{tie(on(6, 25), on(6, 25))} }),
			Warning{Code: SingleThread, State: Raised, Since: at(1, 10), N: 2, Value: some(1), Limit: some(2)}},
		"two are": {two(func(in *Input) {
			in.People["ann"].Ties, in.People["bob"].Ties = []Tie{tie(on(6, 25), on(6, 25))}, []Tie{tie(on(6, 9), on(6, 9))}
		}), Warning{Code: SingleThread, State: Clear, N: 2, Value: some(2), Limit: some(2)}},
		"of one member one thread is enough": {two(func(in *Input) { in.Without = []string{"bob"} }), Warning{Code: SingleThread, State: Clear, N: 1, Value: some(0), Limit: some(2)}},
		"of one member ties are withheld":    {two(func(in *Input) { in.People["bob"].Denied.Ties = true }), Warning{Code: SingleThread, State: CannotBeJudged, N: 2, Limit: some(2)}},

		"silent for longer than three times her own gap": {two(func(in *Input) { in.People["ann"].Contacts = mails(on(5, 1), 5, 10) }),
			Warning{Code: GoneDark, State: Raised, Person: "ann", Since: at(5, 31), N: 5, Value: some(61), Limit: some(30)}},
		"as long as that is not longer":   {two(func(in *Input) { in.People["ann"].Contacts = mails(on(6, 1), 5, 10) }), Warning{Code: GoneDark, State: Clear}},
		"four contacts tell of no rhythm": {two(func(in *Input) { in.People["ann"].Contacts = mails(on(1, 1), 4, 1) }), Warning{Code: GoneDark, State: CannotBeJudged}},
		"what comes from us is no word of hers": {two(func(in *Input) {
			in.People["ann"].Contacts = mails(on(1, 1), 5, 1)
			for i := range in.People["ann"].Contacts {
				in.People["ann"].Contacts[i].In = false
			}
		}), Warning{Code: GoneDark, State: CannotBeJudged}},
		"contacts are withheld of all": {two(func(in *Input) { in.Denied.Contacts = true }), Warning{Code: GoneDark, State: Withheld}},

		"moved out twice": {two(closes(100, 130, 120, 150)), Warning{Code: Slipped, State: Raised, Since: at(4, 1), Value: some(2), Limit: some(2)}},
		"moved out once":  {two(closes(100, 130, 120)), Warning{Code: Slipped, State: Clear, Value: some(1), Limit: some(2)}},
		"moved in":        {two(closes(100, 90, 80)), Warning{Code: Slipped, State: Clear, Value: some(0), Limit: some(2)}},

		// In its stage for 122 days, since 1 March. Of 20 won deals that took 5, 10 … 100 days nine tenths took 90 at most.
		"longer than nine tenths of the won": {two(won(20, 5)), Warning{Code: Stalled, State: Raised, Since: at(5, 30), N: 20, Value: some(122), Limit: some(90)}},
		"not longer":                         {two(won(20, 10)), Warning{Code: Stalled, State: Clear, N: 20, Value: some(122), Limit: some(180)}},
		"nineteen won tell of nothing":       {two(won(19, 1)), Warning{Code: Stalled, State: CannotBeJudged, N: 19, Value: some(122)}},
		"there is nothing to compare with":   {two(func(*Input) {}), Warning{Code: Stalled, State: CannotBeJudged, Value: some(122)}},
		"it is decided":                      {two(func(in *Input) { won(20, 5)(in); in.Deal.Open = false }), Warning{Code: Stalled, State: Clear}},
	} {
		t.Run(c.want.Code+": "+name, func(t *testing.T) { assert.Equal(t, c.want, warned(t, c.in, c.want.Code)) })
	}
}

func TestTheVerdictSaysTheMostDecisiveFirst(t *testing.T) {
	now := on(7, 1)
	in := of(now, claim("a", "ann", Champion, on(1, 1)), claim("b", "bob", "TECHNICAL_BUYER", on(1, 1)), claim("c", "bob", "USER", on(1, 1)))
	in.Deal = deal()
	in.People["ann"].Jobs[0].To = on(5, 1)
	in.People["bob"].Jobs[0].Limit = eur(500)
	in.People["bob"].Contacts = mails(on(4, 1), 6, 7)
	in.Deal.Closes = []Expected{{on(1, 1), 100}, {on(2, 1), 200}, {on(3, 1), 300}}
	var texts, codes []string
	for _, s := range At(in).Verdict {
		texts, codes = append(texts, s.Text), append(codes, s.Code)
	}
	assert.Equal(t, []string{ChampionLeft, NoPower, OpenSeat, GoneDark, Disputed}, codes, "five at most")
	assert.Equal(t, []string{
		"Find a new champion: ann left on 1 May 2026.",
		"Reach somebody who may approve 1000.00 EUR: the members may approve 500.00 EUR at most.",
		"Find an economic buyer, a champion and a user: nobody whom you may see is claimed to be.",
		"Ask after bob: silent for 91 days, where 21 days is usual at most.",
		"Settle whether bob is a technical buyer or a user: the claims weigh the same.",
	}, texts)

	in.People["ann"].Name = ""
	assert.Equal(t, "Find a new champion: somebody whose name is withheld left on 1 May 2026.", At(in).Verdict[0].Text)
	in.Deal.Open = false
	assert.Empty(t, At(in).Verdict, "what is decided needs no advice")
	assert.Empty(t, At(of(now)).Verdict, "nor does what nobody knows anything of")

	ready := of(now, claim("a", "ann", Champion, on(1, 1)), claim("b", "bob", EconomicBuyer, on(1, 1)), claim("c", "cal", "EVALUATOR", on(1, 1)), claim("d", "dee", "USER", on(1, 1)))
	for _, p := range ready.People {
		p.Ties = []Tie{tie(on(6, 30), on(6, 30))}
	}
	require.Len(t, At(ready).Verdict, 1)
	assert.Equal(t, "All 4 expected seats are filled, and 4 members are in two-way contact with us.", At(ready).Verdict[0].Text)
}

func TestTheIntervalOfWilson(t *testing.T) {
	// By hand for 8 of 10: (0.8 + 0.19207) / 1.38415 ± 1.95996 / 1.38415 * sqrt(0.016 + 0.0096036).
	s := Of(8, 10)
	assert.InDelta(t, 0.4902, s.Low, 1e-4)
	assert.InDelta(t, 0.9433, s.High, 1e-4)
	assert.Equal(t, Share{High: 1}, Of(0, 0))
	assert.Zero(t, Of(0, 40).Low)
	assert.Equal(t, 1., Of(40, 40).High)
}

func TestAGapIsClaimedOnlyWhereTheIntervalsSupportIt(t *testing.T) {
	decided := func(won, with, lost, lostWith int) *Baseline {
		var all []Decided
		for i := range won + lost {
			d := Decided{Won: i < won, At: on(6, 1)}
			if i < with || i >= won && i < won+lostWith {
				d.Claims = []Claim{claim("x", "ann", "LEGAL", on(1, 1))}
			}
			all = append(all, d)
		}
		return Compare(all, Moment{on(7, 1), on(7, 1)})
	}
	for name, c := range map[string]struct {
		b     *Baseline
		has   bool
		state string
	}{
		"won deals had it, lost ones did not": {decided(40, 36, 40, 8), false, Gap},
		"this one has it":                     {decided(40, 36, 40, 8), true, Complete},
		"the intervals overlap":               {decided(40, 20, 40, 16), false, NotSupported},
		"lost deals had it more often":        {decided(40, 8, 40, 36), false, NotSupported},
		"29 lost deals are too few":           {decided(40, 36, 29, 0), false, InsufficientData},
		"29 won deals are too few":            {decided(29, 29, 40, 0), false, InsufficientData},
	} {
		t.Run(name, func(t *testing.T) {
			in := of(on(7, 1))
			if c.has {
				in = of(on(7, 1), claim("a", "ann", "LEGAL", on(1, 1)))
			}
			for _, got := range c.b.Coverage(At(in)) {
				if got.Role == "LEGAL" {
					assert.Equal(t, c.state, got.State)
					assert.Equal(t, c.b.WonDeals, got.Won.N)
				}
			}
		})
	}
	late := Decided{Won: true, At: on(6, 1), Claims: []Claim{claim("a", "ann", "LEGAL", on(5, 19)), claim("b", "bob", "USER", on(5, 18)), claim("c", "cal", "USER", on(1, 1))}}
	assert.Equal(t, map[string]int{"USER": 1}, Compare([]Decided{late}, Moment{on(7, 1), on(7, 1)}).Won, "14 days ahead at least, and each role once")
}

func TestDecidedDealsAreComparedAsTheyWereKnown(t *testing.T) {
	taken := claim("a", "ann", "LEGAL", on(1, 1))
	taken.Retracted = on(6, 20)
	deals := []Decided{{Won: true, At: on(6, 1), Claims: []Claim{taken}}, {Won: true, At: on(6, 25)}}
	for name, c := range map[string]struct {
		m          Moment
		deals, won int
	}{
		"before either was decided":                   {Moment{on(5, 31), on(5, 31)}, 0, 0},
		"as the one was decided":                      {Moment{on(6, 10), on(6, 10)}, 1, 1},
		"of that day, as it is known after the other": {Moment{on(6, 10), on(7, 1)}, 1, 0},
		"of a later day, as it was known on that one": {Moment{on(7, 1), on(6, 10)}, 1, 1},
		"as both are known":                           {Moment{on(7, 1), on(7, 1)}, 2, 0},
	} {
		t.Run(name, func(t *testing.T) {
			b := Compare(deals, c.m)
			assert.Equal(t, c.deals, b.WonDeals)
			assert.Equal(t, c.won, b.Won["LEGAL"])
		})
	}
}
