package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/ocel"
)

// What a log is read by: cases, and interactions with what they are about and who took part.
const (
	logCases = `{ cases { nodes {
  id externals { source id } objectType number caseKind severity status subject openedAt resolvedAt
  attributes { name text number boolean time object at }
  party { ... on Customer { __typename id externals { source id } } ... on Account { __typename id externals { source id } } }
  product { __typename id externals { source id } }
} } }`
	logEvents = `{ interactions { nodes {
  id externals { source id } at sequence activity kind channel origin result sentiment subject text
  attributes { name text number boolean time object at }
  case { __typename id externals { source id } }
  topics(first: 100) { pageInfo { hasNextPage } nodes { __typename ... on Node { id externals { source id } } } }
  participants(first: 100) { pageInfo { hasNextPage } edges { properties { role } node { __typename ... on Node { id externals { source id } } } } }
} } }`
)

// A logNode is a node, as an export has it.
type logNode struct {
	Typename  string `json:"__typename"`
	ID        string
	Externals []graph.External
}

type logAttribute struct {
	Name         string
	Text, Object *string
	Number       *json.Number
	Boolean      *bool
	Time, At     *time.Time
}

// A logElement is a case or an interaction with what is told of it: own has its properties by their names.
type logElement struct {
	logNode
	Attributes []logAttribute
	own        map[string]any

	ObjectType, Activity, Kind string // of a case, and of an interaction
	At                         *time.Time
	Sequence                   *int64
	Party, Product, Case       *logNode
	Topics                     logNodes
	Participants               logNodes
}

type logNodes struct {
	PageInfo struct{ HasNextPage bool }
	Nodes    []logNode
	Edges    []struct {
		Properties struct{ Role string }
		Node       logNode
	}
}

// Properties that are attributes in a log, in this order. Where its log tells the same by the same name, that stands there once; where it tells
// something else, Kith's own is called by the name behind ownPrefix.
const ownPrefix = "kith:"

var (
	caseAttributes  = []string{"number", "caseKind", "severity", "status", "subject", "openedAt", "resolvedAt"}
	eventAttributes = []string{"kind", "channel", "origin", "result", "sentiment", "subject", "text"}
)

// log prints all interactions that the purpose sees, and what they are about, as an event log.
func (c exportCmd) log(p *program) error {
	c.Format = "jsonl"
	cases, err := c.elements(p, logCases)
	if err != nil {
		return err
	}
	interactions, err := c.elements(p, logEvents)
	if err != nil {
		return err
	}
	l := logOf(cases, interactions)
	if l.err != nil {
		return l.err
	}
	if err := l.Write(p.out); err != nil {
		return err
	}
	fmt.Fprintf(p.err, "%d events of %d objects\n", len(l.Events), len(l.Objects))
	if l.timeless > 0 {
		fmt.Fprintf(p.err, "%d interactions have no time, and are left out\n", l.timeless)
	}
	if l.loose > 0 {
		fmt.Fprintf(p.err, "%d relationships lead to no object that the purpose sees, and are left out\n", l.loose)
	}
	return nil
}

// elements are all rows of a connection.
func (c exportCmd) elements(p *program, query string) (out []logElement, err error) {
	body, err := json.Marshal(map[string]any{"query": query})
	if err != nil {
		return nil, err
	}
	_, err = c.all(p, body, func(chunk []byte) error {
		for line := range bytes.Lines(chunk) {
			var e logElement
			if err := json.Unmarshal(line, &e); err != nil {
				return fmt.Errorf("a row of the log: %w", err)
			}
			in := json.NewDecoder(bytes.NewReader(line))
			in.UseNumber()
			if err := in.Decode(&e.own); err != nil {
				return fmt.Errorf("a row of the log: %w", err)
			}
			out = append(out, e)
		}
		return nil
	})
	return out, err
}

// A loggedStore is a log in the making.
type loggedStore struct {
	ocel.Log
	names           map[string]string         // what objects are called in the log, by their ids
	taken           map[string]bool           // these
	found           map[graph.External]string // the same, by their rows of sources
	timeless, loose int
	err             error
}

// logOf makes a log. A node is called as the first of its rows of sources; where another is called so already, by its id.
func logOf(cases, interactions []logElement) *loggedStore {
	l := &loggedStore{names: map[string]string{}, taken: map[string]bool{}, found: map[graph.External]string{}}
	byID := func(a, b logElement) int { return cmp.Compare(a.ID, b.ID) }
	slices.SortFunc(cases, byID)
	slices.SortFunc(interactions, byID)
	for _, c := range cases {
		l.object(c.logNode)
	}
	for _, e := range slices.Concat(cases, interactions) {
		for _, to := range e.ends() {
			if to.node.Typename != "Case" && l.names[to.node.ID] == "" { // a case that was not read is none of the log
				l.Objects = append(l.Objects, ocel.Object{ID: l.object(to.node), Type: to.node.Typename})
			}
		}
	}
	for _, c := range cases {
		of := cmp.Or(c.ObjectType, "Case")
		c.own["number"] = other(c.own["number"], l.names[c.ID])
		l.Objects = append(l.Objects, ocel.Object{ID: l.names[c.ID], Type: of, Attributes: l.attributes(c, caseAttributes)})
	}
	events := map[string]bool{}
	for _, e := range interactions {
		if e.At == nil {
			l.timeless++
			continue
		}
		if l.err == nil {
			l.err = e.whole()
		}
		name := nameOf(e.logNode, events)
		of := cmp.Or(e.Activity, e.Kind, "INTERACTION")
		if e.Activity == "" {
			delete(e.own, "kind") // it is told
		}
		sequence := int64(math.MaxInt64)
		if e.Sequence != nil {
			sequence = *e.Sequence
		}
		l.Events = append(l.Events, ocel.Event{ID: name, Type: of, At: graph.At(*e.At), Sequence: sequence, Attributes: l.attributes(e, eventAttributes)})
	}
	return l
}

