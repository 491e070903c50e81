package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/kithgraph/kith/dev/bench"
	"github.com/kithgraph/kith/graph"
)

// followed measures what it takes until who waits for changes is told of one, beside an answer without any.
func (m *measured) followed(ctx context.Context, times int) (err error) {
	handler, err := bench.Kith(m.store, m.cat, m.schema, graph.Sales, nil, nil)
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	s := &http.Server{Handler: handler}
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(l) }()
	defer func() {
		if e := errors.Join(s.Close(), <-ended); !errors.Is(e, http.ErrServerClosed) {
			err = errors.Join(err, e)
		}
	}()
	base := "http://" + l.Addr().String() + "/v1/changes?first=1&"
	cursor, err := changesFrom(base, url.Values{})
	if err != nil {
		return err
	}
	var empty, told []time.Duration
	for i := range times + 1 {
		began := time.Now()
		if cursor, err = changesFrom(base, url.Values{"after": {cursor}}); err != nil {
			return err
		}
		empty = append(empty, time.Since(began))
		type answer struct {
			cursor string
			at     time.Time
			err    error
		}
		answers := make(chan answer, 1)
		go func() {
			next, err := changesFrom(base, url.Values{"after": {cursor}, "wait": {"30"}})
			answers <- answer{next, time.Now(), err}
		}()
		time.Sleep(time.Duration(rand.IntN(400)) * time.Millisecond)
		change := m.updated(i)
		change.Once, change.Nodes[0].Set = nil, graph.Values{"competitor": fmt.Sprint("another ", i)}
		if _, err := m.store.Write(ctx, change); err != nil {
			return err
		}
		committed := time.Now()
		a := <-answers
		if cursor, err = a.cursor, a.err; err != nil {
			return err
		}
		told = append(told, a.at.Sub(committed))
	}
	for _, row := range []struct {
		name string
		took []time.Duration
	}{{"an answer without changes", empty[1:]}, {"a change, until who waits is told", told[1:]}} {
		slices.Sort(row.took)
		fmt.Fprintf(m.out, "%s\t%s\t%.2f\t\t%.2f\tmost: %.2f\t\t\t\n", m.name, row.name, ms(row.took[len(row.took)/2]), ms(row.took[0]), ms(row.took[len(row.took)-1]))
	}
	return nil
}

// changesFrom asks for changes, and gives the cursor behind them.
func changesFrom(base string, query url.Values) (cursor string, err error) {
	res, err := http.Get(base + query.Encode())
	if err != nil {
		return "", err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	if err == nil && res.StatusCode != http.StatusOK {
		err = fmt.Errorf("changes are not told: %s: %.200s", res.Status, body)
	}
	return res.Header.Get("Kith-Cursor"), err
}
