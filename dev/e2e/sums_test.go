package e2e

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// TestGroupsByPartsOfTimes asks for what happened about the night in which clocks in Oslo are put forward.
func TestGroupsByPartsOfTimes(t *testing.T) {
	onStoresInTurn(t, 3, func(t *testing.T, p *program) {
		b := &graph.Batch{Source: "test"}
		for name, at := range map[string]string{"evening": "2026-03-28T22:59:59Z", "night": "2026-03-28T23:00:00Z", "morning": "2026-03-29T01:00:00Z"} {
			opened, err := graph.ParseTime(at)
			require.NoError(t, err)
			close, err := graph.ParseDate("2026-07-15")
			require.NoError(t, err)
			b.Nodes = append(b.Nodes, graph.Upsert{Kind: p.catalog.MustKind("Deal"), ID: name, Set: graph.Values{"name": name, "openedAt": int64(opened), "expectedClose": int64(close)}})
		}
		b.Nodes = append(b.Nodes, graph.Upsert{Kind: p.catalog.MustKind("Deal"), ID: "never", Set: graph.Values{"name": "never"}})
		_, err := p.store.Write(t.Context(), b)
		require.NoError(t, err)
		for _, c := range []struct{ name, groups, want string }{
			{"a day of 23 hours", `groups(by: [OPENED_AT], zone: "Europe/Oslo") { rows { key { openedAt { start end day weekday hour } } count } }`,
				`[{"key": {"openedAt": {"start": "2026-03-28T23:00:00Z", "end": "2026-03-29T22:00:00Z", "day": "2026-03-29", "weekday": 7, "hour": null}}, "count": 2},
				{"key": {"openedAt": {"start": "2026-03-27T23:00:00Z", "end": "2026-03-28T23:00:00Z", "day": "2026-03-28", "weekday": 6, "hour": null}}, "count": 1}, {"key": {"openedAt": null}, "count": 1}]`},
			{"days of UTC, if no zone is given", `groups(by: [OPENED_AT]) { rows { key { openedAt { day } } count } }`,
				`[{"key": {"openedAt": {"day": "2026-03-28"}}, "count": 2}, {"key": {"openedAt": {"day": "2026-03-29"}}, "count": 1}, {"key": {"openedAt": null}, "count": 1}]`},
			{"a quarter", `groups(by: [OPENED_AT, EXPECTED_CLOSE], unit: QUARTER, zone: "Europe/Oslo") { rows { key { openedAt { start end day weekday } expectedClose { day weekday } } count } }`,
				`[{"key": {"openedAt": {"start": "2025-12-31T23:00:00Z", "end": "2026-03-31T22:00:00Z", "day": "2026-01-01", "weekday": null}, "expectedClose": {"day": "2026-07-01", "weekday": null}}, "count": 3},
				{"key": {"openedAt": null, "expectedClose": null}, "count": 1}]`},
			{"an hour of the week", `groups(by: [OPENED_AT], unit: HOUR_OF_WEEK, zone: "Europe/Oslo") { rows { key { openedAt { start day weekday hour } } count } }`,
				`[{"key": {"openedAt": {"start": null, "day": null, "weekday": 6, "hour": 23}}, "count": 1}, {"key": {"openedAt": {"start": null, "day": null, "weekday": 7, "hour": 0}}, "count": 1},
				{"key": {"openedAt": {"start": null, "day": null, "weekday": 7, "hour": 3}}, "count": 1}, {"key": {"openedAt": null}, "count": 1}]`},
			{"a weekday of days", `groups(by: [EXPECTED_CLOSE], unit: WEEKDAY) { rows { key { expectedClose { day weekday } } count } }`,
				`[{"key": {"expectedClose": {"day": null, "weekday": 3}}, "count": 3}, {"key": {"expectedClose": null}, "count": 1}]`},
		} {
			t.Run(c.name, func(t *testing.T) {
				got := p.ask(t, `{ deals { `+c.groups+` } }`, nil)
				require.Empty(t, got.Errors)
				assert.JSONEq(t, `{"deals": {"groups": {"rows": `+c.want+`}}}`, string(got.Data))
			})
		}
	})
}

