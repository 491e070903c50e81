package e2e

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/journal"
	"github.com/kithgraph/kith/server/auth"
)

// exported asks at /v1/export; with a caller, by a token of hers.
func (p *program) exported(t *testing.T, c *auth.Caller, purpose graph.Purpose, query string, at url.Values) (*http.Response, string) {
	t.Helper()
	return p.exportedBy(t, c, purpose, map[string]any{"query": query}, at)
}

// exportedBy is what a question, with variables, gives.
func (p *program) exportedBy(t *testing.T, c *auth.Caller, purpose graph.Purpose, question map[string]any, at url.Values) (*http.Response, string) {
	t.Helper()
	res := p.exporting(t, c, purpose, question, at)
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	require.NoError(t, err)
	return res, string(text)
}

// exporting is the answer as it comes.
func (p *program) exporting(t *testing.T, c *auth.Caller, purpose graph.Purpose, question map[string]any, at url.Values) *http.Response {
	t.Helper()
	body, err := json.Marshal(question)
	require.NoError(t, err)
	base := p.url
	if c != nil {
		base = p.own
	}
	req, err := http.NewRequestWithContext(t.Context(), http.MethodPost, strings.TrimSuffix(base, "/graphql")+"/v1/export?"+at.Encode(), bytes.NewReader(body))
	require.NoError(t, err)
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Kith-Purpose", string(purpose))
	if c != nil {
		signed, err := auth.Sign(tokens, *c, time.Hour)
		require.NoError(t, err)
		req.Header.Set("Authorization", "Bearer "+signed)
	}
	res, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	return res
}

// many are customers, of whom every tenth has objected to SALES, and an account with a name that is a formula.
func (v *victims) many(n int) *graph.Batch {
	b := &graph.Batch{Source: "crm", Nodes: []graph.Upsert{
		v.node("Account", "acme", graph.Values{"name": "=HYPERLINK(\"x\")"}),
		v.node("Deal", "deal", graph.Values{"name": "-2+3", "amount": graph.Money{Amount: 12_500_000, Currency: "EUR"}, "lossReason": "too\ndear, \"they\" say"}),
		v.node("Deal", "other", graph.Values{"name": "Pumps"}),
	}, Edges: []graph.Link{v.link("WITH", "Deal", "deal", "Account", "acme")}}
	for i := range n {
		id := fmt.Sprintf("c%04d", i)
		b.Nodes = append(b.Nodes, v.node("Customer", id, graph.Values{"name": "Person " + id, "phone": "+49 30 4711"}))
		if i%10 == 0 {
			b.Nodes = append(b.Nodes, v.node(graph.ConsentKind, "no"+id, graph.Values{graph.ConsentAt: int64(graph.At(now.AddDate(0, -1, 0))), graph.ConsentPurpose: "SALES", graph.ConsentStatus: graph.Objected}))
			b.Edges = append(b.Edges, v.link("GIVEN_BY", graph.ConsentKind, "no"+id, "Customer", id))
		}
	}
	return b
}

