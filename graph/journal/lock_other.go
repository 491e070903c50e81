//go:build !(darwin || dragonfly || freebsd || illumos || linux || netbsd || openbsd)

package journal

import (
	"errors"
	"os"
)

// Lock fails: without a lock two processes could write the same receipts.
func Lock(string) (*os.File, error) { return nil, errors.ErrUnsupported }
