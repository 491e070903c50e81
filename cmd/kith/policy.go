package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/journal"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/server/auth"
)

// policyFlag is the flag --policy.
type policyFlag struct {
	Policy string `placeholder:"FILE" type:"existingfile" help:"Which kind of data may be used for which purpose; see kith policy show. Without: the one that is shipped."`
}

func (f policyFlag) read() (*policy.Policy, error) {
	if f.Policy == "" {
		return policy.Default(), nil
	}
	file, err := os.ReadFile(f.Policy)
	if err != nil {
		return nil, err
	}
	p, err := policy.Parse(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", f.Policy, err)
	}
	return p, nil
}

type policyCmd struct {
	Check policyCheckCmd `cmd:"" help:"Say what is wrong with a policy, or its version."`
	Show  policyShowCmd  `cmd:"" help:"Show a policy as a table, or print the file that is shipped."`
}

type policyCheckCmd struct {
	File string `arg:"" type:"existingfile" help:"A policy."`
}

// Run prints the version of a policy that is right.
func (c policyCheckCmd) Run(p *program) error {
	checked, err := policyFlag{c.File}.read()
	if err == nil {
		fmt.Fprintf(p.out, "%s is complete; its version is %s\n", c.File, checked.Version)
	}
	return err
}

type policyShowCmd struct {
	policyFlag
	YAML bool `help:"Print the file that is shipped, to be changed and given to --policy."`
}

// Run prints the matrix.
func (c policyShowCmd) Run(p *program) error {
	if c.YAML {
		_, err := p.out.Write(policy.Standard())
		return err
	}
	rules, err := c.read()
	if err != nil {
		return err
	}
	w := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0)
	fmt.Fprintf(w, "%s", "version "+rules.Version)
	for _, purpose := range graph.Purposes {
		fmt.Fprintf(w, "\t%s", purpose)
	}
	fmt.Fprint(w, "\tkept for\twhen erased")
	for _, category := range policy.Categories {
		fmt.Fprintf(w, "\n%s", category)
		for _, purpose := range graph.Purposes {
			fmt.Fprintf(w, "\t%s", rules.Basis(category, purpose))
		}
		erased := cmp.Or(rules.Ground(category), "removed")
		if !slices.Contains(graph.PersonalCategories, category) {
			erased = "-"
		}
		fmt.Fprintf(w, "\t%s\t%s", rules.Retention(category), erased)
	}
	fmt.Fprintln(w)
	return w.Flush()
}

// authFlags say which tokens are accepted.
type authFlags struct {
	AuthSecret   string `placeholder:"TEXT" help:"Ask for bearer tokens, signed with this secret (HS256; at least 32 bytes)."`
	AuthJWKS     string `name:"auth-jwks" placeholder:"FILE|URL" help:"Ask for bearer tokens, signed with one of these keys (RS256, ES256, EdDSA)."`
	AuthAudience string `default:"kith" help:"Audience of tokens."`
	AuthIssuer   string `default:"kith" help:"Issuer of tokens."`
}

func (f authFlags) options() auth.Options {
	return auth.Options{Secret: []byte(f.AuthSecret), JWKS: f.AuthJWKS, Audience: f.AuthAudience, Issuer: f.AuthIssuer}
}

// verifier is nil where nobody is asked who they are.
func (f authFlags) verifier(ctx context.Context) (*auth.Verifier, error) {
	if f.AuthSecret == "" && f.AuthJWKS == "" {
		return nil, nil
	}
	v, err := auth.New(ctx, f.options())
	if err != nil {
		return nil, fmt.Errorf("--auth-secret, --auth-jwks: %w", err)
	}
	return v, nil
}

// scheme says how callers are known, without any secret.
func (f authFlags) scheme() string {
	switch {
	case f.AuthSecret != "":
		return "secret"
	case f.AuthJWKS != "":
		return f.AuthJWKS
	}
	return "none"
}

type tokenCmd struct {
	authFlags
	Sub      string        `required:"" help:"Who the token is for."`
	Roles    []string      `default:"reader" help:"What she may do: reader, writer, officer, admin."`
	Purposes []string      `placeholder:"PURPOSE,…" help:"What she may ask for: SERVICE, SALES, MARKETING, ANALYSIS, COMPLIANCE."`
	Customer string        `placeholder:"ID" help:"The token is for this customer, who asks for SELF; then there are no roles and purposes."`
	TTL      time.Duration `name:"ttl" default:"1h" help:"How long it is accepted."`
}

