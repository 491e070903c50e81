package demo

import (
	"fmt"
	"strings"
	"time"

	"github.com/kithgraph/kith/graph"
)

func account(n int) ref { return ref{"Account", fmt.Sprintf("acc-%02d", n)} }

// zoneOf is where an account keeps its office hours.
func zoneOf(n int) string {
	if c := companies[n-1]; c.zone != "" {
		return c.zone
	}
	return countries[companies[n-1].country].zone
}

func currencyOf(n int) string { return countries[companies[n-1].country].currency }

func (w *world) accounts() {
	for i, c := range companies {
		n := i + 1
		zone := any(zoneOf(n))
		if c.stage == former {
			zone = nil // nobody needs it any more
		}
		w.node(account(n), graph.Values{"name": c.name, "domain": c.domain, "accountStage": c.stage, "timeZone": zone})
		for _, p := range c.parents {
			w.link("SUBSIDIARY_OF", account(n), account(p.of), graph.Values{
				"share": int64(p.share) * 1000, "from": midnight(dayOf(p.since, time.January, 1))})
		}
		w.firmographics(n)
	}
	// A stake that was sold, so that a share has an end as well.
	w.link("SUBSIDIARY_OF", account(21), account(1), graph.Values{"share": int64(250_000),
		"from": midnight(dayOf(2011, time.March, 1)), "to": midnight(dayOf(2017, time.July, 1))})
	w.assign()
}

// version is what firmographics say from a day on.
type version struct {
	from               int
	employees, revenue int
	growth             int
	source             string
}

var sources = []string{"company register", "annual report", "data vendor", "own research"}

// versions are all that are known of an account until the world's end. What is older than two years stays among them, so
// that a version which was the last when it was loaded gets its end whenever that is made up for.
func (w *world) versions(n int) []version {
	c := companies[n-1]
	r := w.stream("firmographics", n)
	v := version{dayOf(2019+r.below(5), time.Month(1+r.below(12)), 1), c.employees, c.revenue, c.growth, pick(r, sources)}
	day := dayOf(2000, time.Month(1+r.below(12)), 1+r.below(28)) // of the year
	every := []int{0, 0, 2, 2, 1}[r.below(5)]
	for y, pair := range rivals {
		if pair[0] == n {
			every = 0 // so that it is the subsidiary that moves
		}
		if pair[1] == n {
			return w.overtaking(n, y)
		}
	}
	out := []version{v}
	for year := 2025; every > 0; year++ {
		from := dayOf(year, calendar(day).Month(), calendar(day).Day())
		if !w.over(midnight(from)) {
			break
		}
		s := w.stream("firmographics version", n, year)
		if (year+n)%every != 0 {
			continue
		}
		v.from, v.growth, v.source = from, c.growth+s.between(-40, 40), pick(s, sources)
		v.revenue += v.revenue * v.growth / 1000
		v.employees += v.employees * v.growth / 2500
		out = append(out, v)
	}
	return out
}

// overtaking are the versions of a subsidiary which catches up, overtakes its parent in the year that is its turn, and
// three years later hives a part of it off. All happens on the first of July.
func (w *world) overtaking(n, turn int) []version {
	parent := companies[rivals[turn][0]-1]
	state := func(year int) (permille, growth int) {
		switch ((year-turn)%6 + 6) % 6 {
		case 5:
			return 850, 390
		case 0, 1, 2:
			return 1300, 530
		}
		return 580, 60
	}
	make := func(from, year int) version {
		p, g := state(year)
		return version{from, parent.employees * p / 1000, parent.revenue * p / 1000, g, "annual report"}
	}
	out := []version{make(dayOf(2021, time.July, 1), 2024)}
	for year := 2025; w.over(midnight(dayOf(year, time.July, 1))); year++ {
		before, _ := state(year - 1)
		if now, _ := state(year); now != before {
			out = append(out, make(dayOf(year, time.July, 1), year))
		}
	}
	return out
}

