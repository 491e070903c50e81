package main

import (
	"fmt"

	"github.com/kithgraph/kith/graph"
)

type pseudonymCmd struct {
	storeFlag
	Resolve bool   `help:"Print the id that others know, of one that analysts were shown."`
	ID      string `arg:"" help:"An id."`
}

// Run prints what stands for an id under ANALYSIS, or what stands behind it. It takes the key, and not the store.
func (c pseudonymCmd) Run(p *program) error {
	key, err := c.key(true)
	if err != nil {
		return err
	}
	pseudonyms := key.Pseudonyms(string(graph.Analysis))
	id := pseudonyms.ID(c.ID)
	if c.Resolve {
		if id = pseudonyms.Resolve(c.ID); id == "" {
			return fmt.Errorf("%s was not shown to anybody under this key", c.ID)
		}
	}
	_, err = fmt.Fprintln(p.out, id)
	return err
}
