package neo4j

import (
	"regexp"
	"strings"
	"time"
)

// What parts of a text add to the CPU time that Neo4j 5.26 takes to plan it, in ms, as fitted to golden statements (within a quarter).
const (
	planStatement = 43.
	planCall      = 13.
	planNested    = 4.6 // of a CALL, for each level that it is indented by
	planHorizon   = 8.
	planHop       = 2.
	planSubquery  = 19.
	planPath      = 76.
	planUnion     = 31.
	planProperty  = 3.
)

var planToken = regexp.MustCompile("`[^`]*`|\\w+(?:\\.\\w+)?|\\{\\d+,\\d+\\}|\\]-|[(){}\\[\\]]")

// Planning estimates the CPU time that Neo4j takes to plan a text which it has not seen.
//
// A subquery in a subquery is planned twice where a function or a CASE is around both, and so on at each level.
func Planning(text string) time.Duration {
	sum := planStatement
	var open []string // what is around: ( [ { of no weight, and call, function, case, subquery
	last, called := "", false
	for _, t := range planToken.FindAllString(text, -1) {
		around := t
		switch {
		case t == "CALL":
			called = true
			sum += planCall + planNested*float64(depth(open, "call"))
		case t == "WITH", t == "UNWIND":
			sum += planHorizon
		case t == "UNION":
			sum += planUnion
		case t == "]-":
			sum += planHop
		case strings.Contains(t, ".") && t[0] != '`':
			sum += planProperty
		case len(t) > 1 && t[0] == '{':
			sum += planPath
		case t == "{" && (last == "EXISTS" || last == "COUNT" || last == "COLLECT"):
			sum += planSubquery * float64(int(1)<<min(within(open), 20))
			around = "subquery"
		case t == "{" && called && last == ")":
			around, called = "call", false
		case t == "(" && (last == "coalesce" || last == "size" || last == "count" || last == "collect"):
			around = "function"
		case t == "CASE":
			around = "case"
		}
		switch {
		case t == "(", t == "{", t == "[", t == "CASE":
			open = append(open, around)
		case (t == ")" || t == "}" || t == "]" || t == "]-" || t == "END") && len(open) > 0:
			open = open[:len(open)-1]
		}
		last = t
	}
	return time.Duration(sum * float64(time.Millisecond))
}

func depth(open []string, of string) (n int) {
	for _, o := range open {
		if o == of {
			n++
		}
	}
	return n
}

// within is how many subqueries are around that have a function or a CASE around them.
func within(open []string) (n int) {
	around := false
	for _, o := range open {
		around = around || o == "function" || o == "case"
		if around && o == "subquery" {
			n++
		}
	}
	return n
}