// TestPercentilesOfSums takes amounts, scores and instants, in groups, in what is folded, and over an edge.
func TestPercentilesOfSums(t *testing.T) {
	onStoresInTurn(t, 3, func(t *testing.T, p *program) {
		b := &graph.Batch{Source: "test"}
		ref := func(kind, name string) graph.NodeRef {
			return graph.NodeRef{Kind: p.catalog.MustKind(kind), External: graph.External{Source: "test", ID: name}}
		}
		b.Nodes = append(b.Nodes, graph.Upsert{Kind: p.catalog.MustKind("Account"), ID: "acme", Set: graph.Values{"name": "Acme"}})
		for i, amount := range []int64{50, 10, 40, 20, 30, 7} {
			name, currency, stage := string(rune('a'+i)), "EUR", []string{"WON", "WON", "WON", "LOST", "LOST", "ENGAGING"}[i]
			if i == 4 {
				currency = "USD"
			}
			opened, err := graph.ParseTime("2026-01-0" + string(rune('1'+i)) + "T00:00:00Z")
			require.NoError(t, err)
			b.Nodes = append(b.Nodes, graph.Upsert{Kind: p.catalog.MustKind("Deal"), ID: name, Set: graph.Values{"stage": stage, "amount": graph.Money{Amount: amount * 1e4, Currency: currency}, "openedAt": int64(opened)}})
			b.Edges = append(b.Edges, graph.Link{Rel: p.catalog.Rel("WITH"), From: ref("Deal", name), To: ref("Account", "acme")})
		}
		_, err := p.store.Write(t.Context(), b)
		require.NoError(t, err)
		for _, c := range []struct{ name, query, want string }{
			{"of all", `deals { aggregate { amount { currency median p90: percentile(of: 0.9) percentile(of: 0.2) } openedAt { median percentile(of: 1) } } }`,
				`{"deals": {"aggregate": {"amount": [{"currency": "EUR", "median": "20.00", "p90": "50.00", "percentile": "7.00"}, {"currency": "USD", "median": "30.00", "p90": "30.00", "percentile": "30.00"}],
					"openedAt": {"median": "2026-01-03T00:00:00Z", "percentile": "2026-01-06T00:00:00Z"}}}}`},
			{"of groups, and of those that are folded, which do not follow from theirs", `deals { groups(by: [STAGE], first: 1) { rows { key { stage } aggregate { amount { median } } } other { aggregate { amount { currency median } } } } }`,
				`{"deals": {"groups": {"rows": [{"key": {"stage": "WON"}, "aggregate": {"amount": [{"median": "40.00"}]}}], "other": {"aggregate": {"amount": [{"currency": "EUR", "median": "7.00"}, {"currency": "USD", "median": "30.00"}]}}}}}`},
			{"over an edge", `accounts { aggregate { deals(filter: {stage: {eq: WON}}) { amount { median } expectedClose { median count } } } }`,
				`{"accounts": {"aggregate": {"deals": {"amount": [{"median": "40.00"}], "expectedClose": {"median": null, "count": 0}}}}}`},
		} {
			t.Run(c.name, func(t *testing.T) {
				got := p.ask(t, `{ `+c.query+` }`, nil)
				require.Empty(t, got.Errors)
				assert.JSONEq(t, c.want, string(got.Data))
			})
		}
	})
}

