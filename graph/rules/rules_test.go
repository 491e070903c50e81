package rules

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/kithgraph/kith/graph"
)

// now is 2026-03-01T12:00:00Z.
const now graph.Time = 1772366400_000_000

func ptr(n int64) *int64 { return &n }

func TestAValueKeepsItsRule(t *testing.T) {
	score := &graph.Property{Name: "score", Type: graph.Float, Rule: graph.Rule{Range: &graph.Range{Min: ptr(-1_000_000), Max: ptr(1_000_000)}}}
	quantity := &graph.Property{Name: "quantity", Type: graph.Int, Rule: graph.Rule{Range: &graph.Range{Min: ptr(1)}}}
	most := &graph.Property{Name: "most", Type: graph.Int, Rule: graph.Rule{Range: &graph.Range{Max: ptr(10)}}}
	amount := &graph.Property{Name: "amount", Type: graph.Amount, Rule: graph.Rule{Range: &graph.Range{Min: ptr(5000)}}}
	year := &graph.Property{Name: "year", Type: graph.Int, Rule: graph.Rule{Range: &graph.Range{Min: ptr(1850)}, Past: true}}
	instant := &graph.Property{Name: "at", Type: graph.Instant, Rule: graph.Rule{Past: true}}
	day := &graph.Property{Name: "day", Type: graph.Day, Rule: graph.Rule{Past: true}}
	free := &graph.Property{Name: "free", Type: graph.Int}
	const midnight = int64(now) - 12*3600e6
	for _, c := range []struct {
		name  string
		p     *graph.Property
		v     any
		fault string
	}{
		{"the least value", score, int64(-1_000_000), ""},
		{"the greatest value", score, int64(1_000_000), ""},
		{"below the least", score, int64(-1_000_001), "must be between -1 and 1: -1.000001"},
		{"above the greatest", score, int64(7_000_000), "must be between -1 and 1: 7"},
		{"below the least where there is no greatest", quantity, int64(0), "must not be less than 1: 0"},
		{"above the greatest where there is no least", most, int64(11), "must not be more than 10: 11"},
		{"an amount that is just enough", amount, graph.Money{Amount: 5000, Currency: "EUR"}, ""},
		{"an amount that is too little, in whichever currency", amount, graph.Money{Amount: 4999, Currency: "JPY"}, "must not be less than 0.5: 0.4999 JPY"},
		{"an amount in what is no currency by the standard", amount, graph.Money{Amount: 5000, Currency: "EUX"}, `must be in a currency by ISO 4217 such as EUR: "EUX"`},
		{"this instant", instant, int64(now), ""},
		{"an instant that is still to come", instant, int64(now) + 1, "must not be in the future: 2026-03-01T12:00:00.000001Z"},
		{"today", day, midnight, ""},
		{"tomorrow", day, midnight + 24*3600e6, "must not be in the future: 2026-03-02"},
		{"this year", year, int64(2026), ""},
		{"next year", year, int64(2027), "must not be in the future: 2027"},
		{"a year that is too early", year, int64(1849), "must not be less than 1850: 1849"},
		{"a number without a rule", free, int64(-1 << 40), ""},
		{"a value of another type, which is refused elsewhere", year, "2999", ""},
	} {
		t.Run(c.name, func(t *testing.T) { assert.Equal(t, c.fault, Value(c.p, c.v, now)) })
	}
}

