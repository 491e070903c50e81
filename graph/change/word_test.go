package change_test

import (
	"context"
	"errors"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/change"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/graph/rights"
)

// word is what a customer says, as a caller brings it.
func (w *world) word(name, status string, set graph.Values) *change.Word {
	return &change.Word{Key: key("k"), Customer: w.id(name), Status: status, Values: set}
}

var aboutSales = graph.Values{graph.ConsentPurpose: string(graph.Sales)}

func TestAWordHasTheAuthorityOfWhoBringsIt(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct {
		name    string
		purpose graph.Purpose
		without string
		want    string // of the batch
	}{
		{"she herself, without a role", graph.Self, "writer", "kith.words by ann SUBJECT"},
		{"an officer", graph.Compliance, "writer", "kith.words by olga OFFICER"},
		{"a writer", graph.Service, "officer", "kith.words by olga"},
		{"an officer, for another purpose", graph.Service, "", "kith.words by olga"},
	} {
		t.Run(c.name, func(t *testing.T) {
			into := &book{}
			id, _, err := w.caller(c.purpose, into, c.without).Say(t.Context(), w.word("ann", graph.Withdrawn, aboutSales))
			require.NoError(t, err)
			require.Equal(t, "made", id)
			told := w.told(into.written[0])
			assert.Equal(t, c.want, w.names.Replace(told[0]))
			assert.Contains(t, told[1], "at:now purpose:SALES status:WITHDRAWN")
		})
	}
	t.Run("nobody without a role", func(t *testing.T) {
		into := &book{}
		_, _, err := w.caller(graph.Service, into, "writer").Say(t.Context(), w.word("ann", graph.Granted, aboutSales))
		assert.Equal(t, graph.Forbidden, graph.CodeOf(err))
		assert.Empty(t, into.written)
	})
}

