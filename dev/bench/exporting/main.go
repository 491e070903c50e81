// Command exporting tells how fast `kith export` writes all customers of a store in SQLite, and how much memory it and its server take for
// 100,000 of them and for a million: as much. It may import everything of Kith.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	kith "github.com/kithgraph/kith"
	"github.com/kithgraph/kith/dev/bench"
	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/sdl"
	"github.com/kithgraph/kith/graph/sqlite"
)

// goal is how much more memory the largest store may take than the smallest.
const goal = 1.5

// perBatch is how many customers a batch has.
const perBatch = 5_000

func main() {
	log.SetFlags(0)
	sizes := flag.String("rows", "100000,1000000", "how many customers there are, each time more")
	flag.Parse()
	if err := run(context.Background(), *sizes); err != nil {
		log.Fatalln("exporting:", err)
	}
}

func run(ctx context.Context, sizes string) (err error) {
	dir, err := os.MkdirTemp("", "kith")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	e := &exporting{dir: dir, program: filepath.Join(dir, "kith"), least: map[string]int64{}}
	if err := bench.Build(e.program); err != nil {
		return err
	}
	fmt.Println("     rows  format  seconds   rows/s  server, MB  kith export, MB  of the first  at most")
	for size := range strings.SplitSeq(sizes, ",") {
		rows, err := strconv.Atoi(size)
		if err != nil || rows < e.there {
			return fmt.Errorf("-rows: %q is no number of customers that is not below the one before", size)
		}
		if err := e.write(ctx, rows); err != nil {
			return err
		}
		for _, format := range []string{"jsonl", "csv"} {
			if err := e.measure(format); err != nil {
				return fmt.Errorf("%d rows as %s: %w", rows, format, err)
			}
		}
	}
	return nil
}

// exporting is a store that grows.
type exporting struct {
	dir, program string
	there        int              // customers
	least        map[string]int64 // bytes that the server took the first time, by format
}

// store is the file.
func (e *exporting) store() string { return filepath.Join(e.dir, "kith.db") }

// write has so many customers be there.
func (e *exporting) write(ctx context.Context, rows int) (err error) {
	cat, _, err := sdl.Load(kith.Schema)
	if err != nil {
		return err
	}
	s, err := sqlite.Open(e.store(), cat, sqlite.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, s.Close()) }()
	if err := s.Ready(ctx); err != nil {
		return err
	}
	for e.there < rows {
		b := &graph.Batch{Source: bench.Source, Loads: true}
		for ; e.there < rows && len(b.Nodes) < perBatch; e.there++ {
			b.Nodes = append(b.Nodes, graph.Upsert{Kind: cat.MustKind("Customer"), ID: strconv.Itoa(e.there), Set: graph.Values{"name": "Person " + strconv.Itoa(e.there)}})
		}
		if _, err := s.Write(ctx, b); err != nil {
			return err
		}
	}
	return nil
}

// measure exports all in a format, with a server of its own.
func (e *exporting) measure(format string) (err error) {
	document := filepath.Join(e.dir, "customers.graphql")
	if err := os.WriteFile(document, []byte("{ customers { nodes { id name } } }"), 0o600); err != nil {
		return err
	}
	server, err := bench.Serve(e.program, "sqlite:"+e.store(), "--purpose", string(graph.Sales))
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, server.End()) }()
	to, err := os.Create(filepath.Join(e.dir, "customers."+format))
	if err != nil {
		return err
	}
	defer to.Close()
	export := exec.Command(e.program, "export", "--server", server.URL, "--format", format, document)
	var told strings.Builder
	export.Stdout, export.Stderr = to, &told
	began := time.Now()
	if err := export.Start(); err != nil {
		return err
	}
	ended := make(chan struct{})
	own, servers := peakOf(export.Process.Pid, ended), peakOf(server.PID, ended)
	err = export.Wait()
	close(ended)
	if err != nil {
		return fmt.Errorf("kith export: %w: %s", err, told.String())
	}
	took := time.Since(began).Seconds()
	if want := fmt.Sprintf("%d rows\n", e.there); told.String() != want {
		return fmt.Errorf("kith export said %q, not %q", told.String(), want)
	}
	peak := <-servers
	if e.least[format] == 0 {
		e.least[format] = peak
	}
	fmt.Printf("%9d  %6s  %7.1f  %7.0f  %10d  %15d  %10.2f ×  %5.1f ×\n", e.there, format, took, float64(e.there)/took, peak>>20, <-own>>20, float64(peak)/float64(e.least[format]), goal)
	return nil
}

// peakOf looks at a process until something has ended, and then tells how many bytes of its own it had in memory at most.
func peakOf(pid int, ended <-chan struct{}) <-chan int64 {
	most := make(chan int64, 1)
	go func() {
		last := int64(0)
		for {
			if now, err := bench.Own(pid); err == nil { // else it has ended itself
				last = max(last, now)
			}
			select {
			case <-ended:
				most <- last
				return
			case <-time.After(20 * time.Millisecond):
			}
		}
	}()
	return most
}
