package change

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/policy"
	"github.com/kithgraph/kith/graph/rights"
	"github.com/kithgraph/kith/graph/rules"
)

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
	if proof, _ := w.Values[graph.ConsentProof].(string); w.Status == graph.Unrestricted && strings.TrimSpace(proof) == "" {
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
	wrong = append(wrong, w.wrong()...)
	switch hidden := c.Viewer.Single(k); {
	case authority == graph.BySubject && w.Customer != c.Viewer.Subject:
		wrong = append(wrong, notFound("customer"))
	case authority == "" && w.Status == graph.Granted && hidden != nil: // whether it comes to anything would tell of the others
		wrong = append(wrong, Fault{graph.PurposeDenied, "", fmt.Sprintf("what the customer has said is %s, which is withheld from the purpose %s: %s", hidden.Category, c.Viewer.Purpose, hidden.Reason)})
	}
	return wrong
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
