package e2e

import (
	"math/big"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph/ingest"
)

// load runs a mapping that is shipped over a folder.
func (p *program) load(t *testing.T, mapping, folder string) *ingest.Summary {
	t.Helper()
	m, err := ingest.Load(mapping, p.catalog)
	require.NoError(t, err)
	sum, err := ingest.Run(t.Context(), p.store, m, []string{folder}, ingest.Options{})
	require.NoError(t, err)
	require.Zero(t, sum.Rejected)
	return sum
}

// sums of amounts as GraphQL shows them.
type sums []struct{ Currency, Sum string }

func TestNorthwindsNetSalesComeOutExactly(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		p.load(t, "northwind", "../../graph/ingest/testdata/northwind")
		var got struct {
			Orders struct {
				TotalCount int
				Aggregate  struct {
					Lines struct {
						Count int
						Net   sums
					}
				}
				Groups struct {
					Rows []struct {
						Key       struct{ PlacedAt struct{ Day string } }
						Count     int
						Aggregate struct{ Lines struct{ Net sums } }
					}
				}
			}
			Fuller struct {
				Manager *struct{ Name string }
				Reports struct{ TotalCount int }
			}
			Buchanan struct {
				Reports struct {
					Edges []struct{ Node struct{ Name string } }
				}
			}
			Account struct {
				Name   string
				People struct {
					Edges []struct {
						Properties struct{ Title string }
						Node       struct{ Name string }
					}
				}
			}
		}
		p.data(t, `{
			orders {
				totalCount
				aggregate { lines { count net { currency sum } } }
				groups(by: [PLACED_AT], unit: YEAR) { rows { key { placedAt { day } } count aggregate { lines { net { currency sum } } } } }
			}
			fuller: employee(external: {source: "northwind", id: "2"}) { manager { name } reports { totalCount } }
			buchanan: employee(external: {source: "northwind", id: "5"}) { reports(orderBy: [{name: ASC}]) { edges { node { name } } } }
			account(external: {source: "northwind", id: "ALFKI"}) { name people { edges { properties { title } node { name } } } }
		}`, nil, &got)
		assert.Equal(t, 830, got.Orders.TotalCount)
		assert.Equal(t, 2155, got.Orders.Aggregate.Lines.Count)
		assert.Equal(t, sums{{"USD", "1265793.0395"}}, got.Orders.Aggregate.Lines.Net)

		for _, changed := range []string{"true", "false"} {
			var accounts struct{ Accounts struct{ TotalCount int } }
			p.data(t, `{ accounts(filter: {updatedAt: {isNull: `+changed+`}}) { totalCount } }`, nil, &accounts)
			assert.Equal(t, changed == "true", accounts.Accounts.TotalCount == 0, "what is loaded is marked as changed")
		}

		years, total := map[string]int{}, new(big.Rat)
		for _, g := range got.Orders.Groups.Rows {
			years[g.Key.PlacedAt.Day] = g.Count
			n, ok := new(big.Rat).SetString(g.Aggregate.Lines.Net[0].Sum)
			require.True(t, ok)
			total.Add(total, n)
		}
		assert.Equal(t, map[string]int{"1996-01-01": 152, "1997-01-01": 408, "1998-01-01": 270}, years)
		assert.Equal(t, "1265793.0395", total.FloatString(4), "groups add up to the whole")

		assert.Nil(t, got.Fuller.Manager)
		assert.Equal(t, 5, got.Fuller.Reports.TotalCount)
		require.Len(t, got.Buchanan.Reports.Edges, 3)
		assert.Equal(t, "Anne Dodsworth", got.Buchanan.Reports.Edges[0].Node.Name)
		assert.Equal(t, "Alfreds Futterkiste", got.Account.Name)
		require.Len(t, got.Account.People.Edges, 1)
		assert.Equal(t, "Maria Anders", got.Account.People.Edges[0].Node.Name)
		assert.Equal(t, "Sales Representative", got.Account.People.Edges[0].Properties.Title)
	})
}

func TestMavensPipelineComesOut(t *testing.T) {
	data := os.Getenv("KITH_DATA")
	if data == "" {
		data = "../../../shared/data"
	}
	folder := filepath.Join(data, "maven_crm")
	if _, err := os.Stat(folder); err != nil {
		t.Skipf("the data of maven_crm is not there: neither in ../shared/data nor where KITH_DATA says (%v)", err)
	}
	onStoresInTurn(t, 3, func(t *testing.T, p *program) {
		p.load(t, "maven_crm", folder)
		var got struct {
			Deals struct {
				Groups struct {
					Rows []struct {
						Key       struct{ Stage string }
						Count     int
						Aggregate struct{ Amount sums }
					}
				}
			}
			Without  struct{ TotalCount int }
			GtxPro   struct{ Deals struct{ TotalCount int } }
			Idle     struct{ TotalCount int }
			Children struct{ TotalCount int }
			Parents  struct {
				TotalCount int
				Edges      []struct {
					Node struct {
						Name         string
						Subsidiaries struct{ TotalCount int }
					}
				}
			}
			Technology struct{ TotalCount int }
		}
		p.data(t, `{
			deals { groups(by: [STAGE]) { rows { key { stage } count aggregate { amount { currency sum } } } } }
			without: deals(filter: {not: {account: {}}}) { totalCount }
			gtxPro: product(external: {source: "maven_crm", id: "GTX Pro"}) { deals { totalCount } }
			idle: employees(filter: {title: {eq: "Sales Agent"}, deals: {none: {}}}) { totalCount }
			children: accounts(filter: {parents: {some: {}}}) { totalCount }
			parents: accounts(filter: {subsidiaries: {some: {}}}, orderBy: [{subsidiaries: {count: DESC}}, {name: ASC}]) {
				totalCount edges { node { name subsidiaries { totalCount } } }
			}
			technology: accounts(filter: {firmographics: {industry: {eq: "technology"}}}) { totalCount }
		}`, nil, &got)
		stages := map[string]int{}
		for _, g := range got.Deals.Groups.Rows {
			stages[g.Key.Stage] = g.Count
			if g.Key.Stage == "WON" {
				assert.Equal(t, sums{{"USD", "10005534.00"}}, g.Aggregate.Amount)
			}
		}
		assert.Equal(t, map[string]int{"WON": 4238, "LOST": 2473, "ENGAGING": 1589, "PROSPECTING": 500}, stages)
		assert.Equal(t, 1425, got.Without.TotalCount)
		assert.Equal(t, 1480, got.GtxPro.Deals.TotalCount)
		assert.Equal(t, 5, got.Idle.TotalCount)
		assert.Equal(t, 15, got.Children.TotalCount)
		assert.Equal(t, 7, got.Parents.TotalCount)
		var families []int
		for _, e := range got.Parents.Edges {
			families = append(families, e.Node.Subsidiaries.TotalCount)
		}
		assert.Equal(t, []int{4, 3, 2, 2, 2, 1, 1}, families)
		assert.Equal(t, "Acme Corporation", got.Parents.Edges[0].Node.Name)
		assert.Positive(t, got.Technology.TotalCount)
	})
}
