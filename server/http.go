package server

import (
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/99designs/gqlgen/graphql"
	"github.com/klauspost/compress/zstd"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/resolvers"
	"github.com/kithgraph/kith/server/accept"
)

const (
	typeJSON    = "application/json"
	typeGraphQL = "application/graphql-response+json"
	// compressed is the number of bytes from which on an answer is worth compressing.
	compressed = 1 << 10
	// mostErrors is how many mistakes of a document are shown; there may be one for every field.
	mostErrors = 20
)

// transport answers GET and POST as the GraphQL over HTTP specification has it. gqlgen's own transports answer some
// requests with other statuses, put a data key beside request errors, and cite the body in a message.
type transport struct{ *Server }

// Supports all methods, so that it is this transport that refuses the others.
func (transport) Supports(*http.Request) bool { return true }

// Do answers one request.
func (t transport) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	kind := negotiate(r.Header)
	h := begin(w, kind+"; charset=utf-8")
	h.Add("Vary", "Accept")
	h.Add("Vary", "Accept-Encoding")
	params, no := t.read(w, r)
	asker, unfit := t.asker(r)
	if no == nil {
		no = unfit
	}
	if no == nil && kind == "" {
		no = &refusal{http.StatusNotAcceptable, graph.BadInput, "the answer is " + typeGraphQL + " or " + typeJSON + ", and Accept has neither"}
	}
	if no != nil {
		refuse(w, r, *no)
		return
	}
	ctx, cancel := t.timed(r.Context())
	defer cancel()
	// Before the document is looked at: what is made of large variables is work, too.
	leave, no := t.admission.enter(ctx, whoOf(r), documentOf(params))
	if no != nil {
		refuse(w, r, *no)
		return
	}
	defer leave()
	op, errs := exec.CreateOperationContext(ctx, params)
	if len(errs) == 0 {
		errs = resolvers.Misfits(t.schema, params, op)
	}
	if len(errs) > 0 {
		errs = resolvers.Explained(t.schema, params, op, errs[:min(len(errs), mostErrors)])
		t.write(w, r, kind, exec.DispatchError(graphql.WithOperationContext(ctx, op), errs))
		return
	}
	requestOf(ctx).runs(op)
	if r.Method == http.MethodGet && op.Operation.Operation != ast.Query {
		h.Set("Allow", http.MethodPost)
		refuse(w, r, refusal{http.StatusMethodNotAllowed, graph.BadInput, "GET is for queries only"})
		return
	}
	ctx, buffer := resolvers.WithBuffer(resolvers.WithRequest(ctx, asker))
	defer buffer.Release() // when the answer has been sent
	next, ctx := exec.DispatchOperation(ctx, op)
	res := next(ctx)
	if res == nil { // nothing was run, as ctx was done before
		res = exec.DispatchError(ctx, gqlerror.List{gqlerror.Wrap(ctx.Err())})
	}
	leave() // who reads slowly takes nobody's place
	t.presentRefusal(ctx, op.Operation, res)
	t.write(w, r, kind, res)
	if t.opt.Asked != nil && len(res.Data) > 0 {
		t.opt.Asked(op.Doc, op.Operation, op.Variables, purposeOf(op, asker))
	}
}

// begin says of what type an answer is, and that nobody is to keep it, or to take it for something else.
func begin(w http.ResponseWriter, kind string) http.Header {
	h := w.Header()
	h.Set("Content-Type", kind)
	h.Set("Cache-Control", "no-store")
	h.Set("X-Content-Type-Options", "nosniff")
	return h
}

// documentOf tells documents apart: by their texts, or by the hashes of those that are kept.
func documentOf(p *graphql.RawParams) string {
	if p.Query != "" {
		return p.Query
	}
	return fmt.Sprint(p.Extensions["persistedQuery"])
}

