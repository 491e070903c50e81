package main

import (
	"bytes"
	"context"
	"fmt"
	"log"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/kithgraph/kith/dev/bench"
)

// Numbers of connections that are measured.
const (
	one  = 1
	many = 16
	// crowd is enough of them to keep the processors busy while some wait for the disk.
	crowd = 64
)

// A cell is what one contender did with one query in one round.
type cell struct {
	p50        time.Duration
	throughput float64       // requests a second
	cpu        time.Duration // of a request, the contender's and its database's
}

// key of a cell.
type key struct {
	query, contender string
	connections      int
}

// A trial is a query, and who is asked it.
type trial struct {
	query       *bench.Query
	contenders  []*bench.Contender
	connections []int
}

func (b *benchmark) trials() []trial {
	var out []trial
	for _, q := range bench.Queries() {
		out = append(out, trial{q, slices.Concat(b.contenders, b.guarded, b.asRun), []int{one, many}})
	}
	out = append(out, trial{bench.Path(), b.contenders[:1], []int{one}})
	for _, q := range bench.Subjects() {
		out = append(out, trial{q, slices.Concat(b.contenders[1:], b.receipts), []int{crowd}}) // there is no statement for the yardstick
	}
	if b.only == "" {
		return out
	}
	return slices.DeleteFunc(out, func(t trial) bool { return !slices.Contains(strings.Fields(b.only), t.query.Name) })
}

// measure compares the answers, warms everything, and measures each cell once a round. Contenders take turns within a
// query and a number of connections, so that what the machine does besides meets them alike.
func (b *benchmark) measure(ctx context.Context) (map[key][]cell, error) {
	for _, t := range b.trials() {
		q := t.query
		if q.Cypher == "" || q.Document == "" {
			continue
		}
		if err := bench.Compare(client(one), b.contenders, q, q.Draw(b.world, b.requests)); err != nil {
			return nil, err
		}
		if err := bench.Compare(client(one), slices.Concat(b.guarded, b.asRun), q, q.Draw(b.world, b.requests)); err != nil {
			return nil, err
		}
		log.Printf("%s: the answers to %d requests agree", q.Name, b.requests)
	}
	for _, t := range b.trials() {
		for _, c := range t.contenders {
			for _, n := range t.connections {
				if b.warm <= 0 {
					continue
				}
				if _, err := b.cell(ctx, c, t.query, n, b.warm/float64(len(t.connections))); err != nil {
					return nil, err
				}
			}
		}
	}
	cells := map[key][]cell{}
	for round := range b.rounds {
		log.Printf("round %d of %d", round+1, b.rounds)
		for _, t := range b.trials() {
			for _, n := range t.connections {
				for i := range t.contenders {
					c := t.contenders[(i+round)%len(t.contenders)]
					m, err := b.cell(ctx, c, t.query, n, b.seconds)
					if err != nil {
						return nil, err
					}
					k := key{t.query.Name, c.Name, n}
					cells[k] = append(cells[k], m)
				}
			}
		}
	}
	return cells, nil
}

// client keeps n connections open. Answers come uncompressed, as between processes of one machine.
func client(n int) *http.Client {
	return &http.Client{Transport: &http.Transport{MaxConnsPerHost: n, MaxIdleConnsPerHost: n, DisableCompression: true}}
}

// cell asks one contender on n connections for some seconds, the requests in turn.
func (b *benchmark) cell(ctx context.Context, c *bench.Contender, q *bench.Query, n int, seconds float64) (cell, error) {
	var requests []bench.Request
	for _, variables := range q.Draw(b.world, b.requests) {
		r, err := c.Request(q, variables)
		if err != nil {
			return cell{}, err
		}
		requests = append(requests, r)
	}
	cl := client(n)
	defer cl.CloseIdleConnections()
	took, errs := make([][]time.Duration, n), make([]error, n)
	var next atomic.Int64
	var all sync.WaitGroup
	used := c.CPU()
	start, length := time.Now(), time.Duration(seconds*float64(time.Second))
	for w := range n {
		all.Go(func() {
			var buf bytes.Buffer
			for ctx.Err() == nil {
				at := time.Now()
				if at.Sub(start) >= length {
					return
				}
				if errs[w] = requests[int(next.Add(1))%len(requests)].Send(cl, &buf); errs[w] != nil {
					return
				}
				took[w] = append(took[w], time.Since(at))
			}
		})
	}
	all.Wait()
	elapsed := time.Since(start)
	used = c.CPU() - used
	for _, err := range append(errs, ctx.Err()) {
		if err != nil {
			return cell{}, err
		}
	}
	sorted := slices.Sorted(slices.Values(slices.Concat(took...)))
	if len(sorted) == 0 {
		return cell{}, fmt.Errorf("%s answered no request of %s in %v", c.Name, q.Name, length)
	}
	return cell{p50: sorted[len(sorted)/2], throughput: float64(len(sorted)) / elapsed.Seconds(), cpu: used / time.Duration(len(sorted))}, nil
}
