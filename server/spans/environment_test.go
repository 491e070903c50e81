package spans

import (
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// variables are all that are read here.
var variables = []string{"OTEL_SDK_DISABLED", "OTEL_TRACES_EXPORTER"}

func init() {
	for _, what := range []string{"ENDPOINT", "PROTOCOL", "HEADERS", "TIMEOUT", "COMPRESSION", "CERTIFICATE", "CLIENT_KEY", "CLIENT_CERTIFICATE"} {
		variables = append(variables, "OTEL_EXPORTER_OTLP_"+what, "OTEL_EXPORTER_OTLP_TRACES_"+what)
	}
}

// set gives variables values, and takes those of all others away.
func set(t *testing.T, pairs ...string) {
	t.Helper()
	for _, name := range variables {
		t.Setenv(name, "")
	}
	for i := 0; i < len(pairs); i += 2 {
		t.Setenv(pairs[i], pairs[i+1])
	}
}

func TestSpansGoWhereTheEnvironmentSays(t *testing.T) {
	for _, c := range []struct {
		name string
		env  []string
		want string // where to; "off"
	}{
		{"nothing is said", nil, "off"},
		{"where the collector of all signals is", []string{"OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318"}, "http://collector:4318/v1/traces"},
		{"with a path of its own", []string{"OTEL_EXPORTER_OTLP_ENDPOINT", "https://collector/otlp/"}, "https://collector/otlp/v1/traces"},
		{"where that of traces is, which is taken as it stands", []string{"OTEL_EXPORTER_OTLP_ENDPOINT", "http://other", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://collector/in"}, "http://collector/in"},
		{"with a password, which is not shown", []string{"OTEL_EXPORTER_OTLP_ENDPOINT", "http://me:secret@collector"}, "http://me:xxxxx@collector/v1/traces"},
		{"to whom by default", []string{"OTEL_TRACES_EXPORTER", "otlp"}, "http://localhost:4318/v1/traces"},
		{"to nobody", []string{"OTEL_TRACES_EXPORTER", "none", "OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318"}, "off"},
		{"that nothing is to be made", []string{"OTEL_SDK_DISABLED", "TRUE", "OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318"}, "off"},
		{"that something is", []string{"OTEL_SDK_DISABLED", "false", "OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318"}, "http://collector:4318/v1/traces"},
	} {
		t.Run(c.name, func(t *testing.T) {
			set(t, c.env...)
			tracer, shutdown, err := FromEnvironment(SQLite, "1", slog.Default())
			require.NoError(t, err)
			assert.Equal(t, c.want, tracer.String())
			assert.NoError(t, shutdown(t.Context()))
		})
	}
}

func TestWhatTheExporterIsToldIsHeeded(t *testing.T) {
	set(t, "OTEL_TRACES_EXPORTER", "otlp", "OTEL_EXPORTER_OTLP_TIMEOUT", "1", "OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", "2500", "OTEL_EXPORTER_OTLP_COMPRESSION", "gzip",
		"OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf", "OTEL_EXPORTER_OTLP_HEADERS", "api-key=a%20b%3D, tenant = x ,")
	c, err := collectorOf("1")
	require.NoError(t, err)
	assert.Equal(t, 2500*time.Millisecond, c.timeout)
	assert.True(t, c.gzip)
	assert.Equal(t, map[string]string{"api-key": "a b=", "tenant": "x"}, c.headers)
	set(t, "OTEL_TRACES_EXPORTER", "otlp")
	c, err = collectorOf("1")
	require.NoError(t, err)
	assert.Equal(t, 10*time.Second, c.timeout)
	assert.False(t, c.gzip)
	assert.Empty(t, c.headers)
}

func TestWhatCannotBeHeededIsRefused(t *testing.T) {
	for _, c := range []struct{ name, variable, value, err string }{
		{"another exporter", "OTEL_TRACES_EXPORTER", "console", `OTEL_TRACES_EXPORTER is to be otlp or none, not "console"`},
		{"another protocol", "OTEL_EXPORTER_OTLP_PROTOCOL", "grpc", `OTEL_EXPORTER_OTLP_PROTOCOL is to be http/protobuf, not "grpc"`},
		{"another protocol for traces", "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "http/json", `OTEL_EXPORTER_OTLP_TRACES_PROTOCOL is to be http/protobuf, not "http/json"`},
		{"an address without a scheme", "OTEL_EXPORTER_OTLP_ENDPOINT", "secret:4318", "OTEL_EXPORTER_OTLP_ENDPOINT is to be an address such as http://localhost:4318"},
		{"an address without a host", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http:///secret", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT is to be an address"},
		{"an address that is none", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://secret%zz", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT is to be an address"},
		{"a time that is none", "OTEL_EXPORTER_OTLP_TIMEOUT", "10s", `OTEL_EXPORTER_OTLP_TIMEOUT is to be a number of milliseconds, not "10s"`},
		{"no time", "OTEL_EXPORTER_OTLP_TRACES_TIMEOUT", "0", "OTEL_EXPORTER_OTLP_TRACES_TIMEOUT is to be a number of milliseconds"},
		{"another compression", "OTEL_EXPORTER_OTLP_COMPRESSION", "zstd", `OTEL_EXPORTER_OTLP_COMPRESSION is to be gzip or none, not "zstd"`},
		{"a header without a value", "OTEL_EXPORTER_OTLP_HEADERS", "secret", "OTEL_EXPORTER_OTLP_HEADERS is to be a list such as key1=value1"},
		{"a header without a name", "OTEL_EXPORTER_OTLP_TRACES_HEADERS", "=secret", "OTEL_EXPORTER_OTLP_TRACES_HEADERS is to be a list"},
		{"a header that is not encoded", "OTEL_EXPORTER_OTLP_HEADERS", "a=secret%zz", "OTEL_EXPORTER_OTLP_HEADERS is to be a list"},
		{"authorities of its own", "OTEL_EXPORTER_OTLP_CERTIFICATE", "ca.pem", "OTEL_EXPORTER_OTLP_CERTIFICATE is not heeded"},
		{"a client's certificate", "OTEL_EXPORTER_OTLP_TRACES_CLIENT_CERTIFICATE", "me.pem", "OTEL_EXPORTER_OTLP_TRACES_CLIENT_CERTIFICATE is not heeded"},
		{"attributes that are none", "OTEL_RESOURCE_ATTRIBUTES", "secret", "OTEL_RESOURCE_ATTRIBUTES"},
	} {
		t.Run(c.name, func(t *testing.T) {
			set(t, "OTEL_TRACES_EXPORTER", "otlp", c.variable, c.value)
			_, _, err := FromEnvironment(SQLite, "1", slog.Default())
			require.ErrorContains(t, err, c.err)
			if strings.Contains(c.variable, "HEADERS") || strings.Contains(c.variable, "ENDPOINT") {
				assert.NotContains(t, err.Error(), "secret")
			}
		})
	}
}
