package sqlite

import (
	"bytes"
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	driversqlite "modernc.org/sqlite"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/write"
)

// Versions are kept as JSON: by property, lists of From, Known, Until, the parts of the value, Actor and Source. A missing value has null
// for its first part.

func versionsJSON(k write.Kept) string {
	of := map[string][][]any{}
	k.Each(func(p *graph.Property, v *graph.Version) {
		parts := append(write.Parts(p, v.Value), nil, nil)
		of[v.Prop] = append(of[v.Prop], []any{v.From, v.Known, v.Until, parts[0], parts[1], v.Actor, v.Source})
	})
	return asJSON(of)
}

// Places in the list of a version.
const (
	placeFrom = iota
	placeKnown
	placeUntil
	placeFirst
	placeSecond
	placeActor
	placeSource
	placesOf
)

func versionsOf(p *graph.Property, text string) (any, error) {
	d := json.NewDecoder(bytes.NewReader([]byte(text)))
	d.UseNumber()
	var of map[string][][]any
	if err := d.Decode(&of); err != nil {
		return nil, err
	}
	var all []graph.Version
	for name, versions := range of {
		for _, cells := range versions {
			if len(cells) != placesOf {
				return nil, fmt.Errorf("a version of %s.%s has %d parts", p.Owner, name, len(cells))
			}
			v := graph.Version{Prop: name}
			for i, at := range []*graph.Time{&v.From, &v.Known, &v.Until} {
				n, _ := cells[i].(json.Number)
				whole, err := n.Int64()
				if err != nil {
					return nil, err
				}
				*at = graph.Time(whole)
			}
			second, _ := cells[placeSecond].(string)
			v.Actor, _ = cells[placeActor].(string)
			v.Source, _ = cells[placeSource].(string)
			made, err := write.Version(p.Of, v, cells[placeFirst], second)
			if err != nil {
				return nil, err
			}
			if made != nil {
				all = append(all, *made)
			}
		}
	}
	if len(all) == 0 {
		return nil, nil
	}
	return graph.InOrder(all), nil
}

// was is the value that a property had at a mention's moment, by what it has now, its versions and when it was recorded.
func was(r *graph.Ref, is, versions, recorded any, now graph.Time) (any, error) {
	at, known := r.At.In(now)
	of, kept := versionsIn(versions, opens(r.Prop.Name))
	if !kept {
		if since, told := recorded.(int64); told && graph.Time(since) > known {
			return nil, nil
		}
		return is, nil
	}
	first, second, err := inForce(of, at, known)
	if err != nil {
		return nil, fmt.Errorf("versions of %s: %w", r.Prop.Path(), err)
	}
	if first == "" {
		return nil, nil
	}
	return valueIn(r.Prop, first, second)
}

// opens is what stands before the versions of a property among those of a node. Within a text the quotes would be escaped.
func opens(property string) string { return `"` + property + `":[` }

// versionsIn are the versions of a property among those of a node, from behind what opens their list.
func versionsIn(versions any, opens string) (of string, kept bool) {
	text, _ := versions.(string)
	_, of, kept = strings.Cut(text, opens)
	return of, kept
}

// inForce are the two parts of the value of the version that is in force, as JSON; empty: none is. It is asked for each row that a statement
// looks at, and reads no more than it needs.
func inForce(text string, at, known graph.Time) (first, second string, err error) {
	for strings.HasPrefix(text, "[") {
		var times [3]graph.Time
		text = text[1:]
		for i := range times {
			if times[i], text, err = timeIn(text); err != nil {
				return "", "", err
			}
		}
		var cells [placesOf - placeFirst]string
		made := graph.Version{From: times[placeFrom], Known: times[placeKnown], Until: times[placeUntil]}
		here := made.Holds(at, known)
		for i := range cells {
			end := endOf(text)
			if end < 0 || end == len(text) {
				return "", "", errCutOff
			}
			if cells[i], text = text[:end], text[end+1:]; here && i == placeSecond-placeFirst {
				return cells[0], cells[1], nil
			}
		}
		text = strings.TrimPrefix(text, ",")
	}
	return "", "", nil
}

var errCutOff = errors.New("they are cut off, or are none")

