//go:build !(darwin || dragonfly || freebsd || illumos || linux || netbsd || openbsd)

package journal

import (
	"errors"
	"os"
)

// acquire fails: without a lock two processes could write the same receipts.
func acquire(string) (*os.File, error) { return nil, errors.ErrUnsupported }
