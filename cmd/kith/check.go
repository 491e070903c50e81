package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/rules"
)

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