// timeIn reads a whole number, and the comma behind it.
func timeIn(text string) (t graph.Time, rest string, err error) {
	i, minus := 0, strings.HasPrefix(text, "-")
	if minus {
		i = 1
	}
	digits := i
	for ; i < len(text) && '0' <= text[i] && text[i] <= '9'; i++ {
		if t > math.MaxInt64/10 {
			return 0, "", errCutOff
		}
		if t = 10*t + graph.Time(text[i]-'0'); t < 0 {
			return 0, "", errCutOff
		}
	}
	if i == digits || i == len(text) || text[i] != ',' {
		return 0, "", errCutOff
	}
	if minus {
		t = -t
	}
	return t, text[i+1:], nil
}

// endOf is where a number, a text or null ends; negative: nowhere.
func endOf(text string) int {
	if text == "" || text[0] != '"' {
		for i := range len(text) {
			if text[i] == ',' || text[i] == ']' {
				return i
			}
		}
		return -1
	}
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return -1
}

// valueIn is the value of a version whose parts are JSON.
func valueIn(p *graph.Property, first, second string) (any, error) {
	var v any
	var currency string
	var err error
	switch {
	case first == "null":
	case first[0] == '"':
		v, err = unquoted(first)
	default:
		v = first
	}
	if err == nil && p.Type == graph.Amount && second != "null" {
		currency, err = unquoted(second)
	}
	if err != nil {
		return nil, fmt.Errorf("a version of %s: %w", p.Path(), err)
	}
	made, err := write.Version([]*graph.Property{p}, graph.Version{Prop: p.Name}, v, currency)
	if err != nil {
		return nil, err
	}
	return made.Value, nil
}

// unquoted is a text that is written as JSON.
func unquoted(part string) (text string, err error) {
	if strings.IndexByte(part, '\\') < 0 {
		return part[1 : len(part)-1], nil
	}
	err = json.Unmarshal([]byte(part), &text)
	return text, err
}

// column is the expression of a column of a property as a mention has it: as it is, or as of a moment. That is looked up by a function of
// ours: JSON's own take several times as long.
func (q *query) column(r *graph.Ref, name string, s scope, onEdge bool) string {
	is := s.column(r.Prop, name, onEdge)
	if !r.Past() {
		return is
	}
	args := []string{s.column(r.Prop.Versions, graph.VersionsOf, onEdge), is, "'" + opens(r.Prop.Name) + "'", strconv.Itoa(placeFirst + slices.Index(partsOf(r.Prop), name)), q.moment(r.At.At)}
	if r.At.Known != nil {
		args = append(args, q.moment(r.At.Known), s.column(r.Prop.Versions, graph.RecordedAt, onEdge))
	}
	was := fmt.Sprintf("CASE WHEN %s THEN %s(%s) ELSE %s END", q.unsettled(r, s, onEdge), thenFunction, strings.Join(args, ", "), is)
	if !onEdge && len(s.kinds) == 1 && !slices.Contains(q.past, was) {
		q.past = append(q.past, was)
	}
	return was
}

// foundOnce has what was be found out once for each row of a table, before rows are put together: else it is as often as it is named, and versions
// are put in order along with the rows.
func (q *query) foundOnce(from, cond, node string, named ...[]string) (table string) {
	cols := []string{node + ".*"}
	for i, was := range q.past {
		if !strings.Contains(was, node+".") {
			continue // of a neighbour
		}
		then := fmt.Sprintf("then%d", i)
		cols = append(cols, was+" AS "+then)
		for _, texts := range named {
			for j := range texts {
				texts[j] = strings.ReplaceAll(texts[j], was, node+"."+then)
			}
		}
	}
	return "(SELECT " + strings.Join(cols, ", ") + " FROM " + from + where(cond) + " LIMIT -1) " + node // a limit, so that it is not made one with what is around it
}

// unsettled is the condition that a mention's moment is before what is now, as far as is kept: it has no value where nothing is kept, but for
// when the row was recorded.
func (q *query) unsettled(r *graph.Ref, s scope, onEdge bool) string {
	of := r.Prop.Versions
	cond := s.column(of, graph.LastFrom, onEdge) + " > " + q.moment(r.At.At)
	if r.At.Known != nil {
		known := q.moment(r.At.Known)
		cond += " OR " + s.column(of, graph.LastKnown, onEdge) + " > " + known + " OR " + s.column(of, graph.RecordedAt, onEdge) + " > " + known
	}
	return cond
}

