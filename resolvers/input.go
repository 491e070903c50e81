package resolvers

import (
	"fmt"
	"math"
	"net/mail"
	"slices"
	"strconv"
	"strings"

	"github.com/kithgraph/kith/graph"
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
		at := path + "." + p.Field()
		if v == nil {
			into[p.Name] = nil
			continue
		}
		x, err := valueOf(p, v)
		if err == nil {
			err = c.plausible(p, x)
		}
		if err != nil {
			c.fail("INVALID", at, "%v", err)
			continue
		}
		into[p.Name] = x
	}
	c.period(into, path)
}

// period fails a valid time that ends before it begins.
func (c *change) period(set graph.Values, path string) {
	from, begins := set["from"].(int64)
	to, ends := set["to"].(int64)
	if begins && ends && to <= from {
		c.fail("INVALID", path+".to", "it ends before it begins")
	}
}

// bounds are the least and the greatest values that make sense, where a property's type allows others.
var bounds = map[string][2]int64{
	"Interaction.sentiment": {-1e6, 1e6}, // at scale 6
	"DealItem.quantity":     {1, math.MaxInt32},
	"Customer.birthYear":    {1850, math.MaxInt32},
}

// plausible says what is wrong with a value that its type allows.
func (c *change) plausible(p *graph.Property, v any) error {
	switch v := v.(type) {
	case string:
		return c.plausibleText(p, v)
	case graph.Money:
		if v.Amount < 0 {
			return fmt.Errorf("an amount is not negative")
		}
	case int64:
		b, bounded := bounds[p.Owner+"."+p.Name]
		switch {
		case bounded && (v < b[0] || v > b[1]), p.Name == "birthYear" && v > int64(c.now.Std().Year()):
			return fmt.Errorf("the value makes no sense here")
		case slices.Contains(rulesOf[p.Owner].past, p.Name) && v > int64(c.now):
			return fmt.Errorf("it is in the future")
		}
	}
	return nil
}

func (c *change) plausibleText(p *graph.Property, s string) error {
	if strings.TrimSpace(s) == "" {
		return fmt.Errorf("a text is not empty; null takes one away")
	}
	if p.Name == "email" {
		if a, err := mail.ParseAddress(s); err != nil || a.Address != s {
			return fmt.Errorf("this is not an e-mail address such as ann@kith.example")
		}
	}
	return nil
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
			c.fail("INVALID", path, "there are at most %d, not %d", maxReferences, len(list))
			continue
		}
		for i, el := range list {
			c.element(e, el, fmt.Sprintf("%s[%d]", path, i))
		}
	}
	if rulesOf[c.kind.Name].needed != "" && !slices.ContainsFunc(c.refs, func(r reference) bool { return r.edge.Name == rulesOf[c.kind.Name].needed }) {
		c.fail("INVALID", "input."+rulesOf[c.kind.Name].needed, "there is at least one")
	}
}

func (c *change) element(e *graph.Edge, v any, path string) {
	r := reference{edge: e, path: path, id: text(v), set: graph.Values{}}
	if m, ok := v.(map[string]any); ok {
		r.path, r.id = path+".id", text(m["id"])
		c.values(e.Rel.Properties, m, path, r.set)
	}
	// Where no property tells two relationships of the same nodes apart, the second would take the place of the first.
	if len(e.Rel.Key) == 0 && slices.ContainsFunc(c.refs, func(o reference) bool { return o.edge == e && o.id == r.id }) {
		c.fail("INVALID", r.path, "it is given twice")
		return
	}
	c.refs = append(c.refs, r)
}

// A rule is what the properties of one node have to do with each other.
type rule struct {
	past   []string // instants that are not in the future
	needed string   // an edge that leads to something
	// A node that begins and ends: its status, which of them are the end, and when it began and ended.
	status, begun, ended string
	ends                 []string
	outcome              string            // which of the ends it was, where that is kept beside the status
	begin                map[string]string // defaults of a new one
	number               string            // a new one's, which the caller does not choose
	needs                []string          // properties that the rule reads
}

