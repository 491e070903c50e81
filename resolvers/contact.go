package resolvers

import (
	"slices"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/resolvers/gql"
)

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
