package change_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/change"
	"github.com/kithgraph/kith/graph/graphtest"
)

// once is the key of what the actor olga does by the key k.
var once = fmt.Sprintf("%016x", len("olga"+"k"))

// making is a change, as the table of a test has it.
type making func(*change.Caller, context.Context, *change.Input) (map[string]string, error)

func related(how change.Linking) making {
	return func(c *change.Caller, ctx context.Context, in *change.Input) (map[string]string, error) {
		return c.Relate(ctx, in, how)
	}
}

func TestAChangeComesToABatch(t *testing.T) {
	w := newWorld(t)
	formed := func(in *change.Input, f change.Form) *change.Input { in.Form = f; return in }
	since := func(in *change.Input, at graph.Time) *change.Input { in.Since = &change.Moment{At: at}; return in }
	for _, c := range []struct {
		name string
		of   making
		in   *change.Input
		want []string
		ids  map[string]string
	}{
		{"a new node leads to those that are named, and what is left out is as the form says", (*change.Caller).Create,
			formed(w.input("Interaction", "interaction", "", graph.Values{"kind": "CALL"}, w.to("Interaction", "participants", "participants[0].id", "ann", graph.Values{"role": "FROM"})), change.Form{Now: []string{"at"}, Needed: []string{"participants"}}),
			[]string{"kith.changes by olga", "Interaction " + once + " map[at:now kind:CALL]", once + " -PARTICIPANT-> ann map[role:FROM]"}, map[string]string{"interaction": "made", "participants[0].id": "ann"}},
		{"a number follows from the key", (*change.Caller).Create,
			formed(w.input("Case", "case", "", graph.Values{"subject": "x"}, w.to("Case", "party", "party", "acme", nil)), change.Form{Usual: map[string]string{"status": "OPEN"}, Numbered: []string{"number"}}),
			[]string{"kith.changes by olga", "Case " + once + " map[number:C-0000-0000-0000 status:OPEN subject:x]", once + " -OF-> acme map[]"}, map[string]string{"case": "made", "party": "acme"}},
		{"what is given is not left out", (*change.Caller).Create,
			formed(w.input("Deal", "deal", "", graph.Values{"name": "x", "stage": "ENGAGING", "openedAt": int64(3)}), change.Form{Usual: map[string]string{"stage": "PROSPECTING"}, Now: []string{"openedAt"}}),
			[]string{"kith.changes by olga", "Deal " + once + " map[name:x openedAt:3 stage:ENGAGING]"}, map[string]string{"deal": "made"}},
		{"a row of a source names a new node, once", (*change.Caller).Create, func() *change.Input {
			in := w.input("Account", "account", "", graph.Values{"name": "x"})
			in.External = &graph.External{Source: "shop", ID: "17"}
			return in
		}(), []string{"shop by olga", "Account 17 map[name:x], if it is new"}, map[string]string{"account": "made"}},
		{"a node changes, unless it did since", (*change.Caller).Update, func() *change.Input {
			in := w.input("Deal", "deal", "deal", graph.Values{"name": "y"})
			in.UpdatedAt = &change.Moment{At: graphtest.Now - 5}
			return in
		}(), []string{"kith.changes by olga", "Deal deal map[name:y], if it has not changed since -5"}, map[string]string{"deal": "deal"}},
		{"what is tracked holds since then, and the rest now", (*change.Caller).Update, since(w.input("Deal", "deal", "deal", graph.Values{"name": "y", "stage": "NEGOTIATION"}), graphtest.Now-7),
			[]string{"kith.changes by olga", "Deal deal map[name:y]", "Deal deal map[stage:NEGOTIATION], since -7"}, map[string]string{"deal": "deal"}},
		{"an owner takes over", related(change.Succeeds), formed(w.input("Deal", "undertaking", "deal", graph.Values{"role": "AE"}, w.to("Deal", "owners", "employee", "eve", nil)), change.Form{Now: []string{"from"}}),
			[]string{"kith.changes by olga", "Deal deal map[]", "deal -WORKED_BY-> eve map[from:now role:AE], succeeding"}, map[string]string{"undertaking": "deal", "employee": "eve"}},
		{"a job begins", related(change.Begins), w.input("Customer", "customer", "ann", graph.Values{"title": "Buyer"}, w.to("Customer", "employments", "account", "acme", nil)),
			[]string{"kith.changes by olga", "Customer ann map[]", "ann -WORKS_AT-> acme map[title:Buyer]"}, map[string]string{"customer": "ann", "account": "acme"}},
		{"a job ends", related(change.Ends), w.input("Customer", "customer", "ann", graph.Values{"to": int64(9)}, w.to("Customer", "employments", "account", "acme", nil)),
			[]string{"kith.changes by olga", "Customer ann map[]", "ann -WORKS_AT-> acme map[to:9], ending"}, map[string]string{"customer": "ann", "account": "acme"}},
		{"a job takes the place of those before", related(change.Replaces), w.input("Customer", "customer", "ann", graph.Values{"title": "Head", "from": int64(9)}, w.to("Customer", "employments", "account", "acme", nil)),
			[]string{"kith.changes by olga", "Customer ann map[]", "ann -WORKS_AT-> acme map[to:9], ending", "ann -WORKS_AT-> acme map[from:9 title:Head]"}, map[string]string{"customer": "ann", "account": "acme"}},
		{"who asks makes a claim", (*change.Caller).Assert, formed(w.input("Claim", "claim", "", graph.Values{"role": "USER"}, w.to("Claim", "customer", "customer", "bob", nil)), change.Form{Usual: map[string]string{"claimOrigin": "EMPLOYEE"}}),
			[]string{"kith.changes by olga", "Claim " + once + " map[claimOrigin:EMPLOYEE role:USER]", once + " -ABOUT-> bob map[]", once + " -BY-> eve map[]"}, map[string]string{"claim": "made", "customer": "bob", "assertedBy": "eve"}},
		{"but not one by a rule", (*change.Caller).Assert, formed(w.input("Claim", "claim", "", graph.Values{"claimOrigin": "RULE"}, w.to("Claim", "customer", "customer", "bob", nil)), change.Form{Usual: map[string]string{"claimOrigin": "EMPLOYEE"}}),
			[]string{"kith.changes by olga", "Claim " + once + " map[claimOrigin:RULE]", once + " -ABOUT-> bob map[]"}, map[string]string{"claim": "made", "customer": "bob"}},
		{"a dispute is about the same person in the same deal", (*change.Caller).Dispute, w.input("Claim", "claim", "claim", graph.Values{"role": "BLOCKER", "claimOrigin": "RULE"}),
			[]string{"kith.changes by olga", "Claim " + once + " map[claimOrigin:RULE role:BLOCKER]", once + " -ABOUT-> ann map[]", once + " -ON-> deal map[]", "claim -DISPUTED_BY-> " + once + " map[]"}, map[string]string{"claim": "made"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			into := &book{}
			given := fmt.Sprint(c.in.Values)
			ids, err := c.of(w.caller(graph.Sales, into), t.Context(), c.in)
			require.NoError(t, err)
			require.Len(t, into.written, 1)
			assert.Equal(t, c.want, w.told(into.written[0]))
			assert.Equal(t, once, into.written[0].Once.Key)
			for field := range ids {
				ids[field] = w.names.Replace(ids[field])
			}
			assert.Equal(t, c.ids, ids)
			assert.Equal(t, given, fmt.Sprint(c.in.Values), "what a caller says stays as it is")
		})
	}
}

