package change

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/graph/rights"
	"github.com/kithgraph/kith/graph/rules"
)

// erasureTime bounds how long an erasure may take.
const erasureTime = 2 * time.Minute

// A Subject is a customer whose right an officer exercises.
type Subject struct {
	*rights.Request
	caller *Caller
	names  []string // that she is known by
	once   *graph.Once
}

// Subject finds the customer whose right the caller exercises. Errors are those of Create.
func (c *Caller) Subject(ctx context.Context, right rights.Right, key Key, customer string) (*Subject, error) {
	if err := c.officer(); err != nil {
		return nil, err
	}
	once, err := key.once(c.Actor)
	if err != nil {
		return nil, err
	}
	row, err := c.person(ctx, customer, rights.WantNames)
	if err != nil {
		return nil, err
	}
	return &Subject{c.request(right, row.ID), c, rights.Names(row), once}, nil
}

// Grant records that the right was exercised, once, and carries an erasure out. It gives the id of the record; errors are those of Create.
func (s *Subject) Grant(ctx context.Context) (request string, err error) {
	report, err := s.caller.Writer.Write(ctx, s.Batch(s.caller.Catalog, s.once))
	if bad := (*graph.BatchError)(nil); errors.As(err, &bad) {
		return "", &graph.Error{Code: graph.Internal, Message: "the request cannot be recorded", Err: err}
	}
	if err != nil {
		return "", keyUsed(err)
	}
	return report.IDs[0], nil
}

// EraseCopies has her traces outside the store go before those by which they are known. Erase takes whoever is known by some names out of what is
// kept outside, and says what became of each copy; nil: there is none.
func (s *Subject) EraseCopies(ctx context.Context, erase func(ctx context.Context, names []string) ([]string, error)) (err error) {
	if erase == nil {
		return nil
	}
	if s.Copies, err = erase(ctx, s.names); err != nil {
		return &graph.Error{Code: graph.CodeOf(err), Message: "a copy outside the store cannot be erased, so that nothing was", Err: err}
	}
	return nil
}

// Unbroken is a context for an erasure. What has begun is not broken off for the limit of a request: an erasure looks through all texts there are.
func Unbroken(ctx context.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(ctx), erasureTime)
}

// officer fails where the caller may not exercise the rights of others.
func (c *Caller) officer() error {
	if err := c.Needs(roleOfficer); err != nil {
		return err
	}
	if !c.Viewer.Lawful() {
		return &graph.Error{Code: graph.PurposeDenied, Message: "the rights of data subjects are exercised for COMPLIANCE, not for " + string(c.Viewer.Purpose)}
	}
	return nil
}

// request has a right of a customer be exercised by the caller.
func (c *Caller) request(right rights.Right, customer string) *rights.Request {
	return &rights.Request{Right: right, Customer: customer, Actor: c.Actor, Reference: c.Reference, At: c.Now, Policy: c.Viewer.Policy}
}

// person reads what is wanted of a person past the guard: it is compared, and not told. She is not found where there is no such person.
func (c *Caller) person(ctx context.Context, id string, want func(*graph.Selection)) (*graph.Row, error) {
	k := c.Catalog.KindOf(id)
	if k == nil || !k.Person {
		return nil, Faults{notFound("customer")}
	}
	sel := &graph.Selection{Kind: k}
	want(sel)
	row, err := c.Compare(ctx, &graph.Fetch{Now: c.Now, Lists: []*graph.List{{Key: "person", IDs: []string{id}, Rows: true, Nodes: []*graph.Selection{sel}}}})
	if err == nil && row == nil {
		return nil, Faults{notFound("customer")}
	}
	return row, err
}

// A Word is what a customer says about the use of her data, as a caller brings it.
type Word struct {
	Key
	Customer string       // her id
	Status   string       // as graph.Granted
	Values   graph.Values // of the Consent
	Wrong    []Fault      // values that could not be read
}

// Say keeps a word, once, and gives the id of its Consent. Who asks reads what came of it as the viewer: as that of the caller or, where the
// word permits more of the customer, as one who sees of her what could be seen before. Errors are those of Create.
func (c *Caller) Say(ctx context.Context, w *Word) (consent string, as *policy.Viewer, err error) {
	if err := c.restriction(w); err != nil {
		return "", nil, err
	}
	authority, err := c.authority()
	if err != nil {
		return "", nil, err
	}
	kind := c.Catalog.MustKind(graph.ConsentKind)
	set := graph.Values{graph.ConsentStatus: w.Status, graph.ConsentAt: int64(c.Now)}
	maps.Copy(set, w.Values)
	if wrong := c.misheard(w, kind, set, authority); len(wrong) > 0 {
		return "", nil, wrong
	}
	before, err := c.speaking(ctx, w.Customer)
	if err != nil {
		return "", nil, err
	}
	once, err := w.once(c.speaker())
	if err != nil {
		return "", nil, err
	}
	said := &rights.Word{By: c.request("", w.Customer), Authority: authority, Set: set}
	said.By.Actor = c.speaker()
	report, err := c.Writer.Write(ctx, said.Batch(c.Catalog, once))
	if err != nil {
		return "", nil, unheard(kind, err)
	}
	as = c.Viewer
	if begins := w.Status == graph.Granted || w.Status == graph.Unrestricted; begins && !report.Repeated && authority != graph.BySubject {
		as = as.AsBefore(before, c.Now)
	}
	return report.IDs[0], as, nil
}

