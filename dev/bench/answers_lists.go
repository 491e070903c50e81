package bench

import (
	"encoding/json"
	"time"

	"github.com/kithgraph/kith/graph"
)

// What questions about lists, groups of them, and what happened around a deal take and answer.

func byNow([]byte) (map[string]any, error) { return map[string]any{}, nil }

func bySilence([]byte) (map[string]any, error) {
	return map[string]any{"now": micros(End), "since": micros(End.AddDate(0, 0, -14)), "open": openStages}, nil
}

func bySince(body []byte) (map[string]any, error) {
	var v struct{ Since time.Time }
	if err := json.Unmarshal(body, &v); err != nil {
		return nil, err
	}
	return map[string]any{"since": micros(v.Since), "now": micros(End)}, nil
}

func regularsAnswer(rec []any) any {
	customers := listed(rec[1], namedOf)
	n := rec[0].(int64)
	customers.TotalCount = &n
	return struct {
		Customers connection[named] `json:"customers"`
	}{customers}
}

func silentAnswer(rec []any) any {
	type deal struct {
		named
		Amount *money `json:"amount"`
	}
	deals := listed(rec[1], func(v []any) edge[deal] { return edge[deal]{Node: deal{named{v[0], v[1]}, moneyOf(v[2], v[3])}} })
	n := rec[0].(int64)
	deals.TotalCount = &n
	return struct {
		Deals connection[deal] `json:"deals"`
	}{deals}
}

func weeksAnswer(rec []any) any {
	rows := []object{}
	for _, row := range rec[0].([]any) {
		v := row.([]any)
		var placedBy any
		if v[0] != nil {
			placedBy = object{"account": object{"firmographics": object{"industry": v[0]}}}
		}
		amount := func(i int) string { return graph.FormatAmount(v[i].(int64)) }
		rows = append(rows, object{"key": object{"placedBy": placedBy, "placedAt": object{"day": v[1]}}, "count": v[2],
			"aggregate": object{"total": []object{{"currency": v[3], "sum": amount(4), "median": amount(5)}}, "distinct": v[6]}})
	}
	return object{"orders": object{"groups": object{"rows": rows}}}
}

func courseAnswer(rec []any) any {
	type moment struct {
		At   any `json:"at"`
		Kind any `json:"kind"`
	}
	type deal struct {
		named
		Timeline connection[map[string]any] `json:"timeline"`
	}
	return struct {
		Deal deal `json:"deal"`
	}{deal{named{rec[0], rec[1]}, listed(rec[2], func(v []any) edge[map[string]any] {
		node := map[string]any{"id": v[2]}
		switch v[1] {
		case "INTERACTION":
			node["channel"], node["subject"] = v[3], v[4]
		case "CLAIM":
			node["role"] = v[5]
		default:
			node["hiddenEventKind"] = v[6]
		}
		return edge[map[string]any]{Properties: moment{timeOf(v[0]), v[1]}, Node: node}
	})}}
}
