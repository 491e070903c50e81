package main

import (
	"fmt"
	"strings"
)

// A question is a document, and its variables.
type question struct {
	document  string
	variables map[string]any
}

// modest is what the one who asks little asks.
var modest = []question{{document: `{ customers(first: 10, orderBy: [{name: ASC}]) { nodes { id name journeyStage } } }`}}

// hostile are small documents that are dear, for each who asks them; she goes from one to the next. Where the limits refuse what is dearest,
// what they just let through follows: else there would be nothing to wait for.
var hostile = [][]question{
	{{document: `{ customers(filter: {interactions: {some: {participants: {some: {customer: {interactions: {some: {text: {contains: "a"}}}}}}}}}) { totalCount } }`}},
	{{document: `{ accounts(filter: {people: {some: {interactions: {some: {text: {contains: "zz"}}}}}}) { totalCount } }`}},
	{{document: `{ accounts(orderBy: [{people: {filter: {interactions: {some: {text: {contains: "e"}}}}, count: DESC}}]) { nodes { id } } }`}},
	{
		{document: `{ customers(orderBy: [{interactions: {filter: {customers: {some: {interactions: {some: {kind: {eq: CALL}}}}}}, count: DESC}}]) { nodes { id } } }`},
		{document: `{ customers(first: 200, orderBy: [{interactions: {filter: {customers: {some: {name: {contains: "e"}}}}, count: DESC}}]) { nodes { id } } }`},
	},
	{withheld(95), withheld(62)},
	{introspection(9), introspection(8)},
	{and(3000, "startsWith"), and(240, "contains")},
	{{document: `{ interactions(first: 200, filter: {text: {contains: "q"}}) { totalCount nodes { text participants(first: 200) { nodes { __typename } } } } }`}},
}

// withheld asks a page of persons n times what is withheld of each.
func withheld(n int) question {
	return question{document: `{ customers(first: 200) { nodes { ` + repeat(n, func(i int) string { return fmt.Sprintf("w%d: withheld { reason } ", i) }) + `} } }`}
}

// introspection asks n times for all types, and of each n times for all fields.
func introspection(n int) question {
	fields := repeat(n, func(i int) string { return fmt.Sprintf("f%d: fields { name } ", i) })
	return question{document: `{ __schema { ` + repeat(n, func(i int) string { return fmt.Sprintf("t%d: types { name %s } ", i, fields) }) + `} }`}
}

// and asks for n conditions at once.
func and(n int, operator string) question {
	all := make([]any, n)
	for i := range all {
		all[i] = map[string]any{"name": map[string]any{operator: "A"}}
	}
	return question{`query($f: CustomerFilter) { customers(filter: $f) { totalCount } }`, map[string]any{"f": map[string]any{"and": all}}}
}

func repeat(n int, part func(i int) string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(part(i))
	}
	return b.String()
}
