package main

import (
	"bufio"
	"encoding/binary"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"github.com/kithgraph/kith/graph/journey"
)

const (
	activities = 25
	perCase    = 10 // events, in the mean
	segments   = 10 // of cases; one of them is what the case filter leaves
	filtered   = 3
	seed       = 20260601
)

// names are one letter each, so that a sequence is a text, too.
func names() (all []string) {
	for i := range activities {
		all = append(all, string(rune('A'+i)))
	}
	return all
}

// A log is its events, sorted by case and by their order within it.
type eventLog struct {
	cases    []uint32
	codes    []uint8
	times    []int64 // microseconds since 1970
	segments []uint8 // of the event's case
	first    []int   // where each case begins, and behind them the number of events
}

// newLog draws a log of about so many events: cases of one event and more, that go round a circle of activities, now and then come back to the same one
// or go anywhere, with events of one instant among them.
func newLog(events int) *eventLog {
	rng := rand.New(rand.NewPCG(seed, uint64(events)))
	l := &eventLog{}
	begin := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC).UnixMicro()
	for c := range events / perCase {
		l.first = append(l.first, len(l.codes))
		segment := uint8(rng.IntN(segments))
		at := begin + rng.Int64N(400*24*3600)*1e6
		code := rng.IntN(4)
		for {
			l.cases, l.codes = append(l.cases, uint32(c)), append(l.codes, uint8(code))
			l.times, l.segments = append(l.times, at), append(l.segments, segment)
			if rng.IntN(perCase) == 0 {
				break
			}
			switch n := rng.IntN(100); {
			case n < 10: // it comes again
			case n < 95:
				code = (code + 1 + min(rng.IntN(4), rng.IntN(4))) % activities
			default:
				code = rng.IntN(activities)
			}
			if rng.IntN(20) > 0 { // else it is of the same instant
				at += int64(rng.ExpFloat64()*6*3600) * 1e6
			}
		}
	}
	l.first = append(l.first, len(l.codes))
	return l
}

// save writes the columns for others to read: little-endian, one file each.
func (l *eventLog) save(folder string) error {
	for name, column := range map[string]any{"case": l.cases, "activity": l.codes, "time": l.times, "segment": l.segments} {
		f, err := os.Create(filepath.Join(folder, name+".bin"))
		if err != nil {
			return err
		}
		w := bufio.NewWriterSize(f, 1<<20)
		err = binary.Write(w, binary.LittleEndian, column)
		if err == nil {
			err = w.Flush()
		}
		if e := f.Close(); err == nil {
			err = e
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// journey is a case with its first events, as many as are given.
func (l *eventLog) journey(c, events int) journey.Case {
	from := l.first[c]
	out := journey.Case{ID: caseID(c), Closed: true, Events: make([]journey.Event, events)}
	persons := []string{out.ID}
	for i := range out.Events {
		out.Events[i] = journey.Event{At: l.times[from+i], Sequence: int64(i), Activity: uint16(l.codes[from+i]), Persons: persons}
	}
	return out
}

// length is how many events a case has.
func (l *eventLog) length(c int) int { return l.first[c+1] - l.first[c] }

// count is how many cases there are.
func (l *eventLog) count() int { return len(l.first) - 1 }

// chosen says which cases the filter leaves.
func (l *eventLog) chosen() func(c int) bool {
	has := make([]bool, l.count())
	for c := range has {
		has[c] = l.segments[l.first[c]] == filtered
	}
	return func(c int) bool { return has[c] }
}
