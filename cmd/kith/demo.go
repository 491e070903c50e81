package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/demo"
)

type demoCmd struct {
	storeFlag
	Seed uint64 `default:"1" help:"Another seed is another world. A store holds one."`
}

// Run loads the demonstration world, or what of it is new.
func (c demoCmd) Run(p *program) error {
	g, err := c.orNew(p)
	if err != nil {
		return err
	}
	defer g.Close()
	release, err := c.hold(p, g, "")
	if err != nil {
		return err
	}
	defer release()
	err = loadDemo(p.ctx, p, g, c.Seed, func(int, int) {})
	if err != nil && p.ctx.Err() != nil {
		return errors.New("the demonstration world is unfinished: kith demo, or kith serve --demo, loads the rest")
	}
	return err
}

func loadDemo(ctx context.Context, p *program, g *graphOf, seed uint64, tell func(done, total int)) error {
	bar := newProgress(p.err, "demonstration world", "elements")
	report, err := demo.Load(ctx, g.Store, g.catalog, seed, time.Now(), func(done, total int) {
		bar.at(int64(done), int64(total))
		tell(done, total)
	})
	bar.end()
	if err != nil {
		return err
	}
	printReport(p.out, report)
	return nil
}

// world is what a server says of the demonstration world as long as it is not whole.
type world struct{ said atomic.Pointer[string] }

func (w *world) says(reason string) { w.said.Store(&reason) }

func (w *world) reason() string {
	if s := w.said.Load(); s != nil {
		return *s
	}
	return ""
}

// load loads the demonstration world, where that is asked for, into a store that holds nothing, or what is not the whole of today's. What
// holds something else alone is left as it is.
func (w *world) load(ctx context.Context, p *program, g *graphOf, asked bool, log *slog.Logger) error {
	held, seed, err := demo.In(ctx, g.Store, g.catalog, time.Now())
	if err == nil && held == demo.Nothing && asked {
		var empty bool
		if empty, err = isEmpty(ctx, g); !empty && err == nil {
			log.Warn("the demonstration world is not loaded, since the store holds something else; kith demo loads it all the same")
			asked = false
		}
	}
	switch {
	case err != nil:
	case !asked && held == demo.Unfinished:
		log.Warn("the store holds a part of the demonstration world, whose loading was broken off; kith demo, or kith serve --demo, loads the rest")
	case asked && held != demo.Whole:
		log.Info("the demonstration world is loaded, or what the store lacks of it", "has", held.String())
		err = loadDemo(ctx, p, g, seed, func(done, total int) {
			w.says(fmt.Sprintf("the demonstration world is being loaded: %d of %d elements", done, total))
		})
	}
	if err != nil && ctx.Err() != nil {
		if asked {
			log.Warn("the demonstration world is unfinished; the next start with --demo loads the rest")
		}
		return nil
	}
	if err != nil && !asked { // it is no reason not to serve
		log.Warn("it is not known whether the store holds a part of the demonstration world", "error", err)
		return nil
	}
	if err == nil {
		w.says("")
	}
	return err
}

// isEmpty reports whether there is no node of any kind, but for receipts: somebody may have asked what is there before.
func isEmpty(ctx context.Context, g *graphOf) (bool, error) {
	f := &graph.Fetch{Now: graph.At(time.Now())}
	for _, k := range g.catalog.Kinds {
		if k.Name != graph.ReceiptKind {
			f.Lists = append(f.Lists, &graph.List{Key: k.Name, Rows: true, Page: graph.Page{Limit: 1}, Nodes: []*graph.Selection{{Kind: k}}})
		}
	}
	res, err := g.Read(ctx, f)
	if err != nil {
		return false, err
	}
	for _, l := range res.Lists {
		if len(l.Rows) > 0 {
			return false, nil
		}
	}
	return true, nil
}
