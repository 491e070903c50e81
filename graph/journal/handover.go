package journal

import (
	"context"
	"errors"

	"github.com/kithgraph/kith/graph"
)

// patience is how many calls may fail, before one does not, until what they are about is no longer thought to be the receipts.
const patience = 20

// A handover gives the receipts of one call to a function that keeps them, and finds out which it never will.
type handover struct {
	to       func(context.Context, []Receipt) error
	kept     bool // some were
	failed   int  // calls, for a reason that may lie in the receipts, or not
	refused  []*SetAside
	doubtful []*SetAside // that fail alone for such a reason
	reason   error       // the last such
}

// all hands receipts over, and gives those that are refused: for what they say, or again and again for a reason that is not
// known while others are kept. It fails when all of them are to come again.
func (h *handover) all(ctx context.Context, rs []Receipt) ([]*SetAside, error) {
	if err := h.try(ctx, rs); err != nil {
		return nil, err
	}
	if len(h.doubtful) > 0 && !h.kept {
		return nil, h.reason
	}
	for _, d := range h.doubtful {
		switch err := h.to(ctx, []Receipt{d.Receipt}); {
		case err == nil:
		case away(ctx, err):
			return nil, err
		default:
			h.refused = append(h.refused, d)
		}
	}
	return h.refused, nil
}

// try hands receipts over together and, where that fails for a reason that may lie in one of them, each half by itself.
func (h *handover) try(ctx context.Context, rs []Receipt) error {
	err := h.to(ctx, rs)
	switch {
	case err == nil:
		h.kept = true
		return nil
	case away(ctx, err):
		return err
	case !ofTheData(err):
		if h.failed++; h.failed > patience && !h.kept {
			return err
		}
	}
	if len(rs) > 1 {
		if err := h.try(ctx, rs[:len(rs)/2]); err != nil {
			return err
		}
		return h.try(ctx, rs[len(rs)/2:])
	}
	one := &SetAside{Receipt: rs[0], Reason: err.Error()}
	if ofTheData(err) {
		h.refused = append(h.refused, one)
	} else {
		h.doubtful, h.reason = append(h.doubtful, one), err
	}
	return nil
}

// away reports whether it is the store that fails, or there was no time: the receipts are none the worse for it.
func away(ctx context.Context, err error) bool {
	code := graph.CodeOf(err)
	return ctx.Err() != nil || code == graph.Unavailable || code == graph.Timeout
}

// ofTheData reports whether it is what was handed over that cannot be right.
func ofTheData(err error) bool {
	var batch *graph.BatchError
	return errors.As(err, &batch) || graph.CodeOf(err) == graph.BadInput
}
