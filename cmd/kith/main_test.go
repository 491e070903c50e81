package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/vektah/gqlparser/v2"
	"github.com/vektah/gqlparser/v2/ast"
)

// asProgram is set for a process that is to be Kith, not its tests.
const asProgram = "KITH_TEST_AS_PROGRAM"

func TestMain(m *testing.M) {
	if os.Getenv(asProgram) != "" {
		main()
	}
	os.Exit(m.Run())
}

// process is the program in a process of its own, which can be killed: this one again, so that no test waits for a build.
func process(args ...string) *exec.Cmd {
	cmd := exec.Command(os.Args[0], args...)
	cmd.Env = append(os.Environ(), asProgram+"=1")
	return cmd
}

// call runs the program and gives what it printed.
func call(t *testing.T, args ...string) (status int, stdout, stderr string) {
	t.Helper()
	var out, err bytes.Buffer
	status = run(t.Context(), args, &out, &err)
	return status, out.String(), err.String()
}

func write(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
	return path
}

// empty is a store without a node.
func empty(t *testing.T) (store string) {
	t.Helper()
	store = "sqlite:" + filepath.Join(t.TempDir(), "kith.db")
	g, err := storeFlag{Store: store}.orNew(&program{ctx: t.Context(), err: t.Output()})
	require.NoError(t, err)
	require.NoError(t, g.Close())
	return store
}

// loaded is a file of SQLite with the demonstration world and the store's key beside it, as kith demo makes them, and the day before whose
// midnight the world ends.
var loaded = sync.OnceValue(func() (l struct {
	day   time.Time
	files map[string][]byte
	err   error
}) {
	dir, err := os.MkdirTemp("", "kith")
	if err != nil {
		l.err = err
		return l
	}
	defer os.RemoveAll(dir)
	l.day, l.files = time.Now().UTC().Truncate(24*time.Hour), map[string][]byte{}
	if out, err := process("demo", "--store", "sqlite:"+filepath.Join(dir, "kith.db")).CombinedOutput(); err != nil {
		l.err = fmt.Errorf("kith demo: %w: %s", err, out)
		return l
	}
	for _, name := range []string{"kith.db", "kith.db.key"} {
		if l.files[name], err = os.ReadFile(filepath.Join(dir, name)); err != nil {
			l.err = err
		}
	}
	return l
})

// demonstration is a store of the test's own with the demonstration world, which is loaded once for all.
func demonstration(t *testing.T) (store string, day time.Time) {
	t.Helper()
	l, dir := loaded(), t.TempDir()
	require.NoError(t, l.err)
	for name, content := range l.files {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), content, 0o600))
	}
	return "sqlite:" + filepath.Join(dir, "kith.db"), l.day
}

func TestSchemaPrintsAWholeSchema(t *testing.T) {
	status, out, _ := call(t, "schema")
	require.Zero(t, status)
	_, err := gqlparser.LoadSchema(&ast.Source{Input: out})
	require.NoError(t, err)
}

