package spans

import (
	"compress/gzip"
	"context"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	tracepb "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/proto"
)

// answers stands in for the network, and gives one answer after the other.
type answers struct {
	t    *testing.T
	gzip bool
	give []func(*http.Request) (*http.Response, error)
	at   []time.Time
	sent []*tracepb.TracesData
}

func (a *answers) RoundTrip(r *http.Request) (*http.Response, error) {
	assert.Equal(a.t, "POST http://collector/v1/traces application/x-protobuf kith/1 abc",
		strings.Join([]string{r.Method, r.URL.String(), r.Header.Get("Content-Type"), r.Header.Get("User-Agent"), r.Header.Get("Api-Key")}, " "))
	body := io.Reader(r.Body)
	assert.Equal(a.t, a.gzip, r.Header.Get("Content-Encoding") == "gzip")
	if a.gzip {
		z, err := gzip.NewReader(body)
		require.NoError(a.t, err)
		body = z
	}
	b, err := io.ReadAll(body)
	require.NoError(a.t, err)
	var sent tracepb.TracesData
	require.NoError(a.t, proto.Unmarshal(b, &sent))
	a.at, a.sent = append(a.at, time.Now()), append(a.sent, &sent)
	give := a.give[min(len(a.at), len(a.give))-1]
	return give(r)
}

func status(code int, headers ...string) func(*http.Request) (*http.Response, error) {
	return says(code, "", headers...)
}

func says(code int, body string, headers ...string) func(*http.Request) (*http.Response, error) {
	return func(*http.Request) (*http.Response, error) {
		h := http.Header{}
		for i := 0; i < len(headers); i += 2 {
			h.Set(headers[i], headers[i+1])
		}
		return &http.Response{StatusCode: code, Status: http.StatusText(code), Header: h, Body: io.NopCloser(strings.NewReader(body))}, nil
	}
}

func TestSpansAreSentAgainWhereThatMayHelp(t *testing.T) {
	lost := func(*http.Request) (*http.Response, error) { return nil, errors.New("connection refused") }
	hangs := func(r *http.Request) (*http.Response, error) { <-r.Context().Done(); return nil, r.Context().Err() }
	type give = []func(*http.Request) (*http.Response, error)
	for _, c := range []struct {
		name     string
		give     give
		attempts int
		after    time.Duration // the last is not made before
		err      string
	}{
		{"taken at once", give{status(200)}, 1, 0, ""},
		{"taken, and said so with nothing rejected", give{says(200, "\x0a\x00")}, 1, 0, ""},
		{"taken, and said so as JSON", give{says(200, `{"partialSuccess":{}}`)}, 1, 0, ""},
		{"taken in part", give{says(200, "\x0a\x0b\x08\x03\x12\x07too old")}, 1, 0, `the collector did not take 3 spans: "too old"`},
		{"nobody is there at first", give{lost, status(200)}, 2, time.Second / 2, ""},
		{"too many requests", give{status(429, "Retry-After", "7"), status(200)}, 2, 7 * time.Second, ""},
		{"busy again and again", give{status(503), status(502), status(504), status(200)}, 4, 3 * time.Second, ""},
		{"busy until there is no time left", give{status(503)}, 0, 0, "the collector at http://collector/v1/traces answers Service Unavailable"},
		{"nobody is there", give{lost}, 0, 0, "connection refused"},
		{"what is wrong stays wrong", give{status(400)}, 1, 0, "answers Bad Request"},
		{"another address is not followed", give{status(307, "Location", "http://elsewhere/")}, 1, 0, "answers Temporary Redirect"},
		{"an attempt that hangs is given up", give{hangs, status(200)}, 2, 10 * time.Second, ""},
	} {
		sent := func(t *testing.T, compressed bool) {
			synctest.Test(t, func(t *testing.T) {
				a := &answers{t: t, gzip: compressed, give: c.give}
				to := &collector{url: &url.URL{Scheme: "http", Host: "collector", Path: "/v1/traces"}, headers: map[string]string{"api-key": "abc"}, agent: "kith/1",
					timeout: 10 * time.Second, gzip: compressed, client: http.Client{Transport: a}}
				require.NoError(t, to.Start(t.Context()))
				ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
				defer cancel()
				start := time.Now()
				spans := []*tracepb.ResourceSpans{{ScopeSpans: []*tracepb.ScopeSpans{{Spans: []*tracepb.Span{{Name: "read customers"}}}}}}
				err := to.UploadTraces(ctx, spans)
				if c.err == "" {
					require.NoError(t, err)
				} else {
					require.ErrorContains(t, err, c.err)
				}
				if c.attempts > 0 {
					assert.Len(t, a.at, c.attempts)
				} else {
					assert.Greater(t, len(a.at), 2)
					assert.Equal(t, 30*time.Second, time.Since(start))
				}
				assert.GreaterOrEqual(t, a.at[len(a.at)-1].Sub(start), c.after)
				for _, sent := range a.sent {
					assert.True(t, proto.Equal(&tracepb.TracesData{ResourceSpans: spans}, sent), "the same each time")
				}
				require.NoError(t, to.Stop(t.Context()))
			})
		}
		t.Run(c.name, func(t *testing.T) { sent(t, false) })
		t.Run(c.name+", compressed", func(t *testing.T) { sent(t, true) })
	}
}
