package graph

import "slices"

// Copy is a list that a guard may rewrite, with all that is below it. Conditions and edges are shared: nothing changes one in place.
func (l *List) Copy() *List {
	out := *l
	out.IDs, out.External, out.Props = slices.Clone(l.IDs), slices.Clone(l.External), slices.Clone(l.Props)
	if l.Search != nil {
		s := *l.Search
		s.In, s.By = slices.Clone(s.In), slices.Clone(s.By)
		out.Search = &s
	}
	out.Nodes = Map(l.Nodes, (*Selection).copy)
	out.Order = slices.Clone(l.Order)
	for i := range out.Order {
		o := &out.Order[i]
		o.Prop, o.Count, o.Sum, o.Latest, o.Earliest = o.Prop.copy(), o.Count.copy(), o.Sum.copy(), o.Latest.copy(), o.Earliest.copy()
	}
	out.Tallies = copyTallies(l.Tallies)
	return &out
}

func (s *Selection) copy() *Selection {
	out := *s
	out.Props, out.Asks, out.Lists = slices.Clone(s.Props), slices.Clone(s.Asks), Map(s.Lists, (*List).Copy)
	return &out
}

func (r *Ref) copy() *Ref {
	if r == nil {
		return nil
	}
	out := *r
	return &out
}

func (o *Over) copy() *Over {
	if o == nil {
		return nil
	}
	out := *o
	out.Prop = o.Prop.copy()
	return &out
}

// copyTallies copies tallies; those that share their keys do so afterwards.
func copyTallies(tallies []*Tally) []*Tally {
	out := make([]*Tally, len(tallies))
	for i, t := range tallies {
		c := *t
		c.By, c.Over, c.Measures = slices.Clone(t.By), t.Over.copy(), slices.Clone(t.Measures)
		for j := range c.By {
			c.By[j].Until = c.By[j].Until.copy()
		}
		for j := range c.Measures {
			c.Measures[j].Until = c.Measures[j].Until.copy()
		}
		for j, before := range tallies[:i] {
			if len(t.By) > 0 && len(before.By) > 0 && &before.By[0] == &t.By[0] {
				c.By = out[j].By
				break
			}
		}
		out[i] = &c
	}
	return out
}
