package committee

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// decided is a deal of 1 June, with claims of 1 January that each of the persons has a role.
func decided(won bool, role string, persons ...int) Decided {
	d := Decided{Won: won, At: on(6, 1)}
	for _, n := range persons {
		d.Claims = append(d.Claims, claim(fmt.Sprint(role, n), fmt.Sprint(n), role, on(1, 1)))
	}
	return d
}

func TestARolesSharesAreToldIfEnoughPersonsStandBehindThem(t *testing.T) {
	late, taken, unknown := decided(true, "LEGAL", 5), decided(true, "LEGAL", 5), decided(true, "LEGAL", 5)
	late.Claims[0].Recorded = on(5, 19) // 13 days ahead
	taken.Claims[0].Retracted = on(6, 20)
	unknown.Claims[0].Person = ""
	others := decided(true, "USER", 11, 12, 13, 14, 15)
	for name, c := range map[string]struct {
		deals    []Decided
		with, of int // of the won deals; 0 of 0: not told
	}{
		"five have it, and five in another deal have it not":     {[]Decided{decided(true, "LEGAL", 1, 2, 3, 4, 5), others}, 1, 2},
		"five have it, each in a deal":                           {[]Decided{decided(true, "LEGAL", 1), decided(true, "LEGAL", 2), decided(true, "LEGAL", 3), decided(true, "LEGAL", 4), decided(true, "LEGAL", 5), others}, 5, 6},
		"four have it, in five deals":                            {[]Decided{decided(true, "LEGAL", 1), decided(true, "LEGAL", 2), decided(true, "LEGAL", 3), decided(true, "LEGAL", 4), decided(true, "LEGAL", 4), others}, 0, 0},
		"four are in the deals that lack it":                     {[]Decided{decided(true, "LEGAL", 1, 2, 3, 4, 5), decided(true, "USER", 11, 12, 13, 14)}, 0, 0},
		"nobody is in a deal that lacks it, so that each had it": {[]Decided{decided(true, "LEGAL", 1, 2, 3, 4, 5)}, 0, 0},
		"nobody has it":                                              {[]Decided{others}, 0, 0},
		"nobody is claimed to have any role":                         {[]Decided{{Won: true, At: on(6, 1)}, {Won: true, At: on(6, 1)}}, 0, 0},
		"the fifth is claimed when it was nearly decided":            {[]Decided{decided(true, "LEGAL", 1, 2, 3, 4), late, others}, 0, 0},
		"what is claimed of the fifth was taken back":                {[]Decided{decided(true, "LEGAL", 1, 2, 3, 4), taken, others}, 0, 0},
		"nobody says of whom the fifth is claimed":                   {[]Decided{decided(true, "LEGAL", 1, 2, 3, 4), unknown, others}, 0, 0},
		"the fifth has it in a deal that was lost":                   {[]Decided{decided(true, "LEGAL", 1, 2, 3, 4), decided(false, "LEGAL", 5), others}, 0, 0},
		"the fifth is in a deal that lacks it, and has another role": {[]Decided{decided(true, "LEGAL", 1, 2, 3, 4), decided(true, "USER", 5), others}, 0, 0},
	} {
		t.Run(name, func(t *testing.T) {
			for _, got := range Comparisons(c.deals, Moment{on(7, 1), on(7, 1)}, 5) {
				if got.Role != "LEGAL" {
					continue
				}
				if c.of == 0 {
					assert.Nil(t, got.Won)
				} else {
					require.NotNil(t, got.Won)
					assert.Equal(t, Of(c.with, c.of), *got.Won)
				}
				assert.Nil(t, got.Supported, "so few deals support nothing")
			}
		})
	}
}

