package committee

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// TestAStatementHasWhatItsTextSays holds the roles and the numbers of statements to their texts.
func TestAStatementHasWhatItsTextSays(t *testing.T) {
	now := on(7, 1)
	two := func() *Input {
		in := of(now, claim("a", "ann", Champion, on(1, 1)), claim("b", "bob", "TECHNICAL_BUYER", on(1, 1)), claim("c", "bob", "USER", on(1, 1)))
		in.Deal = deal()
		in.Deal.Amount = nil
		return in
	}
	for name, c := range map[string]struct {
		change func(*Input)
		want   Statement
	}{
		"a limit and the most that may be approved": {func(in *Input) {
			in.Deal = deal()
			in.People["ann"].Jobs[0].Limit, in.People["bob"].Jobs[0].Limit = eur(200), eur(500)
		}, Statement{Code: NoPower, Numbers: []float64{1000, 500}, Text: "Reach somebody who may approve 1000.00 EUR: the members may approve 500.00 EUR at most."}},
		"expected roles": {func(*Input) {}, Statement{Code: OpenSeat, Roles: []string{EconomicBuyer, "USER"}, Numbers: []float64{2},
			Text: "Find an economic buyer and a user: nobody whom you may see is claimed to be."}},
		"one thread, and how many members": {func(in *Input) {
			in.Claims = append(in.Claims, claim("d", "cal", "LEGAL", on(1, 1)))
			in.People["cal"] = &Person{ID: "cal", Name: "cal"}
			in.People["ann"].Ties = []Tie{tie(on(6, 30), on(6, 30))}
		}, Statement{Code: SingleThread, Numbers: []float64{1, 3}, Text: "Open a second thread: only 1 of 3 members has been in two-way contact with us since 1 January 2026."}},
		"days of silence, and what is usual": {func(in *Input) { in.People["bob"].Contacts = mails(on(4, 1), 6, 7) },
			Statement{Code: GoneDark, Subjects: []string{"bob"}, Numbers: []float64{91, 21}, Text: "Ask after bob: silent for 91 days, where 21 days is usual at most."}},
		"who left, and as what": {func(in *Input) {
			in.People["ann"].Jobs[0].To = on(6, 1)
		}, Statement{Code: ChampionLeft, Subjects: []string{"ann"}, Roles: []string{Champion}, Text: "Find a new champion: ann left on 1 June 2026."}},
		"claims that weigh the same": {func(*Input) {}, Statement{Code: Disputed, Subjects: []string{"bob"}, Roles: []string{"TECHNICAL_BUYER", "USER"}, Numbers: []float64{2},
			Text: "Settle whether bob is a technical buyer or a user: the claims weigh the same."}},
		"of which one says no role": {func(in *Input) { in.Claims[2].Role = "" }, Statement{Code: Disputed, Subjects: []string{"bob"}, Roles: []string{"TECHNICAL_BUYER", Unknown}, Numbers: []float64{2},
			Text: "Settle whether bob is a technical buyer or an unknown: the claims weigh the same."}},
		"how often it was moved out": {func(in *Input) { in.Deal.Closes = []Expected{{on(1, 1), 100}, {on(2, 1), 200}, {on(3, 1), 300}} },
			Statement{Code: Slipped, Numbers: []float64{2}, Text: "Agree on a date that holds: the expected close was moved out 2 times."}},
		"days in the stage, and of nine in ten": {func(in *Input) {
			var spells []int64
			for i := range int64(20) {
				spells = append(spells, 5*(i+1)*days)
			}
			in.Baseline = &Baseline{Stages: map[string][]int64{"PROPOSAL": spells}}
		},
			Statement{Code: Stalled, Numbers: []float64{122, 90}, Text: "Ask what holds it up: 122 days in its stage, where nine of ten won deals took 90 days at most."}},
	} {
		t.Run(name, func(t *testing.T) {
			in := two()
			c.change(in)
			var found []Statement
			for _, s := range At(in).Verdict {
				if s.Code == c.want.Code {
					found = append(found, s)
				}
			}
			assert.Equal(t, []Statement{c.want}, found)
		})
	}
	nobody := of(now, claim("a", "ann", "", on(1, 1)), claim("b", "ann", Unknown, on(1, 1)))
	nobody.Deal = &Deal{Open: true, Amount: &graph.Money{}}
	require.NotPanics(t, func() { At(nobody) })
	for _, s := range At(nobody).Verdict {
		assert.NotEqual(t, Disputed, s.Code, "who says no role does not contradict who does not know it")
	}
}
