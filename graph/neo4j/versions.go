package neo4j

import (
	"fmt"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/write"
)

// Versions are kept as three lists: of each version the property; four numbers, which are From, Known, Until, and 1 if there is a value;
// and four texts, which are the parts of the value, Actor and Source.
var versionColumns = []string{"versions_of", "versions_at", "versions_as"}

// versions are the three lists.
func versions(on string) string {
	return fmt.Sprintf("[%[1]s.%[2]s, %[1]s.%[3]s, %[1]s.%[4]s]", on, versionColumns[0], versionColumns[1], versionColumns[2])
}

// flat has columns with versions in lists of their own.
func flat(columns map[string]any) map[string]any {
	kept, there := columns[graph.VersionsOf]
	if !there {
		return columns
	}
	delete(columns, graph.VersionsOf)
	all, _ := kept.(write.Kept)
	if len(all.All) == 0 {
		for _, column := range versionColumns {
			columns[column] = nil
		}
		return columns
	}
	var of, as []string
	var at []int64
	all.Each(func(p *graph.Property, v *graph.Version) {
		there, parts := int64(0), [2]string{}
		for i, part := range write.Parts(p, v.Value) {
			there, parts[i] = 1, fmt.Sprint(part)
		}
		of, at = append(of, v.Prop), append(at, int64(v.From), int64(v.Known), int64(v.Until), there)
		as = append(as, parts[0], parts[1], v.Actor, v.Source)
	})
	columns[versionColumns[0]], columns[versionColumns[1]], columns[versionColumns[2]] = of, at, as
	return columns
}

// versionLists are the three lists as the driver gives them.
type versionLists struct {
	d             *decoder
	p             *graph.Property
	of, at, texts []any
}

// versionLists reads the three lists; not there: there are none.
func (d *decoder) versionLists(p *graph.Property, v any) (k versionLists, there bool) {
	if v == nil {
		return k, false
	}
	lists := as[[]any](d, p, v)
	if len(lists) != len(versionColumns) || lists[0] == nil {
		return k, false
	}
	k = versionLists{d, p, as[[]any](d, p, lists[0]), as[[]any](d, p, lists[1]), as[[]any](d, p, lists[2])}
	if len(k.at) != 4*len(k.of) || len(k.texts) != 4*len(k.of) {
		d.fail(fmt.Sprintf("the versions of a %s with %d numbers and %d texts", p.Owner, len(k.at), len(k.texts)), v)
		return versionLists{}, false
	}
	return k, true
}

func (k *versionLists) number(i, n int) graph.Time {
	return graph.Time(as[int64](k.d, k.p, k.at[4*i+n]))
}

func (k *versionLists) text(i, n int) string { return as[string](k.d, k.p, k.texts[4*i+n]) }

// version is one with its value; nil: it is of none of some properties.
func (k *versionLists) version(i int, among []*graph.Property, made graph.Version) *graph.Version {
	made.Prop = as[string](k.d, k.p, k.of[i])
	var first any
	if k.number(i, 3) == 1 {
		first = k.text(i, 0)
	}
	version, err := write.Version(among, made, first, k.text(i, 1))
	if err != nil {
		k.d.fail(err.Error(), first)
	}
	return version
}

// versions reads the versions of some properties; nil: there are none.
func (d *decoder) versions(p *graph.Property, v any) any {
	k, there := d.versionLists(p, v)
	if !there {
		return nil
	}
	var all []graph.Version
	for i := range k.of {
		if len(p.Of) == 1 && k.of[i] != p.Of[0].Name {
			continue
		}
		version := k.version(i, p.Of, graph.Version{From: k.number(i, 0), Known: k.number(i, 1), Until: k.number(i, 2), Actor: k.text(i, 2), Source: k.text(i, 3)})
		if version != nil {
			all = append(all, *version)
		}
	}
	if all == nil {
		return nil
	}
	return all
}

