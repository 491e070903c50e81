package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/kithgraph/kith/graph"
	graphwrite "github.com/kithgraph/kith/graph/write"
)

// keyed fails with Conflict where the key is not the one that the store was used with: persons were erased by another, or a new one was
// made for a store that has receipts already.
func (f storeFlag) keyed(ctx context.Context, g *graphOf) error {
	file := f.beside(f.Key, ".key")
	err := graphwrite.SameKey(ctx, g.Read, g.mark)
	if errors.Is(err, graphwrite.ErrOtherKey) {
		why := "holds another"
		if g.newKey != "" {
			why = "is missing"
		}
		return conflict("persons were erased from the store by a key, and the file %s %s: put back the key, as from a backup, or name its file by --key. Without it those who were erased are not known again, and nothing is written, lest they come back", file, why)
	}
	if err != nil || g.newKey == "" {
		return err
	}
	receipts := &graph.List{Key: "receipts", Rows: true, Page: graph.Page{Limit: 1}, Nodes: graph.Bare([]*graph.Kind{g.catalog.MustKind(graph.ReceiptKind)})}
	res, err := g.Read(ctx, &graph.Fetch{Lists: []*graph.List{receipts}})
	if err != nil {
		return err
	}
	if len(res.Lists[0].Rows) > 0 {
		return conflict("the store has receipts, which hold marks by its key, and the file %s is missing: put back the key, as from a backup, or name its file by --key. If it is lost for good, make another (openssl rand -base64 32 > %s): ids and marks that were shown before cannot be resolved then", file, file)
	}
	return nil
}

func conflict(format string, args ...any) error {
	return &graph.Error{Code: graph.Conflict, Message: fmt.Sprintf(format, args...)}
}
