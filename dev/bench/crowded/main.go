// Command crowded tells what somebody who asks little waits for while others ask what is dear, and how much memory a server takes by that:
// `kith serve` with the small world of the benchmark, on SQLite and on Neo4j. It may import everything of Kith.
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	kith "github.com/kithgraph/kith"
	"github.com/kithgraph/kith/dev/bench"
	"github.com/kithgraph/kith/graph/sdl"
)

// The goals: how many times as long the slowest of twenty answers may take, and how much memory the server may have had.
const (
	goalTimes  = 5
	goalMemory = 1 << 30
)

func main() {
	log.SetFlags(0)
	seconds := flag.Int("seconds", 15, "how long each part is measured")
	only := flag.String("store", "", "sqlite, neo4j, or the bolt `address` of a Neo4j without password (default: both, with a Neo4j of its own)")
	flag.Parse()
	if err := run(context.Background(), *only, time.Duration(*seconds)*time.Second); err != nil {
		log.Fatalln("crowded:", err)
	}
}

func run(ctx context.Context, only string, part time.Duration) (err error) {
	dir, err := os.MkdirTemp("", "kith")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	if err := bench.Build(filepath.Join(dir, "kith")); err != nil {
		return err
	}
	cat, _, err := sdl.Load(kith.Schema)
	if err != nil {
		return err
	}
	if only == "" || only == "sqlite" {
		if err := onSQLite(ctx, cat, dir, part); err != nil {
			return fmt.Errorf("sqlite: %w", err)
		}
	}
	if only != "sqlite" {
		if err := onNeo4j(ctx, cat, dir, strings.TrimPrefix(only, "neo4j"), part); err != nil {
			return fmt.Errorf("neo4j: %w", err)
		}
	}
	return nil
}

// crowd serves a store, and measures somebody who asks little, alone and then beside the others.
func crowd(name, dir, store string, part time.Duration) (err error) {
	serve, err := bench.Serve(filepath.Join(dir, "kith"), store, "--purpose", "COMPLIANCE", "--journal", filepath.Join(dir, name+".journal"))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, serve.End()) }()
	url := serve.URL
	if _, _, err := asks(client(1), url, modest, time.Now().Add(part/5)); err != nil { // what is asked first is planned
		return err
	}
	quiet, _, err := asks(client(1), url, modest, time.Now().Add(part))
	if err != nil {
		return err
	}
	end := time.Now().Add(part)
	var all sync.WaitGroup
	outcomes := make([]map[string]int, len(hostile))
	for i, questions := range hostile {
		all.Go(func() {
			var failed error
			if _, outcomes[i], failed = asks(client(10+i), url, questions, end); failed != nil {
				log.Println("hostile:", failed)
			}
		})
	}
	crowded, codes, err := asks(client(1), url, modest, end)
	if err != nil {
		return err
	}
	all.Wait()
	memory, err := bench.Peak(serve.PID)
	if err != nil {
		return err
	}
	for i, o := range outcomes {
		fmt.Printf("%s: hostile %d: %v\n", name, i+1, o)
	}
	fmt.Printf("%s: modest: %d answers alone, p50 %.1f ms, p95 %.1f ms; %d beside %d hostile clients (%v), p50 %.1f ms, p95 %.1f ms\n",
		name, len(quiet), ms(quiet, .5), ms(quiet, .95), len(crowded), len(hostile), codes, ms(crowded, .5), ms(crowded, .95))
	fmt.Printf("%s: p95 beside ÷ alone: %.1f (goal: at most %d); most memory: %d MB (goal: at most %d)\n",
		name, ms(crowded, .95)/ms(quiet, .95), goalTimes, memory>>20, goalMemory>>20)
	return nil
}

// client asks from an address of its own, by which callers are told apart.
func client(n int) *http.Client {
	from := &net.TCPAddr{IP: net.IPv4(127, 0, 0, byte(n))}
	return &http.Client{Transport: &http.Transport{DialContext: (&net.Dialer{LocalAddr: from}).DialContext}}
}

// asks asks one after the other until the end, and gives how long each took and how often there was which code.
func asks(c *http.Client, url string, questions []question, end time.Time) (took []time.Duration, codes map[string]int, err error) {
	bodies := make([][]byte, len(questions))
	for i, q := range questions {
		if bodies[i], err = json.Marshal(map[string]any{"query": q.document, "variables": q.variables}); err != nil {
			return nil, nil, err
		}
	}
	codes = map[string]int{}
	for i := 0; time.Now().Before(end); i++ {
		start := time.Now()
		res, err := c.Post(url+"/graphql", "application/json", bytes.NewReader(bodies[i%len(bodies)]))
		if err != nil {
			return nil, nil, err
		}
		begins := make([]byte, 2048) // errors stand there; the rest is only read, so that the client takes little of the machine
		n, err := io.ReadFull(res.Body, begins)
		if err == nil {
			_, err = io.Copy(io.Discard, res.Body)
		}
		res.Body.Close()
		if err != nil && err != io.ErrUnexpectedEOF {
			return nil, nil, err
		}
		took = append(took, time.Since(start))
		code := "OK"
		if _, after, failed := bytes.Cut(begins[:n], []byte(`"extensions":{"code":"`)); failed && bytes.HasPrefix(begins, []byte(`{"errors"`)) {
			name, _, _ := bytes.Cut(after, []byte(`"`))
			code = string(name)
		}
		if code == "GRAPHQL_VALIDATION_FAILED" || code == "INTERNAL" {
			return nil, nil, fmt.Errorf("%s: %s", code, begins[:n])
		}
		if codes[code]++; code != "OK" {
			time.Sleep(10 * time.Millisecond)
		}
	}
	slices.Sort(took)
	return took, codes, nil
}

func ms(took []time.Duration, part float64) float64 {
	return took[min(int(part*float64(len(took))), len(took)-1)].Seconds() * 1000
}
