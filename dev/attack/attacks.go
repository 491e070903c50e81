package main

import (
	"context"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// attacks are of each kind one that learns something where the guard forgets that kind. What they learn is a sentence each.
var attacks = []struct {
	name string
	try  func(context.Context, *attacker) ([]string, error)
}{
	{"conditions: a name, an address, a number is guessed letter by letter", guesses(predicates)},
	{"orders: rows are ordered by whom they are about, and by how many", guesses(orders)},
	{"counts: what is not shown is counted", counts},
	{"cursors: places are made up, just before who is hidden and at her", cursors},
	{"aliases: twenty guesses in one request", guesses(aliases)},
	{"errors: what is hidden answers otherwise than what is not there", guesses(absences)},
	{"cost: the cost and the headers tell of what is kept", among(costs)},
	{"paths: neighbours, managers and reports lead to who is hidden", paths},
	{"search: who is hidden is found by name, address or number", searches},
	{"receipts: who asked about whom, and who exercised a right", among(receipts)},
	{"consents: an objection is taken back by whom it stands in the way of", consents},
	{"feed: what changes tells of who is hidden", follows},
	{"bytes: addresses and numbers stand somewhere in what was told", leaks},
}

// A guess is a question with something that is true of a victim, and the same with something that is not.
type guess struct {
	about, document string
	right, wrong    map[string]any
}

// guesses learns whether a guess is right where the answers differ by more than what was asked.
func guesses(of func(victim) []guess) func(context.Context, *attacker) ([]string, error) {
	return func(ctx context.Context, a *attacker) (learnt []string, err error) {
		for _, v := range a.victims {
			for _, g := range of(v) {
				if learnt, err = a.guess(ctx, learnt, g, v); err != nil {
					return nil, err
				}
			}
		}
		return learnt, nil
	}
}

// among learns what tells one hidden person from another. That she objected is told where her id is known, and since when.
func among(documents map[string]string) func(context.Context, *attacker) ([]string, error) {
	return func(ctx context.Context, a *attacker) (learnt []string, err error) {
		for i, v := range a.victims {
			for about, document := range documents {
				other := a.victims[(i+1)%len(a.victims)]
				if learnt, err = a.guess(ctx, learnt, guess{about, document, map[string]any{"id": v.ID}, map[string]any{"id": other.ID}}, v); err != nil {
					return nil, err
				}
			}
		}
		return learnt, nil
	}
}

var sinceWhen = regexp.MustCompile(`"since":"[^"]*"`)

func (a *attacker) guess(ctx context.Context, learnt []string, g guess, v victim) ([]string, error) {
	var told [2]string
	for i, variables := range []map[string]any{g.right, g.wrong} {
		r, err := a.ask(ctx, a.purpose, g.document, variables)
		if err != nil {
			return nil, err
		}
		if !strings.Contains(string(r.body), `"data"`) {
			return nil, fmt.Errorf("the server does not understand the attack: %.300s", r.body)
		}
		told[i] = sinceWhen.ReplaceAllString(r.text(), `"since":"?"`)
		if id, asked := variables["id"].(string); asked { // it may be told as it was asked
			told[i] = strings.ReplaceAll(told[i], id, "<id>")
		}
	}
	if told[0] != told[1] {
		learnt = append(learnt, fmt.Sprintf("%s of %s", g.about, v.ID))
	}
	return learnt, nil
}

// nobody is the id of a person who is not there, as long as others are.
func nobody(id string) string { return id[:len(id)-3] + "000" }

// wrongly is a text like another, which is nobody's.
func wrongly(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z':
			return 'q'
		case r >= '0' && r <= '9':
			return '0'
		}
		return r
	}, text)
}

// known are the victim's texts, by the fields that have them.
func (v victim) known() map[string]string {
	out := map[string]string{}
	for field, text := range map[string]string{"name": v.Name, "email": v.Email, "phone": v.Phone} {
		if text != "" && wrongly(text) != text {
			out[field] = text
		}
	}
	return out
}

