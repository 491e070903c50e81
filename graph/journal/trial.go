package journal

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"
)

const (
	// trialEvery is the time from one trial of the disk to the next.
	trialEvery = time.Second
	// trialFile is what a trial writes. It is no segment, so that one that a crash has left is passed over, and the next trial's.
	trialFile = "trial"
)

// A failure is the last attempt to write, when it failed.
type failure struct {
	err   error
	size  int64         // of what could not be written
	tried time.Time     // last
	trial chan struct{} // is closed when the trial that runs has ended; nil: none runs
}

// Writable says why receipts could not be written the last time; nil: they could. After a failure it tries the disk, at most once in a
// second, with as much as was to be written then: where nobody is sent to who cannot write, no receipt comes that would tell. It waits
// for the trial until ctx ends.
func (j *Journal) Writable(ctx context.Context) error {
	j.mu.Lock()
	f := j.failed
	if f == nil || j.closed {
		j.mu.Unlock()
		if f == nil {
			return nil
		}
		return f.err
	}
	if f.trial == nil && time.Since(f.tried) >= trialEvery {
		f.trial = make(chan struct{})
		j.workers.Go(func() { j.try(f, f.trial) })
	}
	running := f.trial
	j.mu.Unlock()
	if running != nil {
		select {
		case <-running:
		case <-ctx.Done():
		}
	}
	j.mu.Lock()
	defer j.mu.Unlock()
	if j.failed == nil {
		return nil
	}
	return j.failed.err
}

// try writes as much as failed, beside the segments, and takes it away again.
func (j *Journal) try(f *failure, ended chan struct{}) {
	err := j.trial(f.size)
	j.mu.Lock()
	defer j.mu.Unlock()
	f.tried, f.trial = time.Now(), nil
	if err != nil {
		f.err = err
	} else if j.failed == f { // no receipt has failed meanwhile
		j.failed = nil
	}
	close(ended)
}

func (j *Journal) trial(size int64) error {
	path := filepath.Join(j.dir, trialFile)
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE|os.O_TRUNC, 0o600)
	if err != nil {
		return err
	}
	return errors.Join(j.options.put(f, make([]byte, size), 0), f.Close(), os.Remove(path))
}

// note keeps how an attempt to write receipts ended.
func (j *Journal) note(err error, batch []*entry) {
	j.mu.Lock()
	defer j.mu.Unlock()
	if err == nil {
		j.failed = nil
		return
	}
	j.failed = &failure{err: err, size: firstSize, tried: time.Now()}
	for _, e := range batch {
		j.failed.size += int64(len(e.record))
	}
}
