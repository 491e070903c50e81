package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"

	kith "github.com/kithgraph/kith"
	"github.com/kithgraph/kith/graph/projection"
)

// journeyFlags say where events of journeys are.
type journeyFlags struct {
	JourneyMemory    int    `default:"1024" placeholder:"MB" help:"How much memory events of journeys may take, of all purposes together: those of a purpose that was not asked for longest go first. 0: journeys are refused."`
	JourneySnapshots string `placeholder:"DIR" help:"Where events of journeys outlast the server, so that the next one has not to read them anew. Without: beside the file of SQLite, else ./kith.journeys; off: nowhere. Snapshots in folders that were used before are removed."`
}

// noSnapshots is said in the place of a folder.
const noSnapshots = "off"

// snapshots is the folder of snapshots, or of those that a server before may have left.
func (c serveCmd) snapshots() string {
	if c.JourneySnapshots == noSnapshots {
		return c.beside("", ".journeys")
	}
	return c.beside(c.JourneySnapshots, ".journeys")
}

// kept is the folder in which snapshots are kept; empty: they are not.
func (c serveCmd) kept() string {
	if c.JourneyMemory == 0 || c.JourneySnapshots == noSnapshots {
		return ""
	}
	return c.snapshots()
}

// folders is the list of folders that had snapshots, in the journal, which is one process's, too: from those that are not used any more nobody else would
// remove them.
func (c serveCmd) folders() string { return filepath.Join(c.journal(), "snapshots") }

// leave removes the snapshots from all folders that had any, but for the one that is kept, and says what became of each.
func (c serveCmd) leave(kept string) (told []string, err error) {
	paths, err := noted(c.folders())
	if err != nil {
		return nil, err
	}
	if kept != "" {
		if kept, err = filepath.Abs(kept); err != nil {
			return nil, err
		}
	}
	if before, err := filepath.Abs(c.beside("", ".journeys")); err != nil {
		return nil, err
	} else if !slices.Contains(paths, before) { // which was used before there was a list
		paths = append(paths, before)
	}
	for _, path := range paths {
		if path == kept {
			continue
		}
		n, failed := projection.Forget(path)
		if n > 0 {
			told = append(told, fmt.Sprintf("%s: %d snapshots removed", path, n))
		}
		if failed != nil {
			err = errors.Join(err, fmt.Errorf("snapshots of before, in a folder that %s names: %w", c.folders(), failed))
		}
	}
	return told, err
}

// valid refuses what no server can mean.
func (f journeyFlags) valid() error {
	if f.JourneyMemory < 0 || f.JourneyMemory > 1<<20 {
		return fmt.Errorf("--journey-memory: a number of megabytes from 0 to %d is needed, not %d", 1<<20, f.JourneyMemory)
	}
	return nil
}

// placed fails where there can be no folder that a flag names. Beside a store there can be one where there can be the store.
func placed(flag, path string, given bool) error {
	if dir := filepath.Dir(path); given && !isDirectory(dir) {
		return fmt.Errorf("%s: there is no directory %s", flag, dir)
	}
	if _, err := os.Stat(path); err == nil && !isDirectory(path) {
		return fmt.Errorf("%s: %s is a file, where a directory is meant", flag, path)
	}
	return nil
}

// journeys keeps the events of journeys; nil: they are refused.
func (c serveCmd) journeys(g *graphOf, is build, log *slog.Logger) (*projection.Set, error) {
	o := projection.Options{Most: int64(c.JourneyMemory) << 20, Log: log, Feed: g.Changes, Snapshots: c.kept(),
		Program: fmt.Sprintf("%s %s %x", is.Version, is.Commit, sha256.Sum256([]byte(kith.Schema)))}
	left, err := c.leave(o.Snapshots)
	if len(left) > 0 {
		log.Info("snapshots of journeys are removed from where none are kept any more", "folders", left)
	}
	if err == nil && o.Snapshots != "" {
		err = note(c.folders(), o.Snapshots)
	}
	if err != nil {
		return nil, fmt.Errorf("--journey-snapshots: %w", err)
	}
	if c.JourneyMemory == 0 {
		return nil, nil
	}
	logs, err := projection.New(g.catalog, o)
	if err != nil {
		return nil, fmt.Errorf("--journey-snapshots: %w", err)
	}
	return logs, nil
}
