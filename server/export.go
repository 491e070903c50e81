package server

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/99designs/gqlgen/graphql"
	"github.com/vektah/gqlparser/v2/ast"
	"github.com/vektah/gqlparser/v2/formatter"
	"github.com/vektah/gqlparser/v2/parser"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/resolvers"
	"github.com/kithgraph/kith/server/accept"
	"github.com/kithgraph/kith/server/auth"
)

const (
	exportPath = "/v1/export"
	typeCSV    = "text/csv"
	// readersRows is how many rows one request exports for who has not the role sync.
	readersRows = 10_000
	// The trailers of an export: how many rows there are, where it goes on, and, unless it ended well, why not.
	rowsTrailer  = "Kith-Rows"
	errorTrailer = "Kith-Error"
	// What a page of an export is asked for beside what the caller asks.
	afterVariable = "kithAfter"
	pageAlias     = "kithPage"
)

// pageSizes are tried one after the other, until a page costs no more than an answer may.
var pageSizes = []int{200, 50, 10, 1}

// exporting answers at exportPath: it asks a query's connection page after page, each through the same door as any other operation.
type exporting struct{ *Server }

// Supports only that path.
func (exporting) Supports(r *http.Request) bool { return r.URL.Path == exportPath }

// An export is what a request asks for.
type export struct {
	exporting
	r      *http.Request
	exec   graphql.GraphExecutor
	asker  resolvers.Request
	params *graphql.RawParams
	path   []string // the names that lead to the connection in the answer, or to the rows that come whole
	whole  bool     // there are no pages
	rows   string   // nodes or edges
	alias  string   // the name of these in the answer
	size   int      // of a page
	most   int      // rows
	after  string   // the cursor that it goes on behind
	format string
	// columns of CSV: the paths of the values in a row.
	columns [][]string
}

// exportPage is a page of a connection.
type exportPage struct {
	rows []json.RawMessage
	more bool
	end  string
}

// Do writes all rows of a connection, as they come. What goes wrong after the first page stands in a trailer.
func (e exporting) Do(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) {
	x, no := e.asked(w, r, exec)
	var page *exportPage
	if no == nil {
		page, no = x.first()
	}
	if no != nil {
		refuse(w, r, *no)
		return
	}
	h := w.Header()
	h.Set("Trailer", strings.Join([]string{rowsTrailer, cursorHeader, moreHeader, errorTrailer}, ", "))
	h.Add("Vary", "Accept-Encoding")
	body, close := coding(w, accept.Coding(r.Header))
	defer close()
	out := x.writer(body)
	begin(w, out.kind)
	written := 0
	end := func(no *refusal) {
		h.Set(rowsTrailer, strconv.Itoa(written))
		h.Set(cursorHeader, x.after)
		h.Set(moreHeader, strconv.FormatBool(page == nil || page.more || no != nil))
		if no != nil {
			h.Set(errorTrailer, string(no.code)+": "+strings.Join(strings.Fields(no.message), " "))
		}
	}
	for {
		if err := out.write(page.rows); err != nil {
			return // nobody reads
		}
		written += len(page.rows)
		if page.end != "" {
			x.after = page.end
		}
		if !page.more || written >= x.most {
			end(nil)
			return
		}
		if x.stops() {
			end(&refusal{http.StatusServiceUnavailable, graph.Unavailable, "the server stops"})
			return
		}
		// Each page has the time of an answer to be sent in.
		if err := http.NewResponseController(w).SetWriteDeadline(time.Now().Add(x.limits.Time + x.allowance() + answerTime)); err != nil {
			x.log.Warn("an export cannot be given more time", "error", err)
		}
		var failed *refusal
		next, failed := x.page(min(x.size, x.most-written))
		if failed != nil {
			end(failed)
			return
		}
		page = next
	}
}

func (x *export) stops() bool {
	select {
	case <-x.stopping:
		return true
	default:
		return false
	}
}

// asked reads what is to be exported.
func (e exporting) asked(w http.ResponseWriter, r *http.Request, exec graphql.GraphExecutor) (*export, *refusal) {
	params, no := transport(e).read(w, r)
	if no != nil {
		return nil, no
	}
	asker, no := e.asker(r)
	if no != nil {
		return nil, no
	}
	x := &export{exporting: e, r: r, exec: exec, asker: asker, params: params, most: 1<<31 - 1, format: "jsonl"}
	if !asker.Has(string(auth.Sync)) {
		x.most = readersRows
	}
	of := r.URL.Query()
	known := []string{"after", "format", "rows", "query", "variables", "operationName", "extensions", "documentId", "doc_id"}
	if no := named(of, strings.Join(known, ", "), "", known...); no != nil {
		return nil, no
	}
	x.after = of.Get("after")
	if of.Has("format") {
		if x.format = of.Get("format"); x.format != "jsonl" && x.format != "csv" {
			return nil, bad(fmt.Sprintf("the parameter format is to be jsonl or csv: %.40q", x.format))
		}
	}
	if of.Has("rows") {
		n, err := strconv.ParseInt(of.Get("rows"), 10, 32)
		if err != nil || n < 1 {
			return nil, bad(fmt.Sprintf("the parameter rows is to be a whole number from 1 on: %.40q", of.Get("rows")))
		}
		x.most = min(x.most, int(n))
	}
	return x, nil
}

