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
	sure := func(authority string, s Statement) Statement { s.Authority = authority; return s }
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
		{"consent after a withdrawal is consent, with authority", []Statement{say("a", Granted, 1), say("b", Withdrawn, 3), sure(BySource, say("c", Granted, 4))}, Values{ConsentedAt(Sales): int64(4), ConsentUntil(Sales): forever}},
		{"without, it comes to nothing", []Statement{say("a", Granted, 1), say("b", Withdrawn, 3), say("c", Granted, 4)}, Values{WithdrawnAt(Sales): int64(3)}},
		{"also where nothing had been given", []Statement{say("a", Withdrawn, 3), say("b", Granted, 4)}, Values{}},
		{"a consent takes an objection back that she gave us herself", []Statement{say("a", Objected, 1), sure(BySubject, say("b", Granted, 2))}, Values{ConsentedAt(Sales): int64(2), ConsentUntil(Sales): forever}},
		{"or that an officer recorded", []Statement{say("a", Objected, 1), sure(ByOfficer, say("b", Granted, 2))}, Values{ConsentedAt(Sales): int64(2), ConsentUntil(Sales): forever}},
		{"not one without authority", []Statement{say("a", Objected, 1), say("b", Granted, 2)}, Values{ObjectedAt(Sales): int64(1)}},
		{"nor a second one", []Statement{say("a", Objected, 1), say("b", Granted, 2), say("c", Granted, 3)}, Values{ObjectedAt(Sales): int64(1)}},
		{"nor one from before, with authority", []Statement{say("a", Objected, 2), sure(BySubject, say("b", Granted, 1))}, Values{ObjectedAt(Sales): int64(2)}},
		{"nor one to another purpose", []Statement{say("a", Objected, 1), sure(BySubject, Statement{ID: "b", Purpose: Service, Status: Granted, At: 2})}, Values{ObjectedAt(Sales): int64(1), ConsentedAt(Service): int64(2), ConsentUntil(Service): forever}},
		{"nor one for a channel", []Statement{say("a", Objected, 1), by("EMAIL", say("b", Granted, 2))}, Values{ObjectedAt(Sales): int64(1)}},
		{"nor something that says nothing", []Statement{say("a", Objected, 1), sure(BySubject, say("b", "", 2)), say("c", Granted, 3)}, Values{ObjectedAt(Sales): int64(1)}},
		{"what was given again may be given again by anybody", []Statement{say("a", Objected, 1), sure(BySubject, say("b", Granted, 2)), ends(9, say("c", Granted, 3))}, Values{ConsentedAt(Sales): int64(3), ConsentUntil(Sales): int64(9)}},
		{"until it is refused again", []Statement{say("a", Objected, 1), sure(BySubject, say("b", Granted, 2)), say("c", Objected, 3), say("d", Granted, 4)}, Values{ObjectedAt(Sales): int64(3)}},
		{"what was given again for one channel is not for others", []Statement{say("a", Objected, 1), ends(9, by("EMAIL", sure(BySubject, say("b", Granted, 2)))), by("PHONE", say("c", Granted, 3))}, Values{ConsentedAt(Sales): int64(2), ConsentUntil(Sales): int64(9)}},
		{"nor for all", []Statement{say("a", Objected, 1), ends(9, by("EMAIL", sure(BySubject, say("b", Granted, 2)))), say("c", Granted, 3)}, Values{ConsentedAt(Sales): int64(2), ConsentUntil(Sales): int64(9)}},
		{"a channel that was taken back is not given for all by anybody", []Statement{ends(9, by("EMAIL", say("a", Granted, 1))), by("PHONE", say("b", Granted, 1)), by("PHONE", say("c", Withdrawn, 2)), say("d", Granted, 3)}, Values{ConsentedAt(Sales): int64(1), ConsentUntil(Sales): int64(9)}},
		{"others may be", []Statement{ends(9, by("EMAIL", say("a", Granted, 1))), by("PHONE", say("b", Granted, 1)), by("PHONE", say("c", Withdrawn, 2)), by("EMAIL", say("d", Granted, 3))}, Values{ConsentedAt(Sales): int64(3), ConsentUntil(Sales): forever}},
		{"unless it was the last", []Statement{by("PHONE", say("a", Granted, 1)), by("PHONE", say("b", Withdrawn, 2)), by("EMAIL", say("c", Granted, 3))}, Values{WithdrawnAt(Sales): int64(2)}},
		{"that was in force", []Statement{ends(2, by("EMAIL", say("a", Granted, 1))), by("PHONE", say("b", Granted, 1)), by("PHONE", say("c", Withdrawn, 3)), by("EMAIL", say("d", Granted, 4))}, Values{ConsentedAt(Sales): int64(1), ConsentUntil(Sales): int64(2)}},
		{"an objection ends every consent", []Statement{by("EMAIL", say("a", Granted, 1)), say("b", Granted, 2), say("c", Objected, 3)}, Values{ObjectedAt(Sales): int64(3)}},
		{"at one instant what refuses counts", []Statement{sure(BySubject, say("b", Granted, 1)), say("a", Objected, 1)}, Values{ObjectedAt(Sales): int64(1)}},
		{"and of two that do not the one whose id comes last", []Statement{ends(7, say("b", Granted, 1)), ends(9, say("a", Granted, 1))}, Values{ConsentedAt(Sales): int64(1), ConsentUntil(Sales): int64(7)}},
		{"a restriction is of all purposes", []Statement{{ID: "a", Status: Restricted, At: 2}}, Values{RestrictedAt: int64(2)}},
		{"since it was first said", []Statement{{ID: "a", Status: Restricted, At: 2}, {ID: "b", Status: Restricted, At: 4}}, Values{RestrictedAt: int64(2)}},
		{"and ends when that is said, with authority", []Statement{{ID: "a", Status: Restricted, At: 2}, {ID: "b", Status: Unrestricted, At: 4, Authority: ByOfficer}}, Values{}},
		{"not without", []Statement{{ID: "a", Status: Restricted, At: 2}, {ID: "b", Status: Unrestricted, At: 4}}, Values{RestrictedAt: int64(2)}},
		{"not at the same instant", []Statement{{ID: "a", Status: Restricted, At: 2}, {ID: "b", Status: Unrestricted, At: 2, Authority: ByOfficer}}, Values{RestrictedAt: int64(2)}},
		{"and may begin again", []Statement{{ID: "a", Status: Restricted, At: 2}, {ID: "b", Status: Unrestricted, At: 4, Authority: ByOfficer}, {ID: "c", Status: Restricted, At: 6}}, Values{RestrictedAt: int64(6)}},
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

