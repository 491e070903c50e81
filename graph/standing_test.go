package graph

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestStandingIsWhatStatementsComeTo(t *testing.T) {
	until := func(at int64) *int64 { return &at }
	say := func(id, status string, at int64) Statement {
		return Statement{ID: id, Purpose: Sales, Status: status, At: at}
	}
	by := func(channel string, s Statement) Statement { s.Channel = channel; return s }
	ends := func(at int64, s Statement) Statement { s.Expires = until(at); return s }
	forever := int64(LastInstant)
	for _, c := range []struct {
		name string
		said []Statement
		want Values // what is not in it is nil
	}{
		{"who says nothing has said nothing", nil, Values{}},
		{"an objection stands", []Statement{say("a", Objected, 1)}, Values{ObjectedAt(Sales): int64(1)}},
		{"a later objection is the one that counts", []Statement{say("a", Objected, 1), say("b", Objected, 5)}, Values{ObjectedAt(Sales): int64(5)}},
		{"an objection to another purpose is none to this one", []Statement{{ID: "a", Purpose: Marketing, Status: Objected, At: 1}}, Values{ObjectedAt(Marketing): int64(1)}},
		{"a consent without an end holds forever", []Statement{say("a", Granted, 1)}, Values{ConsentedAt(Sales): int64(1), ConsentUntil(Sales): forever}},
		{"a consent with an end holds until then", []Statement{ends(9, say("a", Granted, 1))}, Values{ConsentedAt(Sales): int64(1), ConsentUntil(Sales): int64(9)}},
		{"given again, the new end counts", []Statement{ends(9, say("a", Granted, 1)), ends(7, say("b", Granted, 2))}, Values{ConsentedAt(Sales): int64(2), ConsentUntil(Sales): int64(7)}},
		{"of channels the longest counts", []Statement{by("EMAIL", ends(9, say("a", Granted, 1))), by("PHONE", ends(7, say("b", Granted, 2)))}, Values{ConsentedAt(Sales): int64(2), ConsentUntil(Sales): int64(9)}},
		{"a withdrawal ends it", []Statement{say("a", Granted, 1), say("b", Withdrawn, 3)}, Values{WithdrawnAt(Sales): int64(3)}},
		{"a withdrawal for one channel leaves the others", []Statement{by("EMAIL", say("a", Granted, 1)), by("PHONE", say("b", Granted, 2)), by("PHONE", say("c", Withdrawn, 3))}, Values{ConsentedAt(Sales): int64(1), ConsentUntil(Sales): forever}},
		{"a withdrawal for all channels leaves none", []Statement{by("EMAIL", say("a", Granted, 1)), by("PHONE", say("b", Granted, 2)), say("c", Withdrawn, 3)}, Values{WithdrawnAt(Sales): int64(3)}},
		{"nothing that was not given is withdrawn", []Statement{say("a", Withdrawn, 3)}, Values{}},
		{"consent after a withdrawal is consent", []Statement{say("a", Granted, 1), say("b", Withdrawn, 3), say("c", Granted, 4)}, Values{ConsentedAt(Sales): int64(4), ConsentUntil(Sales): forever}},
		{"a consent takes an objection back", []Statement{say("a", Objected, 1), say("b", Granted, 2)}, Values{ConsentedAt(Sales): int64(2), ConsentUntil(Sales): forever}},
		{"an objection ends every consent", []Statement{by("EMAIL", say("a", Granted, 1)), say("b", Granted, 2), say("c", Objected, 3)}, Values{ObjectedAt(Sales): int64(3)}},
		{"at one instant the id that comes last counts", []Statement{say("b", Granted, 1), say("a", Objected, 1)}, Values{ConsentedAt(Sales): int64(1), ConsentUntil(Sales): forever}},
		{"a restriction is of all purposes", []Statement{{ID: "a", Status: Restricted, At: 2}}, Values{RestrictedAt: int64(2)}},
		{"since it was first said", []Statement{{ID: "a", Status: Restricted, At: 2}, {ID: "b", Status: Restricted, At: 4}}, Values{RestrictedAt: int64(2)}},
		{"and ends when that is said", []Statement{{ID: "a", Status: Restricted, At: 2}, {ID: "b", Status: Unrestricted, At: 4}}, Values{}},
		{"and may begin again", []Statement{{ID: "a", Status: Restricted, At: 2}, {ID: "b", Status: Unrestricted, At: 4}, {ID: "c", Status: Restricted, At: 6}}, Values{RestrictedAt: int64(6)}},
	} {
		t.Run(c.name, func(t *testing.T) {
			want := Values{}
			for _, p := range StandingProperties("Customer") {
				if p.Name != Party {
					want[p.Name] = c.want[p.Name]
				}
			}
			assert.Equal(t, want, Standing(c.said))
			for range 5 { // in whatever order they are kept
				rand.Shuffle(len(c.said), func(i, j int) { c.said[i], c.said[j] = c.said[j], c.said[i] })
				assert.Equal(t, want, Standing(c.said))
			}
		})
	}
}
