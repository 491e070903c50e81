package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/kithgraph/kith/graph"
)

// application is what a file of Kith's has for its application_id: "Kith".
const application = 0x4b697468

// header is what a file says of itself.
type header struct {
	application, format int
	objects             int  // tables, indexes, and the like
	kinds               bool // tables of nodes are among them
	first               string
}

func headerOf(ctx context.Context, db interface {
	QueryRowContext(ctx context.Context, text string, args ...any) *sql.Row
}) (h header, err error) {
	err = db.QueryRowContext(ctx, `SELECT (SELECT application_id FROM pragma_application_id), (SELECT user_version FROM pragma_user_version),
		count(*), coalesce(max(name GLOB 'node_*'), 0), coalesce(min(name), '') FROM sqlite_schema`).Scan(&h.application, &h.format, &h.objects, &h.kinds, &h.first)
	return h, err
}

// ours reports whether the file says that it is Kith's.
func (h header) ours() bool { return h.application == application }

// usable says whether the file is empty, or a store that this program can use.
func (h header) usable() error {
	switch {
	case h.ours():
		return graph.CheckFormat(h.format)
	case h.application == 0 && h.objects == 0:
		return nil
	case h.application == 0 && h.kinds:
		return graph.CheckFormat(h.format)
	case h.application != 0:
		return graph.Foreign("the file", fmt.Sprintf("what an application %#x has written", uint32(h.application)))
	}
	return graph.Foreign("the file", fmt.Sprintf("the table %q", h.first))
}

// Recognize says why a file cannot be a store of this program's, as Open does, and makes nothing in it or beside it. One that is not
// there is as good as an empty one, unless it has to exist.
func Recognize(ctx context.Context, path string, existing bool) error {
	return translated(ctx, recognize(ctx, path, existing))
}

func recognize(ctx context.Context, path string, existing bool) (err error) {
	info, err := os.Stat(path)
	switch missing := errors.Is(err, os.ErrNotExist); {
	case missing && existing:
		return graph.NoStore("there is no file " + path)
	case missing:
		if _, err := os.Stat(filepath.Dir(path)); errors.Is(err, os.ErrNotExist) {
			return &graph.Error{Code: graph.Unavailable, Message: "there is no directory " + filepath.Dir(path)}
		}
		return nil
	case err != nil:
		return err
	case info.IsDir():
		return &graph.Error{Code: graph.Unavailable, Message: path + " is a directory, where a file is meant"}
	case info.Size() == 0 && existing:
		return graph.NoStore("the file " + path + " is empty")
	case info.Size() == 0:
		return nil
	}
	how := "?mode=ro&_pragma=busy_timeout(10000)"
	if _, err := os.Stat(path + "-wal"); errors.Is(err, os.ErrNotExist) {
		how += "&immutable=1" // nobody has it open: no files for sharing it are made
	}
	db, err := sql.Open("sqlite", address(path)+how)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	h, err := headerOf(ctx, db)
	if err != nil {
		return err
	}
	if existing && h.objects == 0 && !h.ours() {
		return graph.NoStore("the file " + path + " is empty")
	}
	return h.usable()
}

// headed are the statements that have a file say that it is a store of this program's format.
var headed = []string{fmt.Sprintf("PRAGMA application_id = %d", application), fmt.Sprintf("PRAGMA user_version = %d", graph.Format)}