func (w *world) firmographics(n int) {
	c, currency := companies[n-1], currencyOf(n)
	if c.stage == former && c.technologies == "" {
		return // nothing is known
	}
	versions := w.versions(n)
	for i, v := range versions {
		f := ref{"Firmographics", fmt.Sprintf("fir-%02d-%d", n, i+1)}
		set := graph.Values{
			"industry": c.industry, "subIndustry": c.sub, "country": c.country, "employeeCount": int64(v.employees), "foundedYear": int64(c.founded),
			"revenue": money(int64(v.revenue)*1000_00, currency), "growth": int64(v.growth) * 1000, "source": v.source,
			"technologies": strings.Split(c.technologies, ","),
		}
		if c.funding > 0 {
			set["funding"] = money(int64(c.funding)*1000_00, currency)
		}
		if v.source == "own research" {
			delete(set, "subIndustry")
			delete(set, "growth")
		}
		w.node(f, set)
		valid := graph.Values{"from": midnight(v.from)}
		if i+1 < len(versions) {
			valid["to"] = midnight(versions[i+1].from)
		}
		w.link("DESCRIBED_BY", account(n), f, valid)
	}
}

// duties are who looks after an account, by role.
type duties struct {
	executive []duty // one after the other
	engineer  *actor // nil for small accounts
	success   *actor // nil for those who have bought nothing
	support   *actor
}

type duty struct {
	who  *actor
	from int
}

// executiveAt is the account executive of a day.
func (d duties) executiveAt(day int) *actor {
	who := d.executive[0].who
	for _, e := range d.executive {
		if e.from <= day {
			who = e.who
		}
	}
	return who
}

// regions are the account executives who know a country's language.
var regions = map[string][]int{
	"US": {5}, "CA": {5}, "MX": {5, 3}, "JP": {5}, "ES": {3, 6}, "PT": {3}, "FR": {6}, "IT": {3, 6}, "GR": {3},
	"PL": {2}, "CZ": {2}, "SK": {2}, "HU": {2}, "EE": {4, 2}, "NO": {4}, "DK": {4}, "SE": {4}, "IS": {4},
	"DE": {1}, "AT": {1}, "CH": {1, 6}, "NL": {1, 4}, "GB": {4, 5}, "IE": {4, 5},
}

// assign settles who looks after the accounts. Account executives change every few years, the others stay.
func (w *world) assign() {
	for i, c := range companies {
		n := i + 1
		r := w.stream("assign", n)
		var d duties
		from := dayOf(2021+r.below(3), time.Month(1+r.below(12)), 1)
		// A stream of their own: how many are drawn hangs on the day the world ends.
		for s := w.stream("executives", n); from <= w.last; from += s.between(700, 2300) {
			d.executive = append(d.executive, duty{w.staff[executives[pick(s, regions[c.country])-1]-1], workday(from)})
			if last := len(d.executive) - 1; last > 0 && d.executive[last-1].who == d.executive[last].who {
				d.executive = d.executive[:last] // stays
			}
		}
		begin := d.executive[0].from
		for k, e := range d.executive {
			to := forever
			if k+1 < len(d.executive) {
				to = midnight(d.executive[k+1].from)
			}
			w.own(n, e.who, "AE", midnight(e.from), to)
		}
		if c.employees > 300 {
			d.engineer = w.staff[pick(r, engineers)-1]
			w.own(n, d.engineer, "SE", midnight(begin), forever)
		}
		d.support = w.staff[pick(r, supporters)-1]
		if c.stage == customer {
			d.success = w.staff[pick(r, successors)-1]
			w.own(n, d.success, "CSM", midnight(begin+r.between(30, 400)), forever)
			if r.chance(300) {
				w.own(n, d.support, "SUPPORT", midnight(begin), forever)
			}
		}
		if c.revenue > 800_000 {
			w.own(n, w.staff[headOfSales-1], "MANAGER", midnight(begin), forever)
		}
		if c.stage == partner {
			w.own(n, w.staff[productLead-1], "OTHER", midnight(begin), forever)
		}
		w.duties = append(w.duties, d)
	}
}

func (w *world) own(n int, who *actor, role string, from, to int64) {
	if w.over(from) {
		w.link("OWNED_BY", account(n), who.ref, graph.Values{"role": role, "from": from, "to": w.passed(to)})
	}
}
