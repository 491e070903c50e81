package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"
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

// A logElement is a case or an interaction with what is told of it.
type logElement struct {
	logNode
	Attributes []logAttribute

	ObjectType, Activity string // of a case, and of an interaction
	At                   *time.Time
	Sequence             *int64
	Party, Product, Case *logNode
	Topics               logNodes
	Participants         logNodes

	Number, CaseKind, Severity, Status, Subject, OpenedAt, ResolvedAt, Kind, Channel, Origin, Result, Text *string
	Sentiment                                                                                              *json.Number
}

type logNodes struct {
	PageInfo struct{ HasNextPage bool }
	Nodes    []logNode
	Edges    []struct {
		Properties struct{ Role string }
		Node       logNode
	}
}

// log prints all interactions that the purpose sees, and what they are about, as an event log.
func (c exportCmd) log(p *program) error {
	c.Format = "jsonl"
	l := newLoggedStore()
	var cases []*logElement
	err := c.elements(p, logCases, func(e *logElement) error {
		cases = append(cases, e)
		return nil
	})
	if err != nil {
		return err
	}
	l.called(cases)
	if err := c.elements(p, logEvents, l.event); err != nil {
		return err
	}
	l.finish(cases)
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

// elements gives all rows of a connection, by their ids.
func (c exportCmd) elements(p *program, query string, give func(*logElement) error) error {
	body, err := json.Marshal(map[string]any{"query": query})
	if err != nil {
		return err
	}
	_, err = c.all(p, body, func(chunk []byte) error {
		for line := range bytes.Lines(chunk) {
			e := &logElement{}
			if err := json.Unmarshal(line, e); err != nil {
				return fmt.Errorf("a row of the log: %w", err)
			}
			if err := give(e); err != nil {
				return err
			}
		}
		return nil
	})
	return err
}

// A loggedStore is a log in the making. Of interactions it keeps what the log tells alone.
type loggedStore struct {
	ocel.Log
	names           map[string]string         // what objects are called in the log, by their ids
	taken           map[string]bool           // these
	found           map[graph.External]string // the same, by their rows of sources
	events          map[string]bool           // what events are called
	words           map[string]string         // names and types, each kept once
	late            []lateEvent
	timeless, loose int
	early           int // relationships that lead to an object as long as no row tells of another one
}

func newLoggedStore() *loggedStore {
	return &loggedStore{names: map[string]string{}, taken: map[string]bool{}, found: map[graph.External]string{}, events: map[string]bool{}, words: map[string]string{}}
}

// A lateEvent is one that leads to an object which no row before it told of, or may.
type lateEvent struct {
	at      int // among the log's events
	element *logElement
}

// called has cases be objects, before whatever leads to them. A node is called as the first of its rows of sources; where another is called so already, by its
// id.
func (l *loggedStore) called(cases []*logElement) {
	for _, c := range cases {
		l.object(c.logNode)
	}
	for _, c := range cases {
		l.leads(c)
	}
}

// leads has what an element leads to be objects.
func (l *loggedStore) leads(e *logElement) {
	for _, to := range e.ends() {
		if to.node.Typename != "Case" && l.names[to.node.ID] == "" { // a case that was not read is none of the log
			l.Objects = append(l.Objects, ocel.Object{ID: l.object(to.node), Type: to.node.Typename})
		}
	}
}

// event takes in an interaction.
func (l *loggedStore) event(e *logElement) error {
	l.leads(e)
	if e.At == nil {
		l.timeless++
		return nil
	}
	if err := e.whole(); err != nil {
		return err
	}
	of := cmp.Or(e.Activity, textOf(e.Kind), "INTERACTION")
	if e.Activity == "" {
		e.Kind = nil // it is told
	}
	sequence := int64(math.MaxInt64)
	if e.Sequence != nil {
		sequence = *e.Sequence
	}
	event := ocel.Event{ID: nameOf(e.logNode, l.events), Type: l.word(of), At: graph.At(*e.At), Sequence: sequence}
	loose, early := l.loose, l.early
	if event.Attributes = l.attributes(e, eventAttributes); l.loose > loose || l.early > early {
		l.loose, l.late = loose, append(l.late, lateEvent{len(l.Events), e})
	}
	l.Events = append(l.Events, event)
	return nil
}

// finish takes in what is told of cases, and of events, once all objects are known.
func (l *loggedStore) finish(cases []*logElement) {
	for _, c := range cases {
		if textOf(c.Number) == l.names[c.ID] {
			c.Number = nil // it is what the case is called
		}
		l.Objects = append(l.Objects, ocel.Object{ID: l.names[c.ID], Type: l.word(cmp.Or(c.ObjectType, "Case")), Attributes: l.attributes(c, caseAttributes)})
	}
	for _, e := range l.late {
		l.Events[e.at].Attributes = l.attributes(e.element, eventAttributes)
	}
}

func textOf(text *string) string {
	if text == nil {
		return ""
	}
	return *text
}

// word is a text of which there are few different ones.
func (l *loggedStore) word(text string) string {
	known, is := l.words[text]
	if !is {
		known = strings.Clone(text)
		l.words[known] = known
	}
	return known
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