// first finds what is to be exported, and asks for the first page: as large as it may be.
func (x *export) first() (page *exportPage, no *refusal) {
	if no := x.found(); no != nil {
		return nil, no
	}
	for i, size := range pageSizes {
		x.size = size
		page, no = x.page(min(size, x.most))
		if no == nil || no.code != graph.CostExceeded || i == len(pageSizes)-1 {
			break
		}
	}
	return page, no
}

// found finds what the caller's operation asks for.
func (x *export) found() *refusal {
	ctx, cancel := x.timed(graphql.StartOperationTrace(x.r.Context()))
	defer cancel()
	op, errs := x.exec.CreateOperationContext(ctx, x.params)
	if len(errs) > 0 {
		return refusalOf(x.present(ctx, resolvers.Explained(x.schema, x.params, op, errs[:1])[0]))
	}
	x.params.Query, x.params.Extensions = op.RawQuery, nil
	f := only(op.Operation.SelectionSet)
	if op.Operation.Operation != ast.Query || f == nil {
		return bad(ofOne + beside(op.Operation.SelectionSet))
	}
	x.path = []string{f.Alias}
	if f.Definition.Type.Name() == "Journeys" {
		return x.journeys(f, op.Variables)
	}
	return x.connection(f, op.Variables)
}

// ofOne says what an export may ask for.
const ofOne = "an export is of one connection: a query with one root field, as { deals { nodes { id name } } }"

// only is the one field of a selection; nil: there are several, or a fragment.
func only(set ast.SelectionSet) *ast.Field {
	if len(set) != 1 {
		return nil
	}
	f, _ := set[0].(*ast.Field)
	return f
}

// beside says what of a selection is too much, or does not say what it has.
func beside(set ast.SelectionSet) string {
	var more []string
	for i, sel := range set {
		f, is := sel.(*ast.Field)
		if !is {
			return ": it is written out, and not in a fragment"
		}
		if i > 0 {
			more = append(more, f.Alias)
		}
	}
	if len(more) == 0 {
		return ""
	}
	return fmt.Sprintf(": beside %s there is %s", set[0].(*ast.Field).Alias, strings.Join(more, ", "))
}

// journeys finds what is to be exported of journeys: nodes behind a number, page after page, or the rows of one operation.
func (x *export) journeys(f *ast.Field, variables map[string]any) *refusal {
	for f.Definition.Type.Elem == nil {
		set := f.SelectionSet
		if f = only(set); f == nil {
			return bad("an export of journeys has the rows of one operation alone, as { journeys(definition: …) { map { edges { from to cases } } } }" + beside(set))
		}
		x.path = append(x.path, f.Alias)
		if strings.HasSuffix(f.Definition.Type.Name(), "Connection") {
			return x.connection(f, variables)
		}
	}
	if len(f.SelectionSet) == 0 {
		return bad(fmt.Sprintf("an export of journeys has rows, and %s is none", f.Name))
	}
	if x.after != "" {
		return bad("the rows of journeys come whole: there is none behind a cursor")
	}
	x.whole, x.columns = true, (selecting{x.schema, variables}).columns(f.SelectionSet, nil)
	return nil
}

// connection looks at the one connection that is asked for.
func (x *export) connection(f *ast.Field, variables map[string]any) *refusal {
	if !strings.HasSuffix(f.Definition.Type.Name(), "Connection") || f.Definition.Arguments.ForName("after") == nil {
		return bad(ofOne)
	}
	for _, name := range []string{"first", "last", "after", "before"} {
		if f.Arguments.ForName(name) != nil {
			return bad(fmt.Sprintf("%s is not given to what is exported: it comes page after page; rows and after are parameters of the address", name))
		}
	}
	for _, sel := range f.SelectionSet {
		part, is := sel.(*ast.Field)
		switch {
		case is && (part.Name == "nodes" || part.Name == "edges") && x.rows == "":
			x.rows, x.alias, x.columns = part.Name, part.Alias, (selecting{x.schema, variables}).columns(part.SelectionSet, nil)
		case is:
			return bad(fmt.Sprintf("an export has rows alone, by nodes or by edges; %s is not in it", part.Name))
		default:
			return bad("an export has nodes or edges written out, not in a fragment")
		}
	}
	if x.rows == "" {
		return bad("an export asks for nodes, or for edges")
	}
	return nil
}