// object has a node be one of the log's objects, and is what it is called.
func (l *loggedStore) object(n logNode) string {
	name := nameOf(n, l.taken)
	l.names[n.ID] = name
	for _, e := range n.Externals {
		l.found[e] = name
	}
	return name
}

// nameOf is what a node is called.
func nameOf(n logNode, taken map[string]bool) string {
	name := n.ID
	if len(n.Externals) > 0 {
		name = slices.MinFunc(n.Externals, func(a, b graph.External) int {
			return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.ID, b.ID))
		}).ID
		if taken[name] {
			name = n.ID
		}
	}
	taken[name] = true
	return name
}

// An end is a node to which something leads, and what it is to that.
type end struct {
	qualifier string
	node      logNode
}

// ends are where an element leads to.
func (e *logElement) ends() (out []end) {
	add := func(qualifier string, n *logNode) {
		if n != nil {
			out = append(out, end{qualifier, *n})
		}
	}
	add("of", e.Party)
	add("about", e.Product)
	add("in", e.Case)
	for _, n := range e.Topics.Nodes {
		add("about", &n)
	}
	for _, n := range e.Participants.Edges {
		add(cmp.Or(n.Properties.Role, "participant"), &n.Node)
	}
	slices.SortStableFunc(out, func(a, b end) int {
		return cmp.Or(cmp.Compare(a.qualifier, b.qualifier), cmp.Compare(a.node.ID, b.node.ID))
	})
	return out
}

// whole is an error where an interaction leads to more than was read, and its log does not name all of it.
func (e *logElement) whole() error {
	if !e.Topics.PageInfo.HasNextPage && !e.Participants.PageInfo.HasNextPage {
		return nil
	}
	named := 0
	for _, a := range e.Attributes {
		if a.Object != nil {
			named++
		}
	}
	if e.Participants.PageInfo.HasNextPage || named <= len(e.Topics.Nodes) {
		return fmt.Errorf("the interaction %s leads to more than 100 nodes, and an export reads no more of one", e.ID)
	}
	return nil
}

// attributes are those of an element: its own properties, what its log tells, and where it leads to beside that.
func (l *loggedStore) attributes(e logElement, own []string) (out []graph.Attribute) {
	told := map[string]graph.Attribute{} // what the log says last
	for _, a := range e.Attributes {
		made := a.attribute()
		before, twice := told[a.Name]
		if a.Object == nil && (!twice || before.At == nil || made.At != nil && *made.At >= *before.At) {
			told[a.Name] = made
		}
	}
	for _, name := range own {
		a, is := ownAttribute(name, e.own[name])
		if !is {
			continue
		}
		log, tells := told[a.Name]
		for tells && !same(a, log) {
			a.Name = ownPrefix + a.Name
			log, tells = told[a.Name]
		}
		if !tells {
			out = append(out, a)
		}
	}
	leads := map[string]bool{}
	for _, a := range e.Attributes {
		made := a.attribute()
		if made.Type == graph.AttributeObject {
			to := ""
			for _, of := range e.Externals {
				to = cmp.Or(to, l.found[graph.External{Source: of.Source, ID: made.Value}])
			}
			if to == "" {
				l.loose++
				continue
			}
			made.Value, leads[to] = to, true
		}
		out = append(out, made)
	}
	for _, to := range e.ends() {
		name := l.names[to.node.ID]
		switch {
		case name == "":
			l.loose++
		case !leads[name]:
			out = append(out, graph.Attribute{Name: to.qualifier, Type: graph.AttributeObject, Value: name})
		}
	}
	return out
}

// same reports whether two attributes have one value, however a number is written.
func same(a, b graph.Attribute) bool {
	if a.Type == graph.AttributeNumber && b.Type == a.Type {
		return graph.WithDecimals(a.Value) == graph.WithDecimals(b.Value)
	}
	return a.Type == b.Type && a.Value == b.Value
}

// other is a value, unless it is what a thing is called anyhow.
func other(v any, name string) any {
	if v == name {
		return nil
	}
	return v
}

// ownAttribute is a property as an attribute; not is: it has no value.
func ownAttribute(name string, v any) (a graph.Attribute, is bool) {
	switch v := v.(type) {
	case json.Number:
		return graph.Attribute{Name: name, Type: graph.AttributeNumber, Value: graph.WithDecimals(v.String())}, true
	case string:
		if name == "openedAt" || name == "resolvedAt" {
			return graph.Attribute{Name: name, Type: graph.AttributeTime, Value: v}, true
		}
		return graph.Attribute{Name: name, Type: graph.AttributeText, Value: v}, true
	}
	return a, false
}

func (a logAttribute) attribute() graph.Attribute {
	out := graph.Attribute{Name: a.Name}
	if a.At != nil {
		out.At = new(graph.At(*a.At))
	}
	switch {
	case a.Text != nil:
		out.Type, out.Value = graph.AttributeText, *a.Text
	case a.Number != nil:
		out.Type, out.Value = graph.AttributeNumber, a.Number.String()
	case a.Boolean != nil:
		out.Type, out.Value = graph.AttributeBoolean, fmt.Sprint(*a.Boolean)
	case a.Time != nil:
		out.Type, out.Value = graph.AttributeTime, graph.At(*a.Time).String()
	case a.Object != nil:
		out.Type, out.Value = graph.AttributeObject, *a.Object
	}
	return out
}
