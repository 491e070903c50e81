package web

import (
	"errors"
	"fmt"
	"net"
	"net/url"
)

// SignIn says where the explorer's users sign in, by OpenID Connect with a code and PKCE. The zero value: the explorer takes a
// token that is pasted.
type SignIn struct {
	// Issuer is the address of the provider, below which its configuration is found. The page talks to its origin, and to no other.
	Issuer string `json:"issuer"`
	// Client is what the provider calls the explorer, a public client whose redirect URI is the explorer's address.
	Client string `json:"client"`
	// Scope is asked for, as "openid offline_access": with a refresh token, tokens are renewed silently.
	Scope string `json:"scope"`
}

// Check says what is wrong with it.
func (s SignIn) Check() error {
	if s.Issuer == "" && s.Client == "" {
		return nil
	}
	if s.Issuer == "" || s.Client == "" {
		return errors.New("the issuer and the client are given together")
	}
	u, err := url.Parse(s.Issuer)
	if err != nil || u.Host == "" || u.RawQuery != "" || u.Fragment != "" || u.User != nil || u.Scheme != "https" && !(u.Scheme == "http" && isLoopback(u.Hostname())) {
		return fmt.Errorf("the issuer is an address as https://id.example, without a query; http is for loopback alone: %q", s.Issuer)
	}
	return nil
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// origin of the issuer, which Check has found right.
func (s SignIn) origin() string {
	u, err := url.Parse(s.Issuer)
	if err != nil {
		panic(err)
	}
	return u.Scheme + "://" + u.Host
}
