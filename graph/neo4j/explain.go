package neo4j

import (
	"context"
	"fmt"
	"strings"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/kithgraph/kith/graph"
)

// Explain implements graph.Store with the plan of PROFILE.
func (s *Store) Explain(ctx context.Context, f *graph.Fetch) ([]graph.Explanation, error) {
	e, err := s.Profile(ctx, Compile(f))
	if err != nil {
		return nil, err
	}
	return []graph.Explanation{*e}, nil
}

// Profile runs a statement and tells how the database did it.
func (s *Store) Profile(ctx context.Context, st Statement) (*graph.Explanation, error) {
	profiled := Statement{"PROFILE " + st.Text, st.Params}
	summary, err := twice(ctx, s, func() (neo4j.ResultSummary, error) { return s.run(ctx, neo4j.AccessModeRead, profiled) })
	if err != nil {
		return nil, translated(ctx, err)
	}
	e := &graph.Explanation{Text: st.Text, Params: st.Params}
	walk(e, summary.Profile(), 0)
	e.Plan = table(e)
	return e, nil
}

// walk notes the operators, each before those it takes rows from.
func walk(e *graph.Explanation, p neo4j.ProfiledPlan, depth int) {
	if p == nil {
		return
	}
	details, _ := p.Arguments()["Details"].(string)
	operator, _, _ := strings.Cut(p.Operator(), "@")
	e.Operators = append(e.Operators, graph.Operator{
		Name: operator, Details: strings.Join(strings.Fields(details), " "), Depth: depth, Rows: p.Records(), Hits: p.DbHits(),
	})
	e.Hits += p.DbHits()
	for _, below := range p.Children() {
		walk(e, below, depth+1)
	}
}

// table shows a plan, an operator a line.
func table(e *graph.Explanation) string {
	width := len("operator")
	for _, o := range e.Operators {
		width = max(width, 2*o.Depth+len(o.Name))
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%-*s %9s %9s  %s\n", width, "operator", "rows", "hits", "details")
	for _, o := range e.Operators {
		line := fmt.Sprintf("%-*s %9d %9d  %s", width, strings.Repeat("  ", o.Depth)+o.Name, o.Rows, o.Hits, o.Details)
		b.WriteString(strings.TrimRight(line, " ") + "\n")
	}
	return b.String()
}
