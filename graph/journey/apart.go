package journey

// A map of which parts are left out is a table with its sums: what follows an activity adds up to how often it occurs, and so does what comes
// before one. Who knows the sums, and all of a line but one part, knows that part, and goes on with what it takes away from another line. So it
// is not enough that each line has several parts left out. The lines are the vertices of a graph, and the parts that are left out its edges: what can
// be worked out are the sums of those that cut it in two. Behind such a sum are enough persons where a part with enough is in it. Hence the rule: of a part
// with too few, both lines hang together by parts that are left out with enough persons behind each.

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
func (m Map) protect(told map[string]bool, shown []bool, isFew func(Edge) bool) {
	for {
		lines := newTableLines(told)
		for i, e := range m.Edges {
			if !shown[i] && !isFew(e) {
				lines.join(lines.of(e))
			}
		}
		exposed := -1
		for i, e := range m.Edges {
			from, to := lines.of(e)
			if !shown[i] && isFew(e) && lines.group(from) != lines.group(to) {
				exposed = i
				break
			}
		}
		if exposed < 0 {
			return
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

// way is the shortest by which both lines of an edge can be made to hang together, through edges that are shown; nil: there is none. Of several
// it is that of edges which come later, since fewer stand behind them.
func (m Map) way(lines *tableLines, shown []bool, e Edge) []int {
	from, to := lines.of(e)
	start, goal := lines.group(from), lines.group(to)
	came := map[string]int{start: -1} // the edge by which a group is reached
	over := map[string]string{}
	for queue := []string{start}; len(queue) > 0; queue = queue[1:] {
		at := queue[0]
		if at == goal {
			var way []int
			for ; came[at] >= 0; at = over[at] {
				way = append(way, came[at])
			}
			return way
		}
		for i := len(m.Edges) - 1; i >= 0; i-- {
			if !shown[i] {
				continue
			}
			a, b := lines.of(m.Edges[i])
			a, b = lines.group(a), lines.group(b)
			if b == at {
				a, b = b, a
			}
			if _, seen := came[b]; a == at && !seen {
				came[b], over[b] = i, at
				queue = append(queue, b)
			}
		}
	}
	return nil
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