// was is the value that a property had at a mention's moment, by what it has now, the versions of its node and when that was recorded.
func (d *decoder) was(r *graph.Ref, is, versions, recorded any) any {
	at, known := r.At.In(d.now)
	k, _ := d.versionLists(r.Prop.Versions, versions)
	told := false
	for i := range k.of {
		if k.of[i] != r.Prop.Name {
			continue
		}
		told = true
		made := graph.Version{From: k.number(i, 0), Known: k.number(i, 1), Until: k.number(i, 2)}
		if !made.Holds(at, known) {
			continue
		}
		if v := k.version(i, r.Prop.Versions.Of, made); v != nil {
			return v.Value
		}
	}
	if since, dated := recorded.(int64); told || dated && graph.Time(since) > known {
		return nil
	}
	return is
}

// property is the expression of a column of a property as a mention has it: as it is, or as of a moment. On ends with a dot.
func (c *compiler) property(r *graph.Ref, column, on string) string {
	is := stands(r.Prop, column, on)
	if !r.Past() {
		return is
	}
	p, at := r.Prop, c.moment(r.At.At)
	part := slices.Index(p.Columns(), column)
	if p.Type == graph.Enum {
		part = 0
	}
	all, i := c.fresh("all"), c.fresh("i")
	before := is
	if r.At.Known != nil {
		before = fmt.Sprintf("CASE WHEN coalesce(%s <= %s, true) THEN %s END", on+graph.RecordedAt, c.moment(r.At.Known), is)
	}
	found := func(all string) string {
		value := fmt.Sprintf("%s[2][4 * %s + %d]", all, i, part)
		if p.Type != graph.String && p.Type != graph.Enum && part == 0 {
			value = "toInteger(" + value + ")"
		}
		inForce := fmt.Sprintf("%[1]s[1][4 * %[2]s + 2] = %[3]d", all, i, graph.LastInstant)
		if r.At.Known != nil {
			known := c.moment(r.At.Known)
			inForce = fmt.Sprintf("%[1]s[1][4 * %[2]s + 1] <= %[3]s AND %[3]s < %[1]s[1][4 * %[2]s + 2]", all, i, known)
		}
		return fmt.Sprintf("head([%[3]s IN range(0, size(%[2]s[0]) - 1) WHERE %[2]s[0][%[3]s] = '%[1]s' AND %[2]s[1][4 * %[3]s] <= %[4]s AND %[5]s | CASE %[2]s[1][4 * %[3]s + 3] WHEN 1 THEN %[6]s END])",
			p.Name, all, i, at, inForce, value)
	}
	among := func(of, found string) string {
		return fmt.Sprintf("CASE WHEN '%s' IN %s THEN %s ELSE %s END", p.Name, of, found, before)
	}
	l := lookup{
		unsettled: c.unsettled(r.At, on),
		// Of what has no versions of the property, no more than that is read.
		text: among(on+versionColumns[0], fmt.Sprintf("head([%s IN [%s] | %s])", all, versions(on[:len(on)-1]), found(all))),
		in:   func(read string) string { return among(read+"[0]", found(read)) },
	}
	c.past[on] = append(c.past[on], l)
	return fmt.Sprintf("CASE WHEN %s THEN %s ELSE %s END", l.unsettled, l.text, is)
}

// A lookup finds a value among the versions of a node.
type lookup struct {
	unsettled string // where it has to
	text      string // that reads them, too
	in        func(read string) string
}

// lookups are those of a node that are in some texts, each as often as it is.
func (c *compiler) lookups(node string, texts []string) (out []lookup) {
	for _, l := range c.past[node+"."] {
		for _, text := range texts {
			out = append(out, slices.Repeat([]lookup{l}, strings.Count(text, l.text))...)
		}
	}
	return out
}

// A reading is of the versions of a node, into a variable that has them where something is not settled.
type reading struct {
	v         string
	unsettled []string
}

