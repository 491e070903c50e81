package neo4j

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/kithgraph/kith/graph"
)

// Ready implements graph.Store. The first time it asks which constraints and indexes there are, creates those that are missing,
// and waits until they are filled.
func (s *Store) Ready(ctx context.Context) error {
	select {
	case s.readying <- struct{}{}:
		defer func() { <-s.readying }()
	case <-ctx.Done():
		return translated(ctx, ctx.Err())
	}
	if s.ready {
		_, err := s.ask(ctx, Statement{Text: "RETURN 1"})
		return translated(ctx, err)
	}
	p := &progress{log: s.options.Log}
	current, empty, err := s.recognize(ctx)
	p.empty = empty
	if err == nil {
		err = s.prepare(ctx, p)
	}
	if err == nil && !current {
		err = s.head(ctx)
	}
	if err != nil {
		return translated(ctx, err)
	}
	for _, keep := range []func(context.Context, *progress) error{s.keepBeside, s.keepRanks, s.keepWords, s.keepTies, s.keepPages} {
		err = keep(ctx, p)
		for attempt := 1; passing(err) && attempt < maxAttempts && ctx.Err() == nil; attempt++ { // another is at the same
			err = keep(ctx, p)
		}
		if err != nil {
			return translated(ctx, err)
		}
	}
	s.ready = true
	return nil
}

// ask sends a statement of one row to where writes go, which knows best what there is.
func (s *Store) ask(ctx context.Context, st Statement) ([]any, error) {
	return twice(ctx, s, func() ([]any, error) {
		values, _, err := s.query(ctx, neo4j.AccessModeWrite, st, func() {})
		return values, err
	})
}

// noted are the values on the node that says how far something is which the database keeps; nil: there is none.
func (s *Store) noted(ctx context.Context, lock string) (map[string]any, error) {
	row, err := s.ask(ctx, Statement{"OPTIONAL MATCH (l:KithLock {id: $id}) RETURN properties(l)", map[string]any{"id": lock}})
	if err != nil {
		return nil, err
	}
	noted, _ := row[0].(map[string]any)
	return noted, nil
}

// note adds values to that node. What is nil is taken away.
func (s *Store) note(ctx context.Context, lock string, values map[string]any) error {
	return s.within(ctx, func(t transaction) error { return t.note(ctx, lock, values) })
}

func (t transaction) note(ctx context.Context, lock string, values map[string]any) error {
	return t.run(ctx, "MERGE (l:KithLock {id: $p.id}) SET l += $p.of", map[string]any{"id": lock, "of": values})
}

const (
	// look is the time from one look at what is being filled to the next.
	look = 200 * time.Millisecond
	// tell is the time from one word of how far it is to the next.
	tell = 5 * time.Second
)

// progress tells of what takes long, now and then.
type progress struct {
	log   *slog.Logger
	last  time.Time
	empty bool // the store held nothing when it was recognized: whoever has written since has kept what follows from that
}

func (p *progress) say(ctx context.Context, message string, attrs ...slog.Attr) {
	if time.Since(p.last) >= tell {
		p.last = time.Now()
		p.log.LogAttrs(ctx, slog.LevelInfo, message, attrs...)
	}
}