func TestATextKeepsItsFormat(t *testing.T) {
	for format, texts := range map[graph.TextFormat]struct{ right, wrong []string }{
		graph.FormatEmail: {[]string{"ann@kith.example", "o'neil+x@kith.example", "jörg@kith.example", "ann@localhost"},
			[]string{"", "not an address", "ann", "ann@", "@kith.example", "Ann <ann@kith.example>", " ann@kith.example", "ann@kith.example, bo@kith.example"}},
		graph.FormatPhone: {[]string{"+49 30 901820", "+49 (0)30 901820", "030-0074321", "(5) 555-4729", "+44 20 7946 0958 ext. 4", "1-800-FLOWERS", "0049 30 901820", "17", "1"},
			[]string{"", "none", "-", "+49", "+999 123456", "+47 73 555 9729", "ann@kith.example", "+49 30 12345678901234567"}},
		graph.FormatDomain: {[]string{"kith.example", "KITH.example", "bücher.example", "xn--bcher-kva.example", "a.b.c"},
			[]string{"", "kith", "a..b", "-a.example", "a_b.example", "ann albers.example", "https://kith.example", "ann@kith.example", "kith.example/about"}},
		graph.FormatURL: {[]string{"https://kith.example", "http://kith.example:8080/about?a=b#c"},
			[]string{"", "kith.example", "/about", "ftp://kith.example", "javascript:alert(1)", "https://", "https://ann:secret@kith.example"}},
		graph.FormatTimeZone: {[]string{"Europe/Berlin", "UTC", "America/Argentina/Buenos_Aires"}, []string{"", "Local", "Berlin", "+02:00", "Europe/Berlin ", "../Europe/Berlin"}},
		graph.FormatLanguage: {[]string{"de", "en", "yue"}, []string{"", "DE", "deu", "de-AT", "German", "xx", "und"}},
		graph.FormatCurrency: {[]string{"EUR", "JPY"}, []string{"", "eur", "€", "ABC", "XXX"}},
		graph.FormatCountry:  {[]string{"DE", "US", "XK"}, []string{"", "de", "DEU", "UK", "EU", "ZZ", "Germany", "276"}},
	} {
		p := &graph.Property{Name: "text", Type: graph.String, Rule: graph.Rule{Format: format}}
		for _, s := range texts.right {
			assert.Empty(t, Value(p, s, now), "%s: %q", format, s)
		}
		for _, s := range texts.wrong {
			assert.Contains(t, Value(p, s, now), "must be "+formats[format].what+": ", "%s: %q", format, s)
		}
		assert.Empty(t, Value(p, formats[format].what[len(formats[format].what)-len(example(format)):], now), "%s: what is named as an example", format)
	}
}

// example is what the words for a format end with.
func example(f graph.TextFormat) string {
	return map[graph.TextFormat]string{graph.FormatEmail: "ann@kith.example", graph.FormatPhone: "+49 30 901820", graph.FormatDomain: "kith.example", graph.FormatURL: "https://kith.example/about",
		graph.FormatTimeZone: "Europe/Berlin", graph.FormatLanguage: "de", graph.FormatCurrency: "EUR", graph.FormatCountry: "DE"}[f]
}

// deal has a state that ends it in two ways, and tells it again.
type deal struct{ stage, closedAt, outcome, lossReason *graph.Property }

func newDeal() (deal, *graph.Lifecycle) {
	d := deal{
		&graph.Property{Name: "stage", Type: graph.Enum, Values: []string{"OPEN", "WON", "LOST"}}, &graph.Property{Name: "closedAt", Type: graph.Instant},
		&graph.Property{Name: "result", Alias: "outcome", Type: graph.Enum, Values: []string{"WON", "LOST"}}, &graph.Property{Name: "lossReason", Type: graph.String},
	}
	needs := []*graph.Property{d.closedAt, d.outcome}
	return d, &graph.Lifecycle{Status: d.stage, Bound: append(needs, d.lossReason),
		Ends: []graph.End{{States: []string{"WON"}, Needs: needs, Forbids: []*graph.Property{d.lossReason}}, {States: []string{"LOST"}, Needs: needs}}}
}

