package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
)

// truth is the purpose for which the truth is told.
const truth = "COMPLIANCE"

// errNotTried is of an attack that was left out on purpose.
var errNotTried = errors.New("not tried: it writes, and --writes was not given")

// An attacker asks as somebody who has objected is not to be seen by, and for COMPLIANCE to know what to guess.
type attacker struct {
	base, purpose string
	tokens        map[string]string // by purpose
	writes        bool
	most          int // victims
	victims       []victim
	asked         int
	told          bytes.Buffer // all answers for the purpose
}

// A victim is a person who has objected to the purpose.
type victim struct {
	ID, Name, Email, Phone string
	Consents               struct {
		Nodes []struct{ Purpose, ConsentStatus string }
	}
	Employments, Reports, Managers struct{ Nodes []struct{ ID string } }
	Interactions                   struct {
		Nodes []struct {
			ID        string
			Customers struct{ TotalCount int }
		}
	}
}

// find looks for persons who have objected: for each purpose the newest word counts.
func (a *attacker) find(ctx context.Context) error {
	const document = `query($after: String) { customers(first: 200, after: $after, filter: {consents: {some: {consentStatus: {eq: OBJECTED}}}}, orderBy: [{employments: {count: DESC}}]) {
		pageInfo { hasNextPage endCursor }
		nodes { id name email phone consents(first: 50, orderBy: [{at: DESC}]) { nodes { purpose consentStatus } }
			employments(first: 3) { nodes { id } } interactions(first: 3) { nodes { id customers { totalCount } } } reports(first: 3) { nodes { id } } managers(first: 3) { nodes { id } } } } }`
	var after any
	for {
		var page struct {
			Customers struct {
				PageInfo struct {
					HasNextPage bool
					EndCursor   string
				}
				Nodes []victim
			}
		}
		res, err := a.ask(ctx, truth, document, map[string]any{"after": after})
		if err == nil {
			err = res.data(&page)
		}
		if err != nil {
			return fmt.Errorf("what the truth is cannot be asked for %s: %w", truth, err)
		}
		for _, v := range page.Customers.Nodes {
			i := slices.IndexFunc(v.Consents.Nodes, func(c struct{ Purpose, ConsentStatus string }) bool { return c.Purpose == a.purpose })
			if i < 0 || v.Consents.Nodes[i].ConsentStatus != "OBJECTED" || v.Name == "" {
				continue
			}
			alone, err := a.alone(ctx, v)
			if err != nil {
				return err
			}
			if alone {
				a.victims = append(a.victims, v)
			}
		}
		if len(a.victims) >= a.most || !page.Customers.PageInfo.HasNextPage {
			break
		}
		after = page.Customers.PageInfo.EndCursor
	}
	if len(a.victims) == 0 {
		return fmt.Errorf("nobody has objected to %s there, so that nothing is withheld that could be looked for", a.purpose)
	}
	a.victims = a.victims[:min(len(a.victims), a.most)]
	return nil
}

// alone reports whether nobody else has what the victim is known by: somebody may be kept twice, and have objected once.
func (a *attacker) alone(ctx context.Context, v victim) (bool, error) {
	var same []map[string]any
	for field, text := range v.known() {
		same = append(same, map[string]any{field: map[string]any{"eq": text}})
	}
	var got struct{ Customers struct{ TotalCount int } }
	r, err := a.ask(ctx, truth, `query($same: [CustomerFilter!]) { customers(filter: {or: $same}) { totalCount } }`, map[string]any{"same": same})
	if err == nil {
		err = r.data(&got)
	}
	return got.Customers.TotalCount == 1, err
}

// A reply is what a client gets.
type reply struct {
	status int
	header http.Header
	body   []byte
}

// data reads the data of an answer without errors.
func (r reply) data(into any) error {
	var a struct {
		Data   json.RawMessage
		Errors []struct{ Message string }
	}
	if err := json.Unmarshal(r.body, &a); err != nil {
		return fmt.Errorf("status %d: %w: %.200s", r.status, err, r.body)
	}
	if len(a.Errors) > 0 {
		return errors.New(a.Errors[0].Message)
	}
	return json.Unmarshal(a.Data, into)
}

// text is all that a reply tells, but for what differs from one to the next anyway.
func (r reply) text() string {
	h := r.header.Clone()
	for _, own := range []string{"Date", "Content-Length", "Retry-After"} {
		h.Del(own)
	}
	var b strings.Builder
	fmt.Fprintln(&b, r.status)
	if err := h.Write(&b); err != nil {
		panic(err) // into memory
	}
	b.Write(whenGiven.ReplaceAll(r.body, []byte(`"receipt":{`)))
	return b.String()
}

// whenGiven is when an answer was given, as its receipt has it.
var whenGiven = regexp.MustCompile(`"receipt":\{"at":"[^"]*",`)

func (a *attacker) ask(ctx context.Context, purpose, document string, variables map[string]any) (reply, error) {
	body, err := json.Marshal(map[string]any{"query": document, "variables": variables})
	if err != nil {
		return reply{}, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, a.base+"/graphql", bytes.NewReader(body))
	if err != nil {
		return reply{}, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "application/json")
	req.Header.Set("Kith-Purpose", purpose)
	req.Header.Set("X-Request-Id", "attack")
	req.Header.Set("Traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00")
	if token := a.tokens[purpose]; token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return reply{}, err
	}
	defer res.Body.Close()
	r := reply{status: res.StatusCode, header: res.Header}
	if r.body, err = io.ReadAll(res.Body); err != nil {
		return reply{}, err
	}
	if purpose != truth {
		a.asked++
		fmt.Fprintln(&a.told, r.text())
	}
	return r, nil
}

// read asks for the attacker's purpose, of what is to be answered.
func (a *attacker) read(ctx context.Context, into any, document string, args ...any) error {
	r, err := a.ask(ctx, a.purpose, fmt.Sprintf(document, args...), nil)
	if err == nil {
		err = r.data(into)
	}
	return err
}

func ready(ctx context.Context, base string) bool {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, base+"/readyz", nil)
	if err != nil {
		return false
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return false
	}
	defer res.Body.Close()
	return res.StatusCode == http.StatusOK
}
