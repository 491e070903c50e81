package e2e

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/server/auth"
)

// get asks at /v1/changes.
func (p *program) get(ctx context.Context, base string, purpose graph.Purpose, token string, query url.Values) (*http.Response, string, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimSuffix(base, "/graphql")+"/v1/changes?"+query.Encode(), nil)
	if err != nil {
		return nil, "", err
	}
	req.Header.Set("Kith-Purpose", string(purpose))
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return nil, "", err
	}
	defer res.Body.Close()
	body, err := io.ReadAll(res.Body)
	return res, string(body), err
}

func TestChangesComeAsLinesOfEvents(t *testing.T) {
	onBothStores(t, func(t *testing.T, p *program) {
		v := &victims{program: p}
		v.write(t, v.settled())
		get := func(query url.Values) (*http.Response, string) {
			t.Helper()
			res, body, err := p.get(t.Context(), p.url, graph.Sales, "", query)
			require.NoError(t, err)
			return res, body
		}
		res, body := get(nil)
		assert.Equal(t, http.StatusOK, res.StatusCode)
		assert.Empty(t, body)
		cursor := res.Header.Get("Kith-Cursor")
		v.write(t, &graph.Batch{Source: "crm", Nodes: []graph.Upsert{v.node("Customer", "ada", graph.Values{"email": "ada@kith.example", "birthYear": int64(1960)}), v.node("Account", "new", graph.Values{"name": "New"})}})
		v.write(t, &graph.Batch{Source: "crm", Nodes: []graph.Upsert{v.node("Product", "probe", graph.Values{"name": "A probe"})}})
		res, body = get(url.Values{"after": {cursor}, "first": {"2"}})
		assert.Equal(t, "application/x-ndjson", res.Header.Get("Content-Type"))
		assert.Equal(t, "true", res.Header.Get("Kith-More"))
		lines := strings.Split(strings.TrimSuffix(body, "\n"), "\n")
		require.Len(t, lines, 2)
		var event map[string]any
		require.NoError(t, json.Unmarshal([]byte(lines[1]), &event))
		assert.Regexp(t, "^[A-Za-z0-9_-]{22}$", event["id"])
		delete(event, "id")
		assert.Equal(t, map[string]any{
			"specversion": "1.0", "source": "/v1/changes", "type": "kith.changed", "subject": v.ids["ada"], "time": "2026-11-23T12:00:00Z", "datacontenttype": "application/json",
			"data": map[string]any{"id": v.ids["ada"], "type": "Customer", "change": "CHANGED", "fields": []any{"email"}},
		}, event)
		_, again := get(url.Values{"after": {cursor}, "first": {"2"}})
		assert.Equal(t, body, again, "what is told again has the same ids")
		res, body = get(url.Values{"after": {res.Header.Get("Kith-Cursor")}, "kinds": {"Product,Deal"}})
		assert.Contains(t, body, v.ids["probe"])
		assert.Equal(t, "false", res.Header.Get("Kith-More"))
		t.Run("who waits is told when something changes, and not by what is silent", func(t *testing.T) {
			after := res.Header.Get("Kith-Cursor")
			came := make(chan string)
			go func() {
				_, body, err := p.get(t.Context(), p.url, graph.Sales, "", url.Values{"after": {after}, "wait": {"30"}})
				assert.NoError(t, err)
				came <- body
			}()
			v.write(t, &graph.Batch{Source: "crm", Nodes: []graph.Upsert{v.node("Customer", "bob", graph.Values{"email": "bob@kith.example"})}})
			select {
			case body := <-came:
				t.Fatal("told of what is withheld: " + body)
			case <-time.After(time.Second):
			}
			v.write(t, &graph.Batch{Source: "crm", Nodes: []graph.Upsert{v.node("Customer", "dan", graph.Values{"email": "dan@kith.example"})}})
			wrote := time.Now()
			body := <-came
			assert.Less(t, time.Since(wrote), 5*time.Second)
			assert.Contains(t, body, v.ids["dan"])
			assert.NotContains(t, body, v.ids["bob"])
		})
		t.Run("who waits in vain gets a cursor", func(t *testing.T) {
			res, body := get(url.Values{"wait": {"0.6"}})
			assert.Equal(t, http.StatusOK, res.StatusCode)
			assert.Empty(t, body)
			assert.NotEmpty(t, res.Header.Get("Kith-Cursor"))
		})
		for name, c := range map[string]struct {
			query  url.Values
			status int
			says   string
		}{
			"a parameter that there is not":   {url.Values{"since": {"1"}}, 400, `there is no parameter \"since\"; there are after, kinds, first and wait`},
			"a parameter that is given twice": {url.Values{"kinds": {"Deal", "Order"}}, 400, "the parameter kinds is given 2 times"},
			"a kind that there is not":        {url.Values{"kinds": {"Deal,Dael"}}, 400, `there is no type of nodes \"Dael\"`},
			"no number":                       {url.Values{"first": {"many"}}, 400, "the parameter first is to be a whole number"},
			"too many":                        {url.Values{"first": {"1000"}}, 400, "first is from 1 to 200, not 1000"},
			"too long a wait":                 {url.Values{"wait": {"31"}}, 400, "the parameter wait is to be a number of seconds from 0 to 30"},
			"no cursor":                       {url.Values{"after": {"x"}}, 400, "this is not a cursor of changes for the purpose SALES"},
		} {
			t.Run(name+" is refused", func(t *testing.T) {
				res, body := get(c.query)
				assert.Equal(t, c.status, res.StatusCode)
				assert.Contains(t, body, c.says)
				assert.Contains(t, body, `"code":"BAD_USER_INPUT"`)
			})
		}
		t.Run("who fell behind is told that it is gone", func(t *testing.T) {
			require.NoError(t, p.store.Trim(t.Context(), graph.At(now)+1))
			res, body := get(url.Values{"after": {cursor}})
			assert.Equal(t, http.StatusGone, res.StatusCode)
			assert.Contains(t, body, `"code":"CURSOR_EXPIRED"`)
		})
	})
}

