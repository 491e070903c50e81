package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"hash/maphash"
	"io"
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

// log prints all interactions that the purpose sees, and what they are about, as an event log. What is read is put in order in files, so that a log of any
// length takes little memory; of objects it keeps what they are called.
func (c exportCmd) log(p *program) (err error) {
	c.Format = "jsonl"
	l, err := newLoggedStore()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, l.close()) }()
	if err := c.elements(p, logCases, l.called); err != nil {
		return err
	}
	if err := l.ledByCases(); err != nil {
		return err
	}
	if err := c.elements(p, logEvents, l.event); err != nil {
		return err
	}
	if err := l.write(p.out); err != nil {
		return err
	}
	fmt.Fprintf(p.err, "%d events of %d objects\n", l.told, len(l.names))
	if l.timeless > 0 {
		fmt.Fprintf(p.err, "%d interactions have no time, and are left out\n", l.timeless)
	}
	if l.loose > 0 {
		fmt.Fprintf(p.err, "%d relationships lead to no object that the purpose sees, and are left out\n", l.loose)
	}
	return nil
}

// elements gives all rows of a connection, by their ids, each as it was read, too.
func (c exportCmd) elements(p *program, query string, give func(e *logElement, line []byte) error) error {
	body, err := json.Marshal(map[string]any{"query": query})
	if err != nil {
		return err
	}
	_, err = c.all(p, body, func(chunk []byte) error {
		for line := range bytes.Lines(chunk) {
			e, err := elementOf(line)
			if err == nil {
				err = give(e, line)
			}
			if err != nil {
				return err
			}
		}
		return nil
	})
	return err
}

func elementOf(line []byte) (*logElement, error) {
	e := &logElement{}
	if err := json.Unmarshal(line, e); err != nil {
		return nil, fmt.Errorf("a row of the log: %w", err)
	}
	return e, nil
}

// A loggedStore is a log in the making. Cases and events are as they were read, since only when all is read it is known to which objects they lead, and what
// types declare.
type loggedStore struct {
	cases, events           *sorter
	others                  []ocel.Object // that are no cases
	objectTypes, eventTypes ocel.Types
	names                   map[string]string         // what objects are called in the log, by their ids
	found                   map[graph.External]string // the same, by their rows of sources
	taken, takenByEvents    taken
	told, timeless, loose   int
}

func newLoggedStore() (*loggedStore, error) {
	cases, err := newSorter()
	if err != nil {
		return nil, err
	}
	events, err := newSorter()
	if err != nil {
		return nil, errors.Join(err, cases.close())
	}
	return &loggedStore{cases: cases, events: events, objectTypes: ocel.Types{}, eventTypes: ocel.Types{}, names: map[string]string{}, found: map[graph.External]string{},
		taken: taken{}, takenByEvents: taken{}}, nil
}

func (l *loggedStore) close() error { return errors.Join(l.cases.close(), l.events.close()) }

// called has a case be an object, before whatever leads to it.
func (l *loggedStore) called(c *logElement, line []byte) error {
	name := l.object(c.logNode)
	l.objectTypes.Learn(c.objectType(), tells(l.asCase(c), caseAttributes))
	return l.cases.add(record{name: name, body: line})
}

// ledByCases has what cases lead to be objects, once all cases are.
func (l *loggedStore) ledByCases() error {
	return eachElement(l.cases, func(_ record, c *logElement) error { l.leads(c); return nil })
}

// eachElement gives all elements that a sorter has, in order.
func eachElement(s *sorter, give func(record, *logElement) error) error {
	return s.each(func(r record) error {
		e, err := elementOf(r.body)
		if err != nil {
			return err
		}
		return give(r, e)
	})
}

// leads has what an element leads to be objects.
func (l *loggedStore) leads(e *logElement) {
	for _, to := range e.ends() {
		if to.node.Typename != "Case" && l.names[to.node.ID] == "" { // a case that was not read is none of the log
			l.others = append(l.others, ocel.Object{ID: l.object(to.node), Type: to.node.Typename})
			l.objectTypes.Learn(to.node.Typename, nil)
		}
	}
}

