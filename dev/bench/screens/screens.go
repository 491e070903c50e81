package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/web"
)

// A screen is opened at each of its places. Keys are pressed there, letter by letter.
type screen struct {
	Name     string        `json:"name"`
	Purpose  graph.Purpose `json:"purpose"`
	Employee string        `json:"employee"`
	Places   []string      `json:"places"`
	Keys     []string      `json:"keys,omitempty"`
}

// tabs are those of pages of nodes, and questions about journeys, behind the first of each.
var (
	tabs = map[string][]string{
		"accounts": {"timeline", "people", "deals", "cases", "orders", "hidden"},
		"deals":    {"map", "timeline", "products", "team"},
	}
	ofJourneys = []string{"map", "variants", "funnel", "segments", "again", "felt"}
)

// screens draws the places: one more than is measured, for the database to plan by. Of a kind of which the world has none there is no page.
func screens(ctx context.Context, page string, visits int) (all []screen, missing []string, err error) {
	ids := map[string][]string{}
	for _, kind := range []string{"employees", "customers", "accounts", "deals", "cases", "orders", "products", "locations", "hiddenEvents"} {
		if ids[kind], err = idsOf(ctx, page, kind, visits+1); err != nil {
			return nil, nil, err
		}
		if len(ids[kind]) == 0 {
			missing = append(missing, kind)
		}
	}
	if len(ids["employees"]) == 0 {
		return nil, nil, fmt.Errorf("the world has no employees")
	}
	me := ids["employees"][0]
	same := func(name string, purpose graph.Purpose, place string, keys ...string) {
		all = append(all, screen{name, purpose, me, slices.Repeat([]string{"#/" + place}, visits+1), keys})
	}
	each := func(name, kind string, purpose graph.Purpose, format string) {
		if len(ids[kind]) == 0 {
			return
		}
		s := screen{Name: name, Purpose: purpose, Employee: me}
		for i := range visits + 1 {
			s.Places = append(s.Places, fmt.Sprintf("#/"+format, ids[kind][i%len(ids[kind])]))
		}
		all = append(all, s)
	}
	same("home", graph.Sales, "")
	all = append(all, screen{Name: "whose work", Purpose: graph.Sales, Places: slices.Repeat([]string{"#/"}, visits+1)})
	same("home, analysis", graph.Analysis, "")
	same("search", graph.Sales, "", "/", "a", "n", "n", "a")
	for _, list := range []string{"customers", "accounts", "deals", "cases", "interactions"} {
		same(list, graph.Sales, list)
	}
	same("deals, some", graph.Sales, "deals?where=stage.in.PROPOSAL,NEGOTIATION&sort=amount.DESC.EUR")
	same("deals, by type", graph.Sales, "deals?by=TYPE")
	same("cases, by severity", graph.Service, "cases?by=SEVERITY")
	each("customer", "customers", graph.Sales, "customers/%s")
	for _, kind := range []string{"accounts", "deals"} {
		one := strings.TrimSuffix(kind, "s")
		each(one, kind, graph.Sales, kind+"/%s")
		for _, tab := range tabs[kind] {
			each(one+", "+tab, kind, graph.Sales, kind+"/%s?tab="+tab)
		}
	}
	each("case", "cases", graph.Service, "cases/%s")
	each("employee", "employees", graph.Sales, "employees/%s")
	for _, kind := range []string{"orders", "products", "locations"} {
		each(strings.TrimSuffix(kind, "s"), kind, graph.Sales, "nodes/%s")
	}
	same("journeys", graph.Service, "journeys")
	for _, tab := range ofJourneys {
		same("journeys, "+tab, graph.Service, "journeys?tab="+tab)
	}
	same("journeys, attribution", graph.Sales, "journeys?question=touches&tab=attribution")
	same("hidden events", graph.Service, "hidden-events")
	each("hidden event", "hiddenEvents", graph.Service, "hidden-events/%s")
	same("what may be seen", graph.Sales, "what-may-be-seen")
	return all, missing, nil
}

// idsOf are the first ids of a connection.
func idsOf(ctx context.Context, page, kind string, n int) ([]string, error) {
	body := fmt.Sprintf(`{"query": "{ %s(first: %d) { nodes { id } } }"}`, kind, n)
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, page+"graphql", strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, err
	}
	defer res.Body.Close()
	var answer struct {
		Data   map[string]*struct{ Nodes []struct{ ID string } }
		Errors []struct{ Message string }
	}
	if err := json.NewDecoder(res.Body).Decode(&answer); err != nil {
		return nil, err
	}
	if len(answer.Errors) > 0 || answer.Data[kind] == nil {
		return nil, fmt.Errorf("ids of %s: %v", kind, answer.Errors)
	}
	var ids []string
	for _, node := range answer.Data[kind].Nodes {
		ids = append(ids, node.ID)
	}
	return ids, nil
}

var called = regexp.MustCompile(`^\s*(query|mutation) (\w+)`)

// operationOf is the name of what a request asks.
func operationOf(body []byte) string {
	var sent struct{ Query string }
	if json.Unmarshal(body, &sent) != nil {
		return "" // the server refuses it
	}
	if m := called.FindStringSubmatch(sent.Query); m != nil {
		return m[2]
	}
	return ""
}

// unasked prints the queries that the explorer may send and that no screen asked: of forms, of exports, of who is behind a number, and of
// what the world has none of.
func (t *times) unasked() error {
	var known map[string]string
	if err := json.Unmarshal(web.Documents, &known); err != nil {
		return err
	}
	var left []string
	for _, text := range known {
		if m := called.FindStringSubmatch(text); m != nil && m[1] == "query" && !t.asked[m[2]] {
			left = append(left, m[2])
		}
	}
	slices.Sort(left)
	fmt.Printf("\nNot asked by any screen: %s\n", strings.Join(slices.Compact(left), ", "))
	return nil
}