// inParts carries out a statement again and again, as long as it finds as many as it may. Its row says how many these were and, where it
// goes on after one, which was the last. It adds limit to the values, and renews after.
func (s *Store) inParts(ctx context.Context, p *progress, doing string, of *graph.Property, text string, values map[string]any) error {
	values["limit"] = int64(maxRows)
	for seen, more := int64(0), true; more; {
		p.say(ctx, doing, slog.String("of", of.Path()), slog.Int64("seen", seen))
		err := s.within(ctx, func(t transaction) error {
			return t.collect(ctx, text, values, func(row []any) {
				found, _ := row[0].(int64)
				seen, more = seen+found, found == maxRows
				if len(row) > 1 {
					values["after"] = row[1]
				}
			})
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// prepare looks at what there is and mends it, until nothing is missing. Another process may be at the same, and one that
// was broken off may have left half of it.
func (s *Store) prepare(ctx context.Context, p *progress) error {
	wanted := schema(s.catalog)
	left, vain := len(wanted)+1, 0
	dropped := map[string]bool{} // indexes that had failed
	var failed error
	for {
		have, err := s.shown(ctx)
		if err != nil {
			return err
		}
		l, err := lackOf(wanted, have)
		if err != nil {
			return err
		}
		if l.none() {
			return nil
		}
		if n := len(l.drop) + len(l.create); n < left {
			left, vain = n, 0
		}
		p.say(ctx, "the store gets its constraints and indexes", slog.Int("ready", l.ready), slog.Int("of", len(wanted)), slog.Int("percent", int(l.percent)/len(wanted)))
		idle := len(l.drop)+len(l.create) == 0
		if !idle {
			if idle, err = s.othersCreate(ctx); err != nil {
				return err
			}
		}
		if !idle {
			if vain++; vain > maxAttempts {
				return unprepared(l, failed)
			}
			if failed = s.mend(ctx, p, l, dropped); failed != nil && !crossed(failed) {
				return failed
			}
			if failed == nil {
				continue
			}
			s.options.Log.LogAttrs(ctx, slog.LevelInfo, "looking again at what the store lacks", slog.Any("error", failed))
		}
		select {
		case <-time.After(look):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// othersCreate reports whether a transaction is creating one of our constraints. The index that it will have looks until then
// like one that was left without its constraint.
func (s *Store) othersCreate(ctx context.Context) (bool, error) {
	row, err := s.ask(ctx, Statement{"SHOW TRANSACTIONS YIELD currentQuery AS text WHERE text STARTS WITH $creates RETURN count(*)",
		map[string]any{"creates": "CREATE CONSTRAINT " + ours}})
	if err != nil {
		return false, err
	}
	return row[0].(int64) > 0, nil
}

// mend drops what stands in the way and creates what is missing. Indexes fill by themselves once they are created, together by
// one transaction; a constraint is created when its index is full, each by itself, so that what is done stays done.
func (s *Store) mend(ctx context.Context, p *progress, l lack, dropped map[string]bool) error {
	for _, o := range l.drop {
		if o.failed && dropped[o.name] {
			return &graph.Error{Code: graph.Conflict, Message: fmt.Sprintf("%s cannot be filled from what the database holds; SHOW INDEXES YIELD name, failureMessage tells why", o.wanted)}
		}
		s.options.Log.LogAttrs(ctx, slog.LevelWarn, "dropping what stands in the way", slog.String("name", o.name), slog.String("of", o.wanted.String()), slog.String("why", o.why))
		if err := s.change(ctx, o.statement()+" IF EXISTS"); err != nil {
			return err
		}
		dropped[o.name] = o.failed
	}
	var indexes []string
	var constraints []rule
	for _, r := range l.create {
		if r.unique {
			constraints = append(constraints, r)
		} else {
			indexes = append(indexes, r.create())
		}
	}
	if err := s.change(ctx, indexes...); err != nil {
		return err
	}
	for i, r := range constraints {
		p.say(ctx, "the store gets its constraints", slog.String("next", r.name), slog.Int("left", len(constraints)-i))
		if err := s.change(ctx, r.create()); err != nil {
			return s.unmet(ctx, r, err)
		}
	}
	return nil
}

// change carries out statements that change the schema, in one transaction.
func (s *Store) change(ctx context.Context, texts ...string) error {
	switch len(texts) {
	case 0:
		return nil
	case 1: // its text is seen as long as it runs, see othersCreate
		_, err := s.run(ctx, neo4j.AccessModeWrite, Statement{Text: texts[0]})
		return err
	}
	session := s.driver.NewSession(ctx, s.session(neo4j.AccessModeWrite))
	defer session.Close(ctx)
	tx, err := session.BeginTransaction(ctx, timeout(ctx)...)
	if err != nil {
		return err
	}
	defer tx.Close(ctx) // rolls back unless it was committed
	t := transaction{tx: tx, store: s}
	for _, text := range texts {
		if err := t.run(ctx, text, nil); err != nil {
			return err
		}
	}
	return tx.Commit(ctx)
}

// unmet is why a constraint could not be created: the database holds what it forbids, or something that passes.
func (s *Store) unmet(ctx context.Context, r rule, err error) error {
	var db *neo4j.Neo4jError
	if !errors.As(err, &db) || db.Code != "Neo.DatabaseError.Schema.ConstraintCreationFailed" {
		return err
	}
	row, asked := s.ask(ctx, Statement{Text: "CALL () { " + r.twins() + " LIMIT 1 } RETURN count(*)"})
	if asked != nil {
		return asked
	}
	if row[0].(int64) == 0 {
		return err
	}
	// The database's own words repeat the value, which may be personal.
	return &graph.Error{Code: graph.Conflict, Message: fmt.Sprintf("%s cannot be created, since the database holds values that are not unique; %s finds them", r, r.twins())}
}

// crossed reports whether a change of the schema failed for what another may have changed meanwhile.
func crossed(err error) bool {
	var db *neo4j.Neo4jError
	return passing(err) || errors.As(err, &db) && (strings.HasPrefix(db.Code, "Neo.ClientError.Schema.") || strings.HasPrefix(db.Code, "Neo.DatabaseError.Schema."))
}

// unprepared is what is told when mending does not help.
func unprepared(l lack, err error) error {
	what := l.create
	for _, o := range l.drop {
		what = append(what, o.wanted)
	}
	return &graph.Error{Code: graph.Internal, Message: fmt.Sprintf("the database still lacks %s and %d others after they were created", what[0], len(what)-1), Err: err}
}

// shown is a constraint or an index as the database tells of it.
type shown struct {
	name       string
	constraint bool
	kind       string // RANGE, UNIQUENESS and so on
	place      string // the labels and properties
	state      string // of an index
	percent    float64
}

// place says what a rule is on, such that those on the same are equal.
func place(relationship bool, of, properties []string) string {
	return fmt.Sprintf("%t %q %q", relationship, of, properties)
}

// shown asks for all constraints and indexes.
func (s *Store) shown(ctx context.Context) ([]shown, error) {
	var out []shown
	for _, text := range []string{
		"SHOW CONSTRAINTS YIELD name, type, entityType, labelsOrTypes, properties RETURN collect([name, type, entityType, labelsOrTypes, properties, '', 0.0])",
		"SHOW INDEXES YIELD name, type, entityType, labelsOrTypes, properties, state, populationPercent RETURN collect([name, type, entityType, labelsOrTypes, properties, state, populationPercent])",
	} {
		row, err := s.ask(ctx, Statement{Text: text})
		if err != nil {
			return nil, err
		}
		for _, v := range row[0].([]any) {
			v := v.([]any)
			out = append(out, shown{name: v[0].(string), constraint: v[5] == "", kind: v[1].(string),
				place: place(v[2] == "RELATIONSHIP", texts(v[3]), texts(v[4])), state: v[5].(string), percent: v[6].(float64)})
		}
	}
	return out, nil
}

// texts are a list of them; an index that finds labels has none.
func texts(v any) []string {
	list, _ := v.([]any)
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = v.(string)
	}
	return out
}

// lack is what has to be done until everything is there.
type lack struct {
	ready   int
	percent float64 // of all together
	drop    []obstacle
	create  []rule
	filling bool
}

func (l *lack) none() bool { return len(l.drop)+len(l.create) == 0 && !l.filling }

// obstacle is what stands in the way of what is wanted.
type obstacle struct {
	shown
	wanted rule
	why    string
	failed bool
}

func (o obstacle) statement() string {
	if o.constraint {
		return "DROP CONSTRAINT " + name(o.name)
	}
	return "DROP INDEX " + name(o.name)
}

// lackOf compares what is wanted with what there is. What serves may have any name, what stands in the way is dropped if it is
// ours, and an error else.
func lackOf(wanted []rule, have []shown) (lack, error) {
	var l lack
	for _, r := range wanted {
		var index, constraint, namesake *shown
		for i := range have {
			switch h, same := &have[i], have[i].place == place(r.relationship, []string{r.of}, r.properties); {
			case same && h.constraint && (strings.HasSuffix(h.kind, "UNIQUENESS") || strings.HasSuffix(h.kind, "KEY")):
				constraint = h
			case same && h.kind == "RANGE":
				index = h
			case h.name == r.name && (namesake == nil || h.constraint): // its index goes with a constraint
				namesake = h
			}
		}
		inTheWay := func(h *shown, why string) {
			l.drop = append(l.drop, obstacle{shown: *h, wanted: r, why: why, failed: h.state == "FAILED"})
		}
		there := constraint != nil || index != nil && !r.unique
		switch {
		case there && (index == nil || index.state == "ONLINE"):
			l.ready++
			l.percent += 100
			continue
		case there && index.state == "POPULATING":
			l.filling = true
			l.percent += index.percent
			continue
		case there && constraint != nil:
			constraint.state = index.state
			inTheWay(constraint, "its index has failed")
		case there:
			inTheWay(index, "it has failed")
		case index != nil:
			inTheWay(index, "it is an index without the constraint")
		}
		if namesake != nil {
			inTheWay(namesake, "it has the name and is something else")
		}
		l.create = append(l.create, r)
	}
	for _, o := range l.drop {
		if !strings.HasPrefix(o.name, ours) {
			return l, &graph.Error{Code: graph.Conflict, Message: fmt.Sprintf("%s is needed, and %s stands in its way: %s; %s takes it away", o.wanted, o.name, o.why, o.statement())}
		}
	}
	return l, nil
}
