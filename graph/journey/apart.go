package journey

// A map of which parts are left out is a table with its sums: what follows an activity adds up to how often it occurs, and so does what comes
// before one. Who knows the sums, and all of a line but one part, knows that part, and goes on with what it takes away from another line. So it
// is not enough that each line has several parts left out. The lines are the vertices of a graph, and the parts that are left out its edges: a part can
// be worked out if, and only if, it is a bridge, without which the graph falls in two. Hence the rules: what is left out of a line has enough persons
// behind it, or is all of the line; and no part of too few is a bridge.

// lines of the table: what follows an activity, and what comes before one. Activities that are not told have no sums of their own: they share
// one line each way.
type tableLines struct {
	told   map[string]bool
	parent map[string]string
}

func newTableLines(told map[string]bool) *tableLines {
	return &tableLines{told: told, parent: map[string]string{}}
}

// of gives both lines of an edge.
func (l *tableLines) of(e Edge) (from, to string) {
	return "from " + l.name(e.From), "to " + l.name(e.To)
}

func (l *tableLines) name(activity string) string {
	if told, ok := l.told[activity]; ok && !told {
		return "" // no activity is called so
	}
	return activity
}

// group is one of the lines that hang together with a line.
func (l *tableLines) group(line string) string {
	for l.parent[line] != "" {
		line = l.parent[line]
	}
	return line
}

func (l *tableLines) join(a, b string) {
	if a, b = l.group(a), l.group(b); a != b {
		l.parent[a] = b
	}
}

// protect leaves out further edges, and activities, until nothing can be worked out of what too few stand behind. told says of each activity
// whether it is, and shown of each edge; isFew of an edge whether too few stand behind it, or beside it.
func (m Map) protect(told map[string]bool, shown []bool, fewest int, isFew func(Edge) bool) {
	for {
		m.leave(shown, fewest)
		exposed := m.bridge(told, shown, isFew)
		if exposed < 0 {
			return
		}
		lines := newTableLines(told)
		for i, e := range m.Edges {
			if !shown[i] && i != exposed {
				lines.join(lines.of(e))
			}
		}
		if way := m.way(lines, shown, m.Edges[exposed]); way != nil {
			for _, i := range way {
				shown[i] = false
			}
		} else if !m.untell(told, shown, m.Edges[exposed]) {
			clear(shown) // no activity is told: neither is what leads between them
			return
		}
	}
}

// leave takes out further edges, until at least as many stand behind what is left out of a whole as behind that of its edges that has most.
func (m Map) leave(shown []bool, fewest int) {
	for again := true; again; {
		again = false
		for _, whole := range []func(Edge) uint16{func(e Edge) uint16 { return e.from }, func(e Edge) uint16 { return e.to }} {
			most, least := map[uint16]int{}, map[uint16]int{}
			for i, e := range m.Edges {
				k := whole(e)
				if !shown[i] {
					most[k] = max(most[k], e.Persons)
				} else if j, ok := least[k]; !ok || e.Persons <= m.Edges[j].Persons {
					least[k] = i
				}
			}
			for k, n := range most {
				if i, ok := least[k]; ok && n < fewest {
					shown[i], again = false, true
				}
			}
		}
	}
}

// bridge is an edge of too few that can be worked out; -1: there is none. It is found as by Tarjan, "A note on finding the bridges of a graph" (1974): going
// through the graph depth first, an edge is a bridge if nothing behind it leads back before it.
func (m Map) bridge(told map[string]bool, shown []bool, isFew func(Edge) bool) int {
	lines := newTableLines(told)
	next := map[string][]int{} // the edges at a line
	for i, e := range m.Edges {
		if !shown[i] {
			from, to := lines.of(e)
			next[from], next[to] = append(next[from], i), append(next[to], i)
		}
	}
	found, at, back := -1, map[string]int{}, map[string]int{} // when a line is reached, and the first one to which it leads back
	var visit func(line string, by int)
	visit = func(line string, by int) {
		at[line] = len(at) + 1
		back[line] = at[line]
		for _, i := range next[line] {
			if i == by {
				continue
			}
			other, to := lines.of(m.Edges[i])
			if other == line {
				other = to
			}
			if at[other] > 0 {
				back[line] = min(back[line], at[other])
				continue
			}
			visit(other, i)
			back[line] = min(back[line], back[other])
			if back[other] > at[line] && isFew(m.Edges[i]) {
				found = i
			}
		}
	}
	for i, e := range m.Edges {
		if from, _ := lines.of(e); !shown[i] && at[from] == 0 {
			visit(from, -1)
		}
	}
	return found
}

// way leads from one line of an edge to the other through edges that are shown, those that fewest persons stand behind; nil: there is none.
func (m Map) way(lines *tableLines, shown []bool, e Edge) (way []int) {
	from, to := lines.of(e)
	start, goal := lines.group(from), lines.group(to)
	cost, by, before := map[string]int{start: 0}, map[string]int{}, map[string]string{}
	for again := true; again; { // as by Bellman and Ford
		again = false
		for i, e := range m.Edges {
			if !shown[i] {
				continue
			}
			a, b := lines.of(e)
			for _, ends := range [][2]string{{a, b}, {b, a}} {
				at, next := lines.group(ends[0]), lines.group(ends[1])
				c, reached := cost[at]
				if known, ok := cost[next]; reached && (!ok || c+e.Persons < known) {
					cost[next], by[next], before[next], again = c+e.Persons, i, at, true
				}
			}
		}
	}
	if _, ok := cost[goal]; !ok {
		return nil
	}
	for at := goal; at != start; at = before[at] {
		way = append(way, by[at])
	}
	return way
}

// untell has an activity not be told: one at an end of an edge, else the rarest. It reports whether there was one.
func (m Map) untell(told map[string]bool, shown []bool, e Edge) bool {
	rarest := ""
	for i := len(m.Activities) - 1; i >= 0; i-- {
		name := m.Activities[i].Name
		if !told[name] {
			continue
		}
		if rarest == "" {
			rarest = name
		}
		if name == e.From || name == e.To {
			rarest = name
			break
		}
	}
	if rarest == "" {
		return false
	}
	told[rarest] = false
	for i, edge := range m.Edges {
		if edge.From == rarest || edge.To == rarest {
			shown[i] = false
		}
	}
	return true
}
