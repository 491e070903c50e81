package resolvers

import (
	"slices"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/committee"
	"github.com/kithgraph/kith/resolvers/gql"
)

// A strengthView is how strongly two know each other.
type strengthView struct {
	Strength        float64
	SumIn, SumOut   float64
	N               int64
	LastIn, LastOut graph.Time
	Live            bool
}

func strengthOf(t graph.Tie, at graph.Time) strengthView {
	in, out := (&committee.Tie{Tie: t}).Decayed(at)
	return strengthView{committee.Strength(t, at), in, out, t.N, graph.Time(t.LastIn), graph.Time(t.LastOut), committee.Live(t, at)}
}

// tieWith is how strongly a node knows the customer whom an argument names. As of another time it is made of what passed up to then, of those who
// are seen to know each other now, which is where both permit it.
func tieWith(w *writer, of tree) *strengthView {
	known := of.all("known")
	if len(known) == 0 {
		return nil
	}
	tie := tieOf(known[0])
	if of.need.then != nil {
		tie = met(of, known[0].row.ID)
	}
	if tie.N == 0 {
		return nil
	}
	return new(strengthOf(tie, w.moment(of).At))
}

// met is the tie of a customer, or an employee, and another customer by the interactions that were read of both. By a crowded one they do not know each
// other, however many of those who took part are seen.
func met(of tree, other string) (tie graph.Tie) {
	employee, seen := !of.row.Sel.Kind.Person, map[string]bool{}
	for _, in := range of.all("interactions") {
		at, known := in.value(graph.InteractionAt).(int64)
		if seen[in.row.ID] || !known { // who took part in one twice has it twice
			continue
		}
		seen[in.row.ID] = true
		var m graph.Meeting
		for _, p := range in.all("participants") {
			m = m.With(p.row.ID, text(p.edge(graph.RoleProperty)))
		}
		a, here := m.Of(of.row.ID)
		b, there := m.Of(other)
		if crowded(in) || !here || !there {
			continue
		}
		if employee {
			a, b = b, a
		}
		tie = tie.And(graph.TieOfOne(graph.ContactOf(at, text(in.value(graph.InteractionOrigin)), a, b, employee)))
	}
	return tie
}

// crowded reports whether too many took part in an interaction to know each other by it.
func crowded(interaction tree) bool { return interaction.value(graph.InteractionCrowded) == true }

// meetings has interactions of which a computed field needs who took part tell whether these were too many to know each other by it.
func (p *planner) meetings(above []*graph.Selection, n *need) {
	for edge, below := range n.below {
		sels := n.nodesAt(above, []string{edge})
		for _, sel := range sels {
			if sel.Kind.Name == graph.InteractionKind && below.below["participants"] != nil {
				graph.Mention(&sel.Props, sel.Kind.Property(graph.InteractionCrowded))
			}
		}
		p.meetings(sels, below)
	}
}

// contactOf sums up the newest interactions, which come newest first.
func contactOf(_ *writer, customer tree) *gql.Contact {
	interactions := customer.all("interactions")
	c := &gql.Contact{Count: int64(len(interactions))}
	var gaps, times []int64
	for i, in := range interactions {
		at, known := in.value("at").(int64)
		if i == 0 {
			c.Last = lastContact(in)
		}
		if !known {
			continue
		}
		if len(times) > 0 {
			gaps = append(gaps, times[len(times)-1]-at)
		}
		times = append(times, at)
	}
	if len(gaps) > 0 {
		c.MedianGap = new(median(gaps) / 1e6)
	}
	return c
}

func lastContact(in tree) *gql.LastContact {
	out := &gql.LastContact{}
	if at, known := in.value("at").(int64); known {
		out.At = new(graph.Time(at))
	}
	if channel, known := in.value("channel").(string); known {
		out.Channel = &channel
	}
	if origin, known := in.value("origin").(string); known {
		out.Direction = new(directions[origin])
	}
	return out
}

// directions say who began a contact, by the origin of its interaction.
var directions = map[string]gql.ContactDirection{"CUSTOMER": gql.ContactDirectionInbound, "BUSINESS": gql.ContactDirectionOutbound}

// median is the middle of the values, or the mean of the two middles.
func median(v []int64) float64 {
	slices.Sort(v)
	mid := len(v) / 2
	if len(v)%2 == 1 {
		return float64(v[mid])
	}
	return float64(v[mid-1])/2 + float64(v[mid])/2
}
