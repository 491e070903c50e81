package sqlite_test

import (
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/sqlite"
)

// SQLite plans by the indexes there are, and not by what is stored, so that the store may be almost empty.
func TestIndexesServe(t *testing.T) {
	w := newWorld(t)
	s := empty(t, sqlite.Options{})
	w.staff("acme", 2)
	w.write(t, s)
	name := w.sel("Customer", []string{"name"})
	count := w.along("Account", "deals", 1, w.sel("Deal", nil))
	count.Rows, count.Tallies = false, []*graph.Tally{{Key: "count"}}
	page := func(change func(*graph.List)) *graph.List {
		l := w.root(20, name)
		l.Cursors, l.HasNext, l.HasPrevious = true, true, true
		change(l)
		return l
	}
	byName := w.by("Customer", "name")
	in := func(kind string, by ...any) *graph.List {
		l := w.root(20, w.sel(kind, nil))
		for _, b := range by {
			switch b := b.(type) {
			case graph.Order:
				l.Order = append(l.Order, b)
			case *graph.Filter:
				l.Filter = b
			}
		}
		return l
	}
	for _, c := range []struct {
		name string
		list *graph.List
		want string // steps of all statements, by their tables
	}{
		{"ids", &graph.List{Rows: true, Nodes: []*graph.Selection{name}, IDs: []string{"cus_1", "cus_2"}}, "Customer_1 (id=?)"},
		{"external ids", w.external("1", name), "Customer_2 (key=?)"},
		{"the first page by id", page(func(l *graph.List) {}), "along Customer_1"},
		{"a later page by id", page(func(l *graph.List) { l.Page.After = []any{"cus_1"} }), "Customer_1 (id>?); Customer_1 (id<?)"},
		{"an indexed text", page(func(l *graph.List) { l.Filter = w.test("Customer", "email", graph.Eq, "x") }), "Customer_email_id (email=?)"},
		{"the beginning of an indexed text", page(func(l *graph.List) { l.Filter = w.test("Customer", "email", graph.StartsWith, "x") }), "Customer_email_id (email>? AND email<?), sort"},
		{"a folded text", page(func(l *graph.List) {
			l.Filter = w.test("Customer", "email", graph.Eq, "x")
			l.Filter.Test.Fold = true
		}), "Customer_email_folded_id (email_folded=?)"},
		{"the first page by name", page(func(l *graph.List) { l.Order = []graph.Order{byName} }), "Customer_name_folded_name_id (name_folded>?); Customer_name_folded_name_id (name_folded=? AND name=?)"},
		{"the last page by name", page(func(l *graph.List) { l.Order, l.Page.Backward = []graph.Order{byName}, true }), "Customer_name_folded_name_id (name_folded=? AND name=?); Customer_name_folded_name_id (name_folded>?)"},
		{"a later page by name", page(func(l *graph.List) {
			l.Order, l.Page.After = []graph.Order{byName}, []any{"x", "cus_1"}
		}), "Customer_name_folded_name_id (name_folded>?); Customer_name_folded_name_id (name_folded=? AND name=?); Customer_name_folded_name_id (name_folded>? AND name_folded<?)"},
		{"a page of those without a name", page(func(l *graph.List) {
			l.Order, l.Page.After = []graph.Order{byName}, []any{nil, "cus_1"}
		}), "Customer_name_folded_name_id (name_folded=? AND name=? AND id>?); Customer_name_folded_name_id (name_folded>?)"},
		{"descending", page(func(l *graph.List) { l.Order = []graph.Order{desc(byName)} }), "Customer_name_folded_name_id (name_folded>?), sort those of one value; Customer_name_folded_name_id (name_folded=? AND name=?)"},
		{"names from one on", in("Customer", byName, w.test("Customer", "name", graph.Gte, "x")), "Customer_name_folded_name_id (name_folded>?); Customer_name_folded_name_id (name_folded=? AND name=?)"},
		{"a folded name", page(func(l *graph.List) {
			l.Filter = w.test("Customer", "name", graph.Eq, "x")
			l.Filter.Test.Fold = true
		}), "Customer_name_folded_name_id (name_folded=?), sort"},
		{"enumerations, the last first", in("Case", desc(w.by("Case", "status"))), "Case_status_rank_id (status_rank>?), sort those of one value; Case_status_rank_id (status_rank=?)"},
		{"an enumeration from a value on", in("Case", w.by("Case", "number"), w.test("Case", "status", graph.Gte, "RESOLVED")), "Case_number_id (number>?); Case_number_id (number=?)"},
		{"what is of one instant by its sequence", in("Interaction", desc(w.by("Interaction", "at")), desc(w.by("Interaction", "sequence"))), "Interaction_at_id (at>?), sort those of one value; Interaction_at_id (at=?), sort"},
		{"what a filter reaches by an index", page(func(l *graph.List) {
			l.Filter = w.some("Customer", "employments", w.test("Account", "name", graph.Eq, "acme"))
		}), "Customer_1 (id=?), Account_name_id (name=?), WORKS_AT_dst_src (dst=?)"},
		{"receipts of a person, by an entry of the index and the receipt's row", w.external("acme-0000", w.sel("Customer", nil, w.along("Customer", "disclosures", 20, w.sel("Disclosure", []string{"purpose"}), desc(w.by("Disclosure", "at"))))), "Customer_2 (key=?); DISCLOSED_dst_newest_src (dst=?), SCALAR SUBQUERY 1, Customer_1 (id=?), SEARCH n1 USING INTEGER PRIMARY KEY (rowid=?), sort those of one value"},
		{"an edge, and one below it", w.external("acme-0000", w.sel("Customer", nil, w.along("Customer", "employments", 20,
			w.sel("Account", []string{"name"}, w.along("Account", "deals", 5, w.sel("Deal", []string{"name"})))))), "Customer_2 (key=?); WORKS_AT_src_dst (src=?), Account_1 (id=?); WITH_dst_src (dst=?), Deal_1 (id=?)"},
		{"an edge of several", w.external("acme", w.sel("Account", nil, w.along("Account", "people", 20,
			w.sel("Customer", nil, w.along("Customer", "interactions", 5, w.sel("Interaction", []string{"at"}), desc(w.by("Interaction", "at"))))))), "Account_2 (key=?); WORKS_AT_dst_src (dst=?); PARTICIPANT_dst_src (dst=?), Interaction_1 (id=?)"},
		{"how many an edge leads to", w.external("acme", w.sel("Account", nil, count)), "Account_2 (key=?); WITH_dst_src (dst=?)"},
	} {
		t.Run(c.name, func(t *testing.T) {
			plans, err := s.Explain(ctx, fetch(c.list))
			require.NoError(t, err)
			var got []string
			for _, p := range plans {
				got = append(got, steps(p))
			}
			assert.Equal(t, c.want, strings.Join(got, "; "))
		})
	}
}

var step = regexp.MustCompile(`^(SEARCH|SCAN) \w+ USING (?:COVERING )?INDEX (?:sqlite_autoindex_|)(?:node|edge)_(\S+)`)

// steps are a plan's, in short: which indexes are searched, or gone along with from their start, and what is sorted.
func steps(e graph.Explanation) string {
	var out []string
	for _, o := range e.Operators {
		switch m := step.FindStringSubmatch(o.Details); {
		case m != nil && m[1] == "SCAN":
			out = append(out, "along "+m[2])
		case m != nil:
			out = append(out, m[2]+o.Details[len(m[0]):])
		case o.Name == "MATERIALIZE", o.Details == "SCAN page", strings.HasPrefix(o.Details, "SCAN json_each"), strings.HasPrefix(o.Details, "SCAN p "), strings.HasSuffix(o.Name, "LIST"):
		case o.Details == "USE TEMP B-TREE FOR ORDER BY":
			out = append(out, "sort")
		case strings.HasPrefix(o.Details, "USE TEMP B-TREE FOR LAST "):
			out = append(out, "sort those of one value")
		default:
			out = append(out, o.Details)
		}
	}
	return strings.Join(out, ", ")
}
