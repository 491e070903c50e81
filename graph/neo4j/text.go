package neo4j

import "strings"

// Texts compare by code point. Neo4j does so among texts that are stored, and in its indexes, but compares a stored text with
// a parameter by the units of UTF-16, where U+E000 to U+FFFF stand behind all that takes two units. So a parameter that has
// any of the two is compared in a form in which both ways are one.

const (
	firstPair = '\U00010000' // takes two units, as all behind it
	behind    = '\uE000'     // is behind the first of two units
	mark      = '\uFFFF'     // stands before two units in that form
)

// unsure is where in a text the units differ in order from the code points, or -1.
func unsure(s string) int { return strings.IndexFunc(s, func(r rune) bool { return r >= behind }) }

// marked is the form of a text in which units are in the order of code points.
func marked(s string) string {
	var b strings.Builder
	for _, r := range s {
		if r >= firstPair {
			b.WriteRune(mark)
		}
		b.WriteRune(r)
	}
	return b.String()
}

// ordered compares a value with another, which is also the parameter p.
func (c *compiler) ordered(value, op string, with any, p string) string {
	text, isText := with.(string)
	at := -1
	if isText {
		at = unsure(text)
	}
	if at < 0 {
		return value + " " + op + " " + p
	}
	i := c.fresh("i")
	char := "substring(" + value + ", " + i + ", 1)"
	form := "reduce(text = left(" + value + ", 0), " + i + " IN range(0, coalesce(size(" + value + "), 0) - 1) | text + CASE WHEN " + // null of null
		char + " >= " + c.param(string(firstPair)) + " AND " + char + " < " + c.param(string(behind)) + " THEN " + c.param(string(mark)) + " + " + char + " ELSE " + char + " END)"
	cond := form + " " + op + " " + c.param(marked(text))
	if op[0] == '>' { // what is sure leads an index to the place
		cond = value + " >= " + c.param(text[:at]) + " AND " + cond
	}
	return "(" + cond + ")"
}