func predicates(v victim) (out []guess) {
	for field, text := range v.known() {
		start := text[:min(len(text), 3)]
		for _, document := range []string{
			`query($id: ID!, $text: String!) { customers(filter: {id: {eq: $id}, ` + field + `: {startsWith: $text}}) { totalCount nodes { id } } }`,
			`query($id: ID!, $text: String!) { customers(filter: {not: {not: {id: {eq: $id}, ` + field + `: {caseInsensitive: {startsWith: $text}}}}}) { totalCount nodes { id } } }`,
			`query($id: ID!, $text: String!) { accounts(first: 3, filter: {people: {some: {id: {eq: $id}, ` + field + `: {startsWith: $text}}}}) { totalCount nodes { id } } }`,
			`query($id: ID!, $text: String!) { accounts(first: 3, filter: {people: {filter: {id: {eq: $id}, ` + field + `: {startsWith: $text}}, count: {gte: 1}}}) { totalCount nodes { id } explain { alone without } } }`,
			`query($id: ID!, $text: String!) { interactions(first: 3, filter: {customers: {some: {id: {eq: $id}, ` + field + `: {startsWith: $text}}}}) { totalCount nodes { id } } }`,
		} {
			out = append(out, guess{"how the " + field + " begins", document, map[string]any{"id": v.ID, "text": start}, map[string]any{"id": v.ID, "text": wrongly(start)}})
		}
	}
	return out
}

func orders(v victim) (out []guess) {
	for _, document := range []string{
		`query($id: ID!) { interactions(first: 5, orderBy: [{customers: {filter: {id: {eq: $id}}, count: DESC}}]) { nodes { id } } }`,
		`query($id: ID!) { accounts(first: 5, orderBy: [{people: {filter: {id: {eq: $id}}, count: DESC}}]) { nodes { id } } }`,
		`query($id: ID!) { accounts(first: 5, orderBy: [{people: {filter: {id: {eq: $id}}, from: {latest: DESC_NULLS_FIRST}}}]) { nodes { id } } }`,
		`query($id: ID!) { deals(first: 5, orderBy: [{claims: {filter: {customer: {id: {eq: $id}}}, count: DESC}}]) { nodes { id } } }`,
	} {
		out = append(out, guess{"what is about her, by an order,", document, map[string]any{"id": v.ID}, map[string]any{"id": nobody(v.ID)}})
	}
	return out
}

func aliases(v victim) (out []guess) {
	for field, text := range v.known() {
		var params, fields strings.Builder
		right, wrong := map[string]any{"id": v.ID}, map[string]any{"id": v.ID}
		letters := []rune(text)
		for i := range 20 {
			begins := string(letters[:min(len(letters), 1+i)])
			right[fmt.Sprint("t", i)], wrong[fmt.Sprint("t", i)] = begins, wrongly(begins)
			fmt.Fprintf(&params, ", $t%d: String!", i)
			fmt.Fprintf(&fields, " a%[1]d: customers(filter: {id: {eq: $id}, %[2]s: {startsWith: $t%[1]d}}) { totalCount }", i, field)
		}
		out = append(out, guess{"the " + field, "query($id: ID!" + params.String() + ") {" + fields.String() + " }", right, wrong})
	}
	return out
}

// absences are of interactions that nobody else took part in.
func absences(v victim) (out []guess) {
	for _, i := range v.Interactions.Nodes {
		if i.Customers.TotalCount > 1 {
			continue
		}
		for _, document := range []string{
			`query($id: ID!) { interaction(id: $id) { id at withheld { field reason } } node(id: $id) { id } nodes(ids: [$id]) { id } }`,
			`query($id: ID!) { interaction(id: $id) { kind participants { totalCount } topics(first: 3) { nodes { __typename } } case { number } } }`,
		} {
			out = append(out, guess{"that there is one of her interactions", document, map[string]any{"id": i.ID}, map[string]any{"id": nobody(i.ID)}})
		}
	}
	return out
}

var costs = map[string]string{
	"what she said and bought":           `query($id: ID!) { customer(id: $id) { interactions(first: 200) { nodes { id text } } orders(first: 200) { nodes { id } } } }`,
	"what happened to her":               `query($id: ID!) { customer(id: $id) { timeline(first: 200) { nodes { __typename } } withheld { field reason } } }`,
	"whom she knows":                     `query($id: ID!) { customer(id: $id) { known(first: 200) { totalCount edges { properties { n } } } } }`,
	"with whom she spoke, and how often": `query($id: ID!) { interactions(first: 200, filter: {customers: {some: {id: {eq: $id}}}}) { totalCount nodes { id } } }`,
}

var receipts = map[string]string{
	"who was told":                `query($id: ID!) { customer(id: $id) { disclosures { totalCount nodes { at } } } }`,
	"which rights were exercised": `query($id: ID!) { customer(id: $id) { dataSubjectRequests { totalCount nodes { id } } } }`,
}

