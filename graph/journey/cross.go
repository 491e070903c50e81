package journey

// A crossing is a table of persons by rows and columns, of which those that are told apart are to be chosen. What it tells is a table, too: of
// the rows and columns that are told, and of all others together, so that there is nothing to be worked out but sums of its cells.
type crossing struct {
	cells         [][]int // by row and column
	rows, columns []bool  // which are told apart
	disjoint      bool    // each person stands in one cell, so that several can be added up; else at least as many stand behind several as behind one
	fixed         bool    // the rows stay as they are
	fewest        int
}

// together stands for all rows, or columns, that are not told apart.
const together = -1

// persons are those behind a cell that is told.
func (x *crossing) persons(row, column int) (n int) {
	each(x.rows, row, func(i int) {
		each(x.columns, column, func(j int) {
			if x.disjoint {
				n += x.cells[i][j]
			} else {
				n = max(n, x.cells[i][j])
			}
		})
	})
	return n
}

// each visits one of several, or all together that are not told.
func each(told []bool, one int, visit func(int)) {
	if one != together {
		visit(one)
		return
	}
	for i := range told {
		if !told[i] {
			visit(i)
		}
	}
}

// some reports whether anybody is in a row, or column, that stands for all others.
func (x *crossing) some(row, column bool) bool {
	for i := range x.rows {
		for j := range x.columns {
			if (!row || !x.rows[i]) && (!column || !x.columns[j]) && x.cells[i][j] > 0 {
				return true
			}
		}
	}
	return false
}

// lines are those that are told, and what is together where that is anybody.
func lines(told []bool, others bool) (out []int) {
	for i, t := range told {
		if t {
			out = append(out, i)
		}
	}
	if others {
		out = append(out, together)
	}
	return out
}

// settle joins rows and columns with the others until at least fewest persons stand behind each cell. Of what is told apart nobody may be
// missing either: it would say where all of a row, or of a column, are. What is together may be empty.
func (x *crossing) settle() {
	ofRow, ofColumn := make([]int, len(x.rows)), make([]int, len(x.columns))
	for i, row := range x.cells {
		for j, n := range row {
			ofRow[i] += n
			ofColumn[j] += n
		}
	}
	for x.fewest > 0 {
		rows, columns := lines(x.rows, x.some(true, false)), lines(x.columns, x.some(false, true))
		badRow, badColumn, bad := map[int]int{}, map[int]int{}, false
		for _, i := range rows {
			for _, j := range columns {
				if n := x.persons(i, j); n < x.fewest && (n > 0 || j != together) {
					badRow[i]++
					badColumn[j]++
					bad = true
				}
			}
		}
		if !bad {
			return
		}
		row, inRow := worst(x.rows, badRow, ofRow)
		column, inColumn := worst(x.columns, badColumn, ofColumn)
		switch {
		case row == together || x.fixed:
			if column == together {
				return
			}
			x.columns[column] = false
		case column == together || inRow*len(rows) >= inColumn*len(columns):
			x.rows[row] = false
		default:
			x.columns[column] = false
		}
	}
}

// worst is the line with most cells that cannot be told, and of several the one of fewest persons. Where what is together has more of them, it is
// the one of fewest persons, which joins it.
func worst(told []bool, bad map[int]int, persons []int) (out, cells int) {
	out, least := together, together
	for i := range told {
		if told[i] && (out == together || bad[i] > bad[out] || bad[i] == bad[out] && persons[i] <= persons[out]) {
			out = i
		}
		if told[i] && (least == together || persons[i] <= persons[least]) {
			least = i
		}
	}
	if bad[together] > bad[out] {
		return least, bad[together]
	}
	return out, bad[out]
}
