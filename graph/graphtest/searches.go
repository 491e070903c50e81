package graphtest

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/fold"
)

// search looks for a text in all that is searched of these kinds; in none, in all kinds.
func (x *fixture) search(text string, kinds ...string) *graph.List {
	l := &graph.List{Key: "search", Search: &graph.Search{Text: text}, Rows: true, Page: graph.Page{Limit: 100}}
	for _, k := range x.cat.Kinds {
		props := k.Searched()
		if len(props) == 0 || len(kinds) > 0 && !strings.Contains(strings.Join(kinds, " "), k.Name) {
			continue
		}
		l.Nodes = append(l.Nodes, &graph.Selection{Kind: k})
		l.Search.In = append(l.Search.In, refs(props)...)
		l.Search.By = append(l.Search.By, refs(props[:1])...)
	}
	return l
}

// hits are the rows of a search, each with where and how it was found: "ann name= email<" (exactly, as a beginning; ~: mistyped).
func (x *fixture) hits(t testing.TB, l *graph.List) string {
	t.Helper()
	var out []string
	for _, r := range x.read(t, l)[0].Rows {
		hit := x.names[r.ID]
		for _, f := range r.Found {
			hit += " " + f.Prop.Name + []string{"=", "<", "~"}[f.Match]
		}
		out = append(out, hit)
	}
	return strings.Join(out, ", ")
}

func (x *fixture) people(t testing.TB) {
	x.node("Customer", "ann", "name", "Ann Meyer", "givenName", "Ann", "familyName", "Meyer", "email", "ann.meyer@acme.example", "phone", "+49 (0)30 901-820")
	x.node("Customer", "anna", "name", "Anna Mayer", "email", "anna@mail.example")
	x.node("Customer", "cid", "name", "Cid O'Neil", "phone", "030 77 88")
	x.node("Customer", "zoe", "name", "Zoë Müller-Straße")
	x.node("Customer", "mail only", "email", "meyer@mail.example")
	x.node("Account", "acme", "name", "Acme Meyer", "domain", "acme.example")
	x.node("Employee", "eve", "name", "Eve Meyr")
	x.node("Product", "press", "name", "Press 20001")
	x.node("Deal", "deal", "name", "Renewal Acme")
	x.node("Order", "order", "number", "SO-2026-0815")
	x.node("Case", "case", "number", "C-0815")
	x.write(t)
}

