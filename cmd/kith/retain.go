package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/retain"
	"github.com/kithgraph/kith/graph/rules"
)

type retainCmd struct {
	storeFlag
	policyFlag
	DryRun bool `help:"Say what would be removed, and remove nothing."`
}

// Run removes what has outlived the policy's periods, and prints how much of what that was.
func (c retainCmd) Run(p *program) error {
	rules, err := c.read()
	if err != nil {
		return err
	}
	g, err := c.existing(p)
	if err != nil {
		return err
	}
	defer g.Close()
	release, err := c.hold(p, g, rules.Version)
	if err != nil {
		return err
	}
	defer release()
	now, last := time.Now(), time.Now()
	parts, err := retain.Run(p.ctx, g.Store, g.catalog, retain.Options{
		Now: graph.At(now), DryRun: c.DryRun,
		Before: func(c graph.Category) (graph.Time, bool) {
			at, ok := rules.Retention(c).Before(now)
			return graph.At(at), ok
		},
		Progress: func(kind string, nodes int) {
			if time.Since(last) >= 2*time.Second {
				last = time.Now()
				fmt.Fprintf(p.err, "retain: %d nodes of %s looked at\n", nodes, kind)
			}
		},
	})
	if err != nil {
		return err
	}
	what := "removed"
	if c.DryRun {
		what = "to be removed"
	}
	for _, part := range parts {
		fmt.Fprintf(p.out, "%s %s\n", what, part)
	}
	if len(parts) == 0 {
		fmt.Fprintln(p.out, "nothing has outlived its period")
	}
	return nil
}

type checkCmd struct{ storeFlag }

// Run lists the values in a store that break rules of the schema. It fails where there are any.
func (c checkCmd) Run(p *program) error {
	g, err := c.existing(p)
	if err != nil {
		return err
	}
	defer g.Close()
	broken := 0
	err = rules.Check(p.ctx, g.Store, g.catalog, graph.At(time.Now()), func(b rules.Breach) {
		for _, f := range b.Faults {
			broken++
			fmt.Fprintf(p.out, "%s %s.%s %s\n", strings.TrimSuffix(b.ID+" → "+b.To, " → "), b.Type, f.Property.Name, f.Reason)
		}
	})
	if err != nil {
		return err
	}
	if broken > 0 {
		return fmt.Errorf("values that break rules: %d", broken)
	}
	fmt.Fprintln(p.out, "no value breaks a rule")
	return nil
}
