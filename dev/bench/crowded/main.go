// Command crowded tells what somebody who asks little waits for while others ask what is dear, and how much memory a server takes by that:
// `kith serve` on SQLite with the small world of the benchmark. It may import everything of Kith.
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
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	kith "github.com/kithgraph/kith"
	"github.com/kithgraph/kith/dev/bench"
	"github.com/kithgraph/kith/graph/sdl"
	"github.com/kithgraph/kith/graph/sqlite"
)

// The goals: how many times as long the slowest of twenty answers may take, and how much memory the server may have had.
const (
	goalTimes  = 5
	goalMemory = 1 << 30
)

// modest is what the one who asks little asks.
const modest = `{ customers(first: 10, orderBy: [{name: ASC}]) { nodes { id name journeyStage } } }`

// hostile are small documents that are dear, one for each who asks them.
var hostile = []string{
	`{ customers(filter: {interactions: {some: {participants: {some: {customer: {interactions: {some: {text: {contains: "a"}}}}}}}}}) { totalCount } }`,
	`{ accounts(filter: {people: {some: {interactions: {some: {text: {contains: "zz"}}}}}}) { totalCount } }`,
	`{ accounts(orderBy: [{people: {filter: {interactions: {some: {text: {contains: "e"}}}}, count: DESC}}]) { nodes { id } } }`,
	`{ customers(orderBy: [{interactions: {filter: {customers: {some: {interactions: {some: {kind: {eq: CALL}}}}}}, count: DESC}}]) { nodes { id } } }`,
	`{ customers(first: 200) { nodes { ` + repeat(95, func(i int) string { return fmt.Sprintf("w%d: withheld { reason } ", i) }) + `} } }`,
	`{ __schema { ` + repeat(9, func(i int) string {
		return fmt.Sprintf("t%d: types { name %s } ", i, repeat(9, func(i int) string { return fmt.Sprintf("f%d: fields { name } ", i) }))
	}) + `} }`,
	`query($f: CustomerFilter) { customers(filter: $f) { totalCount } }`,
	`{ interactions(first: 200, filter: {text: {contains: "q"}}) { totalCount nodes { text participants(first: 200) { nodes { __typename } } } } }`,
}

func repeat(n int, part func(i int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(part(i))
	}
	return b.String()
}

func main() {
	log.SetFlags(0)
	seconds := flag.Int("seconds", 15, "how long each part is measured")
	flag.Parse()
	if err := run(context.Background(), time.Duration(*seconds)*time.Second); err != nil {
		log.Fatalln("crowded:", err)
	}
}

func run(ctx context.Context, part time.Duration) (err error) {
	dir, err := os.MkdirTemp("", "kith")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	file, program := filepath.Join(dir, "kith.db"), filepath.Join(dir, "kith")
	if err := load(ctx, file); err != nil {
		return err
	}
	if out, err := exec.Command("go", "build", "-o", program, "./cmd/kith").CombinedOutput(); err != nil {
		return fmt.Errorf("go build: %w: %s", err, out)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	addr := l.Addr().String()
	l.Close()
	serve := exec.Command(program, "serve", "--store", "sqlite:"+file, "--addr", addr, "--purpose", "COMPLIANCE")
	var told bytes.Buffer
	serve.Stderr = &told
	if err := serve.Start(); err != nil {
		return err
	}
	defer func() {
		err = errors.Join(err, serve.Process.Signal(os.Interrupt))
		if failed := serve.Wait(); failed != nil {
			err = errors.Join(err, fmt.Errorf("kith serve: %w: %s", failed, told.String()))
		}
	}()
	url := "http://" + addr
	if err := ready(url); err != nil {
		return err
	}
	quiet, _, err := asks(client(1), url, modest, time.Now().Add(part))
	if err != nil {
		return err
	}
	end := time.Now().Add(part)
	var all sync.WaitGroup
	outcomes := make([]map[string]int, len(hostile))
	for i, document := range hostile {
		all.Go(func() {
			var failed error
			if _, outcomes[i], failed = asks(client(10+i), url, document, end); failed != nil {
				log.Println("hostile:", failed)
			}
		})
	}
	crowded, codes, err := asks(client(1), url, modest, end)
	if err != nil {
		return err
	}
	all.Wait()
	memory, err := peak(serve.Process.Pid)
	if err != nil {
		return err
	}
	for i, o := range outcomes {
		fmt.Printf("hostile %d: %v of %d bytes\n", i+1, o, len(hostile[i]))
	}
	fmt.Printf("modest: %d answers alone, p50 %.1f ms, p95 %.1f ms; %d beside %d hostile clients (%v), p50 %.1f ms, p95 %.1f ms\n",
		len(quiet), ms(quiet, .5), ms(quiet, .95), len(crowded), len(hostile), codes, ms(crowded, .5), ms(crowded, .95))
	fmt.Printf("p95 beside ÷ alone: %.1f (goal: at most %d); most memory: %d MB (goal: at most %d)\n",
		ms(crowded, .95)/ms(quiet, .95), goalTimes, memory>>20, goalMemory>>20)
	return nil
}

func load(ctx context.Context, file string) error {
	cat, _, err := sdl.Load(kith.Schema)
	if err != nil {
		return err
	}
	s, err := sqlite.Open(file, cat, sqlite.Options{NewID: bench.NewIDs()})
	if err != nil {
		return err
	}
	if err = s.Ready(ctx); err == nil {
		_, err = bench.Load(ctx, s, cat, bench.New(bench.Small), func(bench.Loading) {})
	}
	return errors.Join(err, s.Close())
}

// client asks from an address of its own, by which callers are told apart.
func client(n int) *http.Client {
	from := &net.TCPAddr{IP: net.IPv4(127, 0, 0, byte(n))}
	return &http.Client{Transport: &http.Transport{DialContext: (&net.Dialer{LocalAddr: from}).DialContext}}
}

func ready(url string) error {
	for range 600 {
		if res, err := http.Get(url + "/readyz"); err == nil {
			res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return nil
			}
		}
		time.Sleep(100 * time.Millisecond)
	}
	return errors.New("the server is not ready after a minute")
}

// asks asks one after the other until the end, and gives how long each took and how often there was which code.
func asks(c *http.Client, url, document string, end time.Time) (took []time.Duration, codes map[string]int, err error) {
	variables := map[string]any{}
	if strings.Contains(document, "$f") {
		and := make([]any, 3000)
		for i := range and {
			and[i] = map[string]any{"name": map[string]any{"startsWith": "A"}}
		}
		variables["f"] = map[string]any{"and": and}
	}
	body, err := json.Marshal(map[string]any{"query": document, "variables": variables})
	if err != nil {
		return nil, nil, err
	}
	codes = map[string]int{}
	for time.Now().Before(end) {
		start := time.Now()
		res, err := c.Post(url+"/graphql", "application/json", bytes.NewReader(body))
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

// peak is how many bytes a process has had in memory at most.
func peak(pid int) (int64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(text)) {
		var kb int64
		if n, _ := fmt.Sscanf(line, "VmHWM: %d kB", &kb); n == 1 {
			return kb << 10, nil
		}
	}
	return 0, errors.New("the system does not tell how much memory a process has had")
}