func TestWhatIsWrongIsSaid(t *testing.T) {
	db := empty(t)
	mapping := write(t, "m.yaml", "source: x\nfiles: [{file: a.csv, nodes: [{kind: Nothing, id: id}]}]\n")
	query := write(t, "q.graphql", "{ accounts(first: 500) { totalCount } }")
	for _, c := range []struct {
		name   string
		args   []string
		status int
		err    string
	}{
		{"an unknown flag", []string{"serve", "--prot"}, 2, "unknown flag --prot"},
		{"a store that is none", []string{"demo", "--store", "mysql"}, 1, `--store: "mysql" is neither sqlite:FILE nor an address`},
		{"a store without its password shown", []string{"demo", "--store", "bolt://u:secret@127.0.0.1:1"}, 1, "--store bolt://u:xxxxx@127.0.0.1:1"},
		{"an address that cannot be parsed, without its password", []string{"demo", "--store", "bolt://u:se%zzcret@127.0.0.1:1"}, 1, "--store bolt://xxxxx@127.0.0.1:1"},
		{"a slash in the password", []string{"demo", "--store", "bolt://u:1/secret@127.0.0.1:1"}, 1, "--store bolt://xxxxx@127.0.0.1:1"},
		{"an at sign in the password", []string{"demo", "--store", "bolt://u:a@secret@127.0.0.1:1"}, 1, "xxxxx@127.0.0.1:1"},
		{"an at sign and a slash in it", []string{"demo", "--store", "bolt://u@h:1/secret@127.0.0.1:1"}, 1, "--store bolt://xxxxx@127.0.0.1:1"},
		{"an address without slashes", []string{"demo", "--store", "bolt:u:secret@127.0.0.1:1"}, 1, `--store: "xxxxx@127.0.0.1:1" is neither`},
		{"a purpose that is none", []string{"serve", "--purpose", "FUN"}, 2, `--purpose must be one of "","SERVICE","SALES"`},
		{"an address that others reach", []string{"serve", "--store", db, "--addr", "0.0.0.0:0"}, 1, "--addr"},
		{"a document that cannot be right", []string{"serve", "--store", db, "--documents", filepath.Dir(write(t, "d.graphql", "{\n  nothing\n}"))}, 1, `d.graphql:2: Cannot query field "nothing" on type "Query"`},
		{"a folder without documents", []string{"serve", "--store", db, "--documents", t.TempDir()}, 1, "--documents: "},
		{"a folder that is not there", []string{"serve", "--store", db, "--documents", "nowhere"}, 2, "--documents: there is no file or folder /"},
		{"a policy that is not there", []string{"serve", "--store", db, "--policy", "nowhere.yaml"}, 2, "--policy: there is no file or folder /"},
		{"a configuration that is not there", []string{"serve", "--config", "nowhere.yaml"}, 2, "--config: there is no file or folder /"},
		{"no documents to keep to", []string{"serve", "--store", db, "--documents-only", "--no-pages"}, 1, "--documents-only: say which, by --documents DIR, or leave out --no-pages"},
		{"a mapping that cannot be right", []string{"ingest", "--store", db, "--mapping", mapping, "."}, 1, `nodes[0].kind: there is no kind "Nothing"`},
		{"a folder that is not there, to load from", []string{"ingest", "--store", db, "--mapping", "northwind", "nowhere"}, 1, "there is no file or folder nowhere"},
		{"a folder that is not there, for rejected rows", []string{"ingest", "--store", db, "--mapping", "northwind", "--rejects", "nowhere/r.csv", "../../graph/ingest/testdata/northwind"}, 1, "--rejects: there is no directory nowhere"},
		{"a folder that is not there, for the store", []string{"serve", "--store", "sqlite:nowhere/kith.db"}, 1, "--store sqlite:nowhere/kith.db: there is no directory nowhere"},
		{"a folder that is not there, for the key", []string{"demo", "--store", db, "--key", "nowhere/kith.key"}, 1, "--key: there is no directory nowhere for the key"},
		{"a folder for a store", []string{"serve", "--store", "sqlite:."}, 1, "--store sqlite:.: . is a directory, where a file is meant"},
		{"a time that is none", []string{"serve", "--store", db, "--receipt-window=-5s"}, 2, "--receipt-window: a time from 0s on is needed, not -5s"},
		{"less than no time for plans", []string{"serve", "--store", db, "--first-plan=-1ms"}, 2, "--first-plan: a time from 0s on is needed, not -1ms"},
		{"an origin that is none", []string{"serve", "--store", db, "--allow-origin", "app.example"}, 2, `--allow-origin: an origin is as a browser sends it`},
		{"less than no rejected rows", []string{"ingest", "--store", db, "--mapping", "northwind", "--allow-rejects=-4", "."}, 2, "--allow-rejects: a number of rows from 0 on is needed, not -4"},
		{"a token for a purpose that is none", []string{"token", "--auth-secret", strings.Repeat("s", 32), "--sub", "ann", "--purposes", "SALE"}, 2, `--purposes: there is no purpose "SALE" to ask for; purposes are SERVICE, SALES, MARKETING, ANALYSIS, COMPLIANCE, and SELF comes with --customer`},
		{"a token for a role that is none", []string{"token", "--auth-secret", strings.Repeat("s", 32), "--sub", "ann", "--purposes", "SALES", "--roles", "redaer"}, 2, `--roles: there is no role "redaer"; roles are monitor, reader, writer, officer, sync, admin`},
		{"a token of a customer by what a source calls her", []string{"token", "--auth-secret", strings.Repeat("s", 32), "--sub", "ann", "--customer", "crm:1"}, 1, `--customer: an id of Kith's is needed, as cus_…, not "crm:1"`},
		{"a limit below zero", []string{"serve", "--max-depth", "-3"}, 2, "--max-depth: a number from 1 to 1000 is needed, not -3"},
		{"a time below zero", []string{"serve", "--receipt-window", "-5s"}, 2, "--receipt-window: a time from 0s on is needed, not -5s"},
		{"a configuration that is no YAML", []string{"serve", "--config", write(t, "c.yaml", "a: [\n")}, 2, "/c.yaml: "},
		{"a scope without an issuer", []string{"serve", "--oidc-scope", "openid"}, 2, "--oidc-scope: nobody is asked for it without --oidc-issuer and --oidc-client"},
		{"an audience of no tokens", []string{"serve", "--auth-audience", "us"}, 2, "--auth-audience: no token is asked for without --auth-secret or --auth-jwks"},
		{"an issuer of no tokens", []string{"serve", "--auth-issuer", "us"}, 2, "--auth-issuer: no token is asked for without --auth-secret or --auth-jwks"},
		{"a token that has expired", []string{"token", "--auth-secret", strings.Repeat("s", 32), "--sub", "ann", "--purposes", "SALES", "--ttl=-1h"}, 2, "--ttl: a time above 0s is needed, not -1h0m0s"},
		{"a mapping that is not there", []string{"ingest", "--store", db, "--mapping", "southwind", "."}, 1, "no mapping of that name is shipped"},
		{"a query that cannot be right", []string{"explain", "--store", db, "--purpose", "SALES", query}, 1, "accounts: first is from 1 to 200, not 500"},
		{"a token for nothing", []string{"token", "--auth-secret", strings.Repeat("s", 32), "--sub", "ann"}, 1, "--purposes: say what she may ask for, or with --customer which customer she is"},
		{"a customer's token for another purpose", []string{"token", "--auth-secret", strings.Repeat("s", 32), "--sub", "ann", "--customer", "cus_1", "--purposes", "SALES"}, 1, "--customer: a customer asks for SELF, without --purposes"},
		{"variables that are none", []string{"explain", "--store", db, "--variables", "{", query}, 1, "--variables is not one JSON object: it ends too early, at line 1, column 2"},
		{"variables with something behind them", []string{"explain", "--store", db, "--variables", "{} {}", query}, 1, "--variables is not one JSON object: something stands behind it, at line 1, column 4"},
		{"a variable that does not fit", []string{"explain", "--store", db, "--purpose", "SALES", "--variables", `{"n": 1.5}`, write(t, "v.graphql", "query($n: Int) {\n accounts(first: $n) { totalCount } }")}, 1, "v.graphql:1:7: variable $n must be a whole number of 32 bits, not 1.5"},
		{"a document that does not parse", []string{"explain", "--store", db, "--purpose", "SALES", write(t, "p.graphql", "{\n accounts {")}, 1, "p.graphql:2:12: Expected Name, found <EOF>"},
		{"two operations", []string{"explain", "--store", db, "--purpose", "SALES", write(t, "o.graphql", "query A { __typename } query B { __typename }")}, 1, "o.graphql:1:1: the document has 2 operations"},
	} {
		t.Run(c.name, func(t *testing.T) {
			status, _, err := call(t, c.args...)
			assert.Equal(t, c.status, status)
			assert.Contains(t, err, c.err)
			assert.NotContains(t, strings.ReplaceAll(err, "--auth-secret", ""), "secret")
			assert.NotContains(t, err, "zzcret")
		})
	}
}