func TestAStateAgreesWithWhatItNeedsAndForbids(t *testing.T) {
	_, life := newDeal()
	type v = graph.Values
	for _, c := range []struct {
		name      string
		set, have v
		faults    []string
	}{
		{"an end with all that it needs", v{"stage": "WON", "closedAt": int64(1), "result": "WON"}, v{}, nil},
		{"an end without", v{"stage": "WON"}, v{}, []string{"closedAt is needed with the stage WON", "outcome is needed with the stage WON"}},
		{"an end without, where what is there is not known", v{"stage": "WON"}, nil, nil},
		{"what an end needs is taken away", v{"closedAt": nil}, v{"stage": "WON", "closedAt": int64(1), "result": "WON"}, []string{"closedAt is needed with the stage WON"}},
		{"it is taken away with the change to that end", v{"stage": "WON", "closedAt": nil, "result": "WON"}, nil, []string{"closedAt is needed with the stage WON"}},
		{"the state told again is another", v{"stage": "WON", "closedAt": int64(1), "result": "LOST"}, v{}, []string{"outcome must be WON with the stage WON: LOST"}},
		{"it is another than the state that is there", v{"result": "LOST"}, v{"stage": "WON", "closedAt": int64(1)}, []string{"outcome must be WON with the stage WON: LOST"}},
		{"what an end forbids", v{"stage": "WON", "closedAt": int64(1), "result": "WON", "lossReason": "Price"}, v{}, []string{`lossReason must be missing with the stage WON: "Price"`}},
		{"what one end forbids and another does not", v{"stage": "LOST", "closedAt": int64(1), "result": "LOST", "lossReason": "Price"}, v{}, nil},
		{"what ends need, while nothing has ended", v{"stage": "OPEN", "closedAt": int64(0)}, v{}, []string{"closedAt must be missing with the stage OPEN: 1970-01-01T00:00:00Z"}},
		{"what one end forbids, while nothing has ended", v{"stage": "OPEN", "lossReason": "Price"}, v{}, nil},
		{"nothing is known of the state", v{"closedAt": int64(1), "result": "WON"}, v{}, nil},
		{"what lies there is broken, and something else is set", v{"name": "x"}, v{"stage": "OPEN", "closedAt": int64(1), "result": "WON"}, nil},
		{"what lies there is broken, and a part of it is set right", v{"closedAt": nil}, v{"stage": "OPEN", "closedAt": int64(1), "result": "WON"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.faults, told(Together(nil, life, c.set, c.have)))
		})
	}
}

func told(faults []Fault) (out []string) {
	for _, f := range faults {
		out = append(out, f.Property.Field()+" "+f.Reason)
	}
	return out
}

func TestWhatFollowsFromAState(t *testing.T) {
	_, life := newDeal()
	type v = graph.Values
	for _, c := range []struct {
		name            string
		set, have, then v
	}{
		{"an end has the state told again, and is now", v{"stage": "WON"}, v{}, v{"result": "WON", "closedAt": int64(now)}},
		{"an end that has an instant keeps it", v{"stage": "LOST"}, v{"closedAt": int64(1), "result": "WON"}, v{"result": "LOST"}},
		{"what is given stays, right or wrong", v{"stage": "WON", "closedAt": int64(2), "result": "LOST"}, v{}, v{}},
		{"what the end forbids goes", v{"stage": "WON", "closedAt": int64(2)}, v{"lossReason": "Price"}, v{"result": "WON", "lossReason": nil}},
		{"what only ends have goes with the end", v{"stage": "OPEN"}, v{"closedAt": int64(1), "result": "LOST", "lossReason": "Price"}, v{"closedAt": nil, "result": nil}},
		{"nothing follows where the state stays", v{"lossReason": "Price"}, v{"stage": "WON"}, v{}},
		{"nothing follows where the state is taken away", v{"stage": nil}, v{"stage": "WON", "closedAt": int64(1)}, v{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			now := now
			assert.Equal(t, c.then, Follow(life, c.set, c.have, &now))
		})
	}
	t.Run("nothing is now where that is not said", func(t *testing.T) {
		assert.Equal(t, v{"result": "WON"}, Follow(life, v{"stage": "WON"}, nil, nil))
	})
}

