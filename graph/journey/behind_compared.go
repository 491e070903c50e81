package journey

import (
	"fmt"
	"math"
	"slices"
)

// A Segment is one of two that are compared.
type Segment uint8

// The segments.
const (
	SegmentA Segment = iota
	SegmentB
	InBoth // and so in neither of the two
)

// A ComparedNumber is one of those that a comparison tells of a segment: all its cases, or those of a line.
type ComparedNumber struct {
	Segment    Segment
	Activities []string // of the line; none: all cases
	Step       int      // of a funnel, in place of these: which step is the line, counted from 0; 0: all that have no time left
}

// BehindCompared are the cases behind a number of a comparison, which is asked for by the same arguments. Not ok: it is not told.
func (t *Telling) BehindCompared(a, b func(c int) bool, of Line, f Funnel, n ComparedNumber) (cases []int, ok bool, err error) {
	if n.Segment == InBoth && (of == OfFunnel || len(n.Activities) > 0) {
		return nil, false, fmt.Errorf("in: a line is of one segment or the other, and not of both")
	}
	told, err := t.Compare(a, b, of, f, math.MaxInt)
	if err != nil { // of others than funnels there is none
		return nil, false, fmt.Errorf("funnel.%w", err)
	}
	if told == nil {
		return nil, false, nil
	}
	var v *View
	switch n.Segment {
	case SegmentA:
		v = t.view.only(a, b)
	case SegmentB:
		v = t.view.only(b, a)
	case InBoth:
		v = t.view.only(func(c int) bool { return a(c) && b(c) }, func(int) bool { return false })
	}
	line := n.Activities
	if of == OfFunnel {
		if line = nil; n.Step > 0 && n.Step < len(f.Steps) {
			line = f.Steps[n.Step]
		}
	}
	ok = t.fewest == 0 || t.Persons == 0 || line == nil || slices.ContainsFunc(told.Lines, func(d Difference) bool { return d.Step == n.Step && slices.Equal(d.Activities, line) })
	switch {
	case of == OfFunnel:
		cases, err = v.behindStep(f, StepNumber{Step: n.Step, Matured: true})
	case line == nil:
		v.population(func(s *sequence) { cases = append(cases, s.c) })
	case of == OfVariants:
		if _, err = v.asVariant("activities", line); err == nil {
			cases, err = v.BehindVariant(line)
		}
	case of == OfEdges && len(line) == 2:
		cases, err = v.behindEdge("activities[0]", line[0], "activities[1]", line[1])
	case of == OfActivities && len(line) == 1:
		cases, err = v.behindActivity("activities[0]", line[0])
	default:
		err = fmt.Errorf("activities: an activity is one, and an edge is two, not %d", len(line))
	}
	return cases, ok && err == nil, err
}