// TestGroupsByWhatIsBeyondAnEdge groups deals and complaints by what their companies and goods have.
func TestGroupsByWhatIsBeyondAnEdge(t *testing.T) {
	onStoresInTurn(t, 3, func(t *testing.T, p *program) {
		b := &graph.Batch{Source: "test"}
		node := func(kind, name string, set graph.Values) {
			b.Nodes = append(b.Nodes, graph.Upsert{Kind: p.catalog.MustKind(kind), ID: name, Set: set})
		}
		ref := func(kind, name string) graph.NodeRef {
			return graph.NodeRef{Kind: p.catalog.MustKind(kind), External: graph.External{Source: "test", ID: name}}
		}
		link := func(rel, kind, from, to, target string) {
			b.Edges = append(b.Edges, graph.Link{Rel: p.catalog.Rel(rel), From: ref(kind, from), To: ref(to, target)})
		}
		for _, name := range []string{"acme", "bolt", "cask"} {
			node("Account", name, graph.Values{"name": name})
		}
		for of, industry := range map[string]string{"acme": "Machinery", "bolt": "Food"} {
			node("Firmographics", "of "+of, graph.Values{"industry": industry, "employeeCount": map[string]any{"acme": int64(7)}[of]})
			link("DESCRIBED_BY", "Account", of, "Firmographics", "of "+of)
		}
		for i, account := range []string{"acme", "acme", "bolt", "cask", ""} {
			name := string(rune('1' + i))
			node("Deal", name, graph.Values{"competitor": []any{"Rivals", nil}[i%2]})
			if account != "" {
				link("WITH", "Deal", name, "Account", account)
			}
		}
		node("Customer", "ann", graph.Values{"name": "Ann"})
		for i, by := range []string{"acme", "acme", "bolt", "cask", "ann"} {
			at, err := graph.ParseTime([]string{"2026-03-22T22:59:59Z", "2026-03-22T23:00:00Z"}[i%2]) // Sunday and Monday in Oslo
			require.NoError(t, err)
			name, kind := string(rune('1'+i)), []string{"Account", "Customer"}[i/4]
			node("Order", name, graph.Values{"number": name, "placedAt": int64(at), "total": graph.Money{Amount: int64(10+i) * 1e4, Currency: "EUR"}})
			link("PLACED_BY", "Order", name, kind, by)
		}
		for name, category := range map[string]string{"pump": "Pumps", "pipe": "Pipes"} {
			node("Product", name, graph.Values{"name": name, "category": category})
		}
		for i, product := range []string{"pump", "pump", "pipe"} {
			name := string(rune('1' + i))
			node("Case", name, graph.Values{"kind": "COMPLAINT"})
			link("ABOUT", "Case", name, "Product", product)
		}
		_, err := p.store.Write(t.Context(), b)
		require.NoError(t, err)
		for _, c := range []struct{ name, query, want string }{
			{"by industry", `deals { groups(by: [ACCOUNT_FIRMOGRAPHICS_INDUSTRY]) { rows { key { account { id firmographics { id industry } } } count } } }`,
				`{"deals": {"groups": {"rows": [{"key": {"account": {"id": null, "firmographics": {"id": null, "industry": "Machinery"}}}, "count": 2}, {"key": {"account": null}, "count": 2},
					{"key": {"account": {"id": null, "firmographics": {"id": null, "industry": "Food"}}}, "count": 1}]}}}`},
			{"orders by what has the company that placed them, which a person's have not", `orders { groups(by: [PLACED_BY_ACCOUNT_FIRMOGRAPHICS_INDUSTRY], orderBy: {key: ASC}) { rows { key { placedBy { id account { id firmographics { industry } } } } count } } }`,
				`{"orders": {"groups": {"rows": [{"key": {"placedBy": {"id": null, "account": {"id": null, "firmographics": {"industry": "Food"}}}}, "count": 1},
					{"key": {"placedBy": {"id": null, "account": {"id": null, "firmographics": {"industry": "Machinery"}}}}, "count": 2}, {"key": {"placedBy": null}, "count": 2}]}}}`},
			{"by industry and week in a zone, with the median and different buyers", `orders { groups(by: [PLACED_BY_ACCOUNT_FIRMOGRAPHICS_INDUSTRY, PLACED_AT], unit: WEEK, zone: "Europe/Oslo", orderBy: {key: ASC}) { rows { key { placedBy { account { firmographics { industry } } } placedAt { day } } count aggregate { total { median } distinct(of: PLACED_BY) } } } }`,
				`{"orders": {"groups": {"rows": [{"key": {"placedBy": {"account": {"firmographics": {"industry": "Food"}}}, "placedAt": {"day": "2026-03-16"}}, "count": 1, "aggregate": {"total": [{"median": "12.00"}], "distinct": 1}},
					{"key": {"placedBy": {"account": {"firmographics": {"industry": "Machinery"}}}, "placedAt": {"day": "2026-03-16"}}, "count": 1, "aggregate": {"total": [{"median": "10.00"}], "distinct": 1}},
					{"key": {"placedBy": {"account": {"firmographics": {"industry": "Machinery"}}}, "placedAt": {"day": "2026-03-23"}}, "count": 1, "aggregate": {"total": [{"median": "11.00"}], "distinct": 1}},
					{"key": {"placedBy": null, "placedAt": {"day": "2026-03-16"}}, "count": 1, "aggregate": {"total": [{"median": "14.00"}], "distinct": 1}},
					{"key": {"placedBy": null, "placedAt": {"day": "2026-03-23"}}, "count": 1, "aggregate": {"total": [{"median": "13.00"}], "distinct": 1}}]}}}`},
			{"and by its size", `orders { groups(by: [PLACED_BY_ACCOUNT_FIRMOGRAPHICS_EMPLOYEE_COUNT], buckets: [100]) { rows { key { placedBy { account { firmographics { employeeCount { from to } } } } } count } } }`,
				`{"orders": {"groups": {"rows": [{"key": {"placedBy": null}, "count": 3}, {"key": {"placedBy": {"account": {"firmographics": {"employeeCount": {"from": null, "to": 100}}}}}, "count": 2}]}}}`},
			{"by a text with few values", `deals { groups(by: [COMPETITOR]) { rows { key { competitor } count } } }`,
				`{"deals": {"groups": {"rows": [{"key": {"competitor": "Rivals"}, "count": 3}, {"key": {"competitor": null}, "count": 2}]}}}`},
			{"by the category of products", `cases { groups(by: [PRODUCT_CATEGORY, CASE_KIND]) { rows { key { product { category } caseKind } count } } }`,
				`{"cases": {"groups": {"rows": [{"key": {"product": {"category": "Pumps"}, "caseKind": "COMPLAINT"}, "count": 2}, {"key": {"product": {"category": "Pipes"}, "caseKind": "COMPLAINT"}, "count": 1}]}}}`},
		} {
			t.Run(c.name, func(t *testing.T) {
				got := p.ask(t, `{ `+c.query+` }`, nil)
				require.Empty(t, got.Errors)
				assert.JSONEq(t, c.want, string(got.Data))
			})
		}
	})
}

