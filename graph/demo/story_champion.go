package demo

import "fmt"

// championLeaves: a deal stalls when the person who wanted it leaves for another customer, and is lost to a competitor.
func (w *world) championLeaves(c *cast) {
	n, year := championAt[c.year%2], c.year
	zone := zoneOf(n)
	day := func(date string) int64 { return w.moment(year, date, zone) }
	ae, se := w.duties[n-1].executiveAt(on(year, "01-14")), w.staff[engineers[0]-1]
	o := &opportunity{
		id: fmt.Sprintf("dea-champion-%d", year), name: fmt.Sprintf("Condition monitoring for all halls %d", year), typ: "EXPANSION", account: n, currency: currencyOf(n),
		opened: day("01-14"), moves: [4]int64{day("02-03"), day("03-10"), forever, day("09-08")}, lostAt: 2, lossReason: lossReasons[0], competitor: competitors[0],
		expected: []int{on(year, "05-31"), on(year, "07-31"), on(year, "09-15")}, moved: []int64{day("05-20"), day("07-16")},
		guess: 125,
		lines: []line{
			{2, 120, price(2, on(year, "01-14"), currencyOf(n)) * 92 / 100, 0}, {7, 8, price(7, on(year, "01-14"), currencyOf(n)), 0}, {9, 24, price(9, on(year, "01-14"), currencyOf(n)), 0},
		},
	}
	o.team = []member{{ae, "AE", o.opened}, {se, "SE", o.moves[0]}}
	if !w.deal(o) {
		return
	}
	beats := w.play("champion", year, zone, map[rune]*actor{'a': c.champion, 'b': c.successor, 'x': ae, 'y': se}, []ref{o.ref()}, ref{}, championBeats)
	claim := func(i int, role, stance string, confidence int, about *actor, by *actor, recorded string, cites ...int) assertion {
		a := assertion{id: fmt.Sprintf("cla-champion-%d-%d", year, i), role: role, stance: stance, confidence: confidence, about: about, by: by, origin: "EMPLOYEE", from: day(recorded), to: forever, recorded: day(recorded), on: o.ref()}
		for _, k := range cites {
			a.cites = append(a.cites, beats[k-1])
		}
		return a
	}
	first := claim(1, "CHAMPION", "SUPPORTIVE", 90, c.champion, ae, "02-10", 2, 5)
	first.from = o.opened
	w.claim(first)
	w.claim(claim(2, "COACH", "SUPPORTIVE", 70, c.champion, se, "03-17", 8))
	third := claim(3, "INFLUENCER", "NEUTRAL", 40, c.successor, ae, "05-11")
	fourth := claim(4, "BLOCKER", "OPPOSED", 75, c.successor, se, "06-12", 14)
	if w.claim(third) && w.claim(fourth) {
		w.disputed(third, fourth)
	}
}

// Places of the two stories that change from year to year: in even and in odd years.
var (
	championAt   = [2]int{6, 2}
	championGoes = [2]int{38, 25}
	signatureAt  = [2]int{17, 22}
	buyerJoins   = [2]int{25, 38}
	darkAt       = [2]int{26, 27}
)

var championBeats = []beat{
	{"01-15", "x>a", "CALL", "After the trade fair", "{c} wants to see every motor in every hall on one screen, and has the ear of the board.", 55, "next step agreed"},
	{"01-22", "a>x", "MAIL", "All halls, not just one", "Hello {e},\n\nI have counted: 120 motors, eight cabinets. If we do it, we do it everywhere. I am collecting allies; give me numbers for the board.\n\n{C}", 65, ""},
	{"01-23", "x>a", "MAIL", "Re: All halls, not just one", "Hello {c},\n\nattached are the numbers of two plants like yours. Payback is 13 and 16 months.\n\n{E}", 0, ""},
	{"02-05", "axy", "MEETING", "Requirements", "{c} has brought maintenance and IT to the table. Nobody against it. Wants the offer in March.", 60, "offer requested"},
	{"02-09", "a>x+y", "MAIL", "Board", "Hi {e},\n\nI have the slot on the agenda of the board in April, twenty minutes, and two of five votes already.\n\n{c}", 70, ""},
	{"02-24", "axy", "VISIT", "Walk through hall 2", "Measured with {c}. All points can be reached, only the crane needs longer cables.", 55, "points agreed"},
	{"03-10", "x>a+y", "MAIL", "Offer: condition monitoring for all halls", "Dear {c},\n\nas agreed, attached is the offer for 120 sensors, eight gateways and the prediction for two years.\n\nKind regards\n{E}", 0, ""},
	{"03-13", "a>y", "MAIL", "Re: Offer: condition monitoring for all halls", "Hello {e},\n\ngood. Between us: finance will ask for a smaller first step. Say no, I will back you.\n\n{c}", 60, ""},
	{"03-26", "a>x", "CALL", "Board date", "The board has moved our slot to the end of May. {c} is annoyed, but sure of the votes.", 25, "postponed"},
	{"04-10", "a>x", "MAIL", "Quiet here", "Hi {e},\n\nthings are moving in the house and not all of them in the right direction. I cannot say more yet. Keep the offer open, please.\n\n{c}", -20, ""},
	{"04-27", "a>x+y", "MAIL", "Good-bye", "Dear {e},\n\nmy last day is the end of the month. I would have loved to see this through. Who takes over is not settled; for now write to production's general address.\n\nAll the best\n{C}", -35, ""},
	{"05-06", "x>b", "MAIL", "Condition monitoring for all halls", "Dear {c},\n\nyour predecessor and we had prepared a project for the board. May I introduce it to you?\n\nKind regards\n{E}", 0, ""},
	{"05-19", "x>b", "CALL", "Second try", "", 0, "voicemail"},
	{"06-09", "b>x", "MAIL", "Re: Condition monitoring for all halls", "Dear {e},\n\nwe are reviewing all projects of my predecessor. Please refrain from calling the shop floor in the meantime.\n\n{C}", -55, ""},
	{"06-24", "x>b+y", "MAIL", "A smaller first step", "Dear {c},\n\nattached is a version with one hall only.\n\n{E}", 0, ""},
	{"07-15", "x>b", "MAIL", "Re: A smaller first step", "Dear {c},\n\nmay I ask whether you found the time to look at it?\n\n{E}", 0, ""},
	{"08-18", "x>b", "CALL", "Third try", "", 0, "no answer"},
	{"09-08", "b>x", "MAIL", "Your offer", "Dear {e},\n\nwe have decided for Hexaflow, with whom I have worked before. Thank you for your efforts.\n\n{C}", -30, ""},
}
