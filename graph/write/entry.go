package write

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// Entries are kept as text, a line for each node and relationship: what became of it, a relationship's type behind >, ids, and names of
// properties. An id that was mentioned before is its number there, so that the entry of an import stays short; none is without the _ of its
// prefix. The name of a property stands twice where it has no value now: who does not know that is told of it all the same.

// outcomes are the signs of what became of something.
var outcomes = map[graph.Outcome]string{graph.Created: "+", graph.Changed: "~", graph.Removed: "-"}

// EntryText is how the nodes and relationships of an entry are kept.
func EntryText(e *graph.Entry) string {
	var b strings.Builder
	again := map[string]int{} // places of ids that may be mentioned more than once; -1: not yet
	for _, n := range e.Nodes {
		for _, a := range n.About {
			again[a] = -1
		}
	}
	for _, l := range e.Edges {
		again[l.From], again[l.To] = -1, -1
	}
	written := 0
	id := func(id string) {
		b.WriteByte(' ')
		at, may := again[id]
		if may && at >= 0 {
			b.WriteString(strconv.Itoa(at))
			return
		}
		b.WriteString(id)
		if may {
			again[id] = written
		}
		written++
	}
	for _, n := range e.Nodes {
		b.WriteString(outcomes[n.How])
		id(n.ID)
		for _, a := range n.About {
			id(a)
		}
		for _, p := range slices.Sorted(slices.Values(slices.Concat(n.Properties, n.Gone))) {
			b.WriteString(" " + p)
		}
		b.WriteByte('\n')
	}
	for _, l := range e.Edges {
		b.WriteString(outcomes[l.How] + ">" + l.Rel.Type)
		id(l.From)
		id(l.To)
		for _, p := range l.Properties {
			b.WriteString(" " + p)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

// ReadEntry reads what EntryText has written into an entry. Kinds and types of relationships that the catalog has no more are left out.
func ReadEntry(cat *graph.Catalog, text string, into *graph.Entry) error {
	var mentioned []string
	for line := range strings.Lines(text) {
		words := strings.Split(strings.TrimSuffix(line, "\n"), " ")
		how, rel := graph.Unchanged, ""
		for o, sign := range outcomes {
			if strings.HasPrefix(words[0], sign) {
				how, rel = o, words[0][len(sign):]
			}
		}
		rel, isEdge := strings.CutPrefix(rel, ">")
		ids, err := idsOf(words[1:], &mentioned, how == graph.Removed && !isEdge, isEdge)
		if err != nil || how == graph.Unchanged {
			return fmt.Errorf("an entry of the feed is broken: %.60q", line)
		}
		names := slices.Clone(words[1+len(ids):])
		switch k := cat.KindOf(ids[0]); {
		case isEdge && cat.Rel(rel) != nil:
			l := graph.TouchedEdge{Rel: cat.Rel(rel), From: ids[0], To: ids[1], How: how}
			if len(names) > 0 {
				l.Properties = names
			}
			into.Edges = append(into.Edges, l)
		case !isEdge && k != nil:
			n := graph.TouchedNode{Kind: k, ID: ids[0], How: how}
			if len(ids) > 1 {
				n.About = ids[1:]
			}
			n.Properties, n.Gone = namesOf(names)
			into.Nodes = append(into.Nodes, n)
		}
	}
	return nil
}

// namesOf are the names of properties that have changed, each once, and of those that stand twice; nil where there are none.
func namesOf(names []string) (once, twice []string) {
	for i, name := range names {
		if i > 0 && names[i-1] == name {
			twice = append(twice, name)
		} else {
			once = append(once, name)
		}
	}
	return once, twice
}

// idsOf reads the ids of a line: one of a node, two of a relationship, or all words.
func idsOf(words []string, mentioned *[]string, all, two bool) ([]string, error) {
	n := 1
	switch {
	case all:
		n = len(words)
	case two:
		n = 2
	}
	if len(words) < n || n == 0 {
		return nil, fmt.Errorf("%d ids are missing", n)
	}
	ids := make([]string, n)
	for i, w := range words[:n] {
		if strings.Contains(w, "_") {
			ids[i] = w
			*mentioned = append(*mentioned, w)
			continue
		}
		at, err := strconv.Atoi(w)
		if err != nil || at < 0 || at >= len(*mentioned) {
			return nil, fmt.Errorf("no id %q was mentioned", w)
		}
		ids[i] = (*mentioned)[at]
	}
	return ids, nil
}