// TestPagesOfGroups goes through groups in orders of their own, page by page: what is not on a page is in other, so that each adds up.
func TestPagesOfGroups(t *testing.T) {
	onStoresInTurn(t, 3, func(t *testing.T, p *program) {
		b := &graph.Batch{Source: "test"}
		for i, category := range []string{"a", "a", "a", "b", "c", "c", "d", "e", ""} {
			set := graph.Values{"name": string(rune('p' + i)), "price": graph.Money{Amount: int64(i) * 1e4, Currency: "EUR"}}
			if category != "" {
				set["category"] = category
			}
			b.Nodes = append(b.Nodes, graph.Upsert{Kind: p.catalog.MustKind("Product"), ID: string(rune('p' + i)), Set: set})
		}
		_, err := p.store.Write(t.Context(), b)
		require.NoError(t, err)
		for _, c := range []struct{ name, order, want string }{
			{"the largest first", ``, "a3 c2 b1 d1 e1 -1"},
			{"by key", `, orderBy: {key: DESC}`, "e1 d1 c2 b1 a3 -1"},
			{"by sum", `, orderBy: {measure: {field: "price", by: SUM, currency: "EUR", direction: DESC}}`, "c2 -1 e1 d1 a3 b1"},
			{"by median, of what is not selected", `, orderBy: {measure: {field: "price", by: MEDIAN, currency: "EUR", direction: ASC}}`, "a3 b1 c2 d1 e1 -1"},
			{"by what there is none of", `, orderBy: {measure: {field: "price", by: SUM, currency: "USD", direction: DESC}}`, "a3 b1 c2 d1 e1 -1"},
		} {
			t.Run(c.name, func(t *testing.T) {
				var got []string
				after := ""
				for range 3 {
					var data struct {
						Products struct {
							Groups struct {
								Rows []struct {
									Key   struct{ Category *string }
									Count int
								}
								Other    *struct{ Groups, Count int }
								PageInfo struct {
									HasNextPage, HasPreviousPage bool
									EndCursor                    string
								}
							}
						}
					}
					p.data(t, `{ products { groups(by: [CATEGORY], first: 2`+after+c.order+`) { rows { key { category } count } other { groups count } pageInfo { hasNextPage hasPreviousPage endCursor } } } }`, nil, &data)
					found := data.Products.Groups
					sum := found.Other.Count
					for _, row := range found.Rows {
						key := "-"
						if row.Key.Category != nil {
							key = *row.Key.Category
						}
						got, sum = append(got, fmt.Sprint(key, row.Count)), sum+row.Count
					}
					assert.Equal(t, 9, sum, "rows and other are all")
					assert.Equal(t, 4, found.Other.Groups)
					assert.Equal(t, after != "", found.PageInfo.HasPreviousPage)
					assert.Equal(t, len(got) < 6, found.PageInfo.HasNextPage)
					after = fmt.Sprintf(", after: %q", found.PageInfo.EndCursor)
				}
				assert.Equal(t, c.want, strings.Join(got, " "))
			})
		}
	})
}

