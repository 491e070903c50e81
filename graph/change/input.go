package change

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/rules"
)

// Most nodes to which one field of an input leads.
const maxReferences = 100

// An Input is what a caller says of a change. Fields have the names that she knows them by.
type Input struct {
	Key
	Kind *graph.Kind // of the node that is made or changed, or that a relationship leaves
	// Field names the node that is made or changed, ID is that of one which is changed.
	Field, ID string
	Values    graph.Values // of the node, or of the relationship that is changed; nil takes a value away
	Wrong     []Fault      // values that could not be read
	Leads     []Reference  // to nodes that are there
	Form      Form
	// External is the row of a source that a new node comes from; nil: none is given.
	External *graph.External
	// UpdatedAt is when the node has changed last as the caller knows it, Since since when what is tracked of it holds; nil: not given.
	UpdatedAt, Since *Moment
}

// A Reference is a node that an input names, and the edge by which the one that is made or changed is to lead to it; no edge: it is that one.
type Reference struct {
	Edge   *graph.Edge
	Field  string // that names it
	ID     string
	Values graph.Values // of the relationship
	At     string       // the field whose fields these are; empty: they are the input's own
	Wrong  []Fault      // values of the relationship that could not be read
}

// A Moment is an instant that an input names, or why it is none.
type Moment struct {
	At    graph.Time
	Wrong error
}

// A Form says what becomes of fields that an input leaves out.
type Form struct {
	Usual    map[string]string // values of enumerations
	Now      []string          // instants that are now
	Numbered []string          // texts that are a number to be read aloud
	Needed   []string          // edges that lead to one node at least
	Required []string          // values that a node of the kind cannot be without
}

// values takes those that the input has of properties.
func (c *change) values(props []*graph.Property) graph.Values {
	return c.given(props, c.Values, c.Wrong, Reference{}.field)
}

// given takes values, and fails those that could not be read and texts in which nothing is seen.
func (c *change) given(props []*graph.Property, set graph.Values, wrong []Fault, field func(string) string) graph.Values {
	c.wrong = append(c.wrong, wrong...)
	taken := graph.Values{}
	maps.Copy(taken, set)
	for _, p := range props {
		if text, is := taken[p.Name].(string); is && graph.Blank(text) {
			c.fail(graph.BadInput, field(p.Field()), "must not be empty: null takes a text away")
			delete(taken, p.Name)
		}
	}
	for _, name := range c.Form.Required {
		if p := c.Kind.Field(name); slices.Contains(props, p) {
			if v, given := taken[p.Name]; given && v == nil {
				c.fail(graph.BadInput, field(name), "must not be taken away: a new %s needs it, too", strings.ToLower(c.Kind.Name))
			}
		}
	}
	return taken
}

// references takes the nodes that a new one is to lead to.
func (c *change) references() {
	for _, e := range c.Kind.Edges {
		leads := graph.Where(c.Leads, func(r Reference) bool { return r.Edge == e })
		if len(leads) > maxReferences {
			c.fail(graph.BadInput, e.Name, "must be at most %d: %d", maxReferences, len(leads))
			continue
		}
		for _, r := range leads {
			c.reference(r)
		}
	}
	for _, name := range c.Form.Needed {
		e := c.Kind.Edge(name)
		if !slices.ContainsFunc(c.Leads, func(r Reference) bool { return r.Edge == e }) {
			c.fail(graph.BadInput, name, "needs at least one %s", strings.ToLower(cmp.Or(e.Union, e.Targets[0].Name)))
		}
	}
}

func (c *change) reference(r Reference) {
	r.Values = c.given(r.Edge.Rel.Properties, r.Values, r.Wrong, r.field)
	// Where no property tells two relationships of the same nodes apart, the second would take the place of the first.
	if !r.Edge.One && len(r.Edge.Rel.Key) == 0 && slices.ContainsFunc(c.refs, func(o Reference) bool { return o.Edge == r.Edge && o.ID == r.ID }) {
		c.fail(graph.BadInput, r.Field, "must not be given twice: %s", r.ID)
		return
	}
	c.refs = append(c.refs, r)
}

// defaults fills in what the form gives to something new that does not say it.
func (c *change) defaults(property func(string) *graph.Property, into graph.Values) {
	missing := func(name string) *graph.Property {
		if p := property(name); p != nil && into[p.Name] == nil {
			return p
		}
		return nil
	}
	for name, v := range c.Form.Usual {
		if p := missing(name); p != nil {
			into[p.Name] = v
		}
	}
	for _, name := range c.Form.Now {
		if p := missing(name); p != nil {
			into[p.Name] = int64(c.Now)
		}
	}
	for _, name := range c.Form.Numbered {
		into[property(name).Name] = numberOf(c.batch.Once.Key)
	}
}

// numberOf makes a number that can be read aloud, as C-7KQ4-M2XD-9RTV, of the first 60 bits of a change's key. A number that
// counted would tell how many there are of which the caller is to know nothing.
func numberOf(key string) string {
	const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ" // none that looks like another
	bits, err := strconv.ParseUint(key[:15], 16, 64)
	if err != nil {
		panic(err) // a key is a sum in hexadecimal digits
	}
	out := []byte("C-0000-0000-0000")
	for _, i := range []int{15, 14, 13, 12, 10, 9, 8, 7, 5, 4, 3, 2} {
		out[i], bits = letters[bits&31], bits>>5
	}
	return string(out)
}

// external names a new node: by the row of a source where the input has one, else by the change's key.
func (c *change) external() (e graph.External, given bool) {
	if c.External == nil {
		return graph.External{Source: source, ID: c.batch.Once.Key}, false
	}
	if c.Kind.Person && !c.Viewer.Everybody(graph.CategoryIdentity) {
		c.fail(graph.PurposeDenied, "external", "that somebody comes from a row of a source is IDENTITY, which the purpose %s may not see of everybody", c.Viewer.Purpose)
	}
	if c.Kind.Person {
		c.Record.NoteExternal(c.Kind, *c.External, graph.CategoryIdentity)
	}
	if graph.OwnSource(c.External.Source) {
		c.fail(graph.BadInput, "external.source", "the source %s is Kith's own", c.External.Source)
	}
	return *c.External, true
}

// faults fails what breaks the rules of the schema, where nothing is written that would tell it.
func (c *change) faults() {
	have := maps.Clone(c.stored)
	maps.Copy(have, rules.Follow(c.Kind.Lifecycle, c.set, have, &c.Now))
	for _, f := range rules.OfNode(c.Kind, c.set, have, c.Now) {
		c.fault(f.Property.Field(), f.Reason)
	}
	for _, r := range c.refs {
		if r.Edge == nil {
			continue
		}
		for _, f := range rules.OfRelationship(r.Edge.Rel, r.Values, c.Now) {
			c.fault(r.field(f.Property.Field()), f.Reason)
		}
	}
}

// field is one of those with the values of the relationship.
func (r Reference) field(name string) string {
	if r.At == "" {
		return name
	}
	return r.At + "." + name
}

// fault fails a field, unless it has failed already.
func (c *change) fault(field, reason string) {
	if !slices.ContainsFunc(c.wrong, func(f Fault) bool { return f.Field == field }) {
		c.fail(graph.BadInput, field, "%s", reason)
	}
}
