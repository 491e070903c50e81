package clients

import (
	"bufio"
	"encoding/json"
	"errors"
	"maps"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/server"
	"github.com/kithgraph/kith/server/auth"
	"github.com/kithgraph/kith/web"
)

// app is where the pages' sources are.
const app = "../../web/app"

var installApp = sync.OnceValues(func() ([]byte, error) {
	lock, err := os.Stat(filepath.Join(app, "package-lock.json"))
	if err != nil {
		return nil, err
	}
	if have, err := os.Stat(filepath.Join(app, "node_modules/.package-lock.json")); err == nil && !have.ModTime().Before(lock.ModTime()) {
		return nil, nil
	}
	cmd := exec.Command("npm", "ci")
	cmd.Dir = app
	return cmd.CombinedOutput()
})

// An explorer is a server with the page, and a browser to use it.
type explorer struct {
	workspace
	chromium, api, page string
}

// chromium runs for all tests, and ends with them. It gives the address at which a script finds it. Without what draws its own windows, which
// is a package of its own, it takes half of the processor.
var chromium = sync.OnceValues(func() (string, error) {
	path, err := exec.LookPath("chromium-headless-shell")
	if err != nil {
		path, err = exec.LookPath("chromium")
	}
	if err != nil {
		return "", err
	}
	return background("node", "explorer/chromium.mjs", path)
})

// background starts a program that ends with its input, as it does with the tests, and gives the line that it prints.
func background(name string, args ...string) (string, error) {
	cmd := exec.Command(name, args...)
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		return "", err
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		return "", err
	}
	if err := cmd.Start(); err != nil {
		return "", err
	}
	atEnd(func() error { return errors.Join(in.Close(), cmd.Wait()) })
	line, err := bufio.NewReader(out).ReadString('\n')
	return strings.TrimSpace(line), err
}

// needChromium skips a test where there is none, unless it is to be there.
func needChromium(t *testing.T) string {
	t.Helper()
	needNode(t)
	address, err := chromium()
	if errors.Is(err, exec.ErrNotFound) && os.Getenv("KITH_REQUIRE_NODE") != "1" {
		t.Skip("Chromium is not there")
	}
	require.NoError(t, err)
	return address
}

func withPage(o *server.Options) { o.Page = web.Handler(web.SignIn{}) }

// openExplorer starts a server of the test's own.
func openExplorer(t *testing.T, with ...func(*server.Options)) explorer {
	t.Helper()
	at := needChromium(t)
	return explorerOn(t, at, serve(t, append([]func(*server.Options){withPage}, with...)...))
}

// readOnly is a server for tests that change nothing.
var readOnly struct {
	sync.Once
	api string
	err error
}

// readExplorer is for a test that changes nothing: it has its server with others.
func readExplorer(t *testing.T) explorer {
	t.Helper()
	at := needChromium(t)
	readOnly.Do(func() {
		var stop func() error
		if readOnly.api, stop, readOnly.err = start(t, withPage); readOnly.err == nil {
			atEnd(stop)
		}
	})
	require.NoError(t, readOnly.err)
	return explorerOn(t, at, readOnly.api)
}

func explorerOn(t *testing.T, chromium, api string) explorer {
	t.Helper()
	page := httptest.NewServer(asKnown(t, api))
	t.Cleanup(page.Close)
	return explorer{workspaceOf(t, "explorer"), chromium, api, page.URL + "/"}
}

func (e explorer) drive(t *testing.T, into any, script string, args ...string) {
	t.Helper()
	run(t, e.workspace, into, append([]string{script, e.chromium}, args...)...)
}

// json writes a value for a script to read.
func (e explorer) json(t *testing.T, name string, value any) string {
	t.Helper()
	text, err := json.Marshal(value)
	require.NoError(t, err)
	e.write(t, name, string(text))
	return name
}

// idOf is the id of the first node of a connection that matches.
func (e explorer) idOf(t *testing.T, connection, filter string) string {
	t.Helper()
	return e.idFor(t, "COMPLIANCE", connection, filter)
}

