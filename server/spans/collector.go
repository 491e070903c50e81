package spans

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"go.opentelemetry.io/otel/exporters/otlp/otlptrace"
	tracepb "go.opentelemetry.io/proto/otlp/trace/v1"
	"google.golang.org/protobuf/encoding/protowire"
	"google.golang.org/protobuf/proto"
)

// A collector takes spans by OTLP/HTTP. OpenTelemetry's own client for it links all of gRPC, 2.5 MB, of which it uses nothing.
type collector struct {
	url     *url.URL
	headers map[string]string
	agent   string
	timeout time.Duration // of an attempt
	gzip    bool
	client  http.Client
}

var _ otlptrace.Client = (*collector)(nil)

const (
	firstWait  = time.Second // until another attempt; the next wait is twice as long
	mostAnswer = 64 << 10    // bytes that are read of an answer
)

// Start implements otlptrace.Client.
func (c *collector) Start(context.Context) error {
	// Headers may be secrets, and are for the address that was named.
	c.client.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	return nil
}

// Stop implements otlptrace.Client.
func (c *collector) Stop(context.Context) error {
	c.client.CloseIdleConnections()
	return nil
}

// UploadTraces implements otlptrace.Client. What the collector cannot take at the moment is sent again until ctx is done.
func (c *collector) UploadTraces(ctx context.Context, spans []*tracepb.ResourceSpans) error {
	body, err := proto.Marshal(&tracepb.TracesData{ResourceSpans: spans}) // the same bytes as ExportTraceServiceRequest, whose package has gRPC
	if err != nil {
		return fmt.Errorf("spans cannot be written down: %w", err)
	}
	if c.gzip {
		var b bytes.Buffer
		z := gzip.NewWriter(&b)
		_, err := z.Write(body)
		if err := errors.Join(err, z.Close()); err != nil {
			return fmt.Errorf("spans cannot be compressed: %w", err)
		}
		body = b.Bytes()
	}
	for wait := firstWait; ; wait *= 2 {
		again, err := c.send(ctx, body)
		if err == nil || again < 0 {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(max(again, wait/2+rand.N(wait))): // many may wait for one collector
		}
	}
}

// send makes one attempt. Where it failed, again is how long the collector wants to be left alone at least, negative where another
// attempt is of no use.
func (c *collector) send(ctx context.Context, body []byte) (again time.Duration, err error) {
	ctx, cancel := context.WithTimeout(ctx, c.timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, c.url.String(), bytes.NewReader(body))
	if err != nil {
		return -1, fmt.Errorf("the collector cannot be asked: %w", err)
	}
	req.Header.Set("User-Agent", c.agent)
	for key, value := range c.headers {
		req.Header.Set(key, value)
	}
	req.Header.Set("Content-Type", "application/x-protobuf")
	if c.gzip {
		req.Header.Set("Content-Encoding", "gzip")
	}
	res, err := c.client.Do(req)
	if err != nil {
		return 0, fmt.Errorf("the collector does not answer: %w", err)
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(res.Body, mostAnswer))
	switch {
	case res.StatusCode/100 == 2 && err != nil:
		return -1, fmt.Errorf("the collector's answer cannot be read: %w", err)
	case res.StatusCode/100 == 2:
		return -1, partial(answer)
	}
	err = fmt.Errorf("the collector at %s answers %s", c.url.Redacted(), res.Status)
	switch res.StatusCode {
	case http.StatusTooManyRequests, http.StatusBadGateway, http.StatusServiceUnavailable, http.StatusGatewayTimeout:
		seconds, _ := strconv.Atoi(res.Header.Get("Retry-After")) // else it is a date, or missing
		return time.Duration(max(seconds, 0)) * time.Second, err
	}
	return -1, err
}

// partial is the error of an ExportTraceServiceResponse that says that some spans were not taken.
func partial(answer []byte) error {
	var rejected uint64
	var message []byte
	for b := answer; len(b) > 0; {
		num, typ, n := protowire.ConsumeTag(b)
		if n < 0 {
			return nil // it is JSON, or a page: what was taken, was
		}
		b = b[n:]
		switch {
		case num == 1 && typ == protowire.BytesType: // partial_success, whose fields follow
			_, n = protowire.ConsumeVarint(b)
		case num == 1 && typ == protowire.VarintType:
			rejected, n = protowire.ConsumeVarint(b)
		case num == 2 && typ == protowire.BytesType:
			message, n = protowire.ConsumeBytes(b)
		default:
			n = protowire.ConsumeFieldValue(num, typ, b)
		}
		if n < 0 {
			return nil
		}
		b = b[n:]
	}
	if rejected == 0 && len(message) == 0 {
		return nil
	}
	return fmt.Errorf("the collector did not take %d spans: %.200q", rejected, message)
}