func TestAnExportIsTheListToItsEnd(t *testing.T) {
	p := onSQLite(t)
	v := &victims{program: p}
	v.write(t, v.many(450))
	query := `query Export { customers(orderBy: [{name: ASC}]) { nodes { name phone } } }`
	told := map[string]bool{}
	p.spoil = func(r *journal.Receipt) {
		for _, s := range r.Subjects {
			told[s.ID] = true
		}
	}
	res, body := p.exported(t, nil, graph.Sales, query, nil)
	p.spoil = nil
	require.Equal(t, http.StatusOK, res.StatusCode, body)
	assert.True(t, res.Uncompressed, "it came compressed")
	lines := strings.Split(strings.TrimSuffix(body, "\n"), "\n")
	assert.Len(t, lines, 405, "those who permit it")
	assert.Equal(t, `{"name":"Person c0001","phone":"+49 30 4711"}`, lines[0])
	assert.Equal(t, []string{"405", "false", ""}, []string{res.Trailer.Get("Kith-Rows"), res.Trailer.Get("Kith-More"), res.Trailer.Get("Kith-Error")})
	assert.NotContains(t, body, "c0010")
	assert.Len(t, told, 405, "each page leaves a receipt of whom it shows")
	t.Run("it goes on behind a cursor, in parts", func(t *testing.T) {
		var parts strings.Builder
		after, n := "", 0
		for more := true; more; n++ {
			res, body := p.exported(t, nil, graph.Sales, query, url.Values{"rows": {"150"}, "after": {after}})
			require.Empty(t, res.Trailer.Get("Kith-Error"))
			parts.WriteString(body)
			after, more = res.Trailer.Get("Kith-Cursor"), res.Trailer.Get("Kith-More") == "true"
		}
		assert.Equal(t, body, parts.String())
		assert.Equal(t, 3, n)
	})
	t.Run("edges bring their cursors", func(t *testing.T) {
		_, body := p.exported(t, nil, graph.Sales, `{ customers { edges { cursor node { id } } } }`, url.Values{"rows": {"2"}})
		var row struct {
			Cursor string
			Node   struct{ ID string }
		}
		require.NoError(t, json.Unmarshal([]byte(strings.Split(body, "\n")[1]), &row))
		_, rest := p.exported(t, nil, graph.Sales, `{ customers { edges { cursor node { id } } } }`, url.Values{"after": {row.Cursor}})
		assert.NotContains(t, rest, row.Node.ID)
	})
	t.Run("cells of CSV are no formulas, and hold what they hold", func(t *testing.T) {
		_, body := p.exported(t, nil, graph.Sales, `query($min: Decimal!) { deals(filter: {not: {amount: {lt: {amount: $min, currency: "EUR"}}}}, orderBy: [{name: ASC}]) { nodes { name amount { amount currency } account { name } lossReason products { totalCount } } } }`, url.Values{"format": {"csv"}})
		assert.Contains(t, body, "min", "the variable is missing, and that is an error")
		_, body = p.exported(t, nil, graph.Sales, `{ deals(orderBy: [{name: ASC}]) { nodes { name amount { amount currency } account { name } lossReason products { totalCount } } } }`, url.Values{"format": {"csv"}})
		rows, err := csv.NewReader(strings.NewReader(body)).ReadAll()
		require.NoError(t, err)
		assert.Equal(t, [][]string{
			{"name", "amount.amount", "amount.currency", "account.name", "lossReason", "products"},
			{"'-2+3", "1250.00", "EUR", `'=HYPERLINK("x")`, "too\ndear, \"they\" say", `{"totalCount":0}`},
			{"Pumps", "", "", "", "", `{"totalCount":0}`},
		}, rows)
	})
	t.Run("what variables leave out has no column", func(t *testing.T) {
		const query = `query($filter: DealFilter, $firm: Boolean = true, $loss: Boolean = false) { deals(filter: $filter) { nodes { name ...Firm @include(if: $firm) ... @skip(if: $firm) { stage } lossReason @include(if: $loss) } } }
			fragment Firm on Deal { account { name } }`
		for want, variables := range map[string]map[string]any{
			"name,account.name": {}, "name,stage": {"firm": false}, "name,account.name,lossReason": {"loss": true},
		} {
			_, body := p.exportedBy(t, nil, graph.Sales, map[string]any{"query": query, "variables": variables}, url.Values{"format": {"csv"}})
			assert.Equal(t, want, strings.Split(body, "\n")[0])
		}
	})
	for _, c := range []struct{ name, query, at, want string }{
		{"several root fields", `{ deals { nodes { id } } accounts { nodes { id } } }`, "", "an export is of one connection: a query with one root field, as { deals { nodes { id name } } }: beside deals there is accounts"},
		{"a root field in a fragment", `{ ... on Query { deals { nodes { id } } } }`, "", "it is written out, and not in a fragment"},
		{"what is no connection", `{ viewer { subject } }`, "", "an export is of one connection"},
		{"a page of its own", `{ deals(first: 3) { nodes { id } } }`, "", "first is not given to what is exported"},
		{"what is no row", `{ deals { nodes { id } totalCount } }`, "", "totalCount is not in it"},
		{"another format", `{ deals { nodes { id } } }`, "format=xlsx", "the parameter format is to be jsonl or csv"},
		{"no rows", `{ deals { nodes { id } } }`, "rows=0", "the parameter rows is to be a whole number from 1 on"},
		{"another list's cursor", `{ deals { nodes { id } } }`, "after=AAAA", "not a cursor of this field"},
		{"what is not there", `{ deals { nodes { x } } }`, "", `Cannot query field "x"`},
		{"a parameter that is none", `{ deals { nodes { id } } }`, "page=2", `there is no parameter "page"`},
		{"what is withheld", `{ campaigns { nodes { name } } employees(filter: {name: {eq: "x"}}) { nodes { name } } }`, "", "one connection"},
	} {
		t.Run("an error says what is wrong with "+c.name, func(t *testing.T) {
			at, err := url.ParseQuery(c.at)
			require.NoError(t, err)
			res, body := p.exported(t, nil, graph.Sales, c.query, at)
			assert.Equal(t, http.StatusBadRequest, res.StatusCode)
			assert.Contains(t, strings.ReplaceAll(body, `\"`, `"`), c.want)
		})
	}
	t.Run("who may not ask for the purpose exports nothing", func(t *testing.T) {
		reader := &auth.Caller{Subject: "ann", Roles: []auth.Role{auth.Reader}, Purposes: []graph.Purpose{graph.Service}}
		res, body := p.exported(t, reader, graph.Sales, query, nil)
		assert.Equal(t, http.StatusForbidden, res.StatusCode)
		assert.Contains(t, body, "PURPOSE_DENIED")
		res, body = p.exported(t, reader, graph.Service, query, nil)
		assert.Equal(t, http.StatusOK, res.StatusCode, body)
	})
	t.Run("a whole that is withheld is no empty file", func(t *testing.T) {
		res, body := p.exported(t, nil, graph.Marketing, `{ claims { nodes { role } } }`, nil)
		assert.Equal(t, http.StatusForbidden, res.StatusCode)
		assert.Contains(t, body, "what is to be exported is withheld: NOT_FOR_PURPOSE")
	})
}

