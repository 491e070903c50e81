package server

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/resolvers"
)

const (
	changesPath = "/v1/changes"
	typeLines   = "application/x-ndjson"
	// pollEvery is the time from one look for changes to the next, as long as somebody waits for one: with what a look takes it is less than
	// the 250 ms that the docs name.
	pollEvery = 200 * time.Millisecond
	// longestWait is for how long somebody may.
	longestWait = 30 * time.Second
	// The headers of an answer that say where it goes on, and whether to ask at once.
	cursorHeader = "Kith-Cursor"
	moreHeader   = "Kith-More"
)

// changesDocument is what is asked for whoever asks at changesPath: so it passes the same door as any other operation.
const changesDocument = `query Changes($after: String, $kinds: [String!], $first: Int) {
  changes(after: $after, kinds: $kinds, first: $first) { entries { event id type change fields at } endCursor hasNextPage }
}`

// following answers at changesPath, beside the transport of GraphQL.
type following struct{ *Server }

// Supports only that path.
func (following) Supports(r *http.Request) bool { return r.URL.Path == changesPath }

// changesPage is an answer to changesDocument.
type changesPage struct {
	Changes *struct {
		Entries []struct {
			Event, At string
			change
		}
		EndCursor   string
		HasNextPage bool
	}
}

// change is what an event tells.
type change struct {
	ID     string   `json:"id"`
	Type   string   `json:"type"`
	Change string   `json:"change"`
	Fields []string `json:"fields"`
}

// An event is a change in the envelope of CloudEvents 1.0.
type event struct {
	Version string `json:"specversion"`
	ID      string `json:"id"`
	Source  string `json:"source"`
	Type    string `json:"type"`
	Subject string `json:"subject"`
	Time    string `json:"time"`
	Content string `json:"datacontenttype"`
	Data    change `json:"data"`
}

// Do answers with the changes behind a cursor, a line each. Where there are none it waits for one, as long as it is asked to.
func (f following) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	variables, wait, no := changesAsked(r)
	asker, unfit := f.asker(r)
	if no == nil {
		no = unfit
	}
	until := time.Now().Add(wait)
	for no == nil {
		var page *changesPage
		if page, no = f.page(r, exec, asker, variables); no != nil {
			break
		}
		c := page.Changes
		if len(c.Entries) > 0 || c.HasNextPage || !time.Now().Before(until) || !f.rest(r.Context()) {
			f.tell(w, r, page)
			return
		}
		variables["after"] = c.EndCursor
	}
	refuse(w, r, *no)
}

// rest waits until it is time to look again; not ok: nobody waits, or the server stops.
func (f following) rest(ctx context.Context) bool {
	select {
	case <-time.After(pollEvery):
		return true
	case <-f.stopping:
	case <-ctx.Done():
	}
	return false
}

// changesAsked reads the parameters of an address.
func changesAsked(r *http.Request) (variables map[string]any, wait time.Duration, no *refusal) {
	variables = map[string]any{}
	asked := r.URL.Query()
	if no := named(asked, "after, kinds, first and wait", "; several kinds stand in one, with commas between them", "after", "kinds", "first", "wait"); no != nil {
		return nil, 0, no
	}
	if after := asked.Get("after"); after != "" {
		variables["after"] = after
	}
	if asked.Has("kinds") {
		kinds := []any{}
		for kind := range strings.SplitSeq(asked.Get("kinds"), ",") {
			kinds = append(kinds, strings.TrimSpace(kind))
		}
		variables["kinds"] = kinds
	}
	if asked.Has("first") {
		n, err := strconv.ParseInt(asked.Get("first"), 10, 32)
		if err != nil {
			return nil, 0, bad(fmt.Sprintf("the parameter first is to be a whole number: %.40q", asked.Get("first")))
		}
		variables["first"] = json.Number(strconv.FormatInt(n, 10))
	}
	if asked.Has("wait") {
		n, err := strconv.ParseFloat(asked.Get("wait"), 64)
		if err != nil || !(n >= 0 && n <= longestWait.Seconds()) {
			return nil, 0, bad(fmt.Sprintf("the parameter wait is to be a number of seconds from 0 to %g: %.40q", longestWait.Seconds(), asked.Get("wait")))
		}
		wait = time.Duration(n * float64(time.Second))
	}
	return variables, wait, nil
}