// idFor is that for a purpose, some of which have ids of their own.
func (e explorer) idFor(t *testing.T, purpose, connection, filter string) string {
	t.Helper()
	var data map[string]struct{ Nodes []struct{ ID string } }
	require.NoError(t, json.Unmarshal(ask(t, e.api, purpose, `{ `+connection+`(first: 1, filter: `+filter+`) { nodes { id } } }`, nil), &data))
	require.NotEmpty(t, data[connection].Nodes, "%s %s", connection, filter)
	return data[connection].Nodes[0].ID
}

// A view is a place of the explorer as somebody looks at it.
type view struct {
	Name     string   `json:"name"`
	Hash     string   `json:"hash"`
	Purpose  string   `json:"purpose"`
	Employee string   `json:"employee"`
	Width    int      `json:"width"`
	Height   int      `json:"height"`
	Scheme   string   `json:"scheme"`
	Keys     []string `json:"keys,omitempty"`
	Token    string   `json:"token,omitempty"`
	// Widths are further ones, at which it is looked where things stand.
	Widths []int `json:"widths,omitempty"`
	// Pictures: they are drawn beside lists, and are read, too.
	Pictures bool `json:"pictures,omitempty"`
}

// variant: the page is looked at elsewhere, for the purpose that it is most used for.
func (v view) variant() bool {
	return len(v.Keys) > 0 || strings.Contains(v.Name, "-") && !slices.Contains([]string{"deal-map", "journeys-map", "hidden-event", "hidden-events"}, v.Name)
}

// forcedUpdate finds the event of the demonstration world of whose aftermath something can be told, and something cannot.
const forcedUpdate = `{hiddenEventKind: {eq: FORCED_UPDATE}, at: {gte: "2026-01-01T00:00:00Z"}}`

