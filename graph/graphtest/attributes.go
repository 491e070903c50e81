package graphtest

import (
	"testing"

	"github.com/kithgraph/kith/graph"
)

// attributes is about conditions on what event logs tell.
func attributes(t *testing.T, x *fixture) {
	x.node("Case", "order", "attributes", []string{`{"name":"cost","number":12.50}`, `{"name":"colour","text":"red"}`, `{"name":"due","time":"2026-03-01T08:00:00Z"}`})
	x.node("Case", "parcel", "attributes", []string{
		`{"name":"cost","number":-1.50e-7,"at":"2026-01-01T00:00:00Z"}`, `{"name":"cost","number":300,"at":"2026-02-01T00:00:00Z"}`,
		`{"name":"colour","text":"red\"}","at":"2026-01-01T00:00:00Z"}`, `{"name":"due","time":"2026-03-01T08:00:00.5Z"}`, `{"name":"express","boolean":true}`,
	})
	x.node("Case", "item", "attributes", []string{`{"name":"cost","text":"12.5"}`, `{"name":"of","object":"red"}`, `{"name":"express","boolean":false}`, `{"name":"a\"b\\ö","text":"<%>"}`, `{"name":"none","text":""}`})
	x.node("Case", "note", "attributes", []string{
		`{"name":"said","text":"a\",\"at\":\"b","at":"2026-01-01T00:00:00Z"}`, `{"name":"said","text":",","at":"2026-01-01T00:00:00Z"}`, `{"name":"said","text":"\\"}`,
		`{"name":"said","text":"\\\\","at":"2026-01-01T00:00:00Z"}`, `{"name":"to","object":"o1","at":"2026-01-01T00:00:00Z"}`, `{"name":"done","boolean":false,"at":"2026-01-01T00:00:00Z"}`,
	})
	x.node("Case", "bare", "attributes", []string{})
	x.node("Case", "unknown")
	x.write(t)
	has := func(a graph.AttributeTest) *graph.Filter { return x.test("Case.attributes", graph.Tells, &a) }
	text := func(name string, of ...string) *graph.Filter {
		return has(graph.AttributeTest{Name: name, Type: graph.AttributeText, In: append([]string{}, of...)})
	}
	number := func(least, most *float64) *graph.Filter {
		return has(graph.AttributeTest{Name: "cost", Type: graph.AttributeNumber, Min: least, Max: most})
	}
	due := func(from, to string) *graph.Filter {
		a := graph.AttributeTest{Name: "due", Type: graph.AttributeTime}
		for at, bound := range map[string]**graph.Time{from: &a.From, to: &a.To} {
			if at == "" {
				continue
			}
			when, err := graph.ParseTime(at)
			if err != nil {
				t.Fatal(err)
			}
			*bound = &when
		}
		return has(a)
	}
	x.filtered(t, "Case", []filterCase{
		{"a name, whatever the value", has(graph.AttributeTest{Name: "cost"}), "order parcel item"},
		{"a name that is none", has(graph.AttributeTest{Name: "cos"}), ""},
		{"and the type of the value", has(graph.AttributeTest{Name: "cost", Type: graph.AttributeNumber}), "order parcel"},
		{"one of several texts", text("colour", "blue", "red"), "order"},
		{"a text that ends as its form does", text("colour", `red"}`), "parcel"},
		{"a text with what comes behind one in it", text("said", `a","at":"b`), "note"},
		{"what is before that", text("said", "a", `a"`, `a\`), ""},
		{"a text that begins as what comes behind one", text("said", ","), "note"},
		{"a text that ends as a quote in one begins", text("said", `\`), "note"},
		{"the same, since when it holds", text("said", `\\`), "note"},
		{"more of these", text("said", `\\\`), ""},
		{"to what it leads, since when it does", has(graph.AttributeTest{Name: "to", Type: graph.AttributeObject, In: []string{"o2", "o1"}}), "note"},
		{"a truth value, since when it is", has(graph.AttributeTest{Name: "done", Type: graph.AttributeBoolean, In: []string{"false"}}), "note"},
		{"the other", has(graph.AttributeTest{Name: "done", Type: graph.AttributeBoolean, In: []string{"true"}}), ""},
		{"a part of a text", text("colour", "re", "red\""), ""},
		{"a text as a number is written", text("cost", "12.5"), "item"},
		{"none of no texts", text("colour"), ""},
		{"the empty text", text("none", ""), "item"},
		{"a name and a text that are written otherwise", text("a\"b\\ö", "<%>"), "item"},
		{"what it leads to is no text", text("of", "red"), ""},
		{"to what it leads", has(graph.AttributeTest{Name: "of", Type: graph.AttributeObject, In: []string{"red"}}), "item"},
		{"a truth value", has(graph.AttributeTest{Name: "express", Type: graph.AttributeBoolean, In: []string{"true"}}), "parcel"},
		{"a number from one on, inclusively", number(new(12.5), nil), "order parcel"},
		{"up to one", number(nil, new(12.5)), "order parcel"},
		{"between two, of one value", number(new(0.0), new(299.0)), "order"},
		{"a small one", number(nil, new(-1.5e-7)), "parcel"},
		{"smaller yet", number(nil, new(-1.6e-7)), ""},
		{"a time from one on", due("2026-03-01T08:00:00.000001Z", ""), "parcel"},
		{"before one, which is not in it", due("", "2026-03-01T08:00:00.5Z"), "order"},
		{"between two, with an offset", due("2026-03-01T09:00:00+01:00", "2026-03-01T08:00:01Z"), "order parcel"},
		{"a name that is not there; where there are no attributes it is unknown", not(has(graph.AttributeTest{Name: "cost"})), "bare note"},
		{"an empty list is not missing", x.missing("Case.attributes"), "unknown"},
	})
}
