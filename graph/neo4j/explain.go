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
	session := s.driver.NewSession(ctx, neo4j.SessionConfig{AccessMode: neo4j.AccessModeRead, DatabaseName: s.database})
	defer session.Close(ctx)
	res, err := session.Run(ctx, "PROFILE "+st.Text, st.Params, timeout(ctx)...)
	if err != nil {
		return nil, translated(ctx, err)
	}
	summary, err := res.Consume(ctx)
	if err != nil {
		return nil, translated(ctx, err)
	}
	e := &graph.Explanation{Text: st.Text, Params: st.Params}
	walk(e, summary.Profile(), 0)
	var b strings.Builder
	for _, o := range e.Operators {
		fmt.Fprintf(&b, "%8d hits %8d rows  %s%s  %s\n", o.Hits, o.Rows, strings.Repeat("  ", o.Depth), o.Name, o.Details)
	}
	e.Plan = b.String()
	return e, nil
}

func walk(e *graph.Explanation, p neo4j.ProfiledPlan, depth int) {
	details, _ := p.Arguments()["Details"].(string)
	operator, _, _ := strings.Cut(p.Operator(), "@")
	e.Operators = append(e.Operators, graph.Operator{Name: operator, Details: details, Depth: depth, Rows: p.Records(), Hits: p.DbHits()})
	e.Hits += p.DbHits()
	for _, below := range p.Children() {
		walk(e, below, depth+1)
	}
}
