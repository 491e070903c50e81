package main

import (
	"errors"
	"fmt"

	"github.com/kithgraph/kith/web"
)

// signInFlags say where users of the explorer sign in.
type signInFlags struct {
	OIDCIssuer string `name:"oidc-issuer" placeholder:"URL" help:"Where users of the explorer sign in, by OpenID Connect with a code and PKCE. Tokens are checked by --auth-jwks, --auth-issuer and --auth-audience."`
	OIDCClient string `name:"oidc-client" placeholder:"ID" help:"What the issuer calls the explorer: a public client whose redirect URI is the explorer's address."`
	OIDCScope  string `name:"oidc-scope" default:"openid offline_access" placeholder:"SCOPES" help:"What is asked of the issuer. With a refresh token, tokens are renewed silently."`
}

func (f signInFlags) signIn() web.SignIn {
	if f.OIDCIssuer == "" {
		return web.SignIn{}
	}
	return web.SignIn{Issuer: f.OIDCIssuer, Client: f.OIDCClient, Scope: f.OIDCScope}
}

func (f signInFlags) valid(auth authFlags) error {
	if f.OIDCIssuer == "" && f.OIDCClient == "" {
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