// searches look for what is the victim's. Others may be found, by a part of a name that is theirs, too.
func searches(ctx context.Context, a *attacker) (learnt []string, err error) {
	for _, v := range a.victims {
		for field, text := range v.known() {
			r, err := a.ask(ctx, a.purpose, `query($text: String!) { search(text: $text, first: 200) { node { id } matched { field how } } }`, map[string]any{"text": text})
			if err == nil {
				err = r.data(&struct{}{})
			}
			if err != nil {
				return nil, err
			}
			if strings.Contains(string(r.body), v.ID) {
				learnt = append(learnt, fmt.Sprintf("the %s of %s", field, v.ID))
			}
		}
	}
	return learnt, nil
}

// counts compares numbers with what is shown, and what is shown with who is hidden.
func counts(ctx context.Context, a *attacker) (learnt []string, err error) {
	for _, v := range a.victims {
		for _, account := range v.Employments.Nodes {
			var got struct {
				Account *struct {
					People struct {
						TotalCount int
						Nodes      []struct{ ID string }
					}
				}
			}
			if err := a.read(ctx, &got, `{ account(id: %q) { people(first: 200) { totalCount nodes { id } } } }`, account.ID); err != nil {
				return nil, err
			}
			if got.Account == nil {
				continue
			}
			people := got.Account.People
			if people.TotalCount != len(people.Nodes) && people.TotalCount <= 200 {
				learnt = append(learnt, fmt.Sprintf("that %s has %d persons more than are shown", account.ID, people.TotalCount-len(people.Nodes)))
			}
			for _, p := range people.Nodes {
				if p.ID == v.ID {
					learnt = append(learnt, fmt.Sprintf("that %s works for %s", v.ID, account.ID))
				}
			}
		}
	}
	return learnt, nil
}

// cursors asks what stands behind and before the place that a victim would have in a list by name, and behind one just before it.
func cursors(ctx context.Context, a *attacker) (learnt []string, err error) {
	const order = `orderBy: [{name: ASC}]`
	var got struct {
		Customers struct{ PageInfo struct{ EndCursor string } }
	}
	if err := a.read(ctx, &got, `{ customers(first: 1, %s) { pageInfo { endCursor } } }`, order); err != nil {
		return nil, err
	}
	real, err := base64.RawURLEncoding.DecodeString(got.Customers.PageInfo.EndCursor)
	if err != nil || len(real) < 9 {
		return nil, fmt.Errorf("cursors are of another form than this attack knows: %s", got.Customers.PageInfo.EndCursor)
	}
	place := func(texts ...string) string { // the list's mark, and the keys of a row
		b := slices.Clone(real[:9])
		for _, text := range texts {
			b = append(binary.AppendUvarint(append(b, 2), uint64(len(text))), text...)
		}
		return base64.RawURLEncoding.EncodeToString(b)
	}
	for _, v := range a.victims {
		for _, document := range []string{
			`query($at: String!) { customers(first: 1, after: $at, ` + order + `) { pageInfo { hasNextPage hasPreviousPage } nodes { id } } }`,
			`query($at: String!) { customers(last: 1, before: $at, ` + order + `) { pageInfo { hasNextPage hasPreviousPage } nodes { id } } }`,
		} {
			g := guess{"the place by name", document, map[string]any{"at": place(v.Name, v.ID)}, map[string]any{"at": place(v.Name, v.ID[:4])}}
			if learnt, err = a.guess(ctx, learnt, g, v); err != nil {
				return nil, err
			}
		}
	}
	return learnt, nil
}

// paths goes from those around a victim to her.
func paths(ctx context.Context, a *attacker) (learnt []string, err error) {
	for _, v := range a.victims {
		for _, near := range append(v.Reports.Nodes, v.Managers.Nodes...) {
			learnt, err = a.leads(ctx, learnt, v, near.ID, `{ node(id: %q) { ... on Customer { managers { nodes { id } } reports { nodes { id } } topManager { id }
				managementChain(first: 50) { totalCount nodes { id } } allReports(first: 200) { nodes { id } } organization(first: 200) { nodes { id } } } } }`)
			if err != nil {
				return nil, err
			}
		}
		for _, near := range v.Interactions.Nodes {
			learnt, err = a.leads(ctx, learnt, v, near.ID, `{ node(id: %q) { ... on Interaction { participants(first: 200) { totalCount nodes { ... on Customer { id } } } customers { totalCount nodes { id } } } } }`)
			if err != nil {
				return nil, err
			}
		}
		for _, near := range v.Employments.Nodes {
			learnt, err = a.leads(ctx, learnt, v, near.ID, `{ node(id: %q) { ... on Account { people(first: 200) { nodes { id reports { nodes { id } } } } deals(first: 20) { nodes { claims(first: 50) { nodes { customer { id } } } } } } } }`)
			if err != nil {
				return nil, err
			}
		}
	}
	return learnt, nil
}