// searches is about what a search finds, where, how, and in which order.
func searches(t *testing.T, x *fixture) {
	x.people(t)
	for _, c := range []struct{ name, text, kinds, want string }{
		{"a word is found wherever it is", "meyer", "", "acme name=, ann name= familyName= email=, mail only email=, anna name~, eve name~"},
		{"in the kinds that are asked for", "meyer", "Account Employee", "acme name=, eve name~"},
		{"case and diacritics do not matter", "ZOE MULLER", "", "zoe name="},
		{"all words are to be found, in any field", "anna mail", "", "anna name= email="},
		{"a word that is nowhere finds nothing", "anna nowhere", "", ""},
		{"what is matched worst decides first", "an meyer", "", "ann name< givenName< familyName= email<, anna name~ email<"},
		{"then how many words are the same", "ann mayer", "", "anna name< email<, ann name~ givenName= familyName~ email~"},
		{"a beginning of two letters finds", "an", "Customer", "ann name< givenName< email<, anna name< email<"},
		{"one of one letter does not", "a", "Customer", ""},
		{"but a word of one letter is a word", "o", "Customer", "cid name="},
		{"a letter too many", "meyeer", "Account", "acme name~"},
		{"a letter too few", "mller", "", "zoe name~"},
		{"two letters that have changed places", "rpess", "", "press name~"},
		{"two mistakes are too many", "meiier", "", ""},
		{"four letters are too few for a mistake", "mayr", "", ""},
		{"a word that stands together with others", "oneil", "", "cid name="},
		{"the same, as it is written", "O'Neil", "", "cid name="},
		{"the same, mistyped", "o'neal", "", "cid name~"},
		{"mistyped as one word", "oneal", "", "cid name~"},
		{"a whole e-mail address", "ann.meyer@acme.example", "", "ann name= givenName= familyName= email="},
		{"one that is mistyped where words are short", "ann.meyer@amce.example", "", "ann name= givenName= familyName= email~"},
		{"the domain of one", "mail.example", "", "anna email=, mail only email="},
		{"a telephone number from abroad", "+49 30 901820", "", "ann phone="},
		{"at home", "030/901820", "", "ann phone="},
		{"without its zeros", "30 901 820", "", "ann phone="},
		{"how one begins", "030 77", "", "cid phone<"},
		{"a number is not mistyped", "30 901 821", "", ""},
		{"four digits are a beginning", "2000", "", "press name<"},
		{"three digits are too few for a beginning", "200", "", ""},
		{"the number of an order", "so-2026-0815", "", "order number="},
		{"without its dashes", "so20260815", "", "order number="},
		{"a part of it", "0815", "", "case number=, order number="},
		{"no kind but its own has the words", "renewal acme", "", "deal name="},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.Equal(t, c.want, x.hits(t, x.search(c.text, strings.Fields(c.kinds)...)))
		})
	}
	t.Run("the limit keeps the first", func(t *testing.T) {
		l := x.search("meyer")
		l.Page.Limit = 2
		require.Equal(t, "acme ann", x.rows(t, l))
	})
	t.Run("nodes of the same name come by id", func(t *testing.T) {
		for _, n := range []string{"p1", "p2", "p3"} {
			x.node("Product", n, "name", "Same")
		}
		x.write(t)
		rows := x.read(t, x.search("same"))[0].Rows
		require.Len(t, rows, 3)
		assert.Less(t, rows[0].ID, rows[1].ID)
		assert.Less(t, rows[1].ID, rows[2].ID)
	})
	t.Run("a filter leaves rows out before the limit", func(t *testing.T) {
		l := x.search("meyer")
		l.Page.Limit = 1
		l.Filter = or(x.kind("Customer", not(x.missing("Customer.name"))), x.kind("Employee", nil))
		require.Equal(t, "ann", x.rows(t, l))
	})
	t.Run("properties and lists come with each kind's rows", func(t *testing.T) {
		x.link("ann", "WORKS_AT", "acme", "title", "Chair")
		x.write(t)
		l := x.search("meyer", "Account", "Customer")
		x.wants("Account.domain", "Customer.phone")(l)
		below(x.along("Customer.employments", x.wants("WORKS_AT.title")), x.along("Account.people"))(l)
		rows := x.read(t, l)[0].Rows
		require.Equal(t, "acme ann mail only anna", strings.Join([]string{x.names[rows[0].ID], x.names[rows[1].ID], x.names[rows[2].ID], x.names[rows[3].ID]}, " "))
		assert.Equal(t, []any{"acme.example"}, rows[0].Props)
		assert.Equal(t, "ann", x.namesOf(rows[0].Lists[0]))
		assert.Equal(t, []any{"Chair"}, rows[1].Lists[0].Rows[0].Edge)
		assert.Empty(t, rows[3].Lists[0].Rows)
	})
}

// guardedSearches is about values that may not be seen: a search is as if they were not there.
func guardedSearches(t *testing.T, x *fixture) {
	x.people(t)
	guarded := func(l *graph.List, when *graph.Filter, paths ...string) *graph.List {
		for _, in := range []*[]graph.Ref{&l.Search.In, &l.Search.By} {
			for i, r := range *in {
				if len(paths) == 0 && r.Prop.Owner == "Customer" || strings.Contains(strings.Join(paths, " "), r.Prop.Path()) {
					(*in)[i].When = when
				}
			}
		}
		return l
	}
	called := x.missing("Customer.name")
	t.Run("a value is found where its condition is true", func(t *testing.T) {
		require.Equal(t, "acme name=, mail only email=, eve name~", x.hits(t, guarded(x.search("meyer"), called)))
	})
	t.Run("of each property by itself", func(t *testing.T) {
		require.Equal(t, "acme name=, ann name= familyName=, mail only email=, anna name~, eve name~", x.hits(t, guarded(x.search("meyer"), x.missing("Customer.name"), "Customer.email")))
	})
	t.Run("a condition that is unknown is not true", func(t *testing.T) {
		require.Equal(t, "", x.hits(t, guarded(x.search("zoe"), x.test("Customer.birthYear", graph.Gt, 0))))
	})
	t.Run("conditions beyond edges", func(t *testing.T) {
		x.link("anna", "WORKS_AT", "acme")
		x.write(t)
		require.Equal(t, "anna name= email=", x.hits(t, guarded(x.search("anna"), x.some("Customer.employments", x.test("Account.name", graph.Eq, "Acme Meyer")))))
	})
	t.Run("a name that may not be seen orders no rows", func(t *testing.T) {
		l := x.search("mail", "Customer")
		require.Equal(t, "anna email=, mail only email=", x.hits(t, l))
		x.node("Customer", "bob", "name", "Aaron", "email", "bob@mail.example")
		x.write(t)
		require.Equal(t, "bob email=, anna email=, mail only email=", x.hits(t, l))
		l.Search.By[0].When = x.test("Customer.name", graph.Gt, "Ab")
		hits := x.hits(t, l)
		require.True(t, strings.HasPrefix(hits, "anna email=, "), hits)
	})
	t.Run("what is not searched is not found", func(t *testing.T) {
		l := x.search("meyer", "Customer")
		l.Search.In = l.Search.In[:1]
		require.Equal(t, "ann name=, anna name~", x.hits(t, l))
		l.Search.In, l.Search.By = nil, nil
		require.Empty(t, x.hits(t, l))
	})
}

