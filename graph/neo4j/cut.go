package neo4j

import (
	"fmt"

	"github.com/kithgraph/kith/graph"
)

const (
	hour = "3600000000"
	day  = "86400000000"
)

// cut is what rows are grouped by of what clocks show.
func cut(of graph.Cut, shown string) string {
	const monday = "345600000000" // 1970 began on a Thursday
	switch of {
	case graph.ByDay:
		return floor(shown, day)
	case graph.ByWeek:
		return truncated("week", shown)
	case graph.ByMonth:
		return truncated("month", shown)
	case graph.ByQuarter:
		return truncated("quarter", shown)
	case graph.ByYear:
		return truncated("year", shown)
	case graph.ByHourOfDay:
		return modulo(shown, day) + " / " + hour
	case graph.ByWeekday:
		return modulo("("+shown+" - "+monday+")", "7 * "+day) + " / " + day + " + 1"
	case graph.ByHourOfWeek:
		return modulo("("+shown+" - "+monday+")", "7 * "+day) + " / " + hour
	}
	panic(fmt.Sprintf("neo4j: nothing is cut to %d", of))
}

// floor goes back to a multiple of a unit.
func floor(value, unit string) string { return value + " - " + modulo(value, unit) }

// modulo is what a value is beyond a multiple of a unit, before 1970, too, where the remainder is negative.
func modulo(value, unit string) string {
	return fmt.Sprintf("(%s %% (%s) + %s) %% (%s)", value, unit, unit, unit)
}

// millis are whole milliseconds, which is what datetimes are made of.
func millis(value string) string { return "(" + floor(value, "1000") + ") / 1000" }

func truncated(unit, value string) string {
	return known(value, fmt.Sprintf("datetime.truncate('%s', datetime({epochMillis: %s})).epochMillis * 1000", unit, millis(value)))
}

// known is an expression that takes no missing value.
func known(value, expr string) string {
	return "CASE WHEN " + value + " IS NOT NULL THEN " + expr + " END"
}