// TestManyGroups goes through more groups than come by themselves: those with the greatest sums are on pages, and rows and other are all.
func TestManyGroups(t *testing.T) {
	const groups = graph.MostGroups + 203
	onStoresInTurn(t, 3, func(t *testing.T, p *program) {
		b := &graph.Batch{Source: "test"}
		for i := range 2 * groups { // two of each category, of which the last costs most
			b.Nodes = append(b.Nodes, graph.Upsert{Kind: p.catalog.MustKind("Product"), ID: fmt.Sprint(i),
				Set: graph.Values{"category": fmt.Sprintf("c%05d", i/2), "price": graph.Money{Amount: int64(i) * 1e4, Currency: "EUR"}}})
		}
		_, err := p.store.Write(t.Context(), b)
		require.NoError(t, err)
		pages, shown, after := 0, 0, ""
		for more := true; more; pages++ {
			type sums struct {
				Count     int
				Aggregate struct {
					Price []struct{ Sum, Median string }
				}
			}
			var data struct {
				Products struct {
					Groups struct {
						Rows []struct {
							Key struct{ Category string }
							sums
						}
						Other struct {
							Groups int
							sums
						}
						PageInfo struct {
							HasNextPage bool
							EndCursor   string
						}
					}
				}
			}
			const fields = "count aggregate { price { sum median } }"
			p.data(t, `{ products { groups(by: [CATEGORY], first: 200`+after+`, orderBy: {measure: {field: "price", by: SUM, currency: "EUR", direction: DESC}}) {
				rows { key { category } `+fields+` } other { groups `+fields+` } pageInfo { hasNextPage endCursor } } } }`, nil, &data)
			found := data.Products.Groups
			count, sum := found.Other.Count, amountOf(t, found.Other.Aggregate.Price[0].Sum)
			for i, row := range found.Rows {
				require.Equal(t, fmt.Sprintf("c%05d", groups-1-shown-i), row.Key.Category)
				count, sum = count+row.Count, sum+amountOf(t, row.Aggregate.Price[0].Sum)
			}
			assert.Equal(t, 2*groups, count, "rows and other are all")
			assert.EqualValues(t, 2*groups*(2*groups-1)/2, sum)
			assert.Equal(t, groups-200, found.Other.Groups)
			if pages == 0 {
				assert.EqualValues(t, groups-200-1, amountOf(t, found.Other.Aggregate.Price[0].Median), "the rank of the lower middle one, from 0")
			}
			shown += len(found.Rows)
			after, more = fmt.Sprintf(", after: %q", found.PageInfo.EndCursor), found.PageInfo.HasNextPage
		}
		assert.Equal(t, []int{5, graph.MostGroups}, []int{pages, shown})
	})
}

// amountOf reads a whole number of euros.
func amountOf(t *testing.T, text string) (n int) {
	t.Helper()
	_, err := fmt.Sscanf(text, "%d.00", &n)
	require.NoError(t, err)
	return n
}

// TestDurationsOfSums is about the time that cases take, of which one is still open.
func TestDurationsOfSums(t *testing.T) {
	onStoresInTurn(t, 3, func(t *testing.T, p *program) {
		b := &graph.Batch{Source: "test"}
		for i, took := range []int64{90, 30, 1, 0} {
			set := graph.Values{"number": string(rune('1' + i)), "kind": "COMPLAINT", "severity": []any{"HIGH", "HIGH", "LOW", "LOW"}[i], "openedAt": int64(1e15)}
			if took != 0 {
				set["resolvedAt"] = int64(1e15) + took*1e6 + 500_000
			}
			b.Nodes = append(b.Nodes, graph.Upsert{Kind: p.catalog.MustKind("Case"), ID: string(rune('1' + i)), Set: set})
		}
		_, err := p.store.Write(t.Context(), b)
		require.NoError(t, err)
		got := p.ask(t, `{ cases {
			aggregate { duration(from: OPENED_AT, to: RESOLVED_AT) { count sum mean median percentile(of: 1) minimum maximum } back: duration(from: RESOLVED_AT, to: OPENED_AT) { minimum } }
			groups(by: [SEVERITY], orderBy: {key: DESC}) { rows { key { severity } aggregate { duration(from: OPENED_AT, to: RESOLVED_AT) { count mean } } } }
		} }`, nil)
		require.Empty(t, got.Errors)
		assert.JSONEq(t, `{"cases": {"aggregate": {"duration": {"count": 3, "sum": 122.5, "mean": 40.833333333333336, "median": 30.5, "percentile": 90.5, "minimum": 1.5, "maximum": 90.5}, "back": {"minimum": -90.5}},
			"groups": {"rows": [{"key": {"severity": "HIGH"}, "aggregate": {"duration": {"count": 2, "mean": 60.5}}}, {"key": {"severity": "LOW"}, "aggregate": {"duration": {"count": 1, "mean": 1.5}}}]}}}`, string(got.Data))
	})
}

