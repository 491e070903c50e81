package neo4j

import (
	"fmt"
	"slices"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// rule is a constraint, that a property is unique, or an index.
type rule struct {
	name         string
	relationship bool
	of           string // a label, or a type of relationship
	properties   []string
	unique       bool
}

// ours begins the name of every rule. What is called so may be dropped where it stands in the way.
const ours = "kith_"

// schema are the rules that the catalog needs. An index on a property has the id in it, so that it gives the order of a page
// with its ties. One on a property of a relationship leads to that, and has no id.
func schema(cat *graph.Catalog) []rule {
	out := []rule{
		{name: ours + "lock", of: "KithLock", properties: []string{"id"}, unique: true},
		{name: ours + "word", of: "KithWord", properties: []string{"word"}, unique: true},
		{name: ours + "key", of: "KithKey", properties: []string{"key"}},
		{name: ours + "change", of: "KithChange", properties: []string{"place"}, unique: true},
	}
	for _, k := range slices.Concat(cat.Kinds, graph.Own) {
		add := func(property string, r rule) {
			r.name, r.of = ours+k.Label+"_"+property, k.Label
			r.properties = append([]string{property}, r.properties...)
			out = append(out, r)
		}
		add("id", rule{unique: true})
		add("key", rule{unique: true})
		for _, p := range k.Properties {
			if !p.Indexed {
				continue
			}
			add(p.Name, rule{properties: []string{"id"}})
			if p.Type == graph.String {
				add(p.Folded(), rule{})
			}
			if p.Folds() || p.Ranked() {
				columns := append(p.SortColumns(), "id")
				out = append(out, rule{name: ours + k.Label + "_" + p.Name + "_sorted", of: k.Label, properties: columns})
			}
		}
	}
	for _, r := range cat.Rels {
		if r.Bare {
			out = append(out, pagesOf(r).rules()...)
		}
		for _, p := range r.Properties {
			if p.Indexed {
				out = append(out, rule{name: ours + "rel_" + r.Type + "_" + p.Name, relationship: true, of: r.Type, properties: []string{p.Name}})
			}
		}
		if byEnds(r) {
			continue
		}
		out = append(out, rule{name: ours + "rel_" + r.Type, relationship: true, of: r.Type, properties: []string{"key"}, unique: true})
	}
	return out
}

// create is the statement that creates it.
func (r rule) create() string {
	what, does := "INDEX", "ON (%s)"
	if r.unique {
		what, does = "CONSTRAINT", "REQUIRE (%s) IS UNIQUE"
	}
	return fmt.Sprintf("CREATE %s %s IF NOT EXISTS FOR %s "+does, what, name(r.name), r.pattern(), r.list("n."))
}

func (r rule) pattern() string {
	if r.relationship {
		return "()-[n:" + name(r.of) + "]-()"
	}
	return "(n:" + name(r.of) + ")"
}

func (r rule) list(prefix string) string {
	return strings.Join(graph.Map(r.properties, func(p string) string { return prefix + name(p) }), ", ")
}

// twins is a statement that finds what has the same value as another although the rule wants it unique.
func (r rule) twins() string {
	return fmt.Sprintf("MATCH %s WITH %s AS value, count(DISTINCT n) AS times WHERE value IS NOT NULL AND times > 1 RETURN value, times", r.pattern(), r.list("n."))
}

// String names it in messages.
func (r rule) String() string {
	what := "the index"
	if r.unique {
		what = "the constraint"
	}
	return fmt.Sprintf("%s %s on :%s(%s)", what, r.name, r.of, r.list(""))
}
