package resolvers

import (
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/sosodev/duration"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/journey"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/graph/sdl"
)

var (
	journeyParts   = map[string]journey.Part{"KIND": journey.Kind, "DETAIL": journey.Detail, "CHANNEL": journey.Channel, "OUTCOME": journey.Result}
	journeyRepeats = map[string]journey.Repeats{"KEEP": journey.Keep, "CUT": journey.Cut, "COLLAPSE": journey.Collapse}
	journeyPeriods = map[string]journey.Calendar{"WEEK": journey.Weeks, "MONTH": journey.Months}
	journeyLines   = map[string]journey.Line{"ACTIVITIES": journey.OfActivities, "EDGES": journey.OfEdges, "VARIANTS": journey.OfVariants, "FUNNEL": journey.OfFunnel}
	journeyEntries = map[string]journey.Entry{"FIRST": journey.First, "BEST": journey.Best, "EACH": journey.Each}

	journeyMeasures   = map[string]journey.Measure{"SATISFACTION": journey.Satisfaction, "SENTIMENT": journey.Sentiment}
	journeyMeasuredBy = map[string]journey.MeasuredBy{"VARIANT": journey.ByVariant, "STEP": journey.ByStep, "WEEK": journey.ByWeek, "MONTH": journey.ByMonth}
)

// A journeyDefinition is what is looked at, as somebody has asked for it. Its JSON is what it was, with what it left to Kith.
type journeyDefinition struct {
	Cases   map[string]any  `json:"cases"`
	From    *string         `json:"from,omitempty"`
	To      *string         `json:"to,omitempty"`
	Events  *journeyEvents  `json:"events,omitempty"`
	By      []string        `json:"by"`
	Rename  []journeyRename `json:"rename,omitempty"`
	Exclude []string        `json:"exclude,omitempty"`
	Repeats string          `json:"repeats"`
	Idle    *string         `json:"idle,omitempty"`

	of         *graph.Kind
	chosen     *graph.List // nil: all
	from, to   *int64
	repeats    journey.Repeats
	idle       int64
	text, hash string
}

type journeyEvents struct {
	Kinds    []string `json:"kinds,omitempty"`
	Details  []string `json:"details,omitempty"`
	Channels []string `json:"channels,omitempty"`
	Outcomes []string `json:"outcomes,omitempty"`
}

type journeyRename struct {
	From     []string `json:"from,omitempty"`
	Matching string   `json:"matching,omitempty"`
	To       string   `json:"to"`
}

func (d *journeyDefinition) mapping() (m journey.Mapping) {
	for _, part := range d.By {
		m.By = append(m.By, journeyParts[part])
	}
	if e := d.Events; e != nil {
		m.Only = [...][]string{e.Kinds, e.Details, e.Channels, e.Outcomes}
	}
	for _, r := range d.Rename {
		m.Rename = append(m.Rename, journey.Rename(r))
	}
	m.Exclude = d.Exclude
	return m
}

// definitionPath is where errors say that a definition stands.
const definitionPath = "journeys.definition"

// journeyDefinition reads a definition.
func (p *planner) journeyDefinition(in map[string]any) *journeyDefinition {
	d := &journeyDefinition{By: []string{"KIND", "DETAIL"}, Repeats: "KEEP"}
	const where = definitionPath
	d.of, d.chosen, d.Cases = p.cases(in["cases"], where+".cases")
	if d.of == nil {
		return d
	}
	d.From, d.from = p.bound(in["from"], where+".from")
	d.To, d.to = p.bound(in["to"], where+".to")
	if d.from != nil && d.to != nil && *d.from >= *d.to {
		p.fail("%s: the period is to begin before it ends, and %s is not before %s", where, *d.From, *d.To)
	}
	if e, is := in["events"].(map[string]any); is {
		d.Events = &journeyEvents{p.named(e, "kinds", where+".events"), p.named(e, "details", where+".events"), p.named(e, "channels", where+".events"), p.named(e, "outcomes", where+".events")}
	}
	if by := p.named(in, "by", where); by != nil {
		d.By = by
	}
	for i, part := range d.By {
		if slices.Contains(d.By[:i], part) {
			p.fail("%s.by: %s is there twice", where, part)
		}
	}
	if in["rename"] != nil {
		for i, el := range elements(in["rename"]) {
			r := el.(map[string]any)
			d.Rename = append(d.Rename, journeyRename{p.named(r, "from", fmt.Sprintf("%s.rename[%d]", where, i)), text(r["matching"]), text(r["to"])})
		}
	}
	d.Exclude = p.named(in, "exclude", where)
	if s, is := in["repeats"].(string); is {
		d.Repeats = s
	}
	d.repeats = journeyRepeats[d.Repeats]
	d.Idle, d.idle = p.span(in["idle"], where+".idle")
	b, err := json.Marshal(d)
	if err != nil { // it comes from JSON or from literals
		panic(err)
	}
	d.text, d.hash = string(b), fmt.Sprintf("%x", sha256.Sum256(b))[:32]
	return d
}

