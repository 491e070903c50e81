package e2e

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
)

// TestGroupsByPartsOfTimes asks for what happened about the night in which clocks in Oslo are put forward.
func TestGroupsByPartsOfTimes(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
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