// TestGroupsByRanges is about deals of several amounts, and cases that took longer and shorter.
func TestGroupsByRanges(t *testing.T) {
	onStoresInTurn(t, 3, func(t *testing.T, p *program) {
		b := &graph.Batch{Source: "test"}
		for i, amount := range []int64{1, 2, 999, 1000, 20_000, 5} {
			currency := []string{"EUR", "USD"}[i/5]
			b.Nodes = append(b.Nodes, graph.Upsert{Kind: p.catalog.MustKind("Deal"), ID: string(rune('a' + i)), Set: graph.Values{"amount": graph.Money{Amount: amount * 1e4, Currency: currency}}})
		}
		for i, took := range []int64{90, 30, 60, 0} {
			set := graph.Values{"number": string(rune('1' + i)), "kind": "COMPLAINT", "openedAt": int64(1e15)}
			if took != 0 {
				set["resolvedAt"] = int64(1e15) + took*1e6
			}
			b.Nodes = append(b.Nodes, graph.Upsert{Kind: p.catalog.MustKind("Case"), ID: string(rune('1' + i)), Set: set})
		}
		_, err := p.store.Write(t.Context(), b)
		require.NoError(t, err)
		for _, c := range []struct{ name, query, want string }{
			{"of amounts in a currency", `deals { groups(by: [AMOUNT], buckets: [2, 1000, 1e4], currency: "EUR", orderBy: {key: ASC}) { rows { key { amount { from to currency } } count aggregate { amount { currency sum } } } } }`,
				`{"deals": {"groups": {"rows": [
					{"key": {"amount": {"from": null, "to": "2.00", "currency": "EUR"}}, "count": 1, "aggregate": {"amount": [{"currency": "EUR", "sum": "1.00"}]}},
					{"key": {"amount": {"from": "2.00", "to": "1000.00", "currency": "EUR"}}, "count": 2, "aggregate": {"amount": [{"currency": "EUR", "sum": "1001.00"}]}},
					{"key": {"amount": {"from": "1000.00", "to": "10000.00", "currency": "EUR"}}, "count": 1, "aggregate": {"amount": [{"currency": "EUR", "sum": "1000.00"}]}},
					{"key": {"amount": {"from": "10000.00", "to": null, "currency": "EUR"}}, "count": 1, "aggregate": {"amount": [{"currency": "EUR", "sum": "20000.00"}]}},
					{"key": {"amount": null}, "count": 1, "aggregate": {"amount": [{"currency": "USD", "sum": "5.00"}]}}]}}}`},
			{"of the time between two instants, in seconds", `cases { groups(by: [DURATION, CASE_KIND], duration: {from: OPENED_AT, to: RESOLVED_AT}, buckets: [60, 86400.5], orderBy: {key: ASC}) { rows { key { duration { from to } caseKind } count } } }`,
				`{"cases": {"groups": {"rows": [{"key": {"duration": {"from": null, "to": 60}, "caseKind": "COMPLAINT"}, "count": 1}, {"key": {"duration": {"from": 60, "to": 86400.5}, "caseKind": "COMPLAINT"}, "count": 2},
					{"key": {"duration": null, "caseKind": "COMPLAINT"}, "count": 1}]}}}`},
		} {
			t.Run(c.name, func(t *testing.T) {
				got := p.ask(t, `{ `+c.query+` }`, nil)
				require.Empty(t, got.Errors)
				assert.JSONEq(t, c.want, string(got.Data))
			})
		}
		t.Run("a page of ranges goes on where the one before ends, and no cursor of other ranges does", func(t *testing.T) {
			var page struct {
				Deals struct {
					Groups struct {
						Rows     []struct{ Count int }
						Other    struct{ Count int }
						PageInfo struct{ EndCursor string }
					}
				}
			}
			ask := func(buckets, after string) string {
				return `{ deals { groups(by: [AMOUNT], buckets: ` + buckets + `, currency: "EUR", orderBy: {key: ASC}, first: 2` + after + `) { rows { count } other { count } pageInfo { endCursor } } } }`
			}
			p.data(t, ask("[2, 1000, 10000]", ""), nil, &page)
			assert.Equal(t, 3, page.Deals.Groups.Rows[0].Count+page.Deals.Groups.Rows[1].Count)
			assert.Equal(t, 3, page.Deals.Groups.Other.Count)
			after := `, after: "` + page.Deals.Groups.PageInfo.EndCursor + `"`
			p.data(t, ask("[2, 1000, 10000]", after), nil, &page)
			assert.Equal(t, 2, page.Deals.Groups.Rows[0].Count+page.Deals.Groups.Rows[1].Count)
			got := p.ask(t, ask("[2, 1000]", after), nil)
			require.Len(t, got.Errors, 1)
			assert.Equal(t, "groups.after: this is not a cursor of this field in this order", got.Errors[0].Message)
		})
	})
}

