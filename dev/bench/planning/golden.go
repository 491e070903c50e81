package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// golden says which golden pairs are planned, and how often.
type golden struct {
	folder, against, only string
	rounds                int
}

// pair is a golden statement, and the one that another version makes of the same operation.
type pair struct {
	name         string
	mine, theirs []statement
	took, took2  []took
}

// statement is one of a golden file.
type statement struct {
	text   string
	params map[string]any
}

// golden plans the statements of golden pairs in turn, those of both versions one after the other, and tells medians.
func (s *server) golden(ctx context.Context, g golden) error {
	files, err := filepath.Glob(g.folder + "/*.cypher")
	if err != nil {
		return err
	}
	var pairs []*pair
	for _, file := range files {
		p := &pair{name: strings.TrimSuffix(filepath.Base(file), ".cypher")}
		if !strings.Contains(p.name, g.only) {
			continue
		}
		if p.mine, err = read(file); err != nil {
			return err
		}
		if g.against != "" {
			if p.theirs, err = read(filepath.Join(g.against, filepath.Base(file))); err != nil && !os.IsNotExist(err) {
				return err
			}
		}
		pairs = append(pairs, p)
	}
	for round := range g.rounds + 1 { // the first one warms the server up
		for _, p := range pairs {
			mine, err := s.all(ctx, p.mine)
			if err != nil {
				return fmt.Errorf("%s: %w", p.name, err)
			}
			theirs, err := s.all(ctx, p.theirs)
			if err != nil {
				return fmt.Errorf("%s of the other version: %w", p.name, err)
			}
			if round > 0 {
				p.took, p.took2 = append(p.took, mine), append(p.took2, theirs)
			}
		}
	}
	cpu := func(t took) time.Duration { return t.cpu }
	working := func(t took) time.Duration { return t.working }
	fmt.Printf("\nFirst execution of a text, medians of %d: CPU of Neo4j (and less its compiler and collector), against the other version's\n", g.rounds)
	for _, p := range pairs {
		fmt.Printf("  %-32s %6d ms (%5d ms)", p.name, median(p.took, cpu).Milliseconds(), median(p.took, working).Milliseconds())
		if p.theirs != nil {
			fmt.Printf(" %6d ms (%5d ms)  %.2f (%.2f)", median(p.took2, cpu).Milliseconds(), median(p.took2, working).Milliseconds(),
				float64(median(p.took, cpu))/float64(median(p.took2, cpu)), float64(median(p.took, working))/float64(median(p.took2, working)))
		}
		fmt.Println()
	}
	return nil
}

func (s *server) all(ctx context.Context, statements []statement) (sum took, err error) {
	for _, st := range statements {
		t, err := s.plan(ctx, st.text, st.params)
		if err != nil {
			return sum, err
		}
		sum.cpu, sum.working, sum.wall = sum.cpu+t.cpu, sum.working+t.working, sum.wall+t.wall
	}
	return sum, nil
}

func median(ts []took, of func(took) time.Duration) time.Duration {
	if len(ts) == 0 {
		return 0
	}
	ds := make([]time.Duration, len(ts))
	for i, t := range ts {
		ds[i] = of(t)
	}
	slices.Sort(ds)
	return ds[len(ds)/2]
}

// read reads a golden file: statements, each with its parameters behind an empty line.
func read(file string) ([]statement, error) {
	b, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var out []statement
	for rest := string(b); rest != ""; {
		text, params, ok := strings.Cut(rest, "\n\n")
		if !ok {
			return nil, &fs.PathError{Op: "read", Path: file, Err: fmt.Errorf("a statement has no parameters behind it")}
		}
		d := json.NewDecoder(strings.NewReader(params))
		d.UseNumber()
		st := statement{text: text}
		if err := d.Decode(&st.params); err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		for k, v := range st.params {
			st.params[k] = whole(v)
		}
		out = append(out, st)
		rest = strings.TrimPrefix(params[d.InputOffset():], "\n")
	}
	return out, nil
}

// whole makes the numbers of JSON the integers that they are.
func whole(v any) any {
	switch v := v.(type) {
	case json.Number:
		n, err := v.Int64()
		if err != nil {
			f, _ := v.Float64()
			return f
		}
		return n
	case []any:
		for i := range v {
			v[i] = whole(v[i])
		}
	case map[string]any:
		for k := range v {
			v[k] = whole(v[k])
		}
	}
	return v
}