// named refuses parameters that are not known, and such as are given several times. told names those that are known, and more is said of the latter.
func named(asked url.Values, told, more string, known ...string) *refusal {
	for name, values := range asked {
		switch {
		case !slices.Contains(known, name):
			return bad(fmt.Sprintf("there is no parameter %.40q; there are %s", name, told))
		case len(values) > 1:
			return bad(fmt.Sprintf("the parameter %s is given %d times%s", name, len(values), more))
		}
	}
	return nil
}

// page asks once.
func (f following) page(r *http.Request, exec graphql.GraphExecutor, asker resolvers.Request, variables map[string]any) (page *changesPage, no *refusal) {
	no = f.run(r, exec, asker, &graphql.RawParams{Query: changesDocument, Variables: variables}, func(op *graphql.OperationContext, res *graphql.Response) error {
		page = &changesPage{}
		if err := json.Unmarshal(res.Data, page); err != nil || page.Changes == nil {
			return fmt.Errorf("changes are not what was asked for: %w", err)
		}
		return nil
	})
	return page, no
}

// run runs an operation for a route of its own, and has its answer be taken. The answer is nobody's after that; an error of who takes it is ours.
func (s *Server) run(r *http.Request, exec graphql.GraphExecutor, asker resolvers.Request, params *graphql.RawParams, take func(*graphql.OperationContext, *graphql.Response) error) *refusal {
	start := graphql.Now()
	ctx, cancel := s.timed(graphql.StartOperationTrace(r.Context()))
	defer cancel()
	leave, no := s.admission.enter(ctx, whoOf(r), params.Query)
	if no != nil {
		return no
	}
	defer leave()
	params.ReadTime = graphql.TraceTiming{Start: start, End: graphql.Now()}
	op, errs := exec.CreateOperationContext(ctx, params)
	if len(errs) == 0 {
		errs = resolvers.Misfits(s.schema, params, op)
	}
	if len(errs) > 0 {
		return refusalOf(s.present(ctx, resolvers.Explained(s.schema, params, op, errs[:1])[0]))
	}
	requestOf(ctx).goesOn(r, op)
	ctx, buffer := resolvers.WithBuffer(resolvers.WithRequest(ctx, asker))
	defer buffer.Release()
	next, ctx := exec.DispatchOperation(ctx, op)
	res := next(ctx)
	switch {
	case res == nil: // ctx was done before
		return refusalOf(s.present(ctx, ctx.Err()))
	case len(res.Errors) > 0:
		transport{s}.presentRefusal(ctx, op.Operation, res)
		return refusalOf(res.Errors[0])
	}
	if err := take(op, res); err != nil {
		s.log.ErrorContext(ctx, "internal error", "requestId", requestOf(ctx).id, "error", err)
		return &refusal{http.StatusInternalServerError, graph.Internal, internalMessage}
	}
	return nil
}

// statuses are those of the codes that are no mistake of the asker's; all others are 400.
var statuses = map[graph.Code]int{
	graph.Forbidden: http.StatusForbidden, graph.PurposeDenied: http.StatusForbidden, graph.CursorExpired: http.StatusGone,
	graph.Unavailable: http.StatusServiceUnavailable, graph.Overloaded: http.StatusServiceUnavailable, graph.Timeout: http.StatusGatewayTimeout,
	graph.Internal: http.StatusInternalServerError,
}

// refusalOf is an error that was presented, as an answer of its own.
func refusalOf(e *gqlerror.Error) *refusal {
	code := graph.Code(fmt.Sprint(e.Extensions["code"]))
	return &refusal{cmp.Or(statuses[code], http.StatusBadRequest), code, e.Message}
}

// tell writes a page.
func (f following) tell(w http.ResponseWriter, r *http.Request, page *changesPage) {
	var b bytes.Buffer
	lines := json.NewEncoder(&b)
	for _, c := range page.Changes.Entries {
		err := lines.Encode(event{"1.0", c.Event, changesPath, "kith." + strings.ToLower(c.Change), c.ID, c.At, typeJSON, c.change})
		if err != nil {
			panic(err) // texts always marshal
		}
	}
	h := begin(w, typeLines)
	h.Add("Vary", "Accept-Encoding")
	h.Set(cursorHeader, page.Changes.EndCursor)
	h.Set(moreHeader, strconv.FormatBool(page.Changes.HasNextPage))
	sendCoded(w, r, http.StatusOK, b.Bytes())
}