func TestWhatIsWrongWithAWordIsToldByItsField(t *testing.T) {
	w := newWorld(t)
	none := &change.Word{Key: key(""), Customer: w.id("bob"), Status: graph.Granted, Values: graph.Values{graph.ConsentPurpose: string(graph.Self)}, Wrong: []change.Fault{{Code: graph.BadInput, Field: "at", Reason: "is none"}}}
	for _, c := range []struct {
		name    string
		purpose graph.Purpose
		of      *change.Word
		want    []string
	}{
		{"nobody", graph.Service, w.word("cus_none", graph.Granted, aboutSales), []string{"NOT_FOUND customer"}},
		{"what is no person", graph.Service, w.word("acme", graph.Granted, aboutSales), []string{"NOT_FOUND customer"}},
		{"somebody else than who asks", graph.Self, w.word("bob", graph.Granted, aboutSales), []string{"NOT_FOUND customer"}},
		{"who was erased", graph.Service, w.word("erased", graph.Granted, aboutSales), []string{"BAD_USER_INPUT customer"}},
		{"what is to come", graph.Service, w.word("ann", graph.Granted, graph.Values{graph.ConsentPurpose: string(graph.Sales), graph.ConsentAt: int64(graphtest.Now) + 1}), []string{"BAD_USER_INPUT at"}},
		{"the end of a restriction without a proof", graph.Compliance, w.word("ann", graph.Unrestricted, graph.Values{graph.ConsentProof: " "}), []string{"BAD_USER_INPUT proof"}},
		{"the end of a restriction with a proof that nobody sees", graph.Compliance, w.word("ann", graph.Unrestricted, graph.Values{graph.ConsentProof: "\u200b"}), []string{"BAD_USER_INPUT proof"}},
		{"an objection to what the law has be done", graph.Self, w.word("ann", graph.Objected, graph.Values{graph.ConsentPurpose: string(graph.Compliance)}), []string{"BAD_USER_INPUT purpose"}},
		{"a consent to it, by an officer", graph.Compliance, w.word("ann", graph.Granted, graph.Values{graph.ConsentPurpose: string(graph.Compliance), graph.ConsentProof: "form 1"}), []string{"BAD_USER_INPUT purpose"}},
		{"all at once", graph.Self, none, []string{"BAD_USER_INPUT at", "BAD_USER_INPUT purpose", "BAD_USER_INPUT key", "NOT_FOUND customer"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			into := &book{}
			_, _, err := w.caller(c.purpose, into).Say(t.Context(), c.of)
			assert.Equal(t, c.want, faults(t, err))
			assert.Empty(t, into.written)
		})
	}
	t.Run("which purposes there are words about, the policy says", func(t *testing.T) {
		_, _, err := w.caller(graph.Self, &book{}).Say(t.Context(), w.word("ann", graph.Objected, graph.Values{graph.ConsentPurpose: string(graph.Compliance)}))
		require.ErrorContains(t, err, "must be one that takes a consent, and that somebody can object to (by the policy: SERVICE, SALES, MARKETING, ANALYSIS): COMPLIANCE")
		_, _, err = w.caller(graph.Self, &book{}).Say(t.Context(), w.word("ann", graph.Withdrawn, graph.Values{graph.ConsentPurpose: string(graph.Compliance)}))
		require.NoError(t, err, "what was consented to by another policy is withdrawn")
	})
	t.Run("a restriction takes an officer, for COMPLIANCE", func(t *testing.T) {
		for status, caller := range map[string]*change.Caller{graph.Restricted: w.caller(graph.Compliance, &book{}, "officer"), graph.Unrestricted: w.caller(graph.Service, &book{})} {
			_, _, err := caller.Say(t.Context(), w.word("ann", status, graph.Values{graph.ConsentProof: "a letter"}))
			assert.Contains(t, []graph.Code{graph.Forbidden, graph.PurposeDenied}, graph.CodeOf(err), status)
		}
	})
	for _, c := range []struct {
		name string
		err  error
		want []string
	}{
		{"what she has refused", &graph.BatchError{Problems: []graph.Problem{{Conflict: true}}}, []string{"FORBIDDEN customer"}},
		{"who is gone meanwhile", &graph.BatchError{Problems: []graph.Problem{{Edge: true}}}, []string{"NOT_FOUND customer"}},
		{"a value that cannot be", &graph.BatchError{Problems: []graph.Problem{{Property: graph.ConsentExpires}}}, []string{"BAD_USER_INPUT expiresAt"}},
		{"a key that was used", graph.ErrKeyUsed, []string{"CONFLICT key"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, _, err := w.caller(graph.Service, &book{err: c.err}).Say(t.Context(), w.word("ann", graph.Granted, aboutSales))
			assert.Equal(t, c.want, faults(t, err))
		})
	}
}

func TestWhoBringsAWordSeesNoMoreByIt(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct {
		name, status string
		purpose      graph.Purpose
		again, same  bool
	}{
		{"a consent", graph.Granted, graph.Service, false, false},
		{"the end of a restriction", graph.Unrestricted, graph.Compliance, false, false},
		{"a consent that was there", graph.Granted, graph.Service, true, true},
		{"an objection", graph.Objected, graph.Service, false, true},
		{"her own consent", graph.Granted, graph.Self, false, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			caller := w.caller(c.purpose, &book{again: c.again})
			_, as, err := caller.Say(t.Context(), w.word("ann", c.status, graph.Values{graph.ConsentPurpose: string(graph.Sales), graph.ConsentProof: "a letter"}))
			require.NoError(t, err)
			assert.Equal(t, c.same, as == caller.Viewer)
		})
	}
}