func TestChangesTakeTheRoleSync(t *testing.T) {
	p := onSQLite(t)
	for role, status := range map[auth.Role]int{auth.Reader: 403, auth.Writer: 403, auth.Officer: 403, auth.Monitor: 403, auth.Sync: 200, auth.Admin: 200} {
		t.Run(string(role), func(t *testing.T) {
			token, err := auth.Sign(tokens, auth.Caller{Subject: "another system", Roles: []auth.Role{role}, Purposes: []graph.Purpose{graph.Sales, graph.Analysis}}, time.Hour)
			require.NoError(t, err)
			res, body, err := p.get(t.Context(), p.own, graph.Sales, token, nil)
			require.NoError(t, err)
			assert.Equal(t, status, res.StatusCode, body)
			if status == 200 {
				res, body, err = p.get(t.Context(), p.own, graph.Analysis, token, nil)
				require.NoError(t, err)
				assert.Equal(t, 403, res.StatusCode)
				assert.Contains(t, body, `"code":"PURPOSE_DENIED"`)
			}
		})
	}
	res, _, err := p.get(t.Context(), p.own, graph.Sales, "", nil)
	require.NoError(t, err)
	assert.Equal(t, 401, res.StatusCode)
}

// TestChangesLeaveAReceiptOfThoseWhomTheyTellOf also sees to it that the receipt itself is no change.
func TestChangesLeaveAReceiptOfThoseWhomTheyTellOf(t *testing.T) {
	p := onSQLite(t)
	v := &victims{program: p}
	v.write(t, v.settled())
	after := p.from(t, graph.Sales)
	b := &graph.Batch{Source: "crm", Nodes: []graph.Upsert{
		v.node("Customer", "ada", graph.Values{"email": "ada@kith.example"}), v.node("Customer", "bob", graph.Values{"email": "bob@kith.example"}),
		v.node("Interaction", "visit", graph.Values{"text": "He came again"}), v.node("Account", "acme", graph.Values{"name": "Acme 2"}),
	}}
	v.write(t, b)
	p.page(t, graph.Sales, map[string]any{"after": after})
	left := p.leftFor(changesQuery)
	told := map[string]string{}
	for _, s := range left.Subjects {
		told[s.ID] = fmt.Sprint(s.Categories)
	}
	assert.Equal(t, map[string]string{v.ids["ada"]: "[CONTACT BEHAVIOUR CONTENT]", v.ids["dan"]: "[BEHAVIOUR CONTENT]"}, told)
}
