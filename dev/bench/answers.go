package bench

import (
	"encoding/json"

	"github.com/kithgraph/kith/graph"
)

// What the documents answer, as a handler written for them alone would have it. Values go as the driver gives them
// where JSON shows them so.

type connection[T any] struct {
	TotalCount *int64    `json:"totalCount,omitempty"`
	Edges      []edge[T] `json:"edges"`
}

type edge[T any] struct {
	Properties any `json:"properties,omitempty"`
	Node       T   `json:"node"`
}

type money struct {
	Amount   string `json:"amount"`
	Currency any    `json:"currency"`
}

func moneyOf(amount, currency any) *money {
	n, ok := amount.(int64)
	if !ok {
		return nil
	}
	return &money{graph.FormatAmount(n), currency}
}

func timeOf(v any) any {
	t, ok := v.(int64)
	if !ok {
		return nil
	}
	return graph.Time(t).String()
}

func scoreOf(v any) any {
	s, ok := v.(int64)
	if !ok {
		return nil
	}
	return json.Number(graph.Score(s).String())
}

// listed reads a list of lists.
func listed[T any](v any, read func([]any) edge[T]) connection[T] {
	rows := v.([]any)
	c := connection[T]{Edges: make([]edge[T], len(rows))}
	for i, r := range rows {
		c.Edges[i] = read(r.([]any))
	}
	return c
}

type named struct {
	ID   any `json:"id"`
	Name any `json:"name"`
}

func namedOf(v []any) edge[named] { return edge[named]{Node: named{v[0], v[1]}} }

func customerAnswer(rec []any) any {
	type account struct {
		ID     any `json:"id"`
		Name   any `json:"name"`
		Domain any `json:"domain"`
		Stage  any `json:"accountStage"`
	}
	type job struct {
		Title     any `json:"title"`
		Seniority any `json:"seniority"`
		From      any `json:"from"`
	}
	c := rec[0].(map[string]any)
	return struct {
		Customer any `json:"customer"`
	}{struct {
		ID          any                 `json:"id"`
		Name        any                 `json:"name"`
		Email       any                 `json:"email"`
		Phone       any                 `json:"phone"`
		Stage       any                 `json:"journeyStage"`
		Employments connection[account] `json:"employments"`
	}{c["id"], c["name"], c["email"], c["phone"], c["journeyStage"], listed(rec[1], func(v []any) edge[account] {
		return edge[account]{Properties: &job{v[0], v[1], timeOf(v[2])}, Node: account{v[3], v[4], v[5], v[6]}}
	})}}
}

func accountAnswer(rec []any) any {
	type interaction struct {
		ID        any               `json:"id"`
		At        any               `json:"at"`
		Kind      any               `json:"kind"`
		Channel   any               `json:"channel"`
		Employees connection[named] `json:"employees"`
		Products  connection[named] `json:"products"`
	}
	type person struct {
		named
		Interactions connection[interaction] `json:"interactions"`
	}
	type account struct {
		named
		People connection[person] `json:"people"`
	}
	return struct {
		Account account `json:"account"`
	}{account{named{rec[0], rec[1]}, listed(rec[2], func(v []any) edge[person] {
		return edge[person]{Node: person{named{v[0], v[1]}, listed(v[2], func(v []any) edge[interaction] {
			return edge[interaction]{Node: interaction{v[0], timeOf(v[1]), v[2], v[3], listed(v[4], namedOf), listed(v[5], namedOf)}}
		})}}
	})}}
}

func contactAnswer(rec []any) any {
	type account struct {
		named
		People connection[named] `json:"people"`
	}
	people := listed(rec[3], namedOf)
	n := rec[2].(int64)
	people.TotalCount = &n
	return struct {
		Account account `json:"account"`
	}{account{named{rec[0], rec[1]}, people}}
}

func dealAnswer(rec []any) any {
	type interaction struct {
		ID      any `json:"id"`
		At      any `json:"at"`
		Channel any `json:"channel"`
	}
	type person struct {
		named
		Interactions connection[interaction] `json:"interactions"`
	}
	type claim struct {
		ID         any     `json:"id"`
		Role       any     `json:"role"`
		Stance     any     `json:"stance"`
		Confidence any     `json:"confidence"`
		Customer   *person `json:"customer"`
	}
	type deal struct {
		ID      any               `json:"id"`
		Name    any               `json:"name"`
		Stage   any               `json:"stage"`
		Amount  *money            `json:"amount"`
		Account *named            `json:"account"`
		Claims  connection[claim] `json:"claims"`
	}
	d := deal{ID: rec[0], Name: rec[1], Stage: rec[2], Amount: moneyOf(rec[3], rec[4])}
	if a, ok := rec[5].([]any); ok {
		d.Account = &named{a[0], a[1]}
	}
	d.Claims = listed(rec[6], func(v []any) edge[claim] {
		newest := listed(v[7], func(v []any) edge[interaction] { return edge[interaction]{Node: interaction{v[0], timeOf(v[1]), v[2]}} })
		n := v[6].(int64)
		newest.TotalCount = &n
		return edge[claim]{Node: claim{v[0], v[1], v[2], scoreOf(v[3]), &person{named{v[4], v[5]}, newest}}}
	})
	return struct {
		Deal deal `json:"deal"`
	}{d}
}