// needed are the versions and when they were recorded, for decoding: of those that a moment of the mentions is not settled by.
func (q *query) needed(refs []graph.Ref, s scope, onEdge bool) []string {
	var of *graph.Property
	var unsettled []string
	for i := range refs {
		r := &refs[i]
		if !r.Past() {
			continue
		}
		if of = r.Prop.Versions; !slices.ContainsFunc(refs[:i], func(o graph.Ref) bool { return o.Past() && *o.At == *r.At }) {
			unsettled = append(unsettled, q.unsettled(r, s, onEdge))
		}
	}
	if of == nil {
		return nil
	}
	kept := fmt.Sprintf("CASE WHEN %s THEN %s END", strings.Join(unsettled, " OR "), s.column(of, graph.VersionsOf, onEdge))
	return []string{kept, s.column(of, graph.RecordedAt, onEdge)}
}

// lastOf is the statement that fills a column which is kept beside versions that are there already; empty: it is no such column.
func lastOf(table, column string) string {
	place, is := map[string]int{graph.LastFrom: placeFrom, graph.LastKnown: placeKnown}[column]
	if !is {
		return ""
	}
	return fmt.Sprintf("UPDATE %s SET %s = (SELECT max(v.value ->> %d) FROM json_each(%s) AS p, json_each(p.value) AS v) WHERE %[4]s IS NOT NULL",
		quote(table), column, place, graph.VersionsOf)
}

const thenFunction = "kith_then"

func init() {
	driversqlite.MustRegisterFunction(thenFunction, &driversqlite.FunctionImpl{NArgs: -1, Deterministic: true, VolatileArgs: true, Scalar: then})
}

// then is part of the value that a property had, of: its versions, the part as it is, what opens the property's versions, the part's place in a
// version, and the time as of which it is asked; and where it is asked as it was known at another, that, and when the row was recorded. Each one
// more takes time for each row. Texts are the database's own, and are kept nowhere.
func then(_ *driversqlite.FunctionContext, args []driver.Value) (driver.Value, error) {
	open, _ := args[2].(string)
	place, _ := args[3].(int64)
	at, _ := args[4].(int64)
	known := int64(graph.AllKnown)
	if len(args) > 5 {
		known, _ = args[5].(int64)
	}
	of, kept := versionsIn(args[0], open)
	if !kept {
		if len(args) > 5 {
			if since, told := args[6].(int64); told && since > known {
				return nil, nil
			}
		}
		return args[1], nil
	}
	part, second, err := inForce(of, graph.Time(at), graph.Time(known))
	if err != nil {
		return nil, fmt.Errorf("versions of %s: %w", strings.Trim(open, `":[`), err)
	}
	if place == placeSecond {
		part = second
	}
	switch {
	case part == "" || part == "null":
		return nil, nil
	case part[0] != '"':
		return strconv.ParseInt(part, 10, 64)
	}
	return unquoted(part)
}

// partsOf are the columns of a property of which versions keep the values.
func partsOf(p *graph.Property) []string {
	if p.Type == graph.Enum {
		return []string{p.Name}
	}
	return p.Columns()
}

// moment is a time as an argument, the same wherever it is named.
func (q *query) moment(t *graph.Time) string {
	if t == nil {
		return q.arg(graph.GivenNow)
	}
	if q.moments[t] == "" {
		if q.moments == nil {
			q.moments = map[*graph.Time]string{}
		}
		q.moments[t] = q.arg(int64(*t))
	}
	return q.moments[t]
}

// mentioned is the condition that a text which a property had has one of some texts in it.
func (q *query) mentioned(t *graph.Test, s scope) string {
	p := t.Ref.Prop
	return fmt.Sprintf("EXISTS (SELECT 1 FROM json_each(%s, '$.%s') WHERE %s)", s.column(p, p.Name, t.OnEdge), p.Of[0].Name, q.mentions(fmt.Sprintf("(value ->> %d)", placeSecond), t.Value.([]any)))
}