// readOnce has texts that look into the versions of a node several times do so in a variable, into which a WITH reads them before: to read them
// takes longer than to look into them. It may be one that has been read already, and gives that which they look into; nil: there is none.
func (c *compiler) readOnce(node string, texts []string, already *reading) *reading {
	lookups, read := c.lookups(node, texts), &reading{}
	for _, l := range lookups {
		if !slices.Contains(read.unsettled, l.unsettled) {
			read.unsettled = append(read.unsettled, l.unsettled)
		}
	}
	switch missing := func(cond string) bool { return !slices.Contains(already.unsettled, cond) }; {
	case already != nil && !slices.ContainsFunc(read.unsettled, missing):
		read = already
	case len(lookups) < 2:
		return nil
	default:
		read.v = c.fresh("was")
		c.line("WITH *, CASE WHEN %s THEN %s END AS %s", strings.Join(read.unsettled, " OR "), versions(node), read.v)
	}
	for _, l := range lookups {
		for i := range texts {
			texts[i] = strings.ReplaceAll(texts[i], l.text, l.in(read.v))
		}
	}
	return read
}

// unsettled is the condition that a moment is before what is now, as far as is kept: it has no value where nothing is kept, but for when the
// node was recorded. Few nodes are read any further.
func (c *compiler) unsettled(m *graph.Moment, on string) string {
	cond := on + graph.LastFrom + " > " + c.moment(m.At)
	if m.Known != nil {
		known := c.moment(m.Known)
		cond += " OR " + on + graph.LastKnown + " > " + known + " OR " + on + graph.RecordedAt + " > " + known
	}
	return cond
}

// setSettled sets on n what settles moments, by the versions that it has.
var setSettled = fmt.Sprintf("n.%s = %s, n.%s = %s", graph.LastFrom, lastOf(0), graph.LastKnown, lastOf(1))

// lastOf is the greatest of one of the four numbers of n's versions.
func lastOf(number int) string {
	return fmt.Sprintf("reduce(last = n.versions_at[%[1]d], i IN range(1, size(n.versions_of) - 1) | CASE WHEN n.versions_at[4 * i + %[1]d] > last THEN n.versions_at[4 * i + %[1]d] ELSE last END)", number)
}

// needed are the versions and when they were recorded, for decoding: of those that a moment of the mentions is not settled by.
func (c *compiler) needed(refs []graph.Ref, on string) []string {
	var unsettled []string
	for i := range refs {
		if r := &refs[i]; r.Past() && !slices.ContainsFunc(refs[:i], func(o graph.Ref) bool { return o.Past() && *o.At == *r.At }) {
			unsettled = append(unsettled, c.unsettled(r.At, on+"."))
		}
	}
	if len(unsettled) == 0 {
		return nil
	}
	return []string{"CASE WHEN " + strings.Join(unsettled, " OR ") + " THEN " + versions(on) + " END", on + "." + graph.RecordedAt}
}

// moment is a time as a parameter, the same wherever it is named.
func (c *compiler) moment(t *graph.Time) string {
	if t == nil {
		return now
	}
	if c.moments[t] == "" {
		if c.moments == nil {
			c.moments = map[*graph.Time]string{}
		}
		c.moments[t] = c.param(int64(*t))
	}
	return c.moments[t]
}

// mentioned is the condition that a text which a property had has one of some texts in it.
func (c *compiler) mentioned(t *graph.Test, on string) string {
	i, all := c.fresh("i"), c.fresh("all")
	return fmt.Sprintf("any(%[1]s IN %[2]s WHERE any(%[3]s IN range(0, coalesce(size(%[1]s[0]), 0) - 1) WHERE %[1]s[0][%[3]s] = '%[4]s' AND %[5]s))",
		all, "["+versions(on[:len(on)-1])+"]", i, t.Ref.Prop.Of[0].Name, c.mentions(t, false, fmt.Sprintf("%s[2][4 * %s + 1]", all, i)))
}