func TestWhatIsWrongIsToldByItsField(t *testing.T) {
	w := newWorld(t)
	with := func(in *change.Input, more func(*change.Input)) *change.Input { more(in); return in }
	interaction := func(leads ...change.Reference) *change.Input {
		return with(w.input("Interaction", "interaction", "", graph.Values{"kind": "CALL"}, leads...), func(in *change.Input) { in.Form.Needed = []string{"participants"} })
	}
	taking := func(name, field string) change.Reference {
		return w.to("Interaction", "participants", field, name, nil)
	}
	about := func(n int) (out []change.Reference) {
		for i := range n {
			out = append(out, w.to("Interaction", "topics", fmt.Sprintf("topics[%d]", i), fmt.Sprint("pro_", i), nil))
		}
		return append(out, taking("ann", "participants[0].id"))
	}
	deal := func(set graph.Values) *change.Input { return w.input("Deal", "deal", "deal", set) }
	unread := errors.New("is not an instant")
	for _, c := range []struct {
		name    string
		purpose graph.Purpose
		of      making
		in      *change.Input
		want    []string
	}{
		{"no key", graph.Sales, (*change.Caller).Update, with(deal(graph.Values{"name": "y"}), func(in *change.Input) { in.Key = key("") }), []string{"BAD_USER_INPUT key"}},
		{"a key that is too long", graph.Sales, (*change.Caller).Update, with(deal(graph.Values{"name": "y"}), func(in *change.Input) { in.Key = key(strings.Repeat("k", 201)) }), []string{"BAD_USER_INPUT key"}},
		{"a kind that is withheld", graph.Marketing, (*change.Caller).Create, w.input("Claim", "claim", "", graph.Values{"role": "USER"}), []string{"PURPOSE_DENIED"}},
		{"a value that is withheld", graph.Sales, (*change.Caller).Update, w.input("Customer", "customer", "ann", graph.Values{"name": "A", "birthYear": int64(1990)}), []string{"PURPOSE_DENIED birthYear"}},
		{"nobody", graph.Sales, (*change.Caller).Update, w.input("Customer", "customer", "cus_none", nil), []string{"NOT_FOUND customer"}},
		{"what is of another kind", graph.Sales, (*change.Caller).Update, w.input("Customer", "customer", "acme", nil), []string{"NOT_FOUND customer"}},
		{"who objects", graph.Sales, (*change.Caller).Create, interaction(taking("objector", "participants[0].id")), []string{"NOT_FOUND participants[0].id"}},
		{"who was erased", graph.Compliance, (*change.Caller).Update, w.input("Customer", "customer", "erased", nil), []string{"BAD_USER_INPUT customer"}},
		{"what leads nowhere it may", graph.Sales, (*change.Caller).Create, interaction(taking("pump", "participants[0].id")), []string{"NOT_FOUND participants[0].id"}},
		{"a text without a letter", graph.Sales, (*change.Caller).Update, deal(graph.Values{"name": " "}), []string{"BAD_USER_INPUT name"}},
		{"one of a relationship", graph.Sales, related(change.Begins), w.input("Customer", "customer", "ann", graph.Values{"title": "\t"}, w.to("Customer", "employments", "account", "acme", nil)), []string{"BAD_USER_INPUT title"}},
		{"one of a relationship to one of several", graph.Sales, (*change.Caller).Create, w.input("Customer", "customer", "", graph.Values{"name": "x"}, w.to("Customer", "employments", "employments[0].id", "acme", graph.Values{"title": ""})), []string{"BAD_USER_INPUT employments[0].title"}},
		{"nobody who took part", graph.Sales, (*change.Caller).Create, interaction(), []string{"BAD_USER_INPUT participants"}},
		{"one node twice", graph.Sales, (*change.Caller).Create, interaction(taking("ann", "participants[0].id"), w.to("Interaction", "topics", "topics[0]", "pump", nil), w.to("Interaction", "topics", "topics[1]", "pump", nil)), []string{"BAD_USER_INPUT topics[1]"}},
		{"too many nodes", graph.Sales, (*change.Caller).Create, interaction(about(101)...), []string{"BAD_USER_INPUT topics"}},
		{"too many who took part, which are not none", graph.Sales, (*change.Caller).Create, interaction(slices.Repeat([]change.Reference{taking("ann", "participants[0].id")}, 101)...), []string{"BAD_USER_INPUT participants"}},
		{"nothing", graph.Sales, (*change.Caller).Create, w.input("Account", "account", "", nil), []string{"BAD_USER_INPUT"}},
		{"a source that is Kith's own", graph.Sales, (*change.Caller).Create, with(w.input("Account", "account", "", graph.Values{"name": "x"}), func(in *change.Input) { in.External = &graph.External{Source: "kith.words", ID: "1"} }), []string{"BAD_USER_INPUT external.source"}},
		{"a row of a source, where that tells of somebody", graph.Sales, (*change.Caller).Create, with(w.input("Customer", "customer", "", graph.Values{"name": "x"}), func(in *change.Input) { in.External = &graph.External{Source: "shop", ID: "1"} }), []string{"PURPOSE_DENIED external"}},
		{"an instant that is none", graph.Sales, (*change.Caller).Update, with(deal(graph.Values{"name": "y"}), func(in *change.Input) { in.UpdatedAt = &change.Moment{Wrong: unread} }), []string{"BAD_USER_INPUT updatedAt"}},
		{"since no instant", graph.Sales, (*change.Caller).Update, with(deal(graph.Values{"stage": "PROPOSAL"}), func(in *change.Input) { in.Since = &change.Moment{Wrong: unread} }), []string{"BAD_USER_INPUT since"}},
		{"since what is to come", graph.Sales, (*change.Caller).Update, with(deal(graph.Values{"stage": "PROPOSAL"}), func(in *change.Input) { in.Since = &change.Moment{At: graphtest.Now + 1} }), []string{"BAD_USER_INPUT since"}},
		{"since before it had begun", graph.Sales, (*change.Caller).Update, with(deal(graph.Values{"stage": "PROPOSAL", "openedAt": int64(graphtest.Now)}), func(in *change.Input) { in.Since = &change.Moment{At: graphtest.Now - 1} }), []string{"BAD_USER_INPUT since"}},
		{"without what each of the kind has", graph.Sales, (*change.Caller).Update, with(deal(graph.Values{"name": nil}), func(in *change.Input) { in.Form.Required = []string{"name"} }), []string{"BAD_USER_INPUT name"}},
		{"since, of nothing that is tracked", graph.Sales, (*change.Caller).Update, with(deal(graph.Values{"name": "y"}), func(in *change.Input) { in.Since = &change.Moment{At: graphtest.Now} }), []string{"BAD_USER_INPUT since"}},
		{"a job at no company", graph.Sales, related(change.Begins), w.input("Customer", "customer", "ann", nil, w.to("Customer", "employments", "account", "acc_none", nil)), []string{"NOT_FOUND account"}},
		{"whose jobs are withheld from all", graph.Marketing, related(change.Succeeds), w.input("Deal", "undertaking", "deal", nil, w.to("Deal", "owners", "employee", "eve", nil)), []string{"PURPOSE_DENIED undertaking"}},
		{"a dispute of nothing", graph.Sales, (*change.Caller).Dispute, w.input("Claim", "claim", "cla_none", graph.Values{"role": "USER"}), []string{"NOT_FOUND claim"}},
		{"a dispute of what is no claim", graph.Sales, (*change.Caller).Dispute, w.input("Claim", "claim", "acme", graph.Values{"role": "USER"}), []string{"NOT_FOUND claim"}},
		{"all at once, and what breaks a rule beside them", graph.Sales, (*change.Caller).Create,
			with(interaction(change.Reference{Edge: w.cat.MustKind("Interaction").Edge("participants"), Field: "participants[0].id", ID: "cus_none", Wrong: []change.Fault{{Code: graph.BadInput, Field: "participants[0].role", Reason: "is none"}}}), func(in *change.Input) {
				in.Values = graph.Values{"sentiment": int64(7_000_000), "at": int64(graphtest.Now) + 1}
				in.Wrong = []change.Fault{{Code: graph.BadInput, Field: "subject", Reason: "is none"}}
			}), []string{"BAD_USER_INPUT subject", "BAD_USER_INPUT participants[0].role", "NOT_FOUND participants[0].id", "BAD_USER_INPUT at", "BAD_USER_INPUT sentiment"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			into := &book{}
			_, err := c.of(w.caller(c.purpose, into), t.Context(), c.in)
			assert.Equal(t, c.want, faults(t, err))
			assert.Empty(t, into.written)
		})
	}
}

