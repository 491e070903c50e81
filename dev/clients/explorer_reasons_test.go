package clients

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph/graphtest"
)

// reasons are places of the demonstration world at which somebody is withheld, one for each reason that there is for it.
func (e explorer) reasons(t *testing.T) (views []view) {
	t.Helper()
	for reason, id := range e.withheldOf(t, "MARKETING") {
		views = append(views, view{Name: "reason-" + strings.ToLower(reason), Hash: "#/customers/" + id, Purpose: "MARKETING"})
	}
	slices.SortFunc(views, func(a, b view) int { return strings.Compare(a.Name, b.Name) })
	return views
}

// allAbsences says that each reason for which something is withheld, each state of a seat, and that nothing is there, is in a picture.
func allAbsences(t *testing.T, absent map[string]string) {
	t.Helper()
	wanted := []string{"WITHHELD", "NOTHING"}
	for _, enum := range []string{"WithheldReason", "SeatState"} {
		for _, value := range graphtest.Schema(t).Types[enum].EnumValues {
			wanted = append(wanted, value.Name)
		}
	}
	for _, one := range wanted {
		assert.Contains(t, absent, one, "no picture shows it")
	}
}

// withheldOf finds, for each reason for which a purpose is not told who somebody is, one of whom that holds.
func (e explorer) withheldOf(t *testing.T, purpose string) map[string]string {
	t.Helper()
	var all struct {
		Customers struct{ Nodes []struct{ ID string } }
	}
	require.NoError(t, json.Unmarshal(ask(t, e.api, "COMPLIANCE", `{ customers(first: 200) { nodes { id } } }`, nil), &all))
	found := map[string]string{}
	for part := range slices.Chunk(all.Customers.Nodes, 40) {
		var query strings.Builder
		for i, c := range part {
			fmt.Fprintf(&query, "c%d: customer(id: %q) { id withheld { field reason } }\n", i, c.ID)
		}
		var told map[string]*struct {
			ID       string
			Withheld []struct{ Field, Reason string }
		}
		require.NoError(t, json.Unmarshal(ask(t, e.api, purpose, "{ "+query.String()+" }", nil), &told))
		for _, c := range told {
			if c == nil {
				continue
			}
			for _, w := range c.Withheld {
				if w.Field == "name" {
					found[w.Reason] = c.ID
				}
			}
		}
	}
	return found
}