func TestIngestFailsOnRejectsUnlessTheyAreAllowed(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "a.csv"), []byte("id,name\n1,A\n2\n"), 0o600))
	mapping := write(t, "m.yaml", "source: x\nfiles: [{file: a.csv, nodes: [{kind: Account, id: id, set: {name: name}}]}]\n")
	rejects := filepath.Join(t.TempDir(), "rejects.csv")
	args := []string{"ingest", "--store", "sqlite:" + filepath.Join(t.TempDir(), "kith.db"), "--mapping", mapping, "--rejects", rejects, dir}

	status, out, err := call(t, args...)
	assert.Equal(t, 1, status)
	assert.Contains(t, err, "1 rows were rejected, see "+rejects)
	assert.Regexp(t, `a\.csv +2 rows +1 loaded +0 unchanged +1 rejected +0 skipped`, out)
	text, readErr := os.ReadFile(rejects)
	require.NoError(t, readErr)
	assert.Equal(t, "kith.file,kith.line,kith.reason,id,name\na.csv,3,1 cells where the header has 2,2\n", string(text))

	status, out, _ = call(t, append(args, "--allow-rejects", "1")...)
	assert.Zero(t, status)
	assert.Contains(t, out, "0 nodes created, 0 changed", "the rest was loaded the first time")

	require.NoError(t, os.WriteFile(filepath.Join(dir, "a.csv"), []byte("id,name\n1,A\n2,B\n"), 0o600))
	status, _, _ = call(t, args...)
	assert.Zero(t, status)
	again, readErr := os.ReadFile(rejects)
	require.NoError(t, readErr)
	assert.Equal(t, string(text), string(again), "no later run removes it")

	require.NoError(t, os.WriteFile(rejects, []byte(strings.Replace(string(text), "has 2,2", "has 2,3,C", 1)), 0o600))
	status, out, _ = call(t, append(args[:len(args)-1], rejects)...)
	assert.Zero(t, status)
	assert.Contains(t, out, "1 nodes created", "what was rejected is loaded when it is mended")
}

