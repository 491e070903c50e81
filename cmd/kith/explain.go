package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"github.com/vektah/gqlparser/v2/gqlerror"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/resolvers"
	"github.com/kithgraph/kith/server"
)

type explainCmd struct {
	storeFlag
	policyFlag
	Purpose   string `enum:",${purposes}" default:"" placeholder:"PURPOSE" help:"What the answer is for, where the operation does not say."`
	Variables string `placeholder:"JSON" help:"Variables of the query, as a JSON object."`
	File      string `arg:"" help:"A GraphQL document with one operation." type:"existingfile"`
}

// Run executes the query, and prints what each of its root fields costs.
func (c explainCmd) Run(p *program) error {
	query, err := os.ReadFile(c.File)
	if err != nil {
		return err
	}
	variables := map[string]any{}
	if c.Variables != "" {
		if variables, err = server.Object("--variables", []byte(c.Variables)); err != nil {
			return err
		}
	}
	rules, err := c.read()
	if err != nil {
		return err
	}
	g, err := c.existing(p)
	if err != nil {
		return err
	}
	defer g.Close()
	explained := &explaining{Store: g.Store}
	r, err := g.resolver(resolvers.Options{Reader: policy.Over(explained), Writer: explained, Policy: func() *policy.Policy { return rules }})
	if err != nil {
		return err
	}
	res := r.Execute(resolvers.WithRequest(p.ctx, resolvers.Request{Default: c.Purpose}), string(query), variables)
	if len(res.Errors) > 0 {
		return mistakes(c.File, res.Errors)
	}
	for _, e := range explained.seen {
		params, err := json.MarshalIndent(e.Params, "", "  ")
		if err != nil {
			return err
		}
		fmt.Fprintf(p.out, "%s\n\n%s\n\n%s\n", e.Text, params, e.Plan)
		if e.Hits > 0 {
			fmt.Fprintf(p.out, "%d database hits\n\n", e.Hits)
		}
	}
	return nil
}

// mistakes are errors with their places in a file.
func mistakes(file string, all gqlerror.List) error {
	var errs []error
	for _, e := range all {
		at := file
		if len(e.Locations) > 0 {
			at += ":" + e.Locations[0].String()
		}
		errs = append(errs, fmt.Errorf("%s: %s", at, e.Message))
	}
	return errors.Join(errs...)
}

// explaining is a store that notes how each read is answered.
type explaining struct {
	graph.Store
	seen []graph.Explanation
}

func (e *explaining) Read(ctx context.Context, f *graph.Fetch) (*graph.Result, error) {
	seen, err := e.Store.Explain(ctx, f)
	if err != nil {
		return nil, err
	}
	e.seen = append(e.seen, seen...)
	return e.Store.Read(ctx, f)
}
