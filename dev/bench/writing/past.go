package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"time"

	"github.com/kithgraph/kith/dev/bench"
	"github.com/kithgraph/kith/graph"
)

// A question is asked as of now and as of then: $at is nothing, or an instant.
type question struct{ name, document, prefix string }

var questions = []question{
	{"a page of 50 deals", `query($at: DateTime) { deals(first: 50, asOf: $at) { nodes { name stage amount { amount currency } expectedClose } } }`, ""},
	{"50 deals of a stage", `query($at: DateTime) { deals(first: 50, filter: {stage: {eq: PROPOSAL}}, asOf: $at) { nodes { name stage amount { amount currency } } } }`, ""},
	{"50 deals by amount", `query($at: DateTime) { deals(first: 50, filter: {amount: {gt: {amount: "1000", currency: "EUR"}}}, orderBy: [{amount: {direction: DESC, currency: "EUR"}}], asOf: $at) { nodes { name amount { amount } } } }`, ""},
	{"deals counted and added up by stage", `query($at: DateTime) { deals(asOf: $at) { groups(by: [STAGE]) { rows { key { stage } count aggregate { amount { sum } } } } } }`, ""},
	{"a company's people and deals", `query($id: ID!, $at: DateTime) { account(id: $id, asOf: $at) { name people(first: 20) { edges { properties { title } node { name journeyStage } } } deals(first: 20) { nodes { stage amount { amount } claims(first: 10) { nodes { role stance customer { name } } } } } } }`, "acc"},
	{"a deal's committee", `query($id: ID!, $at: DateTime) { deal(id: $id) { committee(asOf: $at) { members { customer { name } leadingClaim { role stance } } verdict { text } } } }`, "dea"},
}

// lived are three times as many deals as the world has, each with the stages, amounts and dates that it went through, the last of them on one
// of the 300 days before the world's end.
func (m *measured) lived(part int) *graph.Batch {
	k, b := m.cat.MustKind("Deal"), &graph.Batch{Source: "past", Loads: true}
	stages := []string{"PROSPECTING", "ENGAGING", "PROPOSAL", "NEGOTIATION"}
	for i := range bench.Small.Deals {
		id, last := fmt.Sprint(part, " ", i), bench.End.AddDate(0, 0, -1-i%300)
		b.Nodes = append(b.Nodes, graph.Upsert{Kind: k, ID: id, Set: graph.Values{"name": "Deal " + id}})
		for j := range stages {
			at := graph.At(last.AddDate(0, 0, -60*(len(stages)-1-j)))
			b.Nodes = append(b.Nodes, graph.Upsert{Kind: k, ID: id, At: &at, Set: graph.Values{"stage": stages[(i+j)%len(stages)],
				"amount": graph.Money{Amount: int64(1+i%50+j) * 1e7, Currency: "EUR"}, "expectedClose": int64(graph.At(bench.End.AddDate(0, 0, 30*j)))}})
		}
		a := m.cat.MustKind("Account")
		b.Edges = append(b.Edges, graph.Link{Rel: m.cat.Rel("WITH"), From: graph.NodeRef{Kind: k, External: graph.External{ID: id}}, To: graph.NodeRef{Kind: a, ID: bench.ID(a.Prefix, i%bench.Small.Accounts)}})
	}
	return b
}

// past measures what it takes to read what was, beside what is: by turns, so that what else the machine does is in both.
func (m *measured) past(ctx context.Context, times int) error {
	for part := range 3 {
		if _, err := m.store.Write(ctx, m.lived(part)); err != nil {
			return err
		}
	}
	handler, err := bench.KithNow(m.store, m.cat, m.schema, graph.Sales)
	if err != nil {
		return err
	}
	for _, q := range questions {
		if err := m.compare(handler, q, times); err != nil {
			return fmt.Errorf("%s: %w", q.name, err)
		}
	}
	return nil
}

// compare measures a question as of now, a month before the world's end, when one deal in ten that has a past was not yet what it is, and a
// year before, when none was.
func (m *measured) compare(handler http.Handler, q question, times int) error {
	moments := []struct {
		name string
		at   any
	}{{"now", nil}, {"a month ago", bench.End.AddDate(0, -1, 0)}, {"a year ago", bench.End.AddDate(-1, 0, 0)}}
	took := make([][]time.Duration, len(moments))
	for i := range times + 3 {
		for j, moment := range moments {
			began := time.Now()
			if err := ask(handler, q.document, map[string]any{"at": moment.at, "id": bench.ID(q.prefix, i)}); err != nil {
				return err
			}
			if i >= 3 { // the first have to be planned, and to be asked again to be kept
				took[j] = append(took[j], time.Since(began))
			}
		}
	}
	var present time.Duration
	for j, moment := range moments {
		slices.Sort(took[j])
		p50 := took[j][len(took[j])/2]
		if j == 0 {
			present = p50
		}
		fmt.Fprintf(m.out, "%s\t%s, as of %s\t%.2f\t\t%.2f\t%.2f ×\t\t\t\n", m.name, q.name, moment.name, ms(p50), ms(took[j][0]), float64(p50)/float64(present))
	}
	return nil
}

func ask(handler http.Handler, document string, variables map[string]any) error {
	body, err := json.Marshal(map[string]any{"query": document, "variables": variables})
	if err != nil {
		return err
	}
	r, w := httptest.NewRequest(http.MethodPost, "http://localhost/graphql", bytes.NewReader(body)), httptest.NewRecorder()
	r.Header.Set("Content-Type", "application/json")
	handler.ServeHTTP(w, r)
	_, err = bench.Data(w.Body.Bytes())
	return err
}