// TestEveryViewOfTheExplorer looks at each wide and on a phone, in the light and in the dark, and has axe look, too. Pictures are kept
// in the folder that KITH_TEST_PICTURES names.
func TestEveryViewOfTheExplorer(t *testing.T) {
	e := openExplorer(t)
	lennart := e.idOf(t, "employees", `{name: {eq: "Lennart Grieshaber"}}`)
	lost := e.idOf(t, "deals", `{outcome: {eq: LOST}}`)
	open := e.idOf(t, "deals", `{name: {eq: "Extension 2026: Line Monitor"}}`)
	places := []view{
		{Name: "home", Hash: "#/", Purpose: "SALES", Employee: lennart},
		{Name: "home-whose", Hash: "#/", Purpose: "SALES"},
		{Name: "home-analysis", Hash: "#/", Purpose: "ANALYSIS"},
		{Name: "policy", Hash: "#/what-may-be-seen", Purpose: "SERVICE"},
		{Name: "search", Hash: "#/", Purpose: "SALES", Employee: lennart, Keys: []string{"/", "b", "e", "l"}},
		{Name: "purposes", Hash: "#/", Purpose: "SALES", Employee: lennart, Keys: []string{"p"}},
		{Name: "keys", Hash: "#/", Purpose: "SALES", Employee: lennart, Keys: []string{"?"}},
		{Name: "customers", Hash: "#/customers", Purpose: "SALES"},
		{Name: "customers-marketing", Hash: "#/customers", Purpose: "MARKETING"},
		{Name: "accounts", Hash: "#/accounts", Purpose: "SALES"},
		{Name: "deals", Hash: "#/deals", Purpose: "SALES"},
		{Name: "cases", Hash: "#/cases", Purpose: "SERVICE"},
		{Name: "interactions", Hash: "#/interactions", Purpose: "SERVICE"},
		{Name: "interactions-analysis", Hash: "#/interactions", Purpose: "ANALYSIS"},
		{Name: "customer", Hash: "#/customers/" + e.idOf(t, "customers", `{claims: {some: {undertaking: {deal: {id: {eq: "`+open+`"}}}}}}`), Purpose: "SALES"},
		{Name: "account", Hash: "#/accounts/" + e.idOf(t, "accounts", `{deals: {some: {id: {eq: "`+open+`"}}}}`), Purpose: "SALES"},
		{Name: "case", Hash: "#/cases/" + e.idOf(t, "cases", `{}`), Purpose: "SERVICE"},
		{Name: "employee", Hash: "#/employees/" + lennart, Purpose: "SALES"},
		{Name: "deal", Hash: "#/deals/" + open, Purpose: "SALES", Employee: lennart},
		{Name: "deal-map", Hash: "#/deals/" + open + "?tab=map", Purpose: "SALES", Employee: lennart},
		{Name: "deal-lost", Hash: "#/deals/" + lost, Purpose: "SALES", Employee: lennart},
		{Name: "deal-marketing", Hash: "#/deals/" + open, Purpose: "MARKETING"},
		{Name: "deal-analysis", Hash: "#/deals/" + e.idFor(t, "ANALYSIS", "deals", `{name: {eq: "Extension 2026: Line Monitor"}}`), Purpose: "ANALYSIS"},
		{Name: "deal-of-another-purpose", Hash: "#/deals/" + open, Purpose: "ANALYSIS"},
		{Name: "journeys", Hash: "#/journeys", Purpose: "SERVICE"},
		{Name: "journeys-map", Hash: "#/journeys?tab=map", Purpose: "SERVICE"},
		{Name: "journeys-variants", Hash: "#/journeys?tab=variants", Purpose: "SERVICE"},
		{Name: "journeys-funnel", Hash: "#/journeys?tab=funnel", Purpose: "SERVICE"},
		{Name: "journeys-segments", Hash: "#/journeys?tab=segments", Purpose: "SERVICE"},
		{Name: "journeys-again", Hash: "#/journeys?tab=again", Purpose: "SERVICE"},
		{Name: "journeys-felt", Hash: "#/journeys?tab=felt", Purpose: "SERVICE"},
		{Name: "journeys-attribution", Hash: "#/journeys?tab=attribution", Purpose: "SALES"},
		{Name: "journeys-analysis", Hash: "#/journeys", Purpose: "ANALYSIS"},
		{Name: "hidden-events", Hash: "#/hidden-events", Purpose: "SERVICE"},
		{Name: "hidden-event", Hash: "#/hidden-events/" + e.idOf(t, "hiddenEvents", forcedUpdate), Purpose: "SERVICE"},
		{Name: "hidden-event-refused", Hash: "#/hidden-events/" + e.idOf(t, "hiddenEvents", `{hiddenEventKind: {eq: CREDIT_LIMIT}}`) + "?window=P180D", Purpose: "MARKETING"},
		{Name: "nowhere", Hash: "#/nowhere", Purpose: "SALES"},
		{Name: "deals-as-of-no-day", Hash: "#/deals?asOf=2026-02-30", Purpose: "SALES"},
		{Name: "nowhere-broken-off", Hash: "#/customers/%E0%A4?asOf=2026-13-45", Purpose: "SALES"},
		// Between a phone and a desk, where what accompanies a page has no room beside it.
		{Name: "home-laptop", Hash: "#/", Purpose: "SALES", Employee: lennart, Width: 1024},
		{Name: "account-laptop", Hash: "#/accounts/" + e.idOf(t, "accounts", `{subsidiaries: {count: {gte: 1}}}`), Purpose: "SALES", Width: 1024},
		{Name: "journeys-segments-laptop", Hash: "#/journeys?tab=segments", Purpose: "SERVICE", Width: 1024},
		{Name: "hidden-event-laptop", Hash: "#/hidden-events/" + e.idOf(t, "hiddenEvents", forcedUpdate), Purpose: "SERVICE", Width: 1250},
		{Name: "deal-laptop", Hash: "#/deals/" + open, Purpose: "SALES", Employee: lennart, Width: 1120},
		{Name: "customer-laptop", Hash: "#/customers/" + e.idOf(t, "customers", `{claims: {some: {undertaking: {deal: {id: {eq: "`+open+`"}}}}}}`), Purpose: "SALES", Width: 1100},
		{Name: "policy-tablet", Hash: "#/what-may-be-seen", Purpose: "SERVICE", Width: 800},
		{Name: "deals-tablet", Hash: "#/deals", Purpose: "SALES", Width: 800},
	}
	// Between a phone and a desk things stand as on neither.
	between := []int{600, 768, 1000}
	var views []view
	absences, among := e.absences(t)
	for i, p := range append(places, absences...) {
		// Wide in one scheme and narrow in the other; the next place the other way round. What a page shows for another purpose, or over
		// it, is looked at in one of them.
		schemes := []string{"light", "dark"}
		wide, narrow := p, p
		wide.Name, wide.Width, wide.Height, wide.Scheme = p.Name+"-1440", 1440, 900, schemes[i%2]
		wide.Widths = between
		narrow.Name, narrow.Width, narrow.Height, narrow.Scheme = p.Name+"-390", 390, 844, schemes[(i+1)%2]
		if p.variant() {
			narrow.Widths = between
		}
		switch {
		case p.Width > 0:
			p.Height, p.Scheme = 800, schemes[i%2]
			views = append(views, p)
		case !p.variant():
			views = append(views, wide, narrow)
		case i%2 == 0:
			views = append(views, wide)
		default:
			views = append(views, narrow)
		}
	}
	absent := e.look(t, views)
	maps.Copy(absent, oneself(t, among, e.everybody(t)))
	allAbsences(t, absent)
}