// keptWords is about what is found after a change.
func keptWords(t *testing.T, x *fixture) {
	x.people(t)
	find := func(t *testing.T, want, text string) {
		t.Helper()
		require.Equal(t, want, x.hits(t, x.search(text)))
	}
	found := func(want, text string) { t.Helper(); find(t, want, text) }
	x.node("Customer", "ann", "name", "Ann Schulze")
	x.node("Customer", "zoe", "name", nil)
	x.write(t)
	found("acme name=, ann familyName= email=, mail only email=, anna name~, eve name~", "meyer")
	found("ann name=", "schulze")
	found("ann name~", "shculze")
	found("", "zoe")
	found("", "muller")
	x.node("Customer", "ann", "name", "Ann Schulze", "birthYear", 1980) // changes nothing that is searched
	x.write(t)
	found("ann name=", "schulze")
	x.node("Customer", "ann", "name", "Ann Meyer")
	x.node("Customer", "zoe", "name", "Schulze") // what one loses another gets
	x.write(t)
	found("zoe name=", "schulze")
	found("zoe name~", "schultze")
	x.node("Customer", "twice", "name", "First")
	x.node("Customer", "twice", "name", "Second")
	x.write(t)
	found("", "first")
	found("twice name=", "second")
	t.Run("a batch that is refused leaves no words", func(t *testing.T) {
		x.node("Customer", "ann", "name", "Ann Refused")
		x.kinds["nobody"] = x.cat.MustKind("Account")
		x.link("ann", "WORKS_AT", "nobody")
		_, err := x.try()
		require.Error(t, err)
		find(t, "", "refused")
		find(t, "acme name=, ann name= familyName= email=, mail only email=, anna name~, eve name~", "meyer")
	})
}

// scripts is about what is the same text in a script, for a search and for a filter without regard to case and diacritics.
func scripts(t *testing.T, x *fixture) {
	for _, name := range []string{"ハハ", "パパ", "ババ", "ดี", "ดุ", "Zoë Núñez", "علی کریمی", "محمـــد", "مُحَمَّد", "김민수", "김민순"} {
		x.node("Customer", name, "name", name)
	}
	x.node("Customer", "Farid", "phone", "٠٣٠٩٠١٨٢٠")
	x.write(t)
	for _, c := range []struct{ name, text, equal, want string }{
		{"a voicing mark makes another letter", "ハハ", "ハハ", "ハハ name="},
		{"so do both of them", "パパ", "パパ", "パパ name="},
		{"the signs of Thai vowels are letters", "ดี", "ดี", "ดี name="},
		{"Latin diacritics do not matter", "zoe nunez", "Zoë Núñez", "Zoë Núñez name="},
		{"nor do Arabic signs of vowels, and a stretched letter", "محمد", "محمـــد مُحَمَّد", "محمـــد name=, مُحَمَّد name="},
		{"the Arabic yeh finds the Persian one", "علي", "", "علی کریمی name="},
		{"so does the kaf", "كريمي", "", "علی کریمی name="},
		{"both as a whole", "علي كريمي", "علی کریمی", "علی کریمی name="},
		{"one syllable makes another name", "김민수", "김민수", "김민수 name=, 김민순 name<"},
		{"a number in Arabic digits is found by ours", "030901820", "", "Farid phone="},
		{"and by its own", "٠٣٠٩٠١٨٢٠", "", "Farid phone="},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.ElementsMatch(t, strings.Split(c.want, ", "), strings.Split(x.hits(t, x.search(c.text, "Customer")), ", "))
			assert.Equal(t, sorted(c.equal), x.set(t, x.all("Customer", where(x.folded("Customer.name", graph.Eq, fold.Key(c.text))))))
		})
	}
}
