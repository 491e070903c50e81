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
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/server/auth"
	"github.com/kithgraph/kith/web"
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
	if err := w.Flush(); err != nil {
		return err
	}
	_, err = fmt.Fprintf(p.out, "sources whose consents take back what was refused: %s\n", cmp.Or(strings.Join(rules.ConsentSources(), ", "), "none"))
	return err
}

// authFlags say which tokens are accepted.
type authFlags struct {
	AuthSecret   string `placeholder:"TEXT" help:"Ask for bearer tokens, signed with this secret (HS256; at least 32 bytes)."`
	AuthJWKS     string `name:"auth-jwks" placeholder:"FILE|URL" help:"Ask for bearer tokens, signed with one of these keys (RS256, ES256, EdDSA)."`
	AuthAudience string `default:"${tokens}" help:"Audience of tokens."`
	AuthIssuer   string `default:"${tokens}" help:"Issuer of tokens."`
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

// tokens is the audience and the issuer where no flag says so.
const tokens = "kith"

// valid refuses what is said of tokens where none are asked for: who says so means that they are.
func (f authFlags) valid() error {
	if f.AuthSecret != "" || f.AuthJWKS != "" {
		return nil
	}
	for _, said := range []struct{ flag, value string }{{"--auth-audience", f.AuthAudience}, {"--auth-issuer", f.AuthIssuer}} {
		if said.value != tokens {
			return fmt.Errorf("%s: no token is asked for without --auth-secret or --auth-jwks", said.flag)
		}
	}
	return nil
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
	Roles    []string      `default:"reader" help:"What she may do: reader, writer, officer, sync, monitor, admin."`
	Purposes []string      `placeholder:"PURPOSE,…" help:"What she may ask for: some of ${purposes}."`
	Employee string        `placeholder:"ID" help:"The employee who asks, by id or as source:id, as crm:17: viewer { employee } is she."`
	Customer string        `placeholder:"ID" help:"The token is for this customer, who asks for SELF; then there are no roles and purposes."`
	TTL      time.Duration `name:"ttl" default:"1h" help:"How long it is accepted."`
}

// Validate refuses what no token can mean.
func (c tokenCmd) Validate() error {
	if c.TTL <= 0 {
		return fmt.Errorf("--ttl: a time above 0s is needed, not %v", c.TTL)
	}
	for _, r := range c.Roles {
		if !slices.Contains(auth.Roles, auth.Role(r)) {
			return fmt.Errorf("--roles: there is no role %q; roles are %s", r, list(auth.Roles))
		}
	}
	for _, purpose := range c.Purposes {
		if !slices.Contains(graph.Consentable, graph.Purpose(purpose)) {
			return fmt.Errorf("--purposes: there is no purpose %q to ask for; purposes are %s, and SELF comes with --customer", purpose, list(graph.Consentable))
		}
	}
	return nil
}

func list[T ~string](names []T) string { return strings.Join(graph.Texts(names), ", ") }

// monitors reports whether roles are the one that reads metrics, and no data for any purpose.
func monitors(roles []string) bool { return slices.Equal(roles, []string{string(auth.Monitor)}) }

// customerPrefix begins the ids of customers.
func customerPrefix(g *graphOf) string { return g.catalog.MustKind("Customer").Prefix + "_" }

// Run prints a token.
func (c tokenCmd) Run(p *program) error {
	if c.AuthSecret == "" {
		return errors.New("--auth-secret: tokens are signed with the secret that the server is given")
	}
	g, err := declared()
	if err != nil {
		return err
	}
	caller := auth.Caller{Subject: c.Sub, Customer: c.Customer, Employee: c.Employee}
	switch {
	case c.Customer != "" && len(c.Purposes) > 0:
		return errors.New("--customer: a customer asks for SELF, without --purposes")
	case c.Customer != "" && !strings.HasPrefix(c.Customer, customerPrefix(g)):
		return fmt.Errorf("--customer: an id of Kith's is needed, as %s…, not %q: customer(external: {source, id}) { id } tells it of what a source calls her", customerPrefix(g), c.Customer)
	case c.Customer != "":
		c.Roles, c.Purposes = nil, []string{string(graph.Self)}
	case len(c.Purposes) == 0 && !monitors(c.Roles):
		return errors.New("--purposes: say what she may ask for, or with --customer which customer she is")
	}
	caller.Roles = graph.Map(c.Roles, func(r string) auth.Role { return auth.Role(r) })
	caller.Purposes = graph.Map(c.Purposes, func(purpose string) graph.Purpose { return graph.Purpose(purpose) })
	token, err := auth.Sign(c.options(), caller, c.TTL)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(p.out, token)
	return err
}

// oidcScope is what is asked of an issuer where no flag says so.
const oidcScope = "openid offline_access"

// signInFlags say where users of the explorer sign in.
type signInFlags struct {
	OIDCIssuer string `name:"oidc-issuer" placeholder:"URL" help:"Where users of the explorer sign in, by OpenID Connect with a code and PKCE. Tokens are checked by --auth-jwks, --auth-issuer and --auth-audience."`
	OIDCClient string `name:"oidc-client" placeholder:"ID" help:"What the issuer calls the explorer: a public client whose redirect URI is the explorer's address."`
	OIDCScope  string `name:"oidc-scope" default:"${oidcScope}" placeholder:"SCOPES" help:"What is asked of the issuer. With a refresh token, tokens are renewed silently."`
}

func (f signInFlags) signIn() web.SignIn {
	if f.OIDCIssuer == "" {
		return web.SignIn{}
	}
	return web.SignIn{Issuer: f.OIDCIssuer, Client: f.OIDCClient, Scope: f.OIDCScope}
}

func (f signInFlags) valid(auth authFlags) error {
	if f.OIDCIssuer == "" && f.OIDCClient == "" {
		if f.OIDCScope != oidcScope {
			return errors.New("--oidc-scope: nobody is asked for it without --oidc-issuer and --oidc-client")
		}
		return nil
	}
	if auth.AuthJWKS == "" {
		return errors.New("--oidc-issuer: the issuer's keys are needed to check its tokens: give --auth-jwks")
	}
	if err := (web.SignIn{Issuer: f.OIDCIssuer, Client: f.OIDCClient, Scope: f.OIDCScope}).Check(); err != nil {
		return fmt.Errorf("--oidc-issuer, --oidc-client: %w", err)
	}
	return nil
}