// cases reads whose journeys are meant. No list: all of the kind. No kind: it was a mistake.
func (p *planner) cases(v any, where string) (of *graph.Kind, chosen *graph.List, asked map[string]any) {
	cases, _ := v.(map[string]any)
	keys := given(cases)
	if len(keys) != 1 {
		p.fail("%s: exactly one key is to be given, not %d", where, len(keys))
		return nil, nil, nil
	}
	of = p.Catalog.MustKind(strings.TrimSuffix(p.Schema.Types["JourneyCases"].Fields.ForName(keys[0]).Type.Name(), "Filter"))
	at := where + "." + keys[0]
	w := p.walker()
	if f := w.bounded(w.kind(of, cases[keys[0]], at), at); f != nil {
		chosen = &graph.List{Key: of.Plural, Nodes: []*graph.Selection{{Kind: of}}, Filter: f}
	}
	return of, chosen, map[string]any{keys[0]: cases[keys[0]]}
}

// segment reads which of the cases are one, and has it be read: its place among the log's segments.
func (p *planner) segment(q *policy.Journeys, v any, where string) int {
	of, chosen, _ := p.cases(v, where)
	if of != nil && of != q.Of {
		p.fail("%s: cases are %s, and a segment is of them", where, q.Of.Plural)
	}
	q.Segments = append(q.Segments, chosen)
	return len(q.Segments) - 1
}

// dimension reads what tells cases apart, and has it be read.
func (p *planner) dimension(q *policy.Journeys, args map[string]any, field string) func(*policy.EventLog) journey.Breakdown {
	in, _ := args["by"].(map[string]any)
	keys, where := given(in), field+".by"
	if len(keys) != 1 {
		p.fail("%s: exactly one key is to be given, not %d", where, len(keys))
		return nil
	}
	if keys[0] == "period" {
		p.without(args, field, "weeks and months are those of UTC", "unit", "zone")
		return func(*policy.EventLog) journey.Breakdown { return journey.ByPeriod(journeyPeriods[text(in["period"])]) }
	}
	of := p.Catalog.MustKind(strings.TrimSuffix(p.Schema.Types["JourneyDimension"].Fields.ForName(keys[0]).Type.Name(), "GroupBy"))
	if of != q.Of {
		p.fail("%s.%s: cases are %s, and they are told apart by a value of theirs", where, keys[0], q.Of.Plural)
		return nil
	}
	names := sdl.GroupKeys(of, nil)
	n := names[slices.IndexFunc(names, func(n sdl.GroupName) bool { return n.Enum == text(in[keys[0]]) })] // the parser has checked it
	if n.ToPersons() {
		p.fail("%s.%s: %s leads to persons, and cases are told apart by what is none", where, keys[0], n.Enum)
	}
	if n.Range() {
		p.fail("%s.%s: %s is a number, and cases are told apart by what has few values", where, keys[0], n.Enum)
	}
	switch {
	case !n.Time():
		p.without(args, field, n.Enum+" is no time", "unit", "zone")
	case n.Prop.Type == graph.Day:
		p.without(args, field, n.Enum+" is a day, whatever the zone", "zone")
	}
	if _, given := args["unit"]; !given {
		args = maps.Clone(args)
		args["unit"] = "DAY"
	}
	q.By = append(q.By, p.groupKey(n, args, field))
	at := len(q.By) - 1
	return func(l *policy.EventLog) journey.Breakdown {
		return journey.Breakdown{Of: func(c int, _ int64) string { return l.Values[at](c) }, Newest: q.By[at].Cut.Span()}
	}
}