// presentRefusal presents the error of an operation that was refused before its fields were resolved (those of fields are
// presented where they occur), and puts errors in one order.
func (t transport) presentRefusal(ctx context.Context, op *ast.OperationDefinition, res *graphql.Response) {
	for i, e := range res.Errors {
		if e.Err != nil && e.Extensions == nil {
			if len(e.Path) == 0 && len(e.Locations) == 0 { // it is of the whole
				e.Locations = []gqlerror.Location{resolvers.LocationOf(op.Position)}
			}
			res.Errors[i] = t.present(ctx, e)
		}
	}
	// Root fields run side by side, and fail in any order.
	slices.SortStableFunc(res.Errors, func(a, b *gqlerror.Error) int { return strings.Compare(a.Path.String(), b.Path.String()) })
	requestOf(ctx).inOrder(res.Errors)
}

// negotiate gives the media type of the answer: of those that Accept has the one it likes best, JSON where it leaves the
// choice, none where it has neither.
func negotiate(h http.Header) string {
	if h.Get("Accept") == "" {
		return typeJSON
	}
	best, liked := "", 0.0
	for kind, weight := range accept.Elements(h, "Accept") {
		switch kind {
		case "*/*", "application/*":
			kind = typeJSON
		case typeJSON, typeGraphQL:
		default:
			continue
		}
		if weight > liked {
			best, liked = kind, weight
		}
	}
	return best
}

// read takes the parameters from the request, or says why not.
func (t transport) read(w http.ResponseWriter, r *http.Request) (*graphql.RawParams, *refusal) {
	var p params
	start := graphql.Now()
	switch r.Method {
	case http.MethodGet:
		values, err := url.ParseQuery(r.URL.RawQuery)
		if err != nil {
			return nil, bad("the query of the address is malformed")
		}
		p.Query, p.OperationName = values.Get("query"), values.Get("operationName")
		p.DocumentID, p.DocID = values.Get("documentId"), values.Get("doc_id")
		for name, into := range map[string]*map[string]any{"variables": &p.Variables, "extensions": &p.Extensions} {
			if s := values.Get(name); s != "" {
				var err error
				if *into, err = Object(name, []byte(s)); err != nil {
					return nil, bad(err.Error())
				}
			}
		}
	case http.MethodPost:
		body, no := t.body(w, r)
		if no != nil {
			return nil, no
		}
		if err := decode(body, &p, parameters...); err != nil {
			return nil, bad(notAnObject("the body", body, err))
		}
	default:
		w.Header().Set("Allow", "OPTIONS, GET, POST")
		return nil, &refusal{http.StatusMethodNotAllowed, graph.BadInput, "the method is to be GET or POST"}
	}
	if no := t.named(&p); no != nil {
		return nil, no
	}
	if p.Query == "" && p.Extensions["persistedQuery"] == nil {
		return nil, bad("query is missing")
	}
	return &graphql.RawParams{Query: p.Query, OperationName: p.OperationName, Variables: p.Variables, Extensions: p.Extensions,
		Headers: r.Header, ReadTime: graphql.TraceTiming{Start: start, End: graphql.Now()}}, nil
}

func bad(message string) *refusal { return &refusal{http.StatusBadRequest, graph.BadInput, message} }

func (t transport) body(w http.ResponseWriter, r *http.Request) ([]byte, *refusal) {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != typeJSON {
		return nil, &refusal{http.StatusUnsupportedMediaType, graph.BadInput, "Content-Type is to be " + typeJSON}
	}
	if r.Header.Get("Content-Encoding") != "" {
		return nil, &refusal{http.StatusUnsupportedMediaType, graph.BadInput, "the body is to be sent without Content-Encoding"}
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, t.limits.Body))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return nil, &refusal{http.StatusRequestEntityTooLarge, graph.BadInput, fmt.Sprintf("the body has more than %d bytes, which is the limit", tooLarge.Limit)}
	case err != nil:
		return nil, bad("the body could not be read")
	}
	return body, nil
}

// write sends a response. Without data it is a request error: 200 as application/json, as clients of old expect, else
// what its code means.
func (t transport) write(w http.ResponseWriter, r *http.Request, kind string, res *graphql.Response) {
	for i, e := range res.Errors {
		if e.Extensions["requestId"] == nil { // gqlgen adds some errors past the presenter
			res.Errors[i] = t.present(r.Context(), e)
		}
	}
	if requestOf(r.Context()).later.Load() {
		w.Header().Set("Retry-After", retryAfter)
	}
	status := http.StatusOK
	if len(res.Data) == 0 && kind == typeGraphQL {
		status = statusOf(res.Errors)
	}
	before, after := around(res)
	sendCoded(w, r, status, before, res.Data, after)
}