func (a *attacker) leads(ctx context.Context, learnt []string, v victim, near, document string) ([]string, error) {
	r, err := a.ask(ctx, a.purpose, fmt.Sprintf(document, near), nil)
	if err != nil {
		return nil, err
	}
	if err := r.data(&struct{}{}); err != nil {
		return nil, err
	}
	if strings.Contains(string(r.body), v.ID) {
		learnt = append(learnt, fmt.Sprintf("that %s is near %s", v.ID, near))
	}
	return learnt, nil
}

// consents takes objections back, as a seller would who may write.
func consents(ctx context.Context, a *attacker) (learnt []string, err error) {
	if !a.writes {
		return nil, errNotTried
	}
	const document = `mutation($id: ID!, $key: String!) { recordConsent(input: {key: $key, customer: $id, purpose: %s}) { customer { name email phone } userErrors { code message } } }`
	for _, v := range a.victims[:min(len(a.victims), 5)] {
		r, err := a.ask(ctx, a.purpose, fmt.Sprintf(document, a.purpose), map[string]any{"id": v.ID, "key": "attack " + v.ID})
		if err != nil {
			return nil, err
		}
		after, err := a.ask(ctx, a.purpose, `query($id: ID!) { customer(id: $id) { id name email } }`, map[string]any{"id": v.ID})
		if err != nil {
			return nil, err
		}
		for _, told := range [][]byte{r.body, after.body} {
			if strings.Contains(string(told), v.Name) {
				learnt = append(learnt, fmt.Sprintf("who %s is, against her will", v.ID))
			}
		}
	}
	return learnt, nil
}

// follows has victims change, and looks whether that is told.
func follows(ctx context.Context, a *attacker) (learnt []string, err error) {
	if !a.writes {
		return nil, errNotTried
	}
	var got struct{ Changes struct{ EndCursor string } }
	for i, v := range a.victims[:min(len(a.victims), 5)] {
		if err := a.read(ctx, &got, `{ changes { endCursor } }`); err != nil {
			return nil, err
		}
		for n, occupation := range []string{`"attacked"`, "null"} {
			const document = `mutation { updateCustomer(input: {key: "follow %s %d %d", customer: %q, occupation: %s}) { userErrors { message } } }`
			r, err := a.ask(ctx, truth, fmt.Sprintf(document, got.Changes.EndCursor, i, n, v.ID, occupation), nil)
			if err == nil {
				err = r.data(&struct{}{})
			}
			if err != nil {
				return nil, err
			}
		}
		r, err := a.ask(ctx, a.purpose, fmt.Sprintf(`{ changes(after: %q, first: 200) { entries { id fields } } }`, got.Changes.EndCursor), nil)
		if err == nil {
			err = r.data(&struct{}{})
		}
		if err != nil {
			return nil, err
		}
		if strings.Contains(string(r.body), v.ID) {
			learnt = append(learnt, fmt.Sprintf("that something of %s has changed", v.ID))
		}
	}
	return learnt, nil
}

// leaks looks through all that was told for what is nobody else's.
func leaks(ctx context.Context, a *attacker) (learnt []string, err error) {
	var all any
	if err := a.read(ctx, &all, `{ customers(first: 200) { nodes { id name email phone } } interactions(first: 100) { nodes { subject text participants { nodes { ... on Customer { id name } } } } } feedbacks(first: 100) { nodes { text } } }`); err != nil {
		return nil, err
	}
	told := a.told.String()
	for _, v := range a.victims {
		for _, secret := range []string{v.Email, v.Phone} {
			if secret != "" && strings.Contains(told, secret) {
				learnt = append(learnt, fmt.Sprintf("%s of %s", secret, v.ID))
			}
		}
	}
	return learnt, nil
}
