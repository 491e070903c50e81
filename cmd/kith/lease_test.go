package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	neo4jdev "github.com/kithgraph/kith/dev/neo4j"
	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/lease"
	"github.com/kithgraph/kith/graph/policy"
)

// strict is a policy that denies sellers more than the shipped one does, and its version.
func strict(t *testing.T) (text, version string) {
	t.Helper()
	text = strings.Replace(string(policy.Standard()), "CONTACT:      {SERVICE: contract-or-interest, SALES: interest", "CONTACT:      {SERVICE: contract-or-interest, SALES: deny", 1)
	p, err := policy.Parse([]byte(text))
	require.NoError(t, err)
	require.NotEqual(t, policy.Default().Version, p.Version)
	return text, p.Version
}

// ended runs a process that is to end by itself, and gives what it said.
func ended(t *testing.T, args ...string) (status int, said string) {
	t.Helper()
	cmd := process(args...)
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	require.NoError(t, cmd.Start())
	timeout := time.AfterFunc(3*time.Minute, func() { _ = cmd.Process.Kill() })
	defer timeout.Stop()
	_ = cmd.Wait() // the status says it
	return cmd.ProcessState.ExitCode(), out.String()
}

func TestAFileOfSQLiteIsServedByOneProcess(t *testing.T) {
	store := empty(t)
	s := startKilled(t, store)
	for _, args := range [][]string{{}, {"--journal", filepath.Join(t.TempDir(), "journal")}} {
		status, said := ended(t, append([]string{"serve", "--addr", "127.0.0.1:0", "--store", store}, args...)...)
		assert.Equal(t, 1, status)
		assert.Contains(t, said, "one server alone may serve a file of SQLite, while several may serve one Neo4j: it is in use by another process")
	}
	link := filepath.Join(t.TempDir(), "link.db")
	require.NoError(t, os.Symlink(strings.TrimPrefix(store, "sqlite:"), link))
	status, said := ended(t, "serve", "--addr", "127.0.0.1:0", "--store", "sqlite:"+link)
	assert.Equal(t, 1, status, "nor by another name")
	assert.Contains(t, said, "one server alone may serve a file of SQLite")
	status, _, said = call(t, "retain", "--store", store)
	assert.Zero(t, status, "commands may use it beside the server: %s", said)
	text, version := strict(t)
	other := write(t, "strict.yaml", text)
	for _, args := range [][]string{{"retain"}, {"ingest", "--mapping", "northwind", "../../graph/ingest/testdata/northwind"}} {
		status, _, said = call(t, append(args, "--store", store, "--policy", other)...)
		assert.Equal(t, 1, status, "but not by another policy")
		assert.Contains(t, said, "the store is used under the policy "+policy.Default().Version)
		assert.Contains(t, said, "this process goes by "+version)
	}
	status, _, said = call(t, "demo", "--store", store, "--key", strings.TrimPrefix(empty(t), "sqlite:")+".key")
	assert.Equal(t, 1, status, "nor by another key")
	assert.Contains(t, said, "the store is used under a key with the hash ")

	made := filepath.Join(t.TempDir(), "new.key")
	status, _, said = call(t, "demo", "--store", store, "--key", made)
	assert.Equal(t, 1, status)
	assert.Contains(t, said, "the store is used under a key with the hash ")
	assert.NoFileExists(t, made)

	require.NoError(t, s.cmd.Process.Kill())
	_ = s.cmd.Wait() // it was killed
	startKilled(t, store)
}