func TestARightIsExercisedByAnOfficer(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct {
		name    string
		purpose graph.Purpose
		without string
		code    graph.Code
	}{
		{"no officer", graph.Compliance, "officer", graph.Forbidden},
		{"for another purpose", graph.Service, "", graph.PurposeDenied},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := w.caller(c.purpose, &book{}, c.without).Subject(t.Context(), rights.Access, key("k"), w.id("ann"))
			assert.Equal(t, c.code, graph.CodeOf(err))
		})
	}
	for name, c := range map[string]struct {
		key, customer string
		want          []string
	}{
		"no key":            {"", "ann", []string{"BAD_USER_INPUT key"}},
		"nobody":            {"k", "cus_none", []string{"NOT_FOUND customer"}},
		"what is no person": {"k", "acme", []string{"NOT_FOUND customer"}},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := w.caller(graph.Compliance, &book{}).Subject(t.Context(), rights.Access, key(c.key), w.id(c.customer))
			assert.Equal(t, c.want, faults(t, err))
		})
	}
	t.Run("it is recorded", func(t *testing.T) {
		into := &book{}
		s, err := w.caller(graph.Compliance, into).Subject(t.Context(), rights.Access, key("k"), w.id("ann"))
		require.NoError(t, err)
		assert.Equal(t, w.id("ann"), s.Customer)
		assert.Empty(t, into.written, "not before it was granted")
		id, err := s.Grant(t.Context())
		require.NoError(t, err)
		assert.Equal(t, "made", id)
		assert.Equal(t, []string{"kith.rights by", "DataSubjectRequest " + once + " map[actor:olga at:now policyVersion:" + policy.Default().Version + " reference:case 7 right:ACCESS]", once + " -REQUESTED_BY-> ann map[]"}, w.told(into.written[0]))
	})
	t.Run("once", func(t *testing.T) {
		s, err := w.caller(graph.Compliance, &book{err: graph.ErrKeyUsed}).Subject(t.Context(), rights.Access, key("k"), w.id("ann"))
		require.NoError(t, err)
		_, err = s.Grant(t.Context())
		assert.Equal(t, []string{"CONFLICT key"}, faults(t, err))
	})
	t.Run("what cannot be recorded is no fault of the caller's", func(t *testing.T) {
		s, err := w.caller(graph.Compliance, &book{err: &graph.BatchError{Problems: []graph.Problem{{Edge: true}}}}).Subject(t.Context(), rights.Access, key("k"), w.id("ann"))
		require.NoError(t, err)
		_, err = s.Grant(t.Context())
		assert.Equal(t, graph.Internal, graph.CodeOf(err))
	})
}

func TestCopiesGoBeforeThatByWhichTheyAreKnown(t *testing.T) {
	w := newWorld(t)
	subject := func(into *book) *change.Subject {
		b := &graph.Batch{Source: "crm", Nodes: []graph.Upsert{{Kind: w.cat.MustKind("Customer"), Node: w.id("ann"), Set: graph.Values{"email": "ann@example.com"}}}}
		_, err := w.store.Write(t.Context(), b)
		require.NoError(t, err)
		s, err := w.caller(graph.Compliance, into).Subject(t.Context(), rights.Erasure, key("k"), w.id("ann"))
		require.NoError(t, err)
		return s
	}
	t.Run("what became of them is recorded", func(t *testing.T) {
		into := &book{}
		s := subject(into)
		require.NoError(t, s.EraseCopies(t.Context(), func(_ context.Context, names []string) ([]string, error) {
			assert.Equal(t, []string{"ann@example.com"}, names)
			assert.Empty(t, into.written)
			return []string{"receipts: 3"}, nil
		}))
		_, err := s.Grant(t.Context())
		require.NoError(t, err)
		told := w.told(into.written[0])
		assert.Contains(t, told[1], "copies:[receipts: 3]")
		assert.Equal(t, "erase ann", told[len(told)-1])
	})
	t.Run("nothing is erased where one cannot be", func(t *testing.T) {
		into := &book{}
		err := subject(into).EraseCopies(t.Context(), func(context.Context, []string) ([]string, error) {
			return nil, &graph.Error{Code: graph.Unavailable, Err: errors.New("no disk")}
		})
		assert.Equal(t, graph.Unavailable, graph.CodeOf(err))
		assert.Contains(t, err.Error(), "nothing was")
		assert.Empty(t, into.written)
	})
	t.Run("what has begun is not broken off with the request", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		begun, end := change.Unbroken(ctx)
		defer end()
		cancel()
		assert.NoError(t, begun.Err())
		_, bounded := begun.Deadline()
		assert.True(t, bounded)
	})
}