// page asks for the page behind the cursor.
func (x *export) page(size int) (page *exportPage, no *refusal) {
	text, err := x.document(size)
	if err != nil { // it was read before
		return nil, bad(err.Error())
	}
	variables := maps.Clone(x.params.Variables)
	if variables == nil {
		variables = map[string]any{}
	}
	if !x.whole {
		if variables[afterVariable] = nil; x.after != "" {
			variables[afterVariable] = x.after
		}
	}
	params := &graphql.RawParams{Query: text, OperationName: x.params.OperationName, Variables: variables, Headers: x.r.Header}
	var withheld string
	no = x.run(x.r, x.exec, x.asker, params, func(_ *graphql.OperationContext, res *graphql.Response) (err error) {
		page, withheld, err = x.read(res)
		return err
	})
	if no == nil && withheld != "" {
		no = &refusal{http.StatusForbidden, graph.PurposeDenied, "what is to be exported is withheld: " + withheld}
	}
	return page, no
}

// document is the caller's, which is asked for a page: what else it has stands as it is.
func (x *export) document(size int) (string, error) {
	if x.whole {
		return x.params.Query, nil
	}
	doc, err := parser.ParseQuery(&ast.Source{Input: x.params.Query})
	if err != nil {
		return "", err
	}
	op := doc.Operations.ForName(x.params.OperationName)
	if op == nil {
		op = doc.Operations[0]
	}
	f := only(op.SelectionSet)
	for range x.path[1:] {
		f = only(f.SelectionSet)
	}
	f.Arguments = append(f.Arguments,
		&ast.Argument{Name: "first", Value: &ast.Value{Kind: ast.IntValue, Raw: strconv.Itoa(size)}},
		&ast.Argument{Name: "after", Value: &ast.Value{Kind: ast.Variable, Raw: afterVariable}})
	info := &ast.Field{Alias: pageAlias, Name: "pageInfo"}
	for _, name := range []string{"hasNextPage", "endCursor"} {
		info.SelectionSet = append(info.SelectionSet, &ast.Field{Alias: name, Name: name})
	}
	f.SelectionSet = append(f.SelectionSet, info)
	op.VariableDefinitions = append(op.VariableDefinitions, &ast.VariableDefinition{Variable: afterVariable, Type: ast.NamedType("String", nil)})
	var b strings.Builder
	formatter.NewFormatter(&b).FormatQueryDocument(doc)
	return b.String(), nil
}

// read takes the rows out of an answer; or why there are none to be seen.
func (x *export) read(res *graphql.Response) (page *exportPage, withheld string, err error) {
	at := json.RawMessage(res.Data)
	for i, name := range x.path {
		var data map[string]json.RawMessage
		if err := json.Unmarshal(at, &data); err != nil {
			return nil, "", err
		}
		if at = data[name]; at == nil || bytes.Equal(at, []byte("null")) {
			return nil, reasonOf(res, x.path[:i+1]), nil
		}
	}
	page = &exportPage{}
	if x.whole {
		return page, "", json.Unmarshal(at, &page.rows)
	}
	var c map[string]json.RawMessage
	if err := json.Unmarshal(at, &c); err != nil {
		return nil, "", err
	}
	var info struct {
		HasNextPage bool
		EndCursor   string
	}
	if err := json.Unmarshal(c[x.alias], &page.rows); err != nil {
		return nil, "", err
	}
	if err := json.Unmarshal(c[pageAlias], &info); err != nil {
		return nil, "", err
	}
	page.more, page.end = info.HasNextPage, info.EndCursor
	return page, "", nil
}

// reasonOf is why the whole is withheld, as an answer's extensions say it of the path where nothing is, or else of anything.
func reasonOf(res *graphql.Response, path []string) string {
	text, err := json.Marshal(res.Extensions["withheld"])
	var all []struct {
		Path             ast.Path
		Reason, Category string
	}
	if err != nil || json.Unmarshal(text, &all) != nil || len(all) == 0 {
		return "nothing is told of it"
	}
	for _, w := range all {
		if w.Path.String() == strings.Join(path, ".") {
			return w.Reason + " (" + w.Category + ")"
		}
	}
	return all[0].Reason + " (" + all[0].Category + ")"
}
