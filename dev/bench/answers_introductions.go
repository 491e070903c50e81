package bench

import (
	"encoding/json"
	"maps"
	"slices"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/committee"
)

func byTwo(body []byte) (map[string]any, error) {
	var v struct{ From, To string }
	if err := json.Unmarshal(body, &v); err != nil {
		return nil, err
	}
	return map[string]any{"from": v.From, "to": v.To, "now": micros(End)}, nil
}

// mostNear is how many a person is connected with that are looked at. Of who is known to the two ends themselves the statement sees to it.
var mostNear = map[string]int{"known": 30, "managers": 5, "manager": 1, "reports": 20, "employments": 5, "people": 200}

// mostKnown is how many of those whom one of the two ends knows are looked at.
const mostKnown = 50

// near is what was read around two persons.
type near struct {
	hops     []committee.Hop
	shown    map[string]any
	names    map[string]string
	barred   map[string]bool
	accounts map[string]any
	skipped  []any
	cut      bool
}

func introductionsAnswer(rec []any) any {
	n := &near{shown: map[string]any{}, names: map[string]string{}, barred: map[string]bool{}, accounts: map[string]any{}, skipped: []any{}, cut: rec[2].(bool)}
	n.person(rec[0].([]any), mostKnown)
	n.person(rec[1].([]any), mostKnown)
	id := func(v any) string { return v.([]any)[0].(string) }
	paths := []any{}
	for _, p := range committee.Introductions(n.hops, id(rec[0]), id(rec[1]), n.barred, 5) {
		paths = append(paths, n.path(&p))
	}
	return object{"introductions": object{"truncated": n.cut, "skippedAccounts": n.skipped, "paths": paths}}
}

// person takes in somebody, and whom she is connected with: [id, name, whether she introduces others, properties, what is behind her].
func (n *near) person(v []any, known int) {
	id := v[0].(string)
	n.shown[id], n.names[id] = named{v[0], v[1]}, textOr(v[1])
	if v[2] == false {
		n.barred[id] = true
	}
	if len(v) < 5 {
		return
	}
	behind := v[4].(map[string]any)
	for _, way := range slices.Sorted(maps.Keys(behind)) {
		most := mostNear[way]
		if way == "known" {
			most = known
		}
		rows := behind[way].([]any)
		n.cut = n.cut || len(rows) > most
		for _, row := range rows[:min(most, len(rows))] {
			n.connection(id, way, row.([]any))
		}
	}
}

func (n *near) connection(id, way string, to []any) {
	other, props := to[0].(string), to[3].([]any)
	switch way {
	case "employments":
		n.company(id, to)
		return
	case "known":
		n.hops = append(n.hops, committee.Acquainted(id, other, tieOf(props), graph.At(End)))
	case "reports":
		n.hops = append(n.hops, committee.Reporting(other, id, instantOr(props[0], graph.FirstInstant)))
	default:
		n.hops = append(n.hops, committee.Reporting(id, other, instantOr(props[0], graph.FirstInstant)))
	}
	n.person(to, mostNear["known"])
}

func (n *near) company(id string, v []any) {
	account := v[0].(string)
	people := v[4].(map[string]any)["people"].([]any)
	_, before := n.accounts[account]
	n.accounts[account] = named{v[0], v[1]}
	if len(people) > mostNear["people"] {
		if !before {
			n.skipped = append(n.skipped, n.accounts[account])
		}
		return
	}
	job := func(props any) committee.Job {
		p := props.([]any)
		return committee.Job{Account: account, From: instantOr(p[0], graph.FirstInstant), To: instantOr(p[1], graph.LastInstant)}
	}
	for _, row := range people {
		row := row.([]any)
		h, ok := committee.Colleagues(id, row[0].(string), job(v[3]), job(row[3]), graph.At(End))
		if ok && row[0] != id {
			n.hops = append(n.hops, h)
			n.person(row, mostNear["known"])
		}
	}
}

func (n *near) path(p *committee.Path) any {
	hops := []any{}
	for i, h := range p.Hops {
		var at any
		if h.At != graph.LastInstant {
			at = sinceOf(h.At)
		}
		hops = append(hops, object{"reason": h.Reason, "strength": number(h.Strength), "at": at, "from": n.shown[p.People[i]], "to": n.shown[p.People[i+1]],
			"account": n.accounts[h.Account]})
	}
	return object{"strength": number(p.Strength), "text": p.Text(n.names), "hops": hops}
}

func pathAnswer(rec []any) any {
	nodes, _ := rec[0].([]any)
	return object{"path": nodes}
}