func TestRowsOfJourneysAreExported(t *testing.T) {
	p := onSQLite(t)
	travel(t, p)
	const of = `journeys(definition: {cases: {customers: {}}, by: [DETAIL]})`
	for name, c := range map[string]struct{ query, want string }{
		"edges of a map": {`{ ` + of + ` { map(first: 3) { edges { from to cases median } } } }`,
			"from,to,cases,median\n<start>,CALL,11,\nORDER,<open>,10,\nCALL,ORDER,6,172800\n"},
		"variants": {`{ a: ` + of + ` { b: variants(first: 2) { c: rows { activities cases } } } }`,
			"activities,cases\n\"[\"\"CALL\"\",\"\"ORDER\"\",\"\"<open>\"\"]\",6\n\"[\"\"CALL\"\",\"\"PAGE_VIEW\"\",\"\"COMPLAINT\"\",\"\"<open>\"\"]\",5\n"},
		"steps of a funnel": {`{ ` + of + ` { funnel(steps: [["CALL"], ["ORDER"]]) { steps { activities entered { cases } open { cases } } } } }`,
			"activities,entered.cases,open.cases\n\"[\"\"CALL\"\"]\",11,5\n\"[\"\"ORDER\"\"]\",6,0\n"},
		"stays, which are a list themselves": {`{ ` + of + ` { stages(stages: [["CALL"], ["ORDER"]]) { stays { cases } forward { cases } } } }`,
			"stays.cases,forward.cases\n11,6\n10,0\n"},
		"stays by value": {`{ ` + of + ` { stagesBy(by: {period: MONTH}, stages: [["CALL"], ["ORDER"]]) { rows { value stages { stays { cases } } } } } }`,
			"value,stages\n2026-10-01,\"[{\"\"stays\"\":{\"\"cases\"\":11}},{\"\"stays\"\":{\"\"cases\"\":10}}]\"\n"},
		"rows by value": {`query($unit: TimeUnit) { ` + of + ` { funnelBy(by: {customers: JOURNEY_STAGE}, unit: $unit, steps: [["CALL"], ["ORDER"]]) { rows { value funnel { steps { entered { cases } } } } } } }`,
			"value,funnel.steps\nPURCHASE,\"[{\"\"entered\"\":{\"\"cases\"\":11}},{\"\"entered\"\":{\"\"cases\"\":6}}]\"\n"},
		"of an answer with no rows, the header": {`{ journeys(definition: {cases: {customers: {journeyStage: {eq: LOYALTY}}}}) { starts { rows { activities cases } } } }`, "activities,cases\n"},
	} {
		t.Run(name, func(t *testing.T) {
			res, body := p.exportedBy(t, nil, graph.Compliance, map[string]any{"query": c.query, "variables": map[string]any{}}, url.Values{"format": {"csv"}})
			require.Equal(t, http.StatusOK, res.StatusCode, body)
			assert.Equal(t, c.want, body)
			assert.Equal(t, []string{fmt.Sprint(strings.Count(c.want, "\n") - 1), "false", ""}, []string{res.Trailer.Get("Kith-Rows"), res.Trailer.Get("Kith-More"), res.Trailer.Get("Kith-Error")})
		})
	}
	t.Run("whoever stands behind a number comes page after page", func(t *testing.T) {
		query := `{ ` + of + ` { customers(behind: {edge: {from: "CALL", to: "ORDER"}}, orderBy: [{name: ASC}]) { nodes { name } } } }`
		res, body := p.exported(t, nil, graph.Compliance, query, url.Values{"rows": {"4"}})
		require.Equal(t, http.StatusOK, res.StatusCode, body)
		assert.Equal(t, "true", res.Trailer.Get("Kith-More"))
		res, rest := p.exported(t, nil, graph.Compliance, query, url.Values{"after": {res.Trailer.Get("Kith-Cursor")}})
		assert.Equal(t, "false", res.Trailer.Get("Kith-More"))
		var names []string
		for i := range 6 {
			names = append(names, fmt.Sprintf(`{"name":"P%d"}`, i))
		}
		assert.Equal(t, strings.Join(names, "\n")+"\n", body+rest)
	})
	t.Run("what too few stand behind is withheld", func(t *testing.T) {
		res, body := p.exported(t, nil, graph.Analysis, `{ journeys(definition: {cases: {customers: {journeyStage: {eq: AWARENESS}}}}) { map { edges { from } } } }`, nil)
		assert.Equal(t, http.StatusForbidden, res.StatusCode)
		assert.Contains(t, body, "what is to be exported is withheld: SMALL_GROUP")
	})
	for _, c := range []struct{ name, rest, at, want string }{
		{"several operations", `{ map { edges { from } } variants { rows { cases } } cases }`, "", "{ map { edges { from to cases } } } }: beside map there is variants, cases"},
		{"rows and what is beside them", `{ map { edges { from } rest: other { edges } } }`, "", "{ map { edges { from to cases } } } }: beside edges there is rest"},
		{"a fragment", `{ map { ... on JourneyMap { edges { from } } } }`, "", "it is written out, and not in a fragment"},
		{"a number", `{ cases }`, "", "an export of journeys has the rows of one operation alone"},
		{"what goes on", `{ map { edges { from } } }`, "after=AAAA", "the rows of journeys come whole: there is none behind a cursor"},
		{"a wrong definition", `{ map(first: 1000) { edges { from } } }`, "", "journeys.map: first is from 1 to 200, not 1000"},
		{"a page of its own", `{ customers(behind: {all: true}, first: 3) { nodes { id } } }`, "", "first is not given to what is exported"},
	} {
		t.Run("an error says what is wrong with "+c.name, func(t *testing.T) {
			at, err := url.ParseQuery(c.at)
			require.NoError(t, err)
			res, body := p.exported(t, nil, graph.Compliance, `{ `+of+` `+c.rest+` }`, at)
			assert.Equal(t, http.StatusBadRequest, res.StatusCode)
			assert.Contains(t, body, c.want)
		})
	}
}
