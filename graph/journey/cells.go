package journey

import "fmt"

const (
	// MostCells is how many cells a table has at most that an answer tells, or that is counted for it: rows times what each of them tells.
	MostCells = 50_000
	// mostNames is how many activities all paths of a table have at most.
	mostNames = 1_000_000
)

// rowsFor is how many values may be told apart where so many of something are told of each.
func rowsFor(columns int) int { return min(MostValues, MostCells/max(1, columns)) }

// errRows says that there are more.
func errRows(columns int, what string) error {
	most := rowsFor(columns)
	if most == MostValues {
		return errValues
	}
	return fmt.Errorf("by: more than %d values, and %d %s of each: values times %s are at most %d, so that there may be %d values here; choose what has fewer values, or fewer %s",
		most, columns, what, what, MostCells, most, what)
}

// names is how many activities all paths have that are told of rows, and of what is in none.
func (x *crossing) names(of *Paths) (n int) {
	for j, row := range of.Rows {
		if x.columns[j] {
			n += len(row.Activities)
		}
	}
	rows := 1
	for _, told := range x.rows {
		rows += int(bitIf(told))
	}
	return n * rows
}

// fits reports an error where something that is told is too much.
func fits(where string, given int, what string, most int) error {
	if given <= most {
		return nil
	}
	return fmt.Errorf("%s: the answer would have %d %s in all, and at most %d are told: ask for fewer", where, given, what, most)
}
