package journey

// What Matured and Through tell is told together with the steps: who has not taken all of them, and has time left, is what they leave of those, and so is
// who has not, and has none. So enough stand behind each part of the leftover.

// Parts of the leftover: of either cohort those whose status is told at the step that they came to, as still open or otherwise, and those who are told with
// others; and whoever the case filter leaves out. Behind these are, step by step, the parts of either cohort that are told with others there: of a step of which
// it follows from what is told that one part is nobody, the other is taken off the sum.
const (
	leftOpen = iota
	leftGone
	leftTogether
	leftParts
	leftOut   = 2 * leftParts
	leftSteps = leftOut + 1
)

// leftOf are those in which an entry is counted that has not taken all steps. told: its status is told apart.
func leftOf(e end, told bool) (parts []int) {
	young := 1
	if e.matured {
		young = 0
	}
	switch {
	case told && e.status == StillOpen:
		return []int{young*leftParts + leftOpen}
	case told && e.status == Dropped:
		return []int{young*leftParts + leftGone}
	}
	return []int{young*leftParts + leftTogether, leftSteps + 2*(e.steps-1) + young}
}

// tellsMatured reports whether Matured and Through are told: nobody or enough stand behind each number that follows from them, and not all of a cohort took
// all steps, nor did none; of those who have time left in a strict funnel none did, as everybody knows.
func (got *Funneled) tellsMatured(fewest int) bool {
	if fewest == 0 {
		return true
	}
	for _, n := range got.leftover {
		if !some(n, fewest) {
			return false
		}
	}
	through, not := got.Cohorts[MaturedThrough], got.Cohorts[MaturedNot]
	if through.Persons < fewest || not.Persons < fewest {
		return false
	}
	young, still := got.Cohorts[YoungThrough].Persons, got.Cohorts[YoungNot].Persons
	if !got.strict && (young > 0) != (still > 0) || !some(young, fewest) || !some(still, fewest) {
		return false
	}
	return !fewLess(got.Matured, through, fewest) && !fewLess(got.Steps[len(got.Steps)-1].Entered, through, fewest) && !fewLess(got.Steps[0].Entered, got.Matured, fewest)
}