// event takes in an interaction.
func (l *loggedStore) event(e *logElement, line []byte) error {
	l.leads(e)
	if e.At == nil {
		l.timeless++
		return nil
	}
	if err := e.whole(); err != nil {
		return err
	}
	sequence := int64(math.MaxInt64)
	if e.Sequence != nil {
		sequence = *e.Sequence
	}
	l.told++
	of := e.eventType()
	l.eventTypes.Learn(of, tells(e, eventAttributes))
	return l.events.add(record{at: int64(graph.At(*e.At)), sequence: sequence, name: l.takenByEvents.name(e.logNode), body: line})
}

// write writes the log, once all is taken in.
func (l *loggedStore) write(to io.Writer) error {
	w := ocel.NewWriter(to, l.objectTypes, l.eventTypes)
	slices.SortFunc(l.others, func(a, b ocel.Object) int { return cmp.Compare(a.ID, b.ID) })
	others := l.others
	err := eachElement(l.cases, func(r record, c *logElement) error {
		for ; len(others) > 0 && others[0].ID < r.name; others = others[1:] {
			if err := w.Object(others[0]); err != nil {
				return err
			}
		}
		return w.Object(ocel.Object{ID: r.name, Type: c.objectType(), Attributes: l.attributes(l.asCase(c), caseAttributes)})
	})
	if err != nil {
		return err
	}
	for _, o := range others {
		if err := w.Object(o); err != nil {
			return err
		}
	}
	err = eachElement(l.events, func(r record, e *logElement) error {
		of := e.eventType()
		return w.Event(ocel.Event{ID: r.name, Type: of, At: graph.Time(r.at), Sequence: r.sequence, Attributes: l.attributes(e, eventAttributes)})
	})
	if err != nil {
		return err
	}
	return w.Close()
}

// asCase is a case without a number that it is called by.
func (l *loggedStore) asCase(c *logElement) *logElement {
	if textOf(c.Number) == l.names[c.ID] {
		c.Number = nil
	}
	return c
}

func (e *logElement) objectType() string { return cmp.Or(e.ObjectType, "Case") }

// eventType is the type of an interaction. Its kind is told by that, where it is its type.
func (e *logElement) eventType() string {
	of := cmp.Or(e.Activity, textOf(e.Kind), "INTERACTION")
	if e.Activity == "" {
		e.Kind = nil
	}
	return of
}

func textOf(text *string) string { return *cmp.Or(text, new("")) }

// object has a node be one of the log's objects, and is what it is called.
func (l *loggedStore) object(n logNode) string {
	name := l.taken.name(n)
	l.names[n.ID] = name
	for _, e := range n.Externals {
		l.found[e] = name
	}
	return name
}

// taken are the names that are taken. It keeps a number for each: one that is not is taken for one that is once in 2^64 times, and the node is called otherwise.
type taken map[uint64]bool

var seed = maphash.MakeSeed()

// name is what a node is called, which is taken from then on: as its first source does, or by its id, or by that and a number, where a source calls another so.
func (t taken) name(n logNode) string {
	name := n.ID
	if len(n.Externals) > 0 {
		name = slices.MinFunc(n.Externals, func(a, b graph.External) int {
			return cmp.Or(cmp.Compare(a.Source, b.Source), cmp.Compare(a.ID, b.ID))
		}).ID
	}
	for k := 1; !t.take(name); k++ {
		if name = n.ID; k > 1 {
			name = fmt.Sprintf("%s#%d", n.ID, k)
		}
	}
	return name
}

// take reports whether a name was not taken, as it is from then on.
func (t taken) take(name string) bool {
	sum := maphash.String(seed, name)
	was := t[sum]
	t[sum] = true
	return !was
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
