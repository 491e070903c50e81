package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph/ingest"
	"github.com/kithgraph/kith/graph/journal"
	"github.com/kithgraph/kith/graph/projection"
)

// copies takes whoever has some names out of what is kept outside the store, and says what became of it. Of snapshots of journeys all go: they are
// written anew without her.
func (c serveCmd) copies(receipts *journal.Journal, logs *projection.Set) func(ctx context.Context, names []string) ([]string, error) {
	return func(ctx context.Context, names []string) ([]string, error) {
		told, err := c.forget(names)
		left, leaving := c.leave(c.kept())
		told, err = append(told, left...), errors.Join(err, leaving)
		n, failed := receipts.Forget(ctx, names)
		if n > 0 {
			told = append(told, fmt.Sprintf("%s: %d receipts changed", receipts.AsideFile(), n))
		}
		if logs == nil {
			return told, errors.Join(err, failed)
		}
		n, kept := logs.Forget()
		if n > 0 {
			told = append(told, fmt.Sprintf("%s: %d snapshots removed", c.snapshots(), n))
		}
		return told, errors.Join(err, failed, kept)
	}
}

// rejects is the list of files that rejected rows were written to, beside the store: whoever is erased is to be found in them.
func (f storeFlag) rejects() string { return f.beside("", ".rejects") }

// note adds a file to the list.
func (f storeFlag) note(path string) error { return note(f.rejects(), path) }

// note adds a path to a list of some, unless it is there.
func note(list, path string) error {
	path, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	known, err := noted(list)
	if err != nil || slices.Contains(known, path) {
		return err
	}
	to, err := os.OpenFile(list, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(to, path)
	return errors.Join(err, to.Close())
}

// noted are the paths of a list, which need not be there.
func noted(list string) ([]string, error) {
	text, err := os.ReadFile(list)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	return strings.FieldsFunc(string(text), func(r rune) bool { return r == '\n' }), err
}

// forget takes whoever has one of these names out of the files of rejected rows that are still there, and says what became of each.
func (f storeFlag) forget(names []string) ([]string, error) {
	paths, err := noted(f.rejects())
	if err != nil {
		return nil, err
	}
	var told []string
	for _, path := range paths {
		switch gone, err := ingest.Forget(path, names); {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return nil, fmt.Errorf("%s: %w", path, err)
		default:
			told = append(told, fmt.Sprintf("%s: %d rows removed", path, gone))
		}
	}
	return told, nil
}
