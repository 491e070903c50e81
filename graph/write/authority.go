package write

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"github.com/kithgraph/kith/graph"
)

// authority is what stands behind a Consent as the batch brings it.
func (a *applier) authority(brought graph.Values) string {
	proof, _ := brought[graph.ConsentProof].(string)
	if a.batch.Authority != graph.BySubject && graph.Blank(proof) {
		return ""
	}
	return a.batch.Authority
}

// sign adds who recorded a Consent, and what stands behind it.
func (a *applier) sign(c graph.Values, authority string) {
	c[graph.ConsentActor] = cmp.Or(a.batch.Actor, a.batch.Source)
	if c[graph.ConsentAuthority] = nil; authority != "" {
		c[graph.ConsentAuthority] = authority
	}
}

// signAnew adds that to what changes of a kept Consent, and notes where a change would take back what was refused.
func (a *applier) signAnew(k nodeKey, old Node, brought, changes graph.Values) {
	before, with := statement(old), merged(old.Values, brought)
	after, by := statement(Node{Values: with}), a.authority(brought)
	if by != "" && after.At > before.At {
		a.renewed[old.ID] = true
	} else if before.Refuses() && otherwise(before, after) != "" {
		a.keepsRefusal(k, old)
	}
	if len(changes) > 0 || by != "" && before.Authority == "" {
		a.sign(changes, by)
	}
}

// otherwise is the property in which two statements differ; empty: they say the same.
func otherwise(a, b graph.Statement) string {
	switch {
	case a.Status != b.Status:
		return graph.ConsentStatus
	case a.Purpose != b.Purpose:
		return graph.ConsentPurpose
	case a.Channel != b.Channel:
		return graph.ConsentChannel
	case a.At != b.At:
		return graph.ConsentAt
	}
	return ""
}

const authorities = "a later one, with proof, of an officer or of a source that the policy names"

// keepsRefusal notes the upserts that would have a Consent that refuses say something else.
func (a *applier) keepsRefusal(k nodeKey, old Node) {
	before := statement(old)
	for i, n := range a.batch.Nodes {
		if a.keyOf(n) != k {
			continue
		}
		if name := otherwise(before, statement(Node{Values: merged(old.Values, n.Set)})); name != "" {
			a.problems = append(a.problems, graph.Problem{Index: i, Property: name,
				Reason: fmt.Sprintf("must stay: what was refused (%s) is not said otherwise, unless by %s", before.Status, authorities)})
		}
	}
}

// givers notes the links by which kept Consents would come to somebody else, where that would take back what was refused.
func (a *applier) givers(ctx context.Context) error {
	for _, k := range a.cat.Kinds {
		for _, e := range k.Edges {
			if ls := a.links[e.Rel]; e.Standing == graph.ByConsent && ls != nil {
				if err := a.giversBy(ctx, e, ls); err != nil {
					return err
				}
			}
		}
	}
	return nil
}

func (a *applier) giversBy(ctx context.Context, e *graph.Edge, ls *links) error {
	gone := slices.Concat(ls.moved, ls.replaced)
	pair := func(s Edge) [2]string {
		owner, target := ends(e, s)
		return [2]string{owner, target}
	}
	var come, went [][2]string // person and Consent
	for _, l := range ls.created {
		come = append(come, pair(l.Edge))
	}
	for _, s := range gone {
		went = append(went, pair(s))
	}
	of := e.Targets[0]
	lost := func(id string) bool {
		return slices.ContainsFunc(went, func(p [2]string) bool { return p[1] == id && !slices.Contains(come, p) })
	}
	gained := func(id string) bool {
		return slices.ContainsFunc(come, func(p [2]string) bool { return p[1] == id && !slices.Contains(went, p) })
	}
	var ids []string
	for _, p := range slices.Concat(come, went) {
		if a.cat.KindOf(p[1]) == of && !a.created[p[1]] && !a.renewed[p[1]] {
			ids = append(ids, p[1])
		}
	}
	if len(ids) == 0 {
		return nil
	}
	var kept []Node
	q := &query{}
	q.nodes(byID(whole(of), distinct(ids)...), func(n Node) { kept = append(kept, n) })
	if err := a.flush(ctx); err != nil { // as they are now
		return err
	}
	if err := a.read(ctx, q); err != nil {
		return err
	}
	slices.SortFunc(kept, func(a, b Node) int { return cmp.Compare(a.ID, b.ID) })
	for _, n := range kept {
		s := statement(n)
		switch {
		case lost(n.ID) && (s.Refuses() || s.Authority != ""):
		case gained(n.ID) && s.Authority != "" && s.Authority != a.batch.Authority:
		default:
			continue
		}
		for _, l := range ls.all {
			if moved := slices.ContainsFunc(gone, func(s Edge) bool { return s.Key == l.Key && pair(s)[1] == n.ID }); moved || pair(l.Edge)[1] == n.ID {
				a.problems = append(a.problems, graph.Problem{Edge: true, Index: l.index,
					Reason: fmt.Sprintf("%s: what was said (%s) stays hers who said it, unless it is %s", e.Rel.Type, s.Status, authorities)})
			}
		}
	}
	return nil
}

// heard notes the upserts with IfHeard of which nothing comes, since what was said refuses it.
func (a *applier) heard(said []graph.Statement) {
	for i, n := range a.batch.Nodes {
		if !n.IfHeard {
			continue
		}
		at := slices.IndexFunc(said, func(s graph.Statement) bool { return s.ID == a.report.IDs[i] })
		if at < 0 {
			continue
		}
		others := slices.Delete(slices.Clone(said), at, at+1)
		if graph.Stands(others, said[at]) {
			a.problems = append(a.problems, graph.Problem{Index: i, Conflict: true, Reason: "it comes to nothing, since its giver has refused it"})
		}
	}
}
