package journey

import (
	"fmt"
	"slices"
	"strings"
)

// What came of an event is kept beside its activity, since there may be more ways than a log tells activities apart: only who asks for it has to do
// with no more.

// outcome is the place of what came of an event, among those of the Builder's log; 0: nothing is known.
func (b *Builder) outcome(of string) uint32 {
	if of == "" {
		return 0
	}
	n, known := b.came[of]
	if !known {
		b.log.outcomes = append(b.log.outcomes, strings.Clone(of))
		n = uint32(len(b.log.outcomes))
		b.came[b.log.outcomes[n-1]] = n
	}
	return n
}

// outcomeOf is 1 + the place of what came of an event among outcomes; 0: nothing is known.
func (l *Log) outcomeOf(i uint32) uint32 {
	if l.came == nil {
		return 0
	}
	if l.above == nil {
		return uint32(l.came[i])
	}
	return uint32(l.above[i])<<16 | uint32(l.came[i])
}

// ByOutcome is the log with events told apart by what came of them, too: of these activities those alone are there that events have. The error says that they
// are too many.
func (l *Log) ByOutcome() (*Log, error) {
	out := *l
	out.activities, out.codes, out.cases = slices.Clip(l.activities), slices.Clone(l.codes), slices.Clone(l.cases)
	out.links, out.pairs, out.live, out.sequences = nil, nil, nil, 0 // they are of other activities
	type pair struct {
		code uint16
		came uint32
	}
	found := map[pair]uint16{}
	for c := range out.cases {
		s := &out.cases[c]
		for i := s.from; i < s.from+s.n; i++ {
			p := pair{l.codes[i], l.outcomeOf(i)}
			if p.came == 0 {
				continue
			}
			code, known := found[p]
			if !known {
				if len(out.activities) == MostActivities {
					return nil, fmt.Errorf("by: a log tells %d activities apart, and by what came of events there are more", MostActivities)
				}
				code = uint16(len(out.activities))
				out.activities = append(out.activities, l.activities[p.code]+between+l.outcomes[p.came-1])
				found[p] = code
			}
			out.codes[i] = code
			s.has |= bitOf(code)
		}
	}
	return &out, nil
}

// ByOutcome reports whether a mapping looks at what came of events.
func (m *Mapping) ByOutcome() bool { return slices.Contains(m.By, Result) || m.Only[Result] != nil }