func TestWhatAStoreRefusesIsToldByItsField(t *testing.T) {
	w := newWorld(t)
	deal := func() *change.Input {
		return w.input("Deal", "deal", "", graph.Values{"name": "x"}, w.to("Deal", "account", "account", "acme", nil), w.to("Deal", "products", "products[0].id", "pump", nil))
	}
	from := func() *change.Input {
		in := deal()
		in.External = &graph.External{Source: "shop", ID: "1"}
		return in
	}
	bad := func(problems ...graph.Problem) error { return &graph.BatchError{Problems: problems} }
	for _, c := range []struct {
		name string
		in   *change.Input
		err  error
		want []string
	}{
		{"a key that was used", deal(), graph.ErrKeyUsed, []string{"CONFLICT key"}},
		{"a value", deal(), bad(graph.Problem{Property: "name", Reason: "is none"}), []string{"BAD_USER_INPUT name"}},
		{"a node that changed meanwhile", deal(), bad(graph.Problem{Conflict: true}), []string{"CONFLICT updatedAt"}},
		{"a row that is there already", from(), bad(graph.Problem{Conflict: true}), []string{"CONFLICT external"}},
		{"a row that cannot be", from(), bad(graph.Problem{}), []string{"BAD_USER_INPUT external.id"}},
		{"a source that cannot be", from(), graph.Invalid("no source"), []string{"BAD_USER_INPUT external.source"}},
		{"a node that is gone", deal(), bad(graph.Problem{Edge: true, Index: 1}), []string{"NOT_FOUND products[0].id"}},
		{"a value of a relationship", deal(), bad(graph.Problem{Edge: true, Index: 1, Property: "quantity"}), []string{"BAD_USER_INPUT products[0].quantity"}},
		{"one that begins too early", deal(), bad(graph.Problem{Edge: true, Conflict: true}), []string{"CONFLICT from"}},
		{"no relationships of a node that cannot be", deal(), bad(graph.Problem{Property: "name"}, graph.Problem{Edge: true, Index: 0}), []string{"BAD_USER_INPUT name"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := w.caller(graph.Sales, &book{err: c.err}).Create(t.Context(), c.in)
			assert.Equal(t, c.want, faults(t, err))
		})
	}
	t.Run("an error of the store stays one", func(t *testing.T) {
		gone := &graph.Error{Code: graph.Unavailable}
		_, err := w.caller(graph.Sales, &book{err: gone}).Create(t.Context(), deal())
		assert.Same(t, gone, err)
	})
}

func TestAChangeTakesARoleAndAPurpose(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct {
		name    string
		purpose graph.Purpose
		without string
		code    graph.Code
	}{
		{"no writer", graph.Sales, "writer", graph.Forbidden},
		{"who learns about groups", graph.Analysis, "", graph.PurposeDenied},
		{"a customer herself", graph.Self, "", graph.PurposeDenied},
	} {
		t.Run(c.name, func(t *testing.T) {
			into := &book{}
			_, err := w.caller(c.purpose, into, c.without).Update(t.Context(), w.input("Deal", "deal", "deal", nil))
			assert.Equal(t, c.code, graph.CodeOf(err))
			assert.Empty(t, into.written)
		})
	}
}