// look opens views and holds them to what holds of all. It says which kinds of absence, and reasons for it, are in which view.
func (e explorer) look(t *testing.T, views []view) (absent map[string]string) {
	t.Helper()
	var seen []struct {
		Name, Title, Crumb                           string
		Layout, Faults, Problems, Violations, Absent []string
	}
	args := []string{e.page, e.json(t, "views.json", views)}
	if pictures := os.Getenv("KITH_TEST_PICTURES"); pictures != "" {
		require.NoError(t, os.MkdirAll(pictures, 0o755))
		args = append(args, pictures)
	}
	e.drive(t, &seen, "views.mjs", args...)
	require.Len(t, seen, len(views))
	absent = map[string]string{}
	for i, s := range seen {
		for _, one := range s.Absent {
			absent[one] = s.Name
		}
		t.Run(s.Name, func(t *testing.T) {
			assert.Empty(t, s.Violations, "axe")
			assert.Empty(t, s.Problems, "what the browser minds")
			assert.Empty(t, s.Layout, "what sticks out on the right, or lies on something else")
			assert.NotEmpty(t, s.Title, "a title")
			assert.NotRegexp(t, `[a-z]{3}_[a-z2-7]{20}`, s.Crumb, "an id")
			if place, ok := strings.CutPrefix(s.Crumb, "Customers"); ok && place != "" {
				assert.Contains(t, s.Title, place, "who it is, or why that is withheld")
			}
			for _, fault := range s.Faults {
				assert.NotEqual(t, "SELF", views[i].Purpose, "whoever asks about herself is asked for nothing that she is refused: %s", fault)
				assert.Contains(t, fault, "PURPOSE_DENIED", "an error that is none of a purpose")
			}
		})
	}
	return absent
}

// TestWhatAPurposeMayNotSeeIsGoneFromTheExplorer walks from SALES to MARKETING in one tab, and searches the page, what the browser keeps and what it hears
// for names that MARKETING may not see.
func TestWhatAPurposeMayNotSeeIsGoneFromTheExplorer(t *testing.T) {
	e := readExplorer(t)
	names := func(purpose string) []string {
		var data struct {
			Customers struct {
				Nodes []struct{ Name, Email string }
			}
		}
		require.NoError(t, json.Unmarshal(ask(t, e.api, purpose, `{ customers(first: 200) { nodes { name email } } }`, nil), &data))
		var all []string
		for _, c := range data.Customers.Nodes {
			all = append(all, c.Name, c.Email)
		}
		return slices.DeleteFunc(all, func(s string) bool { return s == "" })
	}
	marketing := names("MARKETING")
	words := slices.DeleteFunc(names("SALES"), func(word string) bool {
		return slices.ContainsFunc(marketing, func(known string) bool { return strings.Contains(known, word) })
	})
	require.Greater(t, len(words), 100)
	deal := e.idOf(t, "deals", `{name: {eq: "Extension 2026: Line Monitor"}}`)
	var seen struct {
		SeenBySales, Leaks, Problems []string
	}
	e.drive(t, &seen, "leak.mjs", e.page, e.json(t, "places.json", []string{
		"#/customers", "#/deals/" + deal, "#/accounts/" + e.idOf(t, "accounts", `{deals: {some: {id: {eq: "`+deal+`"}}}}`),
		"#/customers/" + e.idOf(t, "customers", `{claims: {some: {undertaking: {deal: {id: {eq: "`+deal+`"}}}}}}`), "#/interactions",
	}), e.json(t, "words.json", words))
	assert.Greater(t, len(seen.SeenBySales), 10, "the words are on the page for SALES")
	assert.Empty(t, seen.Leaks)
	assert.Empty(t, seen.Problems)
}