func TestWhatComesFirstComesFirst(t *testing.T) {
	from, to := &graph.Property{Name: "from", Type: graph.Day}, &graph.Property{Name: "to", Type: graph.Day}
	const day = int64(24 * 3600e6)
	type v = graph.Values
	for _, c := range []struct {
		name      string
		apart     bool
		set, have v
		faults    []string
	}{
		{"one after the other", true, v{"from": 0 * day, "to": day}, nil, nil},
		{"at the same time", false, v{"from": day, "to": day}, nil, nil},
		{"at the same time, where they are apart", true, v{"from": day, "to": day}, nil, []string{"to must be after from, which is 1970-01-02: 1970-01-02"}},
		{"the other way round", false, v{"from": day, "to": 0 * day}, nil, []string{"to must not be before from, which is 1970-01-02: 1970-01-01"}},
		{"the second before a first that is there", false, v{"to": 0 * day}, v{"from": day}, []string{"to must not be before from, which is 1970-01-02: 1970-01-01"}},
		{"the first after a second that is there", false, v{"from": day}, v{"to": 0 * day}, []string{"from must not be after to, which is 1970-01-01: 1970-01-02"}},
		{"the first at a second that is there, where they are apart", true, v{"from": day}, v{"to": day}, []string{"from must be before to, which is 1970-01-02: 1970-01-02"}},
		{"the second is taken away", false, v{"from": day, "to": nil}, v{"to": 0 * day}, nil},
		{"both lie there, and something else is set", false, v{"name": "x"}, v{"from": day, "to": 0 * day}, nil},
		{"one alone", false, v{"from": day}, v{}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.faults, told(Together([]graph.Span{{From: from, To: to, Apart: c.apart}}, nil, c.set, c.have)))
		})
	}
}

func TestATextFollowsFromOthers(t *testing.T) {
	given, family := &graph.Property{Name: "given", Type: graph.String}, &graph.Property{Name: "family", Type: graph.String}
	props := []*graph.Property{{Name: "name", Type: graph.String, Rule: graph.Rule{Follows: []*graph.Property{given, family}}}, given, family}
	type v = graph.Values
	for _, c := range []struct {
		name      string
		set, have v
		want      any // nil: it is not set
	}{
		{"both are given", v{"given": "Ann", "family": "Albers"}, nil, "Ann Albers"},
		{"one is given", v{"family": "Albers"}, nil, "Albers"},
		{"one is blank", v{"given": " ", "family": "Albers"}, nil, "Albers"},
		{"one has no visible character", v{"given": "\u200b", "family": "Albers\u200b "}, nil, "Albers\u200b"},
		{"one is given and another is there", v{"family": "Berg"}, v{"given": "Ann", "family": "Albers", "name": "Ann Albers"}, "Ann Berg"},
		{"it is there by itself", v{"family": "Berg"}, v{"given": "Ann", "family": "Albers", "name": "Dr. Albers"}, nil},
		{"it is missing, and they are there", v{"family": "Berg"}, v{"given": "Ann"}, "Ann Berg"},
		{"neither of them is set", v{"phone": "1"}, v{"given": "Ann", "family": "Albers"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.want, FollowTexts(props, c.set, c.have)["name"])
		})
	}
	t.Run("it is given", func(t *testing.T) {
		assert.Empty(t, FollowTexts(props, v{"given": "Ann", "name": "Dr. Albers"}, nil))
	})
	t.Run("they are taken away, and it with them", func(t *testing.T) {
		assert.Equal(t, v{"name": nil}, FollowTexts(props, v{"given": nil, "family": nil}, v{"given": "Ann", "family": "Albers", "name": "Ann Albers"}))
	})
}

func TestAFaultTellsAValueAsPeopleWriteIt(t *testing.T) {
	for _, c := range []struct {
		of   graph.Type
		v    any
		want string
	}{
		{graph.String, "Price", `"Price"`}, {graph.Enum, "WON", "WON"}, {graph.Int, int64(7), "7"}, {graph.Float, int64(500_000), "0.5"},
		{graph.Instant, int64(0), "1970-01-01T00:00:00Z"}, {graph.Day, int64(0), "1970-01-01"},
	} {
		assert.Equal(t, c.want, written(&graph.Property{Type: c.of}, c.v), "%v", c.of)
	}
}