// TestDifferentNodesOfSums is about three orders of two customers and a company, of which one customer has two in two states.
func TestDifferentNodesOfSums(t *testing.T) {
	onStoresInTurn(t, 3, func(t *testing.T, p *program) {
		b := &graph.Batch{Source: "test"}
		ref := func(kind, name string) graph.NodeRef {
			return graph.NodeRef{Kind: p.catalog.MustKind(kind), External: graph.External{Source: "test", ID: name}}
		}
		for _, name := range []string{"Ann", "Bob"} {
			b.Nodes = append(b.Nodes, graph.Upsert{Kind: p.catalog.MustKind("Customer"), ID: name, Set: graph.Values{"name": name}})
		}
		b.Nodes = append(b.Nodes, graph.Upsert{Kind: p.catalog.MustKind("Account"), ID: "Acme", Set: graph.Values{"name": "Acme"}})
		for i, o := range [][3]string{{"Customer", "Ann", "SHIPPED"}, {"Customer", "Ann", "SHIPPED"}, {"Customer", "Bob", "PLACED"}, {"Customer", "Ann", "PLACED"}, {"Account", "Acme", "DELIVERED"}} {
			name := string(rune('1' + i))
			b.Nodes = append(b.Nodes, graph.Upsert{Kind: p.catalog.MustKind("Order"), ID: name, Set: graph.Values{"number": name, "orderStatus": o[2]}})
			b.Edges = append(b.Edges, graph.Link{Rel: p.catalog.Rel("PLACED_BY"), From: ref("Order", name), To: ref(o[0], o[1])})
		}
		_, err := p.store.Write(t.Context(), b)
		require.NoError(t, err)
		got := p.ask(t, `{ orders {
			aggregate { count distinct(of: PLACED_BY) customers: distinct(of: PLACED_BY_CUSTOMER) accounts: distinct(of: PLACED_BY_ACCOUNT) }
			groups(by: [ORDER_STATUS], orderBy: {key: ASC}) { rows { key { orderStatus } aggregate { distinct(of: PLACED_BY_CUSTOMER) } } }
			folded: groups(by: [ORDER_STATUS], first: 1, after: null, orderBy: {key: DESC}) { rows { key { orderStatus } count } other { groups count aggregate { distinct(of: PLACED_BY_CUSTOMER) } } }
		} }`, nil)
		require.Empty(t, got.Errors)
		assert.JSONEq(t, `{"orders": {"aggregate": {"count": 5, "distinct": 3, "customers": 2, "accounts": 1},
			"groups": {"rows": [{"key": {"orderStatus": "PLACED"}, "aggregate": {"distinct": 2}}, {"key": {"orderStatus": "SHIPPED"}, "aggregate": {"distinct": 1}}, {"key": {"orderStatus": "DELIVERED"}, "aggregate": {"distinct": 0}}]},
			"folded": {"rows": [{"key": {"orderStatus": "DELIVERED"}, "count": 1}], "other": {"groups": 2, "count": 4, "aggregate": {"distinct": 2}}}}}`, string(got.Data))
	})
}