func TestWhatStandsKeepsAStatementFromComingToAnything(t *testing.T) {
	say := func(status, channel string, at int64) Statement {
		return Statement{ID: status, Purpose: Sales, Status: status, Channel: channel, At: at}
	}
	for _, c := range []struct {
		name string
		said []Statement
		new  Statement
		want bool
	}{
		{"a consent where nothing was said", nil, say(Granted, "", 1), false},
		{"a consent after an objection", []Statement{say(Objected, "", 1)}, say(Granted, "", 2), true},
		{"one that is dated before it", []Statement{say(Objected, "", 3)}, say(Granted, "", 2), true},
		{"one for a channel", []Statement{say(Objected, "", 1)}, say(Granted, "EMAIL", 2), true},
		{"one with authority", []Statement{say(Objected, "", 1)}, Statement{Purpose: Sales, Status: Granted, At: 2, Authority: BySubject}, false},
		{"one to another purpose", []Statement{say(Objected, "", 1)}, Statement{Purpose: Service, Status: Granted, At: 2}, false},
		{"one for a channel that was not taken back", []Statement{say(Withdrawn, "EMAIL", 1)}, say(Granted, "PHONE", 2), false},
		{"one for that channel", []Statement{say(Withdrawn, "EMAIL", 1)}, say(Granted, "EMAIL", 2), true},
		{"an objection after an objection", []Statement{say(Objected, "", 1)}, say(Objected, "", 2), false},
		{"the end of a restriction", []Statement{{Status: Restricted, At: 1}}, Statement{Status: Unrestricted, At: 2}, true},
		{"the end of none", nil, Statement{Status: Unrestricted, At: 2}, false},
		{"a consent while processing is restricted", []Statement{{Status: Restricted, At: 1}}, say(Granted, "", 2), false},
	} {
		t.Run(c.name, func(t *testing.T) { assert.Equal(t, c.want, Stands(c.said, c.new)) })
	}
}
