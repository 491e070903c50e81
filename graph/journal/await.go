package journal

import (
	"context"
	"time"
)

const (
	// attempts is how often a journal that another process changes is read, until what was read belongs together.
	attempts = 10
	glance   = 50 * time.Millisecond // between two looks at it
)

// Await waits until what the journal in a directory holds now is moved, by the process that has it open. Where ctx ends first it
// says how many receipts are not.
func Await(ctx context.Context, dir string) (waiting int, err error) {
	j, _, err := look(dir)
	if err != nil {
		return 0, err
	}
	for tail := j.tail; j.position.before(tail); {
		if !pause(ctx, nil, glance) {
			_, waiting, err = look(dir)
			return waiting, err
		}
		if j.position, err = j.readPosition(); err != nil {
			return 0, err
		}
	}
	return 0, nil
}

// look reads what a journal holds that another process has open, and how many receipts of it are not moved.
func look(dir string) (j *Journal, unmoved int, err error) {
	for range attempts {
		j = &Journal{dir: dir}
		var chain []content
		if chain, _, err = j.survey(); err == nil {
			for _, c := range chain {
				unmoved += c.unmoved
			}
			return j, unmoved, nil
		}
		time.Sleep(glance) // files come and go
	}
	return nil, 0, err
}
