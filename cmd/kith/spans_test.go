package main

import (
	"bytes"
	"context"
	"io"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestServeSendsSpansWhereTheEnvironmentSays(t *testing.T) {
	var mu sync.Mutex
	var sent []byte
	collector := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		assert.Equal(t, "POST /v1/traces secret", r.Method+" "+r.URL.Path+" "+r.Header.Get("Api-Key"))
		body, err := io.ReadAll(r.Body)
		assert.NoError(t, err)
		mu.Lock()
		defer mu.Unlock()
		sent = append(sent, body...)
	}))
	defer collector.Close()
	for _, c := range []struct {
		name, endpoint, disabled, log string
		sent                          bool
	}{
		{"none where nothing is said", "", "", `"spans":"off"`, false},
		{"to the collector", collector.URL, "", `"spans":"` + collector.URL + `/v1/traces"`, true},
		{"none where OpenTelemetry is switched off", collector.URL, "true", `"spans":"off"`, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			sent = nil
			t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", c.endpoint)
			t.Setenv("OTEL_SDK_DISABLED", c.disabled)
			t.Setenv("OTEL_EXPORTER_OTLP_HEADERS", "api-key=secret")
			t.Setenv("OTEL_BSP_SCHEDULE_DELAY", "3600000") // they wait until the server stops
			ctx, stop := context.WithCancel(t.Context())
			defer stop()
			r, w := io.Pipe()
			var log bytes.Buffer
			done := make(chan int)
			go func() {
				done <- run(ctx, []string{"serve", "--addr", "127.0.0.1:0", "--store", "sqlite:" + filepath.Join(t.TempDir(), "kith.db"), "--purpose", "SALES"}, w, &log)
			}()
			line := make([]byte, 200)
			n, err := r.Read(line)
			require.NoError(t, err)
			go io.Copy(io.Discard, r)
			url := regexp.MustCompile(`http://\S+/graphql`).FindString(string(line[:n]))
			require.Eventually(t, func() bool {
				res, err := http.Post(url, "application/json", strings.NewReader(`{"query": "query HowMany { customers(filter: {name: {eq: \"Oyelaran\"}}) { totalCount } }"}`))
				if err != nil {
					return false
				}
				defer res.Body.Close()
				text, err := io.ReadAll(res.Body)
				return err == nil && strings.Contains(string(text), `"totalCount":0`)
			}, time.Minute, 50*time.Millisecond)
			stop()
			require.Zero(t, <-done)
			assert.Contains(t, log.String(), c.log)
			assert.NotContains(t, log.String(), "secret")
			mu.Lock()
			defer mu.Unlock()
			if !c.sent {
				assert.Empty(t, sent)
				return
			}
			for _, name := range []string{"HowMany", "read customers", "SELECT Customer", "service.name", "kith"} {
				assert.Contains(t, string(sent), name)
			}
			assert.NotContains(t, string(sent), "Oyelaran")
		})
	}
	t.Run("a variable that cannot be right keeps it from starting", func(t *testing.T) {
		t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", "collector")
		status, _, err := call(t, "serve", "--store", "sqlite:"+filepath.Join(t.TempDir(), "kith.db"))
		assert.Equal(t, 1, status)
		assert.Contains(t, err, "OTEL_EXPORTER_OTLP_ENDPOINT is to be an address such as http://localhost:4318")
	})
}
