package write

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/kithgraph/kith/graph"
)

func TestWordsGoAndComeWithTheValuesThatHaveThem(t *testing.T) {
	k := catalog.MustKind("Customer")
	node := func(name any) *Node {
		return &Node{ID: "cus_1", Values: present(graph.Values{"name": name, "occupation": "clerk"})}
	}
	for _, c := range []struct {
		name       string
		old, new   *Node
		gone, come []string
	}{
		{"of a new node all come", nil, node("Ann Albers"), nil, []string{"ann", "albers"}},
		{"of one that goes all go", node("Ann Albers"), nil, []string{"ann", "albers"}, nil},
		{"of one that changes those that differ", node("Ann Albers"), node("Ann Brandt"), []string{"albers"}, []string{"brandt"}},
		{"a value that is taken away takes its words with it", node("Ann"), node(nil), []string{"ann"}, nil},
		{"what is written the same again changes nothing", node("Ann"), node("Ann"), nil, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, _ := applying()
			searchWords(a).touch(Change{Kind: k, OldNode: c.old, NewNode: c.new})
			texts := func(words []Word) (out []string) {
				for _, w := range words {
					assert.Equal(t, "cus_1", w.ID)
					assert.Equal(t, "Customer.name", w.Prop.Path())
					out = append(out, w.Text)
				}
				return out
			}
			assert.ElementsMatch(t, c.gone, texts(a.pending.GoneWords))
			assert.ElementsMatch(t, c.come, texts(a.pending.NewWords))
		})
	}
}