func TestIngestTakesThePolicysWordForASource(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "a.csv"), []byte("id,proof\n1,card 7\n2,\n"), 0o600))
	mapping := write(t, "m.yaml", "source: cards\nfiles: [{file: a.csv, nodes: [{kind: Consent, id: id, set: {status: '\"GRANTED\"', proof: proof}}]}]\n")
	args := []string{"ingest", "--store", "sqlite:" + filepath.Join(t.TempDir(), "kith.db"), "--mapping", mapping, dir}
	status, out, err := call(t, args...)
	require.Zero(t, status, err)
	assert.Contains(t, out, "2 nodes created, 0 changed")
	_, shipped, _ := call(t, "policy", "show", "--yaml")
	naming := func(source string) string {
		return write(t, source+".yaml", strings.Replace(shipped, "consentSources: []", "consentSources: ["+source+"]", 1))
	}
	for _, c := range []struct{ name, policy, says string }{
		{"another is named", naming("form"), "0 nodes created, 0 changed"},
		{"it is named: one of its rows has a proof", naming("cards"), "0 nodes created, 1 changed"},
		{"and again", naming("cards"), "0 nodes created, 0 changed"},
	} {
		t.Run(c.name, func(t *testing.T) {
			status, out, err := call(t, append(args, "--policy", c.policy)...)
			require.Zero(t, status, err)
			assert.Contains(t, out, c.says)
		})
	}
	_, out, _ = call(t, "policy", "show", "--policy", naming("cards"))
	assert.Contains(t, out, "sources whose consents take back what was refused: cards")
	status, _, err = call(t, append(args, "--policy", write(t, "p.yaml", "consentSources: []"))...)
	assert.Equal(t, 1, status)
	assert.Contains(t, err, "rules: COMPANY has no basis for SERVICE")
}

func TestExplainPrintsStatementParametersAndPlan(t *testing.T) {
	query := write(t, "q.graphql", `query($n: String) { accounts(filter: {name: {eq: $n}}) { edges { node { name } } } }`)
	status, out, err := call(t, "explain", "--store", empty(t), "--purpose", "SALES", "--variables", `{"n": "Kith"}`, query)
	require.Zero(t, status, err)
	assert.Contains(t, out, `FROM "node_Account"`)
	assert.Contains(t, out, `"Kith"`)
	assert.Contains(t, out, "INDEX node_Account_name_id")
}

func TestServeLoadsTheDemonstrationWorldAndAnswers(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	r, w := io.Pipe()
	done := make(chan int)
	go func() {
		done <- run(ctx, []string{"serve", "--addr", "127.0.0.1:0", "--store", "sqlite:" + filepath.Join(t.TempDir(), "kith.db"), "--demo", "--purpose", "SALES"}, w, io.Discard)
	}()
	line := make([]byte, 200)
	n, err := r.Read(line)
	require.NoError(t, err)
	go io.Copy(io.Discard, r)
	url := regexp.MustCompile(`http://\S+/graphql`).FindString(string(line[:n]))
	require.NotEmpty(t, url)
	assert.Eventually(t, func() bool {
		res, err := http.Post(url, "application/json", strings.NewReader(`{"query": "{ customers { totalCount } accounts { totalCount } interactions { totalCount } }"}`))
		if err != nil {
			return false
		}
		defer res.Body.Close()
		text, err := io.ReadAll(res.Body)
		return err == nil && res.StatusCode == http.StatusOK && regexp.MustCompile(`"interactions":\{"totalCount":1[01]\d{3}\}`).Match(text)
	}, time.Minute, 200*time.Millisecond)
	stop()
	assert.Zero(t, <-done)
}

func TestPseudonymsAreResolvedByTheStoresKey(t *testing.T) {
	store := empty(t)
	status, shown, err := call(t, "pseudonym", "--store", store, "cus_1")
	require.Zero(t, status, err)
	shown = strings.TrimSpace(shown)
	status, id, err := call(t, "pseudonym", "--store", store, "--resolve", shown)
	require.Zero(t, status, err)
	assert.Equal(t, "cus_1\n", id)
	status, _, err = call(t, "pseudonym", "--store", store, "--key", strings.TrimPrefix(empty(t), "sqlite:")+".key", "--resolve", shown)
	assert.Equal(t, 1, status)
	assert.Contains(t, err, shown+" was not shown to anybody under this key")
	status, _, err = call(t, "pseudonym", "--store", store, "--key", write(t, "no.key", "nothing"), "cus_1")
	assert.Equal(t, 1, status)
	assert.Contains(t, err, "no.key holds no key")
}
