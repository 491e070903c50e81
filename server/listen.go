package server

import (
	"fmt"
	"net"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/rs/cors"

	"github.com/kithgraph/kith/graph"
)

// Listen listens on an address such as 127.0.0.1:8080 or localhost:0. It refuses addresses that other machines reach:
// there is no authentication.
func Listen(addr string) (net.Listener, error) {
	a, err := net.ResolveTCPAddr("tcp", addr)
	if err != nil {
		return nil, fmt.Errorf("server: %w", err)
	}
	if err := onLoopback(a); err != nil {
		return nil, err
	}
	return net.ListenTCP("tcp", a) // what was looked at, not the name again
}

func onLoopback(a net.Addr) error {
	switch a := a.(type) {
	case *net.UnixAddr:
		return nil
	case *net.TCPAddr:
		if a.IP.IsLoopback() {
			return nil
		}
	}
	return fmt.Errorf("server: %s can be reached from other machines, and there is no authentication: "+
		"listen on a loopback address such as 127.0.0.1:8080", a)
}

// loopbackHost refuses requests that were sent to another name than this machine's own: a page of any site may point
// its own name at 127.0.0.1 and would then be of the same origin.
func loopbackHost(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !isLoopbackHost(r.Host) {
			refuse(w, r, refusal{http.StatusMisdirectedRequest, graph.BadInput, "the server answers to localhost and to loopback addresses only"})
			return
		}
		next.ServeHTTP(w, r)
	})
}

func isLoopbackHost(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	if host == "localhost" || strings.HasSuffix(host, ".localhost") {
		return true
	}
	ip := net.ParseIP(strings.Trim(host, "[]"))
	return ip != nil && ip.IsLoopback()
}

// Headers that a page of another origin may send, and those of an answer that it may read.
var (
	readHeaders = []string{"Accept", "Authorization", "Content-Type", purposeHeader, referenceHeader, "Traceparent", "Tracestate", "X-Request-Id",
		"Apollo-Require-Preflight", "Apollographql-Client-Name", "Apollographql-Client-Version", "X-Apollo-Operation-Id", "X-Apollo-Operation-Name"} // Apollo's clients send these, and nothing reads them
	toldHeaders = []string{cursorHeader, moreHeader, "RateLimit", "Retry-After", "WWW-Authenticate", "X-Request-Id"}
)

// preflightAge is for how many seconds a browser need not ask again what it may send.
const preflightAge = 600

// CheckOrigin holds the name of an origin to what browsers send: a scheme and a host, and a port unless it is the scheme's own.
func CheckOrigin(origin string) error {
	u, err := url.Parse(origin)
	ports := map[string]string{"http": "80", "https": "443"}
	switch {
	case err != nil, strings.Contains(origin, "*"), ports[u.Scheme] == "", u.Hostname() == "", u.Scheme+"://"+u.Host != origin, strings.ToLower(origin) != origin, u.Port() == ports[u.Scheme]:
		return fmt.Errorf("an origin is as a browser sends it, as https://app.example or http://localhost:5173, in small letters, without a path and a scheme's own port: %q", origin)
	}
	return nil
}

// mayAsk reports whether pages of an origin may ask: to the letter, as browsers write it.
func (s *Server) mayAsk(origin string) bool { return slices.Contains(s.opt.Origins, origin) }

// otherOrigins has browsers let pages of the origins that are named ask, and read the answers, errors included. No cookie is looked at, so
// that none is to be sent.
func (s *Server) otherOrigins(next http.Handler) http.Handler {
	if len(s.opt.Origins) == 0 {
		return next
	}
	return cors.New(cors.Options{AllowOriginFunc: s.mayAsk, AllowedMethods: []string{http.MethodGet, http.MethodPost},
		AllowedHeaders: readHeaders, ExposedHeaders: toldHeaders, MaxAge: preflightAge, OptionsSuccessStatus: http.StatusNoContent}).Handler(next)
}

// ownPages refuses what a browser sends on behalf of a page of another origin, unless that is named.
func (s *Server) ownPages(next http.Handler) http.Handler {
	check := http.NewCrossOriginProtection()
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		// The library trusts GET. Here a GET costs a statement, and how long it takes can tell a foreign page something.
		strict := *r
		strict.Method = http.MethodPost
		if check.Check(&strict) != nil && !s.mayAsk(r.Header.Get("Origin")) {
			refuse(w, r, refusal{http.StatusForbidden, graph.Forbidden, "requests on behalf of pages of other origins are refused, unless --allow-origin names them"})
			return
		}
		next.ServeHTTP(w, r)
	})
}
