package resolvers

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/rules"
	"github.com/kithgraph/kith/graph/sdl"
	"github.com/kithgraph/kith/resolvers/gql"
)

// Most nodes that one field of an input refers to.
const maxReferences = 100

// values reads what an input says of properties. Null takes a value away.
func (c *change) values(props []*graph.Property, input map[string]any, path string, into graph.Values) {
	for _, p := range props {
		v, given := input[p.Field()]
		if !p.Given() || !given {
			continue
		}
		if v == nil {
			into[p.Name] = nil
			continue
		}
		x, err := valueOf(p, v)
		if s, is := x.(string); is && strings.TrimSpace(s) == "" {
			err = errors.New("must not be empty: null takes a text away")
		}
		if err != nil {
			c.fail("INVALID", path+"."+p.Field(), "%v", err)
			continue
		}
		into[p.Name] = x
	}
}

// defaults fills in what the input's definition gives to something new that does not say it.
func (c *change) defaults(property func(string) *graph.Property, into graph.Values) {
	for _, f := range c.form.Fields {
		p := property(f.Name)
		if p == nil || f.DefaultValue == nil || into[p.Name] != nil {
			continue
		}
		into[p.Name] = f.DefaultValue.Raw // of an enumeration
	}
	now, numbered := sdl.Sets(c.form)
	for _, name := range now {
		if p := property(name); into[p.Name] == nil {
			into[p.Name] = int64(c.now)
		}
	}
	for _, name := range numbered {
		into[property(name).Name] = numberOf(c.key)
	}
}

// references reads the fields of the input that are edges of the kind: an id, a list of ids, or a list of ids with properties
// of the relationship.
func (c *change) references() {
	for _, e := range c.kind.Edges {
		v := c.input[e.Name]
		if v == nil {
			continue
		}
		path := "input." + e.Name
		if e.One {
			c.refs = append(c.refs, reference{edge: e, path: path, id: text(v)})
			continue
		}
		list := elements(v)
		if len(list) > maxReferences {
			c.fail("INVALID", path, "must be at most %d: %d", maxReferences, len(list))
			continue
		}
		for i, el := range list {
			c.element(e, el, fmt.Sprintf("%s[%d]", path, i))
		}
	}
	for _, f := range c.form.Fields {
		e := c.kind.Edge(f.Name)
		if e == nil || e.One || !f.Type.NonNull || slices.ContainsFunc(c.refs, func(r reference) bool { return r.edge == e }) {
			continue
		}
		c.fail("INVALID", "input."+f.Name, "needs at least one %s", strings.ToLower(cmp.Or(e.Union, e.Targets[0].Name)))
	}
}

func (c *change) element(e *graph.Edge, v any, path string) {
	r := reference{edge: e, path: path, id: text(v), set: graph.Values{}, says: path}
	if m, ok := v.(map[string]any); ok {
		r.path, r.id = path+".id", text(m["id"])
		c.values(e.Rel.Properties, m, path, r.set)
	}
	// Where no property tells two relationships of the same nodes apart, the second would take the place of the first.
	if len(e.Rel.Key) == 0 && slices.ContainsFunc(c.refs, func(o reference) bool { return o.edge == e && o.id == r.id }) {
		c.fail("INVALID", r.path, "must not be given twice: %s", r.id)
		return
	}
	c.refs = append(c.refs, r)
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

// faults fails what breaks the rules of the schema, where nothing is written that would tell it.
func (c *change) faults() {
	have := maps.Clone(c.stored)
	maps.Copy(have, rules.Follow(c.kind.Lifecycle, c.set, have, &c.now))
	for _, f := range rules.OfNode(c.kind, c.set, have, c.now) {
		c.fault("input."+f.Property.Field(), f.Reason)
	}
	for _, r := range c.refs {
		if r.edge == nil {
			continue
		}
		for _, f := range rules.OfRelationship(r.edge.Rel, r.set, c.now) {
			c.fault(r.says+"."+f.Property.Field(), f.Reason)
		}
	}
}

// fault fails a field, unless it has failed already.
func (c *change) fault(field, reason string) {
	if !slices.ContainsFunc(c.wrong, func(e *gql.UserError) bool { return e.Field == field }) {
		c.fail("INVALID", field, "%s", reason)
	}
}
