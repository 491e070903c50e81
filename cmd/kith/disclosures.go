package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"
	"unicode/utf8"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/journal"
)

type disclosuresCmd struct {
	storeFlag
	Customer string `required:"" placeholder:"ID" help:"Of whom."`
	Journal  string `placeholder:"DIR" help:"Where receipts are that are not in the store yet; as kith serve has it."`
}

const (
	// movingTime is how long receipts may take to be moved here, and by a server, which rests for some seconds in between.
	movingTime       = time.Minute
	serverMovingTime = 10 * time.Second
)

// Run prints a line for each answer, the newest first. Receipts that no server is moving are moved first; those that are set aside
// are among the lines. It fails where receipts wait in the journal, since then some may be missing.
func (c disclosuresCmd) Run(p *program) error {
	g, err := c.existing(p)
	if err != nil {
		return err
	}
	defer g.Close()
	waiting, err := c.settle(p, g)
	if err != nil {
		return err
	}
	aside, err := journal.Aside(c.journal())
	if err != nil {
		return err
	}
	slices.SortStableFunc(aside, func(a, b *journal.SetAside) int { return cmp.Compare(b.Receipt.At, a.Receipt.At) })
	if err := c.print(p, g, aside); err != nil {
		return err
	}
	if len(aside) > 0 {
		fmt.Fprintf(p.err, "kith: receipts that the store does not take are set aside in %s: %d; those of this customer are in the list\n", aside[0].File, len(aside))
	}
	if waiting > 0 {
		return fmt.Errorf("the list may lack some: receipts wait in the journal %s: %d; the server that has it open is to move them to the store, and its log says why it does not", c.journal(), waiting)
	}
	return nil
}

// journal is the directory of receipts.
func (c disclosuresCmd) journal() string { return c.beside(c.Journal, ".journal") }

// print prints what the store has of the customer, and of what is set aside what is hers, by time.
func (c disclosuresCmd) print(p *program, g *graphOf, aside []*journal.SetAside) error {
	customer, kind := g.catalog.MustKind("Customer"), g.catalog.MustKind("Disclosure")
	edge := customer.Edge("disclosures")
	sel := &graph.Selection{Kind: kind, Props: graph.Refs(kind.Properties...)}
	at := kind.Property("at")
	below := &graph.List{Key: "disclosures", Edge: edge, Rows: true, Cursors: true, HasNext: true, Page: graph.Page{Limit: 200}, Nodes: []*graph.Selection{sel},
		Order: []graph.Order{{Prop: &graph.Ref{Prop: at}, Desc: true}}}
	f := &graph.Fetch{Now: graph.At(time.Now()), Lists: []*graph.List{{Key: "customer", IDs: []string{c.Customer}, Rows: true, Nodes: []*graph.Selection{{Kind: customer, Lists: []*graph.List{below}}}}}}
	w := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "AT\tTIMES\tLAST\tPURPOSE\tACTOR\tROLES\tOPERATION\tREFERENCE\tCATEGORIES")
	line := func(at graph.Time, v map[string]any) {
		times, last := int64(1), at
		if n, several := v["times"].(int64); several {
			times, last = n, graph.Time(v["lastAt"].(int64))
		}
		fmt.Fprintf(w, "%v\t%v\t%v\t%v\t%v\t%v\t%v\t%v\t%v\n", at, times, last, shown(v["purpose"]), shown(v["actor"]), shown(v["roles"]), shown(v["operation"]), shown(v["reference"]), shown(v["categories"]))
	}
	// lines prints what was set aside and is not older.
	lines := func(than graph.Time) {
		for len(aside) > 0 && aside[0].Receipt.At >= than {
			r := aside[0].Receipt
			aside = aside[1:]
			for _, s := range r.Subjects {
				if s.ID == c.Customer {
					line(r.At, map[string]any{"purpose": r.Purpose, "actor": r.Actor, "roles": r.Roles, "operation": r.Operation, "reference": r.Reference, "categories": s.Categories})
				}
			}
		}
	}
	for {
		res, err := g.Read(p.ctx, f)
		if err != nil {
			return err
		}
		if len(res.Lists[0].Rows) == 0 {
			return fmt.Errorf("--customer: there is no customer %s", c.Customer)
		}
		page := res.Lists[0].Rows[0].Lists[0]
		for _, row := range page.Rows {
			v := map[string]any{}
			for i, prop := range kind.Properties {
				v[prop.Name] = row.Props[i]
			}
			lines(graph.Time(v["at"].(int64)))
			line(graph.Time(v["at"].(int64)), v)
		}
		if !page.HasNext {
			lines(math.MinInt64)
			return w.Flush()
		}
		below.Page.After = page.Rows[len(page.Rows)-1].Keys
	}
}

// shown is a value in a table: what a terminal would not show stands in quotes, escaped.
func shown(v any) string {
	var text string
	switch v := v.(type) {
	case string:
		text = v
	case []string:
		text = strings.Join(v, ",")
	case []graph.Category:
		text = strings.Join(graph.Texts(v), ",")
	}
	if !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return !strconv.IsPrint(r) }) {
		return strconv.Quote(text)
	}
	return cmp.Or(text, "-")
}

// settle moves receipts to the store, unless a server has the journal and does so itself. Then it says how many it has not moved.
func (c disclosuresCmd) settle(p *program, g *graphOf) (waiting int, err error) {
	if _, err := os.Stat(c.journal()); errors.Is(err, os.ErrNotExist) {
		if c.Journal != "" {
			return 0, fmt.Errorf("--journal: there is no journal %s", c.Journal)
		}
		return 0, nil
	}
	j, err := journal.Open(c.journal(), journal.Options{Tell: func(err error) { fmt.Fprintln(p.err, "kith:", err) }})
	if errors.Is(err, journal.ErrLocked) {
		ctx, cancel := context.WithTimeout(p.ctx, serverMovingTime)
		defer cancel()
		return journal.Await(ctx, c.journal())
	}
	if err != nil {
		return 0, err
	}
	defer j.Close()
	ctx, cancel := context.WithTimeout(p.ctx, movingTime)
	defer cancel()
	moved := make(chan error, 1)
	go func() {
		defer cancel() // there is nothing to wait for any more
		moved <- j.Move(ctx, journal.To(g.Store, g.catalog))
	}()
	if err := j.Settle(ctx); err != nil {
		cancel()
		return 0, errors.Join(fmt.Errorf("receipts wait in the journal %s: %d: %w", c.journal(), j.Pending(), err), <-moved)
	}
	cancel()
	return 0, <-moved
}
