package graphtest

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/kithgraph/kith/graph"
)

// Seed is that of random tests: KITH_TEST_SEED, else 1. CI gives another one to each run.
func Seed() uint64 {
	n, err := strconv.ParseUint(os.Getenv("KITH_TEST_SEED"), 10, 64)
	if err != nil {
		return 1
	}
	return n
}

// Report tells what a test has done, in its log and at the end of the file KITH_TEST_REPORT, which make test prints.
func Report(t testing.TB, format string, args ...any) {
	t.Helper()
	line := fmt.Sprintf(format, args...)
	t.Log(line)
	name := os.Getenv("KITH_TEST_REPORT")
	if name == "" {
		return
	}
	f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o644)
	if err == nil {
		_, err = fmt.Fprintf(f, "%s: %s\n", t.Name(), line)
		f.Close()
	}
	if err != nil {
		t.Error(err)
	}
}

// Shapes tells how large fetches are: the least, the median, the ninth tenth and the largest of their depth, their edges, and their
// conditions.
func Shapes(fetches []*graph.Fetch) string {
	var depth, edges, conditions []int
	for _, f := range fetches {
		c := &extent{}
		c.lists(f.Lists, 1)
		depth, edges, conditions = append(depth, c.depth), append(edges, c.edges), append(conditions, c.conditions)
	}
	spread := func(ns []int) string {
		if len(ns) == 0 {
			return "none"
		}
		slices.Sort(ns)
		return strings.Trim(fmt.Sprint([]int{ns[0], ns[len(ns)/2], ns[len(ns)*9/10], ns[len(ns)-1]}), "[]")
	}
	return fmt.Sprintf("least, median, 90 %% and most: depth %s, edges %s, conditions %s", spread(depth), spread(edges), spread(conditions))
}

type extent struct{ depth, edges, conditions int }

func (c *extent) lists(lists []*graph.List, depth int) {
	for _, l := range lists {
		c.depth = max(c.depth, depth)
		if l.Edge != nil {
			c.edges++
		}
		c.filter(l.Filter)
		c.filter(l.When)
		c.refs(l.Props)
		for _, o := range l.Order {
			c.edges += len(o.Path)
			c.filter(o.When)
			if o.Prop != nil {
				c.filter(o.Prop.When)
			}
			over, _ := o.Over()
			c.over(over)
		}
		for _, t := range l.Tallies {
			c.over(t.Over)
			for _, k := range t.By {
				c.filter(k.Ref.When)
			}
			for _, m := range t.Measures {
				c.filter(m.Ref.When)
			}
		}
		for _, sel := range l.Nodes {
			c.refs(sel.Props)
			for _, f := range sel.Asks {
				c.filter(f)
			}
			c.lists(sel.Lists, depth+1)
		}
	}
}

func (c *extent) over(o *graph.Over) {
	if o == nil {
		return
	}
	c.edges++
	c.filter(o.When)
	c.filter(o.Filter)
	if o.Prop != nil {
		c.filter(o.Prop.When)
	}
}

func (c *extent) refs(refs []graph.Ref) {
	for _, r := range refs {
		c.filter(r.When)
	}
}

func (c *extent) filter(f *graph.Filter) {
	switch {
	case f == nil:
	case f.Test != nil:
		c.conditions++
		c.filter(f.Test.Ref.When)
	case f.Some != nil, f.Every != nil:
		q := f.Some
		if q == nil {
			q = f.Every
		}
		c.edges++
		c.filter(q.Filter)
	case f.Total != nil:
		c.conditions++
		c.over(f.Total.Over)
	default:
		for _, g := range slices.Concat(f.And, f.Or, []*graph.Filter{f.Not, f.Of, f.Fails}) {
			c.filter(g)
		}
	}
}
