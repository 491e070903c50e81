package e2e

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"

	"github.com/google/go-cmp/cmp"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"github.com/kithgraph/kith/dev/asking"
	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
	"github.com/kithgraph/kith/graph/journal"
	"github.com/kithgraph/kith/graph/policy"
)

// world is a random one within the program, and what the reference says of it.
type world struct {
	*program
	purpose   graph.Purpose
	random    *graphtest.World
	rng       *rand.Rand
	names     map[string]string // external ids, by id
	source    string
	reference *reference
}

func newWorld(t require.TestingT, p *program, purpose graph.Purpose, seed uint64) *world {
	w := &world{program: p, purpose: purpose, rng: rand.New(rand.NewPCG(seed, 1)), names: map[string]string{}}
	w.random = graphtest.NewWorld(rand.New(rand.NewPCG(seed, 0)), p.catalog)
	source := ""
	for _, b := range w.random.Batches[:len(w.random.Batches)-1] { // a store refuses the last
		w.write(t, b)
		source = b.Source
	}
	w.write(t, said(p.catalog, source, purpose, w.names, w.rng))
	persons := slices.DeleteFunc(slices.Sorted(maps.Keys(w.names)), func(id string) bool { k := p.catalog.KindOf(id); return k == nil || !k.Person })
	if w.rng.IntN(3) == 0 && len(persons) > 0 {
		erase := policy.Default().Erasure(persons[w.rng.IntN(len(persons))])
		_, err := w.store.Write(context.Background(), &graph.Batch{Source: source, Erase: []graph.Erasure{erase}})
		require.NoError(t, err)
	}
	p.customer = "cus_nobody"
	if len(persons) > 0 {
		p.customer = persons[w.rng.IntN(len(persons))]
	}
	w.source = source
	w.reference = w.look(t)
	return w
}

// look is the reference of what is stored now.
func (w *world) look(t require.TestingT) *reference {
	everything, err := w.store.Read(context.Background(), graphtest.Everything(w.catalog))
	require.NoError(t, err)
	r := look(policy.Default(), w.purpose, w.catalog, w.source, everything, w.names)
	r.customer = w.customer
	for id, n := range r.nodes {
		if former, _ := n.values[graph.FormerIDs].([]string); slices.Contains(former, w.customer) {
			r.customer = id // whom she was found to be
		}
	}
	return r
}

// write takes a batch without what cannot be right in it.
func (w *world) write(t require.TestingT, b *graph.Batch) {
	report, err := w.store.Write(context.Background(), b)
	for bad := (*graph.BatchError)(nil); errors.As(err, &bad); {
		graphtest.Mend(b, bad)
		report, err = w.store.Write(context.Background(), b)
	}
	require.NoError(t, err)
	for i, n := range b.Nodes {
		if w.names[report.IDs[i]] == "" { // the first of its names
			w.names[report.IDs[i]] = n.ID
		}
	}
}

// upset changes what is withheld.
func (w *world) upset(t require.TestingT) { w.write(t, w.reference.upset(w.random, w.rng)) }

// question is an operation, and its answers before and after what is withheld has changed, with the receipts that they leave. follow: its
// next page is asked for, too.
type question struct {
	text            string
	answer, again   []byte
	head, headAgain http.Header
	left, leftAgain journal.Receipt
	follow          bool
	next            *question
}

// questions are random operations about what is in the world, of shapes of a seed.
func (w *world) questions(n int, shapes uint64) []*question {
	a := &asking.Asker{Values: w.rng, Catalog: w.catalog, Schema: w.schema, Now: now, Texts: []string{"Ann", "a"}, Allowed: func(c graph.Category) bool { return !w.reference.denied(c) }}
	for id, n := range w.reference.nodes {
		a.IDs = append(a.IDs, id, shown(w.purpose, id))
		a.Refs = append(a.Refs, graph.External{Source: w.reference.source, ID: strings.Map(asking.PlainText, n.id)})
		for _, v := range n.values {
			if s, ok := v.(string); ok && s != "" && len(s) < 30 {
				a.Texts = append(a.Texts, s)
			}
		}
	}
	slices.Sort(a.IDs) // maps have no order, and a seed is to give one test
	slices.Sort(a.Texts)
	slices.SortFunc(a.Refs, func(x, y graph.External) int { return strings.Compare(x.ID, y.ID) })
	asked := make([]*question, n)
	for i := range asked {
		a.Rand = rand.New(rand.NewPCG(shapes, uint64(i)))
		if asked[i] = (&question{text: a.Operation(), follow: a.Chance(50)}); i%10 == 5 && w.purpose != graph.Self {
			asked[i] = &question{text: a.Journeys()}
		} else if i%10 == 4 {
			asked[i] = &question{text: a.HiddenEvents()}
		}
	}
	return asked
}

// ask asks side by side, since most of the time goes into the planning of statements that are all new.
func (w *world) ask(t require.TestingT, asked []*question) {
	w.each(t, asked, func(q *question) (err error) {
		if q.head, q.answer, q.left, err = w.answered(q.text); err != nil || !q.follow {
			return err
		}
		if text, ok := nextPage(q.text, q.answer); ok {
			q.next = &question{text: text}
			q.next.head, q.next.answer, q.next.left, err = w.answered(text)
		}
		return err
	})
}

