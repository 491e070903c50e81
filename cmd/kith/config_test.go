package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestFlagsWinOverTheEnvironmentWhichWinsOverTheFile(t *testing.T) {
	config := write(t, "kith.yaml", "store: fromfile\n")
	_, _, err := call(t, "demo", "--config", config)
	assert.Contains(t, err, `"fromfile"`)
	t.Setenv("KITH_STORE", "fromenv")
	_, _, err = call(t, "demo", "--config", config)
	assert.Contains(t, err, `"fromenv"`)
	_, _, err = call(t, "demo", "--config", config, "--store", "fromflag")
	assert.Contains(t, err, `"fromflag"`)
	two := write(t, "two.yaml", "store: fromfile\n---\nstore: unseen\n")
	_, _, err = call(t, "demo", "--config", two)
	assert.Contains(t, err, "a second document begins")
}

func TestAFileNamesFlagsAndNothingElse(t *testing.T) {
	for _, c := range []struct{ name, file, says string }{
		{"a flag that is not there, and one that is like it", "storre: sqlite:x.db", `there is no flag "storre": is it store?`},
		{"each that is not there", "storre: x\nadddr: y", `there is no flag "adddr": is it addr?`},
		{"nothing is like it", "colour: blue", `there is no flag "colour"`},
		{"a command's own folder of flags", "demo: true\nserve:\n  addr: x", `there is no flag "serve"`},
		{"another file", "config: other.yaml", `there is no flag "config"`},
		{"a key twice", "store: a\nstore: b", `mapping key "store" already defined`},
		{"a flag in two spellings", "auth-secret: a\nauthSecret: b", "auth-secret and authSecret are one flag"},
		{"no value", "store:", "store has no value; leave the line out, or give it one"},
		{"several values of one", "store: [a, b]", "store takes one value, not a list of 2"},
		{"an object", "store: {file: a}", "store takes a text, a number, true or false, not an object"},
		{"a time without its unit", "first-plan: 5", `--first-plan: expected duration but got "5"`},
		{"neither yes nor no", "demo: maybe", "--demo: bool value must be true"},
		{"a list", "[store]", "mapping"},
		{"a second document", "store: fromfile\n---\nstore: unseen\n", "a second document begins"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			require.NoError(t, os.WriteFile("c.yaml", []byte(c.file), 0o600))
			status, _, err := call(t, "serve", "--config", "c.yaml")
			assert.Equal(t, 2, status)
			assert.Contains(t, err, c.says)
			left, _ := os.ReadDir(".")
			assert.Len(t, left, 1, "nothing is made")
		})
	}
}

func TestAFileNamesAFlagAsItIsWrittenOrAsProgramsWriteIt(t *testing.T) {
	for _, name := range []string{"auth-secret", "auth_secret", "authSecret"} {
		_, _, err := call(t, "serve", "--store", "sqlite:"+t.TempDir()+"/kith.db", "--config", write(t, "c.yaml", name+": short\nmapping: of another command\nallow-origin: ['https://a.example', 'https://b.example']\n"))
		assert.Contains(t, err, "the secret has 5 bytes", name)
	}
}

func TestAVariableThatSetsNothingIsNoneOfOurs(t *testing.T) {
	t.Setenv("KITH_PORT_8080_TCP_ADDR", "10.0.0.1") // Kubernetes sets this for a service that is called kith
	t.Setenv("KITH_SERVICE_HOST", "10.0.0.1")
	status, _, err := call(t, "version")
	require.Zero(t, status, err)
	t.Setenv("KITH_AUTH_SECRT", "s")
	status, _, err = call(t, "--help")
	require.Zero(t, status, err)
	status, _, err = call(t, "version")
	assert.Equal(t, 2, status)
	assert.Contains(t, err, "there is no flag for the environment variable KITH_AUTH_SECRT: is it KITH_AUTH_SECRET?")
}

// TestACommandThatNeedsAStoreMakesNone looks at what is there after each command has failed.
func TestACommandThatNeedsAStoreMakesNone(t *testing.T) {
	query := write(t, "q.graphql", "{ customers { totalCount } }")
	shipped := "../../graph/ingest/testdata/northwind"
	for _, c := range []struct {
		name string
		args []string
		says string
	}{
		{"retain", []string{"retain", "--store", "sqlite:kith.db"}, "there is no file kith.db, and nothing was made"},
		{"disclosures", []string{"disclosures", "--store", "sqlite:kith.db", "--customer", "cus_1"}, "there is no file kith.db"},
		{"explain", []string{"explain", "--store", "sqlite:kith.db", "--purpose", "SALES", query}, "there is no file kith.db"},
		{"pseudonym, of which the key is the store's", []string{"pseudonym", "--store", "sqlite:kith.db", "cus_1"}, "there is no key kith.db.key"},
		{"retain from a file without anything in it", []string{"retain", "--store", "sqlite:empty.db"}, "the file empty.db is empty"},
		{"retain without the store's key", []string{"retain", "--store", empty(t), "--key", "another.key"}, "there is no key another.key"},
		{"ingest of what is not there", []string{"ingest", "--store", "sqlite:kith.db", "--mapping", "northwind", "nowhere"}, "there is no file or folder nowhere"},
		{"ingest by a policy that is none", []string{"ingest", "--store", "sqlite:kith.db", "--mapping", "northwind", "--policy", query, shipped}, "not a policy"},
		{"serve by a policy that is none", []string{"serve", "--store", "sqlite:kith.db", "--policy", query}, "not a policy"},
		{"serve with a secret that can be guessed", []string{"serve", "--store", "sqlite:kith.db", "--auth-secret", "short"}, "the secret has 5 bytes"},
		{"serve at an address that is none", []string{"serve", "--store", "sqlite:kith.db", "--addr", "nowhere"}, "missing port"},
		{"serve with a journal in a folder that is not there", []string{"serve", "--store", "sqlite:kith.db", "--journal", "nowhere/journal"}, "--journal: there is no directory nowhere"},
		{"serve with a file for a journal", []string{"serve", "--store", "sqlite:kith.db", "--journal", "empty.db"}, "--journal: empty.db is a file, where a directory is meant"},
		{"serve with snapshots in a folder that is not there", []string{"serve", "--store", "sqlite:kith.db", "--journey-snapshots", "nowhere/x"}, "--journey-snapshots: there is no directory nowhere"},
		{"serve with a file for snapshots", []string{"serve", "--store", "sqlite:kith.db", "--journey-snapshots", "empty.db"}, "--journey-snapshots: empty.db is a file, where a directory is meant"},
		{"serve with documents that are none", []string{"serve", "--store", "sqlite:kith.db", "--documents", "."}, "--documents"},
	} {
		t.Run(c.name, func(t *testing.T) {
			shipped, err := filepath.Abs(shipped)
			require.NoError(t, err)
			t.Chdir(t.TempDir())
			require.NoError(t, os.WriteFile("empty.db", nil, 0o600))
			for i := range c.args {
				c.args[i] = strings.Replace(c.args[i], "../../graph/ingest/testdata/northwind", shipped, 1)
			}
			status, _, said := call(t, c.args...)
			assert.NotZero(t, status)
			assert.Contains(t, said, c.says)
			left, err := os.ReadDir(".")
			require.NoError(t, err)
			require.Len(t, left, 1, "nothing is made")
			info, err := left[0].Info()
			require.NoError(t, err)
			assert.Zero(t, info.Size())
		})
	}
}