// Run prints a token.
func (c tokenCmd) Run(p *program) error {
	if c.AuthSecret == "" {
		return errors.New("--auth-secret: tokens are signed with the secret that the server is given")
	}
	caller := auth.Caller{Subject: c.Sub, Customer: c.Customer}
	switch {
	case c.Customer != "" && len(c.Purposes) > 0:
		return errors.New("--customer: a customer asks for SELF, without --purposes")
	case c.Customer != "":
		c.Roles, c.Purposes = nil, []string{string(graph.Self)}
	case len(c.Purposes) == 0:
		return errors.New("--purposes: say what she may ask for, or with --customer which customer she is")
	}
	for _, r := range c.Roles {
		caller.Roles = append(caller.Roles, auth.Role(r))
	}
	for _, purpose := range c.Purposes {
		caller.Purposes = append(caller.Purposes, graph.Purpose(purpose))
	}
	token, err := auth.Sign(c.options(), caller, c.TTL)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(p.out, token)
	return err
}

type disclosuresCmd struct {
	storeFlag
	Customer string `required:"" placeholder:"ID" help:"Of whom."`
	Journal  string `placeholder:"DIR" help:"Where receipts are that are not in the store yet; as kith serve has it."`
}

// Run prints a line for each answer, the newest first. Receipts that no server is moving are moved first.
func (c disclosuresCmd) Run(p *program) error {
	g, err := c.openReady(p.ctx)
	if err != nil {
		return err
	}
	defer g.Close()
	if err := c.settle(p, g); err != nil {
		return err
	}
	customer, kind := g.catalog.MustKind("Customer"), g.catalog.MustKind("Disclosure")
	edge := customer.Edge("disclosures")
	sel := &graph.Selection{Kind: kind}
	for _, prop := range kind.Properties {
		sel.Props = append(sel.Props, graph.Ref{Prop: prop})
	}
	at := kind.Property("at")
	below := &graph.List{Key: "disclosures", Edge: edge, Rows: true, Cursors: true, HasNext: true, Page: graph.Page{Limit: 200}, Nodes: []*graph.Selection{sel},
		Props: []graph.Ref{{Prop: edge.Rel.Property("categories")}}, Order: []graph.Order{{Prop: &graph.Ref{Prop: at}, Desc: true}}}
	f := &graph.Fetch{Now: graph.At(time.Now()), Lists: []*graph.List{{Key: "customer", IDs: []string{c.Customer}, Rows: true, Nodes: []*graph.Selection{{Kind: customer, Lists: []*graph.List{below}}}}}}
	w := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "AT\tPURPOSE\tACTOR\tROLES\tOPERATION\tREFERENCE\tCATEGORIES")
	for {
		res, err := g.Read(p.ctx, f)
		if err != nil {
			return err
		}
		if len(res.Lists[0].Rows) == 0 {
			return fmt.Errorf("--customer: there is no customer %s", c.Customer)
		}
		page := res.Lists[0].Rows[0].Lists[0]
		for _, row := range page.Rows {
			v := map[string]any{}
			for i, prop := range kind.Properties {
				v[prop.Name] = orDash(row.Props[i])
			}
			fmt.Fprintf(w, "%v\t%v\t%v\t%v\t%v\t%v\t%v\n", graph.Time(row.Props[0].(int64)), v["purpose"], v["actor"], v["roles"], v["operation"], v["reference"], orDash(row.Edge[0]))
		}
		if !page.HasNext {
			return w.Flush()
		}
		below.Page.After = page.Rows[len(page.Rows)-1].Keys
	}
}

func orDash(v any) any {
	switch v := v.(type) {
	case nil:
		return "-"
	case []string:
		return cmp.Or(strings.Join(v, ","), "-")
	}
	return v
}

// settle moves receipts to the store, unless a server has the journal and does so itself.
func (c disclosuresCmd) settle(p *program, g *graphOf) error {
	if _, err := os.Stat(c.beside(c.Journal, ".journal")); errors.Is(err, os.ErrNotExist) {
		return nil
	}
	j, err := journal.Open(c.beside(c.Journal, ".journal"), journal.Options{})
	if errors.Is(err, journal.ErrLocked) {
		return nil
	}
	if err != nil {
		return err
	}
	defer j.Close()
	ctx, cancel := context.WithTimeout(p.ctx, time.Minute)
	defer cancel()
	moved := make(chan error, 1)
	go func() {
		moved <- j.Move(ctx, journal.To(g.Store, g.catalog, func(err error) { fmt.Fprintln(p.err, "kith:", err) }))
	}()
	if err := j.Settle(ctx); err != nil {
		return err
	}
	cancel()
	return <-moved
}