// without refuses arguments that would change nothing, and says why.
func (p *planner) without(args map[string]any, where, why string, names ...string) {
	for _, name := range names {
		if args[name] != nil {
			p.fail("%s.%s: leave it out: %s", where, name, why)
		}
	}
}

// named reads a list of names; nil: it is not given.
func (p *planner) named(in map[string]any, key, where string) (names []string) {
	if in[key] == nil {
		return nil
	}
	for _, v := range elements(in[key]) {
		names = append(names, text(v))
	}
	switch {
	case len(names) == 0:
		p.fail("%s.%s is empty: leave it out, or name at least one", where, key)
	case len(names) > p.MaxPage:
		p.fail("%s.%s: at most %d, not %d", where, key, p.MaxPage, len(names))
	}
	return names
}

// bound reads a time; nil: it is not given.
func (p *planner) bound(v any, where string) (*string, *int64) {
	if v == nil {
		return nil, nil
	}
	t := instant(v, where, p.fail)
	s, at := t.String(), int64(t)
	return &s, &at
}

// span reads a duration, in microseconds; nil and 0: it is not given.
func (p *planner) span(v any, where string) (*string, int64) {
	if v == nil {
		return nil, 0
	}
	s := text(v)
	d, err := duration.Parse(s)
	const most = 100 * 366 * 24 * time.Hour
	if err != nil || d.Negative || d.Years != 0 || d.Months != 0 || d.Weeks > 1e4 || d.Days > 1e5 || d.Hours > 1e6 || d.Minutes > 1e8 || d.Seconds > 1e9 {
		p.fail("%s: %.40q is not a duration of weeks, days, hours, minutes and seconds, as P14D or PT36H: months and years are not all of one length", where, s)
		return nil, 0
	}
	long := time.Duration(math.Round((d.Weeks*7+d.Days)*24*3600e6+d.Hours*3600e6+d.Minutes*60e6+d.Seconds*1e6)) * time.Microsecond
	if long <= 0 || long > most {
		p.fail("%s: from a microsecond to 100 years, not %s", where, s)
	}
	return &s, long.Microseconds()
}

// first is how many rows are told apart.
func (p *planner) first(args map[string]any) int {
	return p.apart(args, "first", strings.Join(p.path, "."))
}

// apart is how many of something are told apart.
func (p *planner) apart(args map[string]any, key, where string) int {
	if n, given := p.count(args, key, where); given {
		return n
	}
	return defaultPage
}

const defaultDepth = 5

func (p *planner) between(args map[string]any, where string) journey.Between {
	b := journey.Between{From: p.named(args, "from", where), To: p.named(args, "to", where), Through: p.named(args, "through", where), Depth: p.depth(args, journey.MostDepth, where)}
	switch ends := len(b.From)+len(b.To) > 0; {
	case ends && b.Through != nil:
		p.fail("%s.through: what is on both sides of an activity is asked for alone, without from and to", where)
	case !ends && b.Through == nil:
		p.fail("%s: at least one of from and to is to be given, or through", where)
	}
	return b
}

// depth is how many activities there are one behind the other.
func (p *planner) depth(args map[string]any, most int, where string) int {
	v := args["depth"]
	if v == nil {
		return defaultDepth
	}
	n, err := whole(v)
	if err != nil || n < 2 || int(n) > most {
		p.fail("%s: depth is from 2 to %d, not %v", where, most, v)
	}
	return int(n)
}

// steps reads of each of several the activities that are one.
func (p *planner) steps(args map[string]any, key string, least, most int, where string) (steps [][]string) {
	all := elements(args[key])
	if len(all) < least || len(all) > most {
		p.fail("%s: %s are from %d to %d, not %d", where, key, least, most, len(all))
		return nil
	}
	for i, step := range all {
		at := fmt.Sprintf("%s[%d]", key, i)
		steps = append(steps, p.named(map[string]any{at: step}, at, where))
	}
	return steps
}

func (p *planner) funnel(args map[string]any, where string) (f journey.Funnel) {
	if f.Steps = p.steps(args, "steps", 2, journey.MostSteps, where); f.Steps == nil {
		return f
	}
	if s, is := args["entry"].(string); is {
		f.Entry = journeyEntries[s]
	}
	_, f.Window = p.span(args["window"], where+".window")
	f.Strict = args["strict"] == true
	f.Exits = p.named(args, "exits", where)
	return f
}