// restriction fails where a restriction begins or ends by nobody who may have it so, or ends without a proof.
func (c *Caller) restriction(w *Word) error {
	if w.Status != graph.Restricted && w.Status != graph.Unrestricted {
		return nil
	}
	if err := c.officer(); err != nil {
		return err
	}
	if proof, _ := w.Values[graph.ConsentProof].(string); w.Status == graph.Unrestricted && graph.Blank(proof) {
		return Faults{invalid("proof", "the end of a restriction takes a proof: a letter, a form, a decision")}
	}
	return nil
}

// authority is what stands behind what is said: the customer herself, for which she needs no role, an officer, or nothing.
func (c *Caller) authority() (string, error) {
	switch {
	case c.Viewer.Own():
		return graph.BySubject, nil
	case c.officer() == nil:
		return graph.ByOfficer, nil
	}
	return "", c.Needs(roleWriter)
}

// speaker names who says something. A customer is named by her id: what her token calls her may be her address.
func (c *Caller) speaker() string {
	if c.Viewer.Own() {
		return c.Viewer.Subject
	}
	return c.Actor
}

// misheard is what is wrong with a word before anything is read.
func (c *Caller) misheard(w *Word, k *graph.Kind, set graph.Values, authority string) Faults {
	wrong := append(Faults(nil), w.Wrong...)
	for _, f := range rules.Faults(&graph.Batch{Nodes: []graph.Upsert{{Kind: k, Set: set}}}, c.Now) {
		wrong = append(wrong, invalid(k.Property(f.Property).Field(), "%s", f.Reason))
	}
	wrong = append(wrong, c.unasked(w, k)...)
	wrong = append(wrong, w.wrong()...)
	switch hidden := c.Viewer.Single(k); {
	case authority == graph.BySubject && w.Customer != c.Viewer.Subject:
		wrong = append(wrong, notFound("customer"))
	case authority == "" && w.Status == graph.Granted && hidden != nil: // whether it comes to anything would tell of the others
		wrong = append(wrong, Fault{graph.PurposeDenied, "", fmt.Sprintf("what the customer has said is %s, which is withheld from the purpose %s: %s", hidden.Category, c.Viewer.Purpose, hidden.Reason)})
	}
	return wrong
}

// unasked is what is wrong with a consent or an objection that would change nothing by the policy. What was consented to by another one is
// withdrawn by any.
func (c *Caller) unasked(w *Word, k *graph.Kind) Faults {
	purpose, given := w.Values[graph.ConsentPurpose].(string)
	can := c.Viewer.Policy.Consentable()
	if w.Status == graph.Withdrawn || !given || !slices.Contains(graph.Consentable, graph.Purpose(purpose)) || slices.Contains(can, graph.Purpose(purpose)) {
		return nil
	}
	return Faults{invalid(k.Property(graph.ConsentPurpose).Field(), "must be one that takes a consent, and that somebody can object to (by the policy: %s): %s", cmp.Or(strings.Join(graph.Texts(can), ", "), "none"), purpose)}
}

// speaking reads the standing of a customer of whom something is to be kept.
func (c *Caller) speaking(ctx context.Context, customer string) (*graph.Row, error) {
	row, err := c.person(ctx, customer, func(sel *graph.Selection) {
		policy.WantStanding(sel)
		sel.Props = append(sel.Props, graph.Ref{Prop: sel.Kind.Property(graph.ErasedAt)})
	})
	if err == nil && row.ByName(graph.ErasedAt) != nil {
		return nil, Faults{wasErased("customer")}
	}
	return row, err
}

// unheard says why a word was not kept, or is the error where that is not the caller's.
func unheard(k *graph.Kind, err error) error {
	bad := (*graph.BatchError)(nil)
	if !errors.As(err, &bad) {
		return keyUsed(err)
	}
	switch p := bad.Problems[0]; {
	case p.Conflict:
		return Faults{{graph.Forbidden, "customer", "the customer has refused this: it is taken back by the customer (SELF), by an officer with a proof (COMPLIANCE), or by a source that the policy names"}}
	case p.Edge: // there is no such customer any more
		return Faults{notFound("customer")}
	case p.Property != "":
		return Faults{invalid(k.Property(p.Property).Field(), "%s", p.Reason)}
	default:
		return graph.Invalid("%s", p.Reason)
	}
}