// sendCoded sends an answer, compressed where that is worth it and the client takes it.
func sendCoded(w http.ResponseWriter, r *http.Request, status int, parts ...[]byte) {
	size := 0
	for _, part := range parts {
		size += len(part)
	}
	by := accept.Coding(r.Header)
	if size < compressed {
		by = ""
	}
	if by == "" {
		w.Header().Set("Content-Length", strconv.Itoa(size))
	}
	out, close := coding(w, by)
	defer close()
	w.WriteHeader(status)
	send(out, parts...)
}

// send writes the parts of an answer. An error says that the client is gone.
func send(w io.Writer, parts ...[]byte) {
	for _, part := range parts {
		if _, err := w.Write(part); err != nil {
			return
		}
	}
}

// A compressor compresses one answer after the other.
type compressor interface {
	io.WriteCloser
	Flush() error
	Reset(w io.Writer)
}

// A coded compresses what is written to a client bit by bit.
type coded struct {
	http.ResponseWriter
	z compressor
}

// coding has what is written to w be compressed by a coding, if there is one. close is to be called at the end.
func coding(w http.ResponseWriter, coding string) (out http.ResponseWriter, close func()) {
	if coding == "" {
		return w, func() {}
	}
	w.Header().Set("Content-Encoding", coding)
	z := writers[coding].Get().(compressor)
	z.Reset(w)
	return coded{w, z}, func() {
		z.Close() // an error says that the client is gone
		writers[coding].Put(z)
	}
}

func (c coded) Write(b []byte) (int, error) { return c.z.Write(b) }

// FlushError sends what was written so far.
func (c coded) FlushError() error {
	return errors.Join(c.z.Flush(), http.NewResponseController(c.ResponseWriter).Flush())
}

// Unwrap lets deadlines be set.
func (c coded) Unwrap() http.ResponseWriter { return c.ResponseWriter }

// writers are the compressors that nobody uses, by their codings.
var writers = map[string]*sync.Pool{
	accept.Gzip: pool(func() (compressor, error) { return gzip.NewWriterLevel(nil, gzip.BestSpeed) }),
	accept.Zstd: pool(func() (compressor, error) {
		return zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1), zstd.WithWindowSize(window))
	}),
}

// window is how far back zstd looks, in bytes: there is one such buffer for each answer that is being sent.
const window = 256 << 10

func pool(make func() (compressor, error)) *sync.Pool {
	return &sync.Pool{New: func() any {
		z, err := make()
		if err != nil {
			panic(err) // the level is one
		}
		return z
	}}
}

func statusOf(errs gqlerror.List) int {
	if len(errs) > 0 {
		switch errs[0].Extensions["code"] {
		case string(graph.Internal):
			return http.StatusInternalServerError
		case string(graph.Unavailable):
			return http.StatusServiceUnavailable
		case string(graph.Timeout):
			return http.StatusGatewayTimeout
		}
	}
	return http.StatusBadRequest
}

// around is what stands before the data of a response, and behind it: the data itself is sent as it was written.
func around(res *graphql.Response) (before, after []byte) {
	part := func(to []byte, name string, value any) []byte {
		if len(before) > 0 {
			to = append(to, ',')
		}
		return append(append(to, name...), marshal(value)...)
	}
	if len(res.Errors) > 0 {
		before = part(before, `"errors":`, res.Errors)
	}
	if len(res.Data) > 0 {
		if len(before) > 0 {
			before = append(before, ',')
		}
		before = append(before, `"data":`...)
	}
	if len(res.Extensions) > 0 {
		after = part(after, `"extensions":`, res.Extensions)
	}
	return append([]byte{'{'}, before...), append(after, '}')
}

func marshal(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // texts and numbers always marshal
	}
	return b
}
