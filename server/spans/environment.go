package spans

import (
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"go.opentelemetry.io/otel"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace"
	"go.opentelemetry.io/otel/sdk/resource"
	sdk "go.opentelemetry.io/otel/sdk/trace"
	semconv "go.opentelemetry.io/otel/semconv/v1.43.0"
)

// FromEnvironment is the Tracer that the standard variables ask for, for a store; nil: they ask for none. Its spans are sent by
// OTLP/HTTP, those that wait when it is shut down. The log is told what could not be sent.
//
// What the SDK reads itself is in force as it is: sampling, batches, limits and the resource.
func FromEnvironment(system, version string, log *slog.Logger) (t *Tracer, shutdown func(context.Context) error, err error) {
	c, err := collectorOf(version)
	if err != nil || c == nil {
		return nil, func(context.Context) error { return nil }, err
	}
	otel.SetErrorHandler(otel.ErrorHandlerFunc(func(err error) { log.Warn("spans", "error", err) }))
	ctx := context.Background()
	is, err := resource.New(ctx, resource.WithTelemetrySDK(), resource.WithAttributes(semconv.ServiceName("kith"), semconv.ServiceVersion(version)), resource.WithFromEnv())
	if err != nil {
		return nil, nil, fmt.Errorf("OTEL_RESOURCE_ATTRIBUTES: %w", err)
	}
	exporter, err := otlptrace.New(ctx, c)
	if err != nil {
		return nil, nil, fmt.Errorf("spans: %w", err)
	}
	provider := sdk.NewTracerProvider(sdk.WithBatcher(exporter), sdk.WithResource(is))
	t = New(provider, system)
	t.to = c.url.Redacted()
	return t, provider.Shutdown, nil
}

// collectorOf is the collector that the variables name; nil: none.
func collectorOf(version string) (*collector, error) {
	if strings.EqualFold(os.Getenv("OTEL_SDK_DISABLED"), "true") {
		return nil, nil
	}
	endpoint, name := setting("ENDPOINT")
	switch exporter := os.Getenv("OTEL_TRACES_EXPORTER"); exporter {
	case "none":
		return nil, nil
	case "otlp":
	case "":
		if endpoint == "" {
			return nil, nil
		}
	default:
		return nil, fmt.Errorf("OTEL_TRACES_EXPORTER is to be otlp or none, not %q", exporter)
	}
	if protocol, name := setting("PROTOCOL"); protocol != "" && protocol != "http/protobuf" {
		return nil, fmt.Errorf("%s is to be http/protobuf, not %q", name, protocol)
	}
	for _, not := range []string{"CERTIFICATE", "CLIENT_KEY", "CLIENT_CERTIFICATE"} {
		if set, name := setting(not); set != "" {
			return nil, fmt.Errorf("%s is not heeded: spans are sent without a client's certificate, and SSL_CERT_FILE names the authorities that are trusted", name)
		}
	}
	c := &collector{agent: "kith/" + version, timeout: 10 * time.Second}
	var err error
	if c.url, err = url.Parse(endpoint); err != nil || endpoint != "" && (c.url.Scheme != "http" && c.url.Scheme != "https" || c.url.Host == "") {
		return nil, fmt.Errorf("%s is to be an address such as http://localhost:4318", name) // it may have a password
	}
	switch {
	case endpoint == "":
		c.url = &url.URL{Scheme: "http", Host: "localhost:4318", Path: "/v1/traces"}
	case name == forAll+"ENDPOINT":
		c.url = c.url.JoinPath("v1/traces")
	}
	if c.headers, err = headers(); err != nil {
		return nil, err
	}
	if text, name := setting("TIMEOUT"); text != "" {
		ms, err := strconv.Atoi(text)
		if err != nil || ms <= 0 {
			return nil, fmt.Errorf("%s is to be a number of milliseconds, not %q", name, text)
		}
		c.timeout = time.Duration(ms) * time.Millisecond
	}
	switch compression, name := setting("COMPRESSION"); compression {
	case "", "none":
	case "gzip":
		c.gzip = true
	default:
		return nil, fmt.Errorf("%s is to be gzip or none, not %q", name, compression)
	}
	return c, nil
}

// headers are those that the collector wants, pairs as in the header baggage. Values are secrets, and not cited.
func headers() (map[string]string, error) {
	out := map[string]string{}
	text, name := setting("HEADERS")
	for pair := range strings.SplitSeq(text, ",") {
		if strings.TrimSpace(pair) == "" {
			continue
		}
		key, value, ok := strings.Cut(pair, "=")
		value, err := url.PathUnescape(strings.TrimSpace(value))
		if key = strings.TrimSpace(key); !ok || key == "" || err != nil {
			return nil, fmt.Errorf("%s is to be a list such as key1=value1,key2=value2, with %% before what is encoded", name)
		}
		out[key] = value
	}
	return out, nil
}

const forAll = "OTEL_EXPORTER_OTLP_"

// setting is what a variable of the exporter says, and which it is: the one for traces goes before the one for all signals.
func setting(what string) (value, name string) {
	if name = forAll + "TRACES_" + what; os.Getenv(name) == "" {
		name = forAll + what
	}
	return os.Getenv(name), name
}