func accountsAnswer(rec []any) any {
	type firmographics struct {
		ID        any    `json:"id"`
		Employees any    `json:"employeeCount"`
		Revenue   *money `json:"revenue"`
	}
	type sum struct {
		Currency any    `json:"currency"`
		Sum      string `json:"sum"`
	}
	type aggregate struct {
		Amount []sum `json:"amount"`
	}
	type deals struct {
		TotalCount int64     `json:"totalCount"`
		Aggregate  aggregate `json:"aggregate"`
	}
	type account struct {
		named
		Firmographics firmographics `json:"firmographics"`
		Deals         deals         `json:"deals"`
	}
	accounts := listed(rec[1], func(v []any) edge[account] {
		open := deals{Aggregate: aggregate{[]sum{}}}
		for _, s := range v[6].([]any) {
			s := s.([]any)
			open.TotalCount += s[0].(int64)
			open.Aggregate.Amount = append(open.Aggregate.Amount, sum{s[1], graph.FormatAmount(s[2].(int64))})
		}
		return edge[account]{Node: account{named{v[0], v[1]}, firmographics{v[2], v[3], moneyOf(v[4], v[5])}, open}}
	})
	n := rec[0].(int64)
	accounts.TotalCount = &n
	return struct {
		Accounts connection[account] `json:"accounts"`
	}{accounts}
}

func familyAnswer(rec []any) any {
	type sum struct {
		Currency any    `json:"currency"`
		Sum      string `json:"sum"`
	}
	type deals struct {
		Count  int64 `json:"count"`
		Amount []sum `json:"amount"`
	}
	type aggregate struct {
		Deals deals `json:"deals"`
	}
	type family struct {
		TotalCount any       `json:"totalCount"`
		Aggregate  aggregate `json:"aggregate"`
	}
	type account struct {
		named
		UltimateParent named  `json:"ultimateParent"`
		Family         family `json:"family"`
	}
	open := deals{Amount: []sum{}}
	for _, s := range rec[5].([]any) {
		s := s.([]any)
		open.Count += s[0].(int64)
		open.Amount = append(open.Amount, sum{s[1], graph.FormatAmount(s[2].(int64))})
	}
	return struct {
		Account account `json:"account"`
	}{account{named{rec[0], rec[1]}, named{rec[2], rec[3]}, family{rec[4], aggregate{open}}}}
}

func timelineAnswer(rec []any) any {
	type moment struct {
		At   any `json:"at"`
		Kind any `json:"kind"`
	}
	type customer struct {
		named
		Timeline connection[map[string]any] `json:"timeline"`
	}
	return struct {
		Customer customer `json:"customer"`
	}{customer{named{rec[0], rec[1]}, listed(rec[2], func(v []any) edge[map[string]any] {
		node := map[string]any{"id": v[2]}
		switch v[1] {
		case "INTERACTION":
			node["channel"], node["subject"] = v[3], v[4]
		case "ORDER":
			node["number"] = v[5]
		case "CASE":
			node["severity"] = v[6]
		case "DEAL":
			node["name"] = v[7]
		}
		return edge[map[string]any]{Properties: moment{timeOf(v[0]), v[1]}, Node: node}
	})}}
}

func searchAnswer(rec []any) any {
	type match struct {
		Field string `json:"field"`
		How   string `json:"how"`
	}
	type customer struct {
		named
		Email any `json:"email"`
	}
	type hit struct {
		Matched []match  `json:"matched"`
		Node    customer `json:"node"`
	}
	hits := []hit{}
	for _, row := range rec[0].([]any) {
		v := row.([]any)
		h := hit{Node: customer{named{v[0], v[1]}, v[2]}}
		for _, field := range []string{"name", "givenName", "familyName", "email", "phone"} { // in the schema's order
			for _, f := range v[3].([]any) {
				if f := f.([]any); f[0] == "FOUND_BY_Customer_"+field {
					h.Matched = append(h.Matched, match{field, []string{"EXACT", "PREFIX", "TYPO"}[f[1].(int64)]})
				}
			}
		}
		hits = append(hits, h)
	}
	return struct {
		Search []hit `json:"search"`
	}{hits}
}
