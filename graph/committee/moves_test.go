package committee

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/kithgraph/kith/graph"
)

// TestMoves has days as instants, and tells each move as the companies and the day.
func TestMoves(t *testing.T) {
	const forever = graph.LastInstant
	day := func(n int) graph.Time { return graph.Time(n) * days }
	type move struct {
		from, to string
		day      int
	}
	for name, c := range map[string]struct {
		jobs []Job
		want []move
	}{
		"who never had another job went nowhere":                           {[]Job{{Account: "a", From: day(1), To: forever}}, nil},
		"from one to the next":                                             {[]Job{{Account: "a", From: day(1), To: day(10)}, {Account: "b", From: day(10), To: forever}}, []move{{"a", "b", 10}}},
		"with time between":                                                {[]Job{{Account: "a", From: day(1), To: day(10)}, {Account: "b", From: day(400), To: forever}}, []move{{"a", "b", 400}}},
		"the newest first":                                                 {[]Job{{Account: "a", From: day(1), To: day(10)}, {Account: "b", From: day(10), To: day(20)}, {Account: "c", From: day(20), To: forever}}, []move{{"b", "c", 20}, {"a", "b", 10}}},
		"both for as long as a handover may take":                          {[]Job{{Account: "a", From: day(1), To: day(100)}, {Account: "b", From: day(10), To: forever}}, []move{{"a", "b", 10}}},
		"a second job beside the first is no move":                         {[]Job{{Account: "a", From: day(1), To: day(101)}, {Account: "b", From: day(10), To: forever}}, nil},
		"nor is one whose end is not known":                                {[]Job{{Account: "a", From: day(1), To: forever}, {Account: "b", From: day(10), To: forever}}, nil},
		"another post at the same company is none":                         {[]Job{{Account: "a", From: day(1), To: day(5)}, {Account: "b", From: day(5), To: day(20)}, {Account: "b", From: day(20), To: forever}}, []move{{"a", "b", 5}}},
		"who comes back has moved twice":                                   {[]Job{{Account: "a", From: day(1), To: day(5)}, {Account: "b", From: day(5), To: day(20)}, {Account: "a", From: day(20), To: forever}}, []move{{"b", "a", 20}, {"a", "b", 5}}},
		"of two jobs that were left the one that was left last":            {[]Job{{Account: "a", From: day(1), To: day(200)}, {Account: "c", From: day(2), To: day(300)}, {Account: "b", From: day(300), To: forever}}, []move{{"c", "b", 300}}},
		"what began at nobody knows when tells nothing of what was before": {[]Job{{Account: "a", From: day(1), To: day(8)}, {Account: "b", From: graph.FirstInstant, To: forever}}, nil},
		"what is yet to begin, and what is yet to end, is not known":       {[]Job{{Account: "a", From: day(1), To: day(990)}, {Account: "b", From: day(960), To: forever}, {Account: "c", From: day(1001), To: forever}}, []move{{"a", "b", 960}}},
	} {
		t.Run(name, func(t *testing.T) {
			p := &Person{Jobs: c.jobs}
			var got []move
			for _, m := range p.Moves(day(1000)) {
				got = append(got, move{m.From.Account, m.To.Account, int(m.At / days)})
			}
			assert.Equal(t, c.want, got)
		})
	}
	p := &Person{Jobs: []Job{{Account: "a", From: day(1), To: day(990)}, {Account: "b", From: day(960), To: forever}}}
	assert.Empty(t, p.Moves(day(970)), "she still has both")
}
