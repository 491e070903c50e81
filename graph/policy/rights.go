package policy

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/kithgraph/kith/graph"
)

// erasureRules are the section erasure of a policy.
type erasureRules struct {
	Remove []string          `yaml:"remove"`
	Keep   map[string]string `yaml:"keep"`
}

// neverKept are the kinds of data by which a person who was erased would be known.
var neverKept = []graph.Category{graph.CategoryIdentity, graph.CategoryContact, graph.CategoryContent}

func (p *Policy) setErasure(r erasureRules) (errs []error) {
	fail := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("erasure: "+format, args...))
	}
	p.kept = map[graph.Category]string{}
	for name, ground := range r.Keep {
		c := graph.Category(name)
		p.kept[c] = ground
		switch {
		case !slices.Contains(graph.PersonalCategories, c):
			fail("keep: there is no personal category %q", name)
		case slices.Contains(neverKept, c):
			fail("keep: %s is never kept of somebody who is erased", c)
		case ground == "":
			fail("keep: %s is kept on no ground", c)
		}
	}
	for _, name := range r.Remove {
		c := graph.Category(name)
		switch _, kept := p.kept[c]; {
		case !slices.Contains(graph.PersonalCategories, c):
			fail("remove: there is no personal category %q", name)
		case kept:
			fail("%s is removed and kept", c)
		}
	}
	for _, c := range graph.PersonalCategories {
		if _, kept := p.kept[c]; !kept && !slices.Contains(r.Remove, string(c)) {
			fail("%s is neither removed nor kept", c)
		}
	}
	return errs
}

// Erasure is that of a person as the policy has it.
func (p *Policy) Erasure(person string) graph.Erasure {
	return graph.Erasure{Person: person, Keep: maps.Clone(p.kept)}
}

// Ground is that on which a kind of data is kept of persons who are erased; empty: it is removed.
func (p *Policy) Ground(c graph.Category) string { return p.kept[c] }

// erases reports whether nothing of a kind of data is kept of persons who are erased.
func (p *Policy) erases(c graph.Category) bool {
	return slices.Contains(graph.PersonalCategories, c) && p.kept[c] == ""
}

// A Period is for how long something is kept. Zero is without a limit.
type Period struct{ Years, Months, Days int }

// Unlimited is how a policy writes that something is kept without a limit.
const Unlimited = "unlimited"

func (t Period) String() string {
	switch {
	case t.Years > 0:
		return fmt.Sprintf("%dy", t.Years)
	case t.Months > 0:
		return fmt.Sprintf("%dm", t.Months)
	case t.Days > 0:
		return fmt.Sprintf("%dd", t.Days)
	}
	return Unlimited
}

// Before is the instant such a time before another: what is older is kept no longer. Not ok: everything is.
func (t Period) Before(now time.Time) (at time.Time, ok bool) {
	return now.AddDate(-t.Years, -t.Months, -t.Days), t != Period{}
}

func parsePeriod(s string) (Period, error) {
	wrong := fmt.Errorf("%q is no period such as 90d, 18m, 10y or %s", s, Unlimited)
	if s == Unlimited {
		return Period{}, nil
	}
	if len(s) < 2 {
		return Period{}, wrong
	}
	n, err := strconv.Atoi(s[:len(s)-1])
	if err != nil || n < 1 || n > 5000 {
		return Period{}, wrong
	}
	switch s[len(s)-1] {
	case 'd':
		return Period{Days: n}, nil
	case 'm':
		return Period{Months: n}, nil
	case 'y':
		return Period{Years: n}, nil
	}
	return Period{}, wrong
}

func (p *Policy) setRetention(rows map[string]string) (errs []error) {
	p.retention = map[graph.Category]Period{}
	for name, text := range rows {
		c := graph.Category(name)
		period, err := parsePeriod(text)
		p.retention[c] = period
		switch {
		case !slices.Contains(Categories, c):
			errs = append(errs, fmt.Errorf("retention: there is no category %q", name))
		case err != nil:
			errs = append(errs, fmt.Errorf("retention: %s: %w", c, err))
		case period != Period{} && !slices.Contains(graph.PersonalCategories, c):
			errs = append(errs, fmt.Errorf("retention: %s is no customer's own, and is %s", c, Unlimited))
		}
	}
	for _, c := range Categories {
		if _, given := p.retention[c]; !given {
			errs = append(errs, fmt.Errorf("retention: %s has no period", c))
		}
	}
	return errs
}

// Retention is for how long a kind of data is kept.
func (p *Policy) Retention(c graph.Category) Period { return p.retention[c] }