func TestARoleIsSupportedOnlyByWhatIsTold(t *testing.T) {
	many := func(won bool, n, with int) (out []Decided) {
		for i := range n {
			if i < with {
				out = append(out, decided(won, "LEGAL", i%9))
			} else {
				out = append(out, decided(won, "USER", 10+i%9))
			}
		}
		return out
	}
	yes, no := true, false
	for name, c := range map[string]struct {
		deals  []Decided
		fewest int
		want   *bool
	}{
		"34 of 40 won deals had it, and 8 of 40 lost ones": {append(many(true, 40, 34), many(false, 40, 8)...), 5, &yes},
		"8 of 40 won deals had it, and 34 of 40 lost ones": {append(many(true, 40, 8), many(false, 40, 34)...), 5, &no},
		"29 lost deals are too few":                        {append(many(true, 40, 34), many(false, 29, 8)...), 5, nil},
		"three have it in lost deals":                      {append(many(true, 40, 34), many(false, 40, 3)...), 5, nil},
		"which matters where each may be seen":             {append(many(true, 40, 34), many(false, 40, 3)...), 0, &yes},
	} {
		t.Run(name, func(t *testing.T) {
			for _, got := range Comparisons(c.deals, Moment{on(7, 1), on(7, 1)}, c.fewest) {
				if got.Role == "LEGAL" {
					assert.Equal(t, c.want, got.Supported)
				}
			}
		})
	}
}

// TestNoShareIsToldOfFewerThanEnough counts anew, by what is claimed of each person in each deal, whom each number that is told, and what it leaves,
// is about.
func TestNoShareIsToldOfFewerThanEnough(t *testing.T) {
	told, untold := 0, 0
	check := func(t *rapid.T) {
		var deals []Decided
		roles := rapid.SampledFrom([]string{"LEGAL", "USER", "CHAMPION", Unknown, ""})
		for range rapid.IntRange(0, 20).Draw(t, "deals") {
			d := Decided{Won: rapid.Bool().Draw(t, "won"), At: on(6, rapid.IntRange(1, 3).Draw(t, "day"))}
			for range rapid.IntRange(0, 4).Draw(t, "claims") {
				c := claim("", rapid.StringMatching("[a-l]?").Draw(t, "who"), roles.Draw(t, "role"), on(5, rapid.IntRange(17, 21).Draw(t, "recorded")))
				if rapid.IntRange(0, 9).Draw(t, "taken back") == 0 {
					c.Retracted = on(6, 1)
				}
				d.Claims = append(d.Claims, c)
			}
			deals = append(deals, d)
		}
		now := on(6, rapid.IntRange(1, 4).Draw(t, "now"))
		m, fewest := Moment{now, now}, rapid.IntRange(1, 5).Draw(t, "fewest")
		b := Compare(deals, m)
		for _, got := range Comparisons(deals, m, fewest) {
			for won, share := range map[bool]*Share{true: got.Won, false: got.Lost} {
				n, with := b.LostDeals, b.Lost[got.Role]
				if won {
					n, with = b.WonDeals, b.Won[got.Role]
				}
				have, lack := map[string]bool{}, map[string]bool{}
				left := 0 // deals that the number leaves
				for i := range deals {
					if deals[i].Won != won || deals[i].At > now {
						continue
					}
					holders, all := map[string]bool{}, map[string]bool{}
					had := false
					for _, c := range deals[i].Claims {
						if c.Retracted > now && deals[i].At-c.Recorded >= 14*days {
							all[c.Person] = true
							if c.Role == got.Role {
								holders[c.Person], had = true, true
							}
						}
					}
					to, of := have, holders
					if !had {
						left++
						to, of = lack, all
					}
					for who := range of {
						to[who] = true
					}
				}
				delete(have, "")
				delete(lack, "")
				if share == nil {
					untold++
					require.True(t, len(have) < fewest || len(lack) < fewest, "enough persons stand behind each")
					continue
				}
				told++
				require.Equal(t, Of(with, n), *share)
				require.Equal(t, left, share.N-share.With)
				require.True(t, len(have) >= fewest && len(lack) >= fewest, "%d of %d: %d persons have %s, and %d lack it", with, n, len(have), got.Role, len(lack))
			}
			require.True(t, got.Supported == nil || got.Won != nil && got.Lost != nil)
		}
	}
	for range 10 { // shares are seldom told of so few deals
		rapid.Check(t, check)
	}
	require.Positive(t, told)
	require.Positive(t, untold)
}
