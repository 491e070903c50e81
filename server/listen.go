package server

import (
	"fmt"
	"net"
	"net/http"
	"strings"

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