// askAgain repeats the questions, with the cursors of the first time.
func (w *world) askAgain(t require.TestingT, asked []*question) {
	w.each(t, asked, func(q *question) (err error) {
		if q.headAgain, q.again, q.leftAgain, err = w.answered(q.text); err == nil && q.next != nil {
			q.next.headAgain, q.next.again, q.next.leftAgain, err = w.answered(q.next.text)
		}
		return err
	})
}

// answered is the answer to an operation, with its headers but for when it was given, and the receipt that it leaves.
func (w *world) answered(text string) (http.Header, []byte, journal.Receipt, error) {
	head, answer, err := w.exchanged(w.purpose, text, nil)
	head.Del("Date")
	return head, answer, w.leftFor(text), err
}

func (w *world) each(t require.TestingT, asked []*question, do func(*question) error) {
	w.left.Clear()
	var g errgroup.Group
	g.SetLimit(4)
	for _, q := range asked {
		g.Go(func() error { return do(q) })
	}
	require.NoError(t, g.Wait())
}

// differs reports the question, or that after the next page, that was not answered the same both times.
func (q *question) differs() *question {
	switch {
	case !bytes.Equal(q.answer, q.again), !cmp.Equal(q.head, q.headAgain), !cmp.Equal(q.left, q.leftAgain):
		return q
	case q.next != nil:
		return q.next.differs()
	}
	return nil
}

// nextPage asks for what follows the first page of a root.
func nextPage(q string, answer []byte) (string, bool) {
	var a struct {
		Data map[string]struct {
			Edges []struct{ Cursor string }
		}
	}
	if json.Unmarshal(answer, &a) != nil || !strings.Contains(q, "(first: ") {
		return "", false
	}
	for field, c := range a.Data {
		if start := "{ " + field + "(first: "; strings.HasPrefix(q, start) && len(c.Edges) > 0 && c.Edges[0].Cursor != "" {
			return strings.Replace(q, "(first: ", fmt.Sprintf("(after: %q, first: ", c.Edges[len(c.Edges)-1].Cursor), 1), true
		}
	}
	return "", false
}

// said gives each customer a word about the purpose: none, an objection, a consent that holds, has expired or was withdrawn,
// or a restriction.
func said(cat *graph.Catalog, source string, purpose graph.Purpose, names map[string]string, rng *rand.Rand) *graph.Batch {
	b := &graph.Batch{Source: source}
	customer, consent := cat.MustKind("Customer"), cat.MustKind(graph.ConsentKind)
	ids := slices.Sorted(func(yield func(string) bool) {
		for id := range names {
			if !yield(id) {
				return
			}
		}
	})
	at := int64(graph.At(now.AddDate(0, -1, 0)))
	if !slices.Contains(graph.Consentable, purpose) {
		purpose = graph.Service // what is said of it changes nothing
	}
	for _, id := range ids {
		if cat.KindOf(id) != customer {
			continue
		}
		set := graph.Values{graph.ConsentAt: at, graph.ConsentPurpose: string(purpose)}
		switch rng.IntN(8) {
		case 0, 1:
			continue
		case 2, 3:
			set[graph.ConsentStatus] = graph.Objected
		case 4, 5:
			set[graph.ConsentStatus] = graph.Granted
		case 6:
			set[graph.ConsentStatus], set[graph.ConsentExpires] = graph.Granted, at+1000
		case 7:
			set[graph.ConsentStatus], set[graph.ConsentPurpose] = graph.Restricted, nil
		}
		b.Nodes = append(b.Nodes, graph.Upsert{Kind: consent, ID: "said" + id, Set: set})
		b.Edges = append(b.Edges, graph.Link{Rel: cat.Rel("GIVEN_BY"), From: graph.NodeRef{Kind: consent, External: graph.External{ID: "said" + id}}, To: graph.NodeRef{Kind: customer, External: graph.External{ID: names[id]}}})
	}
	return b
}

// bytes asks for a purpose, and gives the answer to the letter.
func (p *program) bytes(purpose graph.Purpose, query string) ([]byte, error) {
	return p.sent(purpose, query, nil)
}

// sent asks for a purpose with variables, and gives the answer to the letter.
func (p *program) sent(purpose graph.Purpose, query string, variables map[string]any) ([]byte, error) {
	_, answer, err := p.exchanged(purpose, query, variables)
	return answer, err
}

// exchanged is sent, with the headers of the answer.
func (p *program) exchanged(purpose graph.Purpose, query string, variables map[string]any) (http.Header, []byte, error) {
	question := map[string]any{"query": query}
	if len(variables) > 0 {
		question["variables"] = variables
	}
	body, err := json.Marshal(question)
	if err != nil {
		return nil, nil, err
	}
	url := p.url
	if purpose == graph.Self {
		url = p.own
	}
	req, err := http.NewRequest(http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return nil, nil, err
	}
	if purpose == graph.Self {
		her, err := token(p.customer)
		if err != nil {
			return nil, nil, err
		}
		req.Header.Set("Authorization", "Bearer "+her)
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Kith-Purpose", string(purpose))
	req.Header.Set("X-Request-Id", "same")
	req.Header.Set("Traceparent", "00-"+traceOf(body)+"-00000000000000aa-01")
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, nil, err
	}
	defer res.Body.Close()
	answer, err := io.ReadAll(res.Body)
	return res.Header, answer, err
}
