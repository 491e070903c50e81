package demo

import (
	"fmt"
	"time"

	"github.com/kithgraph/kith/graph"
)

func product(i int) ref { return ref{"Product", fmt.Sprintf("pro-%02d", i+1)} }

func employee(n int) ref { return ref{"Employee", fmt.Sprintf("emp-%02d", n)} }

// actor is somebody who can take part in an interaction, from one instant to another.
type actor struct {
	ref
	given, family string
	from, to      int64
}

func (a *actor) name() string { return a.given + " " + a.family }

// active reports whether the actor is with us, or with the account, at an instant.
func (a *actor) active(at int64) bool { return a.from <= at && at < a.to }

// price is what a product costs on a day, in hundredths. Prices rise each January.
func price(i, day int, currency string) int64 {
	p := wares[i].cents * 10_000
	for year := calendar(day).Year(); year < 2026; year++ {
		p = p * 100 / 103
	}
	for year := calendar(day).Year(); year > 2026; year-- {
		p = p * 103 / 100
	}
	if currency == "USD" {
		p = p * 112 / 100
	}
	return (p + 5_000) / 10_000 / 10 * 10 // to ten hundredths, as price lists are
}

func (w *world) products() {
	day := w.last - 2 // the last whole day
	for i, p := range wares {
		set := graph.Values{"name": p.name, "category": p.category, "version": w.versionOf(i, day)}
		if !p.unlisted {
			set["price"] = money(price(i, day, "EUR"), "EUR")
		}
		w.node(product(i), set)
	}
}

// versionOf is the version that is sold on a day: each year brings one in its own month, and half a year later a minor
// one. The gateway's versions follow its failure.
func (w *world) versionOf(i, day int) any {
	p := wares[i]
	if p.release == 0 {
		return nil
	}
	year := calendar(day).Year()
	if i == gateway {
		return failureOf(year).version(day)
	}
	released := dayOf(year, time.Month(1+(i*5)%12), 10)
	if day < released {
		year, released = year-1, dayOf(year-1, time.Month(1+(i*5)%12), 10)
	}
	return fmt.Sprintf("%d.%d", year-p.release+1, (day-released)/183)
}

func (w *world) employees() {
	for i, c := range colleagues {
		n := i + 1
		given, family := split(c.name)
		w.staff = append(w.staff, &actor{ref: employee(n), given: given, family: family, from: -forever, to: forever})
		w.node(employee(n), graph.Values{"name": c.name, "title": c.title, "team": c.team})
	}
	for i, c := range colleagues {
		n, joined := i+1, midnight(dayOf(c.since, time.October, 1))
		switch {
		case n == trainee:
			w.rotation()
		case n == contractor: // works without a contract that HR knows of
			w.link("REPORTS_TO", employee(n), employee(c.manager), graph.Values{"kind": "LINE"})
		case c.manager > 0:
			w.link("REPORTS_TO", employee(n), employee(c.manager), graph.Values{"kind": "LINE", "source": "HR", "from": joined})
		}
	}
}

// rotation moves the trainee to another manager each October.
func (w *world) rotation() {
	managers := []int{headOfSales, headOfService, productLead}
	for year := 2024; w.over(midnight(dayOf(year, time.October, 1))); year++ {
		w.link("REPORTS_TO", employee(trainee), employee(managers[year%len(managers)]), graph.Values{
			"kind": "LINE", "source": "HR",
			"from": midnight(dayOf(year, time.October, 1)), "to": w.passed(midnight(dayOf(year+1, time.October, 1))),
		})
	}
}

func split(name string) (given, family string) {
	for i := range len(name) {
		if name[i] == ' ' {
			given, family = name[:i], name[i+1:]
			break
		}
	}
	return given, family
}