// TestSigningInByAnOpenIDProvider signs in with a code and PKCE, has the token renewed, also after its end, and not renewed; and signs out again while it is
// renewed. A list that waits to be asked again by then is not asked with a token of before.
func TestSigningInByAnOpenIDProvider(t *testing.T) {
	needChromium(t)
	issuer, err := background("node", "explorer/provider.mjs")
	require.NoError(t, err)
	verifier, err := auth.New(t.Context(), auth.Options{JWKS: issuer + "/jwks", Audience: "kith", Issuer: issuer})
	require.NoError(t, err)
	e := openExplorer(t, func(o *server.Options) {
		o.Auth, o.Page = verifier, web.Handler(web.SignIn{Issuer: issuer, Client: "explorer", Scope: "openid offline_access"})
	})
	type gone struct {
		Times, Rows, Renewing int
		Later                 []string
		Text                  string
	}
	var seen struct {
		Place, Title, Kept, Typed, Left string
		First, Renewed, Renewing        int
		Refused, Rows                   int
		Leaked                          bool
		Offered, Slept, Problems, Back  []string
		Cut                             []any
		Rested                          struct {
			Asked, Soon, Later int
			Title              string
		}
		Ended, SignedOut gone
	}
	e.drive(t, &seen, "sign-in.mjs", e.page, issuer)
	assert.Equal(t, []string{"Go on for Sales", "Go on for Marketing", "Sign out"}, seen.Offered, "for what the token names, where what was chosen before is refused")
	assert.Equal(t, e.page+"#/what-may-be-seen", seen.Place, "the place from which one left, and no code")
	assert.Equal(t, "What may be seen for what", seen.Title)
	assert.Equal(t, 1, seen.First)
	assert.Greater(t, seen.Renewed, 1, "it is asked with the token that was renewed")
	assert.Equal(t, "Bell", seen.Typed, "what somebody was at goes on while the token is renewed")
	assert.Equal(t, []string{seen.Title, "Accounts", "Accounts"}, seen.Slept, "a tab that slept past the end of its token waits for the next one, and tells of no error")
	assert.NotZero(t, seen.Refused, "what it asked meanwhile was refused")
	assert.NotZero(t, seen.Rows, "and is asked again by itself")
	require.Len(t, seen.Cut, 4)
	assert.Equal(t, "Accounts", seen.Cut[0], "an issuer that is not reached has ended no token")
	assert.NotZero(t, seen.Cut[1])
	assert.Equal(t, []any{"Customers", 0.}, seen.Cut[2:], "who she is goes on once the network is back")
	assert.Contains(t, []int{1, 2}, seen.Rested.Asked, "before the token ended, and then")
	assert.Zero(t, seen.Rested.Soon, "an issuer that cannot answer is left alone for a while")
	assert.Contains(t, []int{2, 3}, seen.Rested.Later, "and asked again")
	assert.Equal(t, "Customers", seen.Rested.Title, "she is who she was once it can")
	for how, gone := range map[string]gone{"its token has ended": seen.Ended, "she has signed out": seen.SignedOut} {
		assert.Equal(t, 1, gone.Times, "%s: a list is not asked for again", how)
		assert.Empty(t, gone.Later, "%s: what was asked with a token", how)
		assert.Zero(t, gone.Rows, how)
		assert.Zero(t, gone.Renewing, "%s: the issuer is asked for no further token", how)
		assert.Regexp(t, `^\s*Sign in to Kith\s+Sign in at \S+\s+Your token is kept in the memory of this tab, and nowhere else.\s*$`, gone.Text, "%s: nothing is left", how)
	}
	assert.Equal(t, []string{e.page + "#/deals", e.page + "#/deals"}, seen.Back, "who signs in again comes back to where she was")
	assert.Equal(t, "Sign in to Kith", seen.Left, "a token that comes after one has signed out is not taken")
	assert.Zero(t, seen.Renewing, "nor is it renewed")
	assert.False(t, seen.Leaked, "a token is kept: %s", seen.Kept)
	assert.Empty(t, seen.Problems)
}
