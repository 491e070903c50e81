package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/kithgraph/kith/server"
)

type exportCmd struct {
	Server    string `default:"http://127.0.0.1:8080" placeholder:"URL" help:"The server that is asked."`
	Token     string `placeholder:"TOKEN" help:"Who asks, where the server wants to know."`
	Purpose   string `enum:",${purposes}" default:"" placeholder:"PURPOSE" help:"What the rows are for, where the operation does not say."`
	Reference string `placeholder:"TEXT" help:"The case, the order or the deal that they are about."`
	Format    string `enum:"jsonl,csv,ocel" default:"jsonl" help:"jsonl or csv, or ocel: without a document, all interactions and what they are about, as an event log (OCEL 2.0, JSON)."`
	Variables string `placeholder:"JSON" help:"Variables of the query, as a JSON object."`
	After     string `placeholder:"CURSOR" help:"Go on behind this: an export that was broken off says where."`
	File      string `arg:"" optional:"" help:"A GraphQL document with one operation, which asks for one connection, or for the rows of one operation of journeys." type:"existingfile"`
}

// Validate refuses what no run can mean.
func (c exportCmd) Validate() error {
	switch of := c.Format == "ocel"; {
	case !of && c.File == "":
		return errors.New("a GraphQL document is needed, which says what is exported")
	case of && (c.File != "" || c.Variables != "" || c.After != ""):
		return errors.New("--format ocel: a log is exported as a whole, and takes neither a document nor --variables nor --after")
	}
	return nil
}

const (
	// exportChunk is how many rows are asked for at once: what breaks off is asked for again from its beginning.
	exportChunk = 5_000
	// exportTries is how often a chunk is asked for where the server is not there, or has no time.
	exportTries = 5
)

// Run prints all rows of a connection, chunk by chunk, each when the whole of it is there; or a log.
func (c exportCmd) Run(p *program) error {
	if c.Format == "ocel" {
		return c.log(p)
	}
	query, err := os.ReadFile(c.File)
	if err != nil {
		return err
	}
	asked := map[string]any{"query": string(query)}
	if c.Variables != "" {
		if asked["variables"], err = server.Object("--variables", []byte(c.Variables)); err != nil {
			return err
		}
	}
	body, err := json.Marshal(asked)
	if err != nil {
		return err
	}
	rows, err := c.all(p, body, func(chunk []byte) error {
		_, err := p.out.Write(chunk)
		return err
	})
	if err != nil {
		if rows > 0 {
			err = fmt.Errorf("%w; %d rows are written, and --after %s goes on", err, rows, c.After)
		}
		return err
	}
	fmt.Fprintf(p.err, "%d rows\n", rows)
	return nil
}

// all asks for all rows behind After, which moves on, and gives them chunk by chunk. The number is of those that were given.
func (c *exportCmd) all(p *program, body []byte, give func(chunk []byte) error) (rows int, err error) {
	for more := true; more; {
		got, err := c.chunk(p, body)
		if err != nil {
			return rows, err
		}
		if err := give(got.body); err != nil {
			return rows, err
		}
		rows, more, c.After = rows+got.rows, got.more, got.cursor
	}
	return rows, nil
}

// chunk is a part of an export.
type chunk struct {
	body   []byte
	rows   int
	cursor string
	more   bool
}

// chunk asks for the rows behind the cursor, several times where the server may have them a little later.
func (c exportCmd) chunk(p *program, body []byte) (got *chunk, err error) {
	for try := 1; ; try++ {
		again := false
		if got, again, err = c.ask(p, body); err == nil || !again || try == exportTries {
			return got, err
		}
		select {
		case <-time.After(time.Duration(try) * time.Second):
		case <-p.ctx.Done():
			return nil, p.ctx.Err()
		}
	}
}

// ask asks once. Again: the server may have it later.
func (c exportCmd) ask(p *program, body []byte) (got *chunk, again bool, err error) {
	at := strings.TrimSuffix(c.Server, "/") + "/v1/export?" + url.Values{"format": {c.Format}, "rows": {strconv.Itoa(exportChunk)}, "after": {c.After}}.Encode()
	req, err := http.NewRequestWithContext(p.ctx, http.MethodPost, at, bytes.NewReader(body))
	if err != nil {
		return nil, false, err
	}
	req.Header.Set("Content-Type", "application/json")
	for name, value := range map[string]string{"Kith-Purpose": c.Purpose, "Kith-Reference": c.Reference} {
		if value != "" {
			req.Header.Set(name, value)
		}
	}
	if c.Token != "" {
		req.Header.Set("Authorization", "Bearer "+c.Token)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, p.ctx.Err() == nil, err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		return nil, p.ctx.Err() == nil, fmt.Errorf("the server broke off: %w", err)
	}
	if res.StatusCode != http.StatusOK {
		var said struct{ Errors []struct{ Message string } }
		if json.Unmarshal(text, &said) != nil || len(said.Errors) == 0 {
			return nil, false, fmt.Errorf("the server answered %s", res.Status)
		}
		return nil, res.StatusCode == http.StatusServiceUnavailable || res.StatusCode == http.StatusTooManyRequests, errors.New(said.Errors[0].Message)
	}
	if wrong := res.Trailer.Get("Kith-Error"); wrong != "" {
		return nil, true, errors.New(wrong)
	}
	rows, err := strconv.Atoi(res.Trailer.Get("Kith-Rows"))
	if err != nil {
		return nil, true, errors.New("the server broke off")
	}
	return &chunk{text, rows, res.Trailer.Get("Kith-Cursor"), res.Trailer.Get("Kith-More") == "true"}, false, nil
}