var rulesOf = map[string]rule{
	"Interaction": {past: []string{"at"}, needed: "participants", begun: "at"},
	"Case": {past: []string{"openedAt", "resolvedAt"}, status: "status", begun: "openedAt", ended: "resolvedAt", ends: []string{"RESOLVED", "CLOSED"},
		begin: map[string]string{"status": "OPEN"}, number: "number", needs: []string{"status", "openedAt", "resolvedAt", graph.UpdatedAt}},
	"Deal": {past: []string{"openedAt", "closedAt"}, status: "stage", begun: "openedAt", ended: "closedAt", ends: []string{"WON", "LOST"}, outcome: "outcome",
		begin: map[string]string{"stage": "PROSPECTING"}, needs: []string{"stage", "openedAt", "closedAt", "outcome", graph.UpdatedAt}},
}

// rules fills in what follows from what is given, and fails what contradicts it or what is stored.
func (c *change) rules() {
	rule := rulesOf[c.kind.Name]
	if c.stored == nil {
		c.begin(rule)
	}
	given := func(name string) bool { _, ok := c.set[name]; return ok }
	if c.kind.Person && c.stored == nil && len(c.set)+len(c.wrong) == 0 {
		c.fail("INVALID", "input", "nothing is said of her")
	}
	if rule.status == "" || !slices.ContainsFunc([]string{rule.status, rule.begun, rule.ended, rule.outcome}, given) {
		return
	}
	c.ends(rule, given)
	c.contradicts(rule, given)
	c.rest()
}

func (c *change) begin(rule rule) {
	for name, v := range rule.begin {
		if c.set[name] == nil {
			c.set[name] = v
		}
	}
	if rule.begun != "" && c.set[rule.begun] == nil {
		c.set[rule.begun] = int64(c.now)
	}
	if rule.number != "" {
		c.set[rule.number] = numberOf(c.key)
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

// ends has the end follow the status, where the status is given and the end is not.
func (c *change) ends(rule rule, given func(string) bool) {
	status, ok := c.set[rule.status].(string)
	if !ok {
		return
	}
	over := slices.Contains(rule.ends, status)
	if !given(rule.ended) {
		if !over {
			c.set[rule.ended] = nil
		} else if c.value(rule.ended) == nil {
			c.set[rule.ended] = int64(c.now)
		}
	}
	if rule.outcome != "" && !given(rule.outcome) {
		c.set[rule.outcome] = nil
		if over {
			c.set[rule.outcome] = status
		}
	}
}

func (c *change) contradicts(rule rule, given func(string) bool) {
	status, _ := c.value(rule.status).(string)
	began, hasBegun := c.value(rule.begun).(int64)
	ended, hasEnded := c.value(rule.ended).(int64)
	over := slices.Contains(rule.ends, status)
	at := func(name, other string) string {
		if c.input[name] != nil {
			return "input." + name
		}
		return "input." + other
	}
	if hasBegun && hasEnded && ended < began {
		c.fail("INVALID", at(rule.ended, rule.begun), "%s is before %s", rule.ended, rule.begun)
	}
	if status != "" && hasEnded && !over {
		c.fail("INVALID", at(rule.ended, rule.status), "with the %s %s there is no %s", rule.status, status, rule.ended)
	}
	if over && !hasEnded && given(rule.ended) {
		c.fail("INVALID", "input."+rule.ended, "with the %s %s there is a %s", rule.status, status, rule.ended)
	}
	if rule.outcome == "" || status == "" {
		return
	}
	outcome, _ := c.value(rule.outcome).(string)
	if want := map[bool]string{true: status}[over]; outcome != want && given(rule.outcome) {
		c.fail("INVALID", "input."+rule.outcome, "the %s %s says otherwise", rule.status, status)
	}
}

// rest has the change be made only while what was read is so, where the caller does not ask for it herself.
func (c *change) rest() {
	if c.stored == nil || len(c.batch.Nodes) == 0 || c.batch.Nodes[0].IfUpdatedAt != nil {
		return
	}
	if at, ok := c.before(graph.UpdatedAt).(int64); ok {
		t := graph.Time(at)
		c.batch.Nodes[0].IfUpdatedAt, c.rests = &t, true
	}
}

// value is what a property has after the change, as far as the purpose may see it.
func (c *change) value(name string) any {
	if v, ok := c.set[name]; ok {
		return v
	}
	return c.before(name)
}

// before is what a property has before the change, as far as the purpose may see it.
func (c *change) before(name string) any {
	if c.stored == nil {
		return nil
	}
	for i, r := range c.stored.Sel.Props {
		if r.Prop.Name == name {
			return c.stored.Props[i]
		}
	}
	return nil
}