// TestSeveralProcessesOnOneNeo4j has two servers, each with a key and a journal of its own, serve one database: what one of them is told
// holds for the other, and they go by one policy.
func TestSeveralProcessesOnOneNeo4j(t *testing.T) {
	addr := neo4jdev.Start(t)
	neo4jdev.Empty(t, addr)
	t.Cleanup(func() { neo4jdev.Empty(t, addr) })
	dir := t.TempDir()
	text, version := strict(t)
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(path, []byte(text), 0o600))
		return path
	}
	key := filepath.Join(dir, "kith.key")
	args := func(name string, more ...string) []string {
		return append([]string{"--key", key, "--journal", filepath.Join(dir, name+".journal"), "--policy", filepath.Join(dir, name+".yaml"), "--warm", "0s"}, more...)
	}
	file("a.yaml", string(policy.Standard()))
	file("b.yaml", string(policy.Standard()))
	file("c.yaml", text)
	file("d.yaml", string(policy.Standard()))
	a := startKilled(t, addr, args("a")...)
	b := startKilled(t, addr, args("b")...)

	t.Run("as much runs that is slow as the database has processors", func(t *testing.T) {
		want := fmt.Sprintf("kith_slow_readers %d\n", max(2, runtime.NumCPU()))
		require.Eventually(t, func() bool {
			res, err := http.Get(strings.TrimSuffix(a.url, "/graphql") + "/metrics")
			if err != nil {
				return false
			}
			defer res.Body.Close()
			said, err := io.ReadAll(res.Body)
			return err == nil && strings.Contains(string(said), want)
		}, time.Minute, 10*time.Millisecond, want)
	})

	t.Run("another policy, or another key, is refused", func(t *testing.T) {
		status, said := ended(t, append([]string{"serve", "--addr", "127.0.0.1:0", "--store", addr}, args("c")...)...)
		assert.Equal(t, 1, status)
		assert.Contains(t, said, "the store is used under the policy "+policy.Default().Version+", by process ")
		assert.Contains(t, said, "this process goes by "+version)
		assert.NotContains(t, said, "Open http")
		status, said = ended(t, append([]string{"serve", "--addr", "127.0.0.1:0", "--store", addr}, args("d", "--key", filepath.Join(dir, "another.key"))...)...)
		assert.Equal(t, 1, status)
		assert.Regexp(t, "the store is used under a key with the hash [^ ]{16}, by process .* and the key of this process has the hash [^ ]{16}", said)
		assert.NoFileExists(t, filepath.Join(dir, "another.key"), "a key that was made is not left to be taken for the store's")
	})

	t.Run("what one of them changes, the other tells, in one order and by the same cursors", func(t *testing.T) {
		f := &follower{}
		ok, _ := f.follow(a.url, "0")
		require.True(t, ok)
		for i, s := range []*killed{a, b, b, a} {
			require.NoError(t, s.asks("", fmt.Sprintf(`mutation { createAccount(input: {key: "order %[1]d", name: "%[1]d"}) { account { id } } }`, i)))
		}
		other := &follower{cursor: f.cursor}
		for i, s := range []*killed{b, a, b, a} { // three at a time, and then none
			ok, _ = f.follow(s.url, "0")
			require.True(t, ok)
			ok, _ = other.follow([]*killed{a, b, a, b}[i].url, "0")
			require.True(t, ok)
		}
		assert.Len(t, f.made, 4)
		assert.Equal(t, f.events, other.events)
	})

	t.Run("consents and receipts are the store's", func(t *testing.T) {
		made, err := a.post("", "SALES", `mutation { createCustomer(input: {key: "1", name: "Nora Nobel", email: "nora@nobel.example"}) { customer { id } userErrors { message } } }`)
		require.NoError(t, err)
		require.Empty(t, made.Errors)
		var v struct {
			CreateCustomer struct{ Customer struct{ ID string } }
		}
		require.NoError(t, json.Unmarshal(made.Data, &v), "%s", made.Data)
		id := v.CreateCustomer.Customer.ID
		for name, s := range map[string]*killed{"told by a": a, "told by b": b} {
			answer, err := s.post(name, "SALES", fmt.Sprintf(`{ customer(id: %q) { name } }`, id))
			require.NoError(t, err)
			assert.JSONEq(t, `{"customer": {"name": "Nora Nobel"}}`, string(answer.Data))
		}
		answer, err := a.post("", "SALES", fmt.Sprintf(`mutation { recordObjection(input: {key: "2", customer: %q, purpose: SALES, source: "call"}) { userErrors { message } } }`, id))
		require.NoError(t, err)
		require.Empty(t, answer.Errors)
		answer, err = b.post("", "SALES", fmt.Sprintf(`{ customer(id: %q) { name } }`, id))
		require.NoError(t, err)
		assert.JSONEq(t, `{"customer": {"name": null}}`, string(answer.Data), "it holds for the next request of anybody, of whichever process")
		for name, s := range map[string]*killed{"a": a, "b": b} {
			assert.Eventually(t, func() bool {
				answer, err = s.post("", "COMPLIANCE", fmt.Sprintf(`{ customer(id: %q) { disclosures(first: 50) { edges { node { reference } } } } }`, id))
				require.NoError(t, err)
				return strings.Contains(string(answer.Data), "told by a") && strings.Contains(string(answer.Data), "told by b")
			}, time.Minute, 200*time.Millisecond, "%s shows the receipts of both", name)
		}
	})

	answers := func(s *killed) (why string) {
		answer, err := s.post("", "SALES", `{ customers { totalCount } }`)
		require.NoError(t, err)
		if len(answer.Errors) == 0 {
			return ""
		}
		told, err := json.Marshal(answer.Errors)
		require.NoError(t, err)
		return string(told)
	}
	t.Run("whose policy is old answers nothing until it has read the newest", func(t *testing.T) {
		file("a.yaml", text)
		require.NoError(t, a.cmd.Process.Signal(syscall.SIGHUP))
		why := ""
		require.Eventually(t, func() bool { why = answers(b); return why != "" }, time.Minute, 50*time.Millisecond)
		assert.Contains(t, why, string(graph.Unavailable))
		assert.Contains(t, why, "the store's newest policy is "+version+", and this process has not read it: it goes by "+policy.Default().Version)
		assert.Equal(t, 503, b.readiness(t).status)
		assert.Empty(t, answers(a))
		require.NoError(t, b.cmd.Process.Signal(syscall.SIGHUP))
		time.Sleep(3 * time.Second) // that nothing happens can only be waited for
		assert.NotEmpty(t, answers(b), "its file says what it said")
		file("b.yaml", text)
		require.NoError(t, b.cmd.Process.Signal(syscall.SIGHUP))
		assert.Eventually(t, func() bool { return answers(b) == "" }, time.Minute, 50*time.Millisecond)
		assert.Empty(t, answers(a))
	})

	t.Run("the lease of who was killed ends by itself", func(t *testing.T) {
		for _, s := range []*killed{a, b} {
			require.NoError(t, s.cmd.Process.Kill())
			_ = s.cmd.Wait() // it was killed
		}
		after := time.Now()
		file("c.yaml", string(policy.Standard()))
		status, said := ended(t, "retain", "--store", addr, "--key", key, "--policy", filepath.Join(dir, "c.yaml"))
		if time.Since(after) < lease.Term/2 { // it was renewed a third of that before, or a little more
			assert.Equal(t, 1, status)
			assert.Contains(t, said, "the store is used under the policy "+version)
		}
		require.Eventually(t, func() bool {
			status, said = ended(t, "retain", "--store", addr, "--key", key, "--policy", filepath.Join(dir, "c.yaml"))
			return status == 0
		}, 2*time.Minute, time.Second)
		startKilled(t, addr, args("c")...)
	})
}
