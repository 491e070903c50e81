package policy

import "github.com/kithgraph/kith/graph"

// WantStanding has a selection of a person bring what AsBefore takes.
func WantStanding(sel *graph.Selection) {
	for _, p := range graph.StandingProperties(sel.Kind.Name) {
		sel.Props = append(sel.Props, graph.Ref{Prop: sel.Kind.Property(p.Name)})
	}
}

// AsBefore is the viewer to whom a person permits no more than she did when a row of her was read, with what WantStanding asks: what has
// been said since shows nothing more of her. It is for purposes other than SELF.
func (v *Viewer) AsBefore(row *graph.Row, now graph.Time) *Viewer {
	key, before := lensKey{catalog: v.catalog, purpose: v.Purpose}, v.Lens.State(row, now)
	for _, n := range []need{unrestricted, contract, interest, either, consent} {
		if before.ofPerson("", n) != nil {
			key.lacked |= n
		}
	}
	return &Viewer{Lens: v.Policy.lens(key), Subject: row.ID, past: row}
}

// State reads what a guarded fetch brought of the standing.
func (v *Viewer) State(row *graph.Row, now graph.Time) State {
	s := v.Lens.State(row, now)
	if v.past != nil && row != nil && row.ID == v.past.ID {
		s.past = v.past
	}
	return s
}
