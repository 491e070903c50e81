package server

import (
	"cmp"
	"context"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"sync/atomic"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/kithgraph/kith/graph"
)

const (
	// answering is how long a store that was ready once may take to say that it is there.
	answering = time.Second
	// between is the time from one attempt to the next.
	between = time.Second
)

// What is said while the store is not asked.
var (
	preparing   = "the store is looked at, and gets what it lacks of tables and indexes: the log says how far it is"
	unavailable = unavailableMessage
)

// health knows whether the store answers. While it is known not to, requests are refused at once instead of waiting for
// it one by one.
type health struct {
	store    graph.Store
	log      *slog.Logger
	receipts func() Receipts
	loading  func() string
	outdated func() string
	down     atomic.Pointer[string] // why the store is not asked; nil: it is
	again    chan struct{}          // somebody had reason to doubt that the store answers
}

func newHealth(o Options) *health {
	return &health{store: o.Store, log: o.Log, receipts: o.Receipts, loading: o.Loading, outdated: o.Outdated, again: make(chan struct{}, 1)}
}

// begin has the store not be asked until watch has found it ready.
func (h *health) begin() { h.down.Store(&preparing) }

// suspect has watch try the store.
func (h *health) suspect() {
	select {
	case h.again <- struct{}{}:
	default: // it is about to be tried
	}
}

// watch tries the store until it answers, and again whenever there is doubt. It logs changes only. At first the store has all the
// time it needs: it creates tables and indexes, and what is broken off may have to be done again from the beginning. It gives the error
// of a store that no waiting makes usable, and nil when ctx is done.
func (h *health) watch(ctx context.Context) error {
	try, said := h.prepare, false
	for {
		err := try(ctx)
		if ctx.Err() != nil {
			return nil
		}
		if graph.CodeOf(err) == graph.Conflict {
			return err
		}
		var doubt <-chan struct{} // one of the two is waited for
		var retry <-chan time.Time
		if err == nil {
			if h.down.Swap(nil) != nil {
				h.log.Info("the store is ready")
			}
			try, said, doubt = h.try, false, h.again
		} else {
			h.down.Store(&unavailable)
			if !said {
				h.log.Warn("the store does not answer; trying again", "every", between.String(), "error", err)
			}
			said, retry = true, time.After(between)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-doubt:
		case <-retry:
		}
	}
}

// prepare has the store get ready for the first time. What takes longer than an answer is at it, if the store was away before.
func (h *health) prepare(ctx context.Context) error {
	late := time.AfterFunc(answering, func() { h.down.CompareAndSwap(&unavailable, &preparing) })
	defer late.Stop()
	return h.store.Ready(ctx)
}

func (h *health) try(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, answering)
	defer cancel()
	return h.store.Ready(ctx)
}

// closed says why nothing can be answered from the store now.
func (h *health) closed() string {
	if why := h.down.Load(); why != nil {
		return *why
	}
	return h.outdated()
}

// gate refuses root fields that would need the store while it is down, or may not be answered from.
func (h *health) gate(ctx context.Context, next graphql.RootResolver) graphql.Marshaler {
	field := graphql.GetRootFieldContext(ctx).Field
	why := h.closed()
	if why == "" || strings.HasPrefix(field.Name, "__") {
		return next(ctx)
	}
	err := gqlerror.WrapPath(ast.Path{ast.PathName(field.Alias)}, &graph.Error{Code: graph.Unavailable, Message: why})
	err.Locations = []gqlerror.Location{{Line: field.Position.Line, Column: field.Position.Column}}
	graphql.AddError(ctx, err)
	return graphql.Null // root fields are nullable
}

// alive answers as long as the process does.
func (h *health) alive(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, `{"alive":true}`)
}

// readiness is what is said of whether requests can be answered.
type readiness struct {
	Ready    bool     `json:"ready"`
	Reason   string   `json:"reason,omitempty"`
	Warnings []string `json:"warnings,omitempty"` // what somebody is to see to, though requests can be answered
}

// ready says whether requests can be answered now.
func (h *health) ready(w http.ResponseWriter, r *http.Request) {
	said, status := readiness{}, http.StatusServiceUnavailable
	switch down, why := h.down.Load(), cmp.Or(h.outdated(), h.loading()); {
	case down != nil:
		said.Reason = *down
	case h.try(r.Context()) != nil:
		said.Reason = unavailable
		h.suspect()
	case why != "":
		said.Reason = why
	default:
		said, status = readiness{Ready: true}, http.StatusOK
	}
	if aside := h.receipts().Aside; aside > 0 {
		said.Warnings = append(said.Warnings, fmt.Sprintf("receipts that the store does not take are set aside: %d; the log says why, and disclosures are told without them", aside))
	}
	answer(w, status, string(marshal(said)))
}

func answer(w http.ResponseWriter, status int, body string) {
	w.Header().Set("Content-Type", typeJSON)
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	io.WriteString(w, body+"\n")
}
