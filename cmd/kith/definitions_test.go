package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// defined writes a folder with these files, and gives its name.
func defined(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o700))
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	return dir
}

func TestDefinitionsOfJourneysHaveTheNamesOfTheirFiles(t *testing.T) {
	store, _ := twoCustomers(t)
	dir := defined(t, map[string]string{
		"all.yaml":         "# Everything that customers did.\ncases: {customers: {}}\nby: [KIND]\n",
		"sales/nora.json":  `{"cases": {"customers": {"name": {"startsWith": "Nora"}}}, "idle": "P90D"}`,
		"README.md":        "not a definition",
		".hidden/one.yaml": "nor this: is one",
	})
	s := serve(t, store, "--purpose", "COMPLIANCE", "--definitions", dir)
	defer s.stop()
	type told struct{ Definition, Hash string }
	ask := func(arguments string) (told, string) {
		body, err := json.Marshal(map[string]string{"query": "{ journeys(" + arguments + ") { definition hash } }"})
		require.NoError(t, err)
		res, err := http.Post(s.url, "application/json", bytes.NewReader(body))
		require.NoError(t, err)
		defer res.Body.Close()
		var got struct {
			Data   struct{ Journeys told }
			Errors []struct{ Message string }
		}
		require.NoError(t, json.NewDecoder(res.Body).Decode(&got))
		if len(got.Errors) > 0 {
			return told{}, got.Errors[0].Message
		}
		return got.Data.Journeys, ""
	}
	same := func(named, written string) {
		t.Helper()
		a, wrong := ask(named)
		require.Empty(t, wrong)
		b, wrong := ask(written)
		require.Empty(t, wrong)
		assert.Equal(t, b, a, "what it is called by makes no difference")
	}
	same(`named: "all"`, `definition: {cases: {customers: {}}, by: [KIND]}`)
	same(`named: "sales/nora"`, `definition: {cases: {customers: {name: {startsWith: "Nora"}}}, idle: "P90D"}`)
	same(`named: "all", definition: {repeats: CUT, by: [KIND, DETAIL]}`, `definition: {cases: {customers: {}}, by: [KIND, DETAIL], repeats: CUT}`)
	same(`named: "all", definition: {cases: {accounts: {}}, by: null}`, `definition: {cases: {accounts: {}}, by: [KIND]}`)
	for arguments, said := range map[string]string{
		`named: "none"`:          `journeys.named: there is no definition "none"; known are all, sales/nora`,
		`named: null`:            "journeys: either definition or named is to be given, or both",
		`definition: {by: KIND}`: "journeys.definition.cases: exactly one key is to be given, not 0",
		`named: "all", definition: {from: "soon"}`: `journeys.definition.from: "soon" is not an instant`,
	} {
		_, wrong := ask(arguments)
		assert.Contains(t, wrong, said, arguments)
	}

	file := filepath.Join(dir, "all.yaml")
	require.NoError(t, os.WriteFile(file, []byte("cases: {accounts: {}}\n"), 0o600))
	require.NoError(t, syscall.Kill(os.Getpid(), syscall.SIGHUP))
	assert.Eventually(t, func() bool { got, _ := ask(`named: "all"`); return strings.Contains(got.Definition, "accounts") }, time.Minute, 10*time.Millisecond)
	require.NoError(t, os.WriteFile(file, []byte("cases: {accounts: {}}\nby: [WHAT]\n"), 0o600))
	require.NoError(t, syscall.Kill(os.Getpid(), syscall.SIGHUP))
	assert.Eventually(t, func() bool { return strings.Contains(s.log.String(), "the definitions of journeys stay as they were") }, time.Minute, 10*time.Millisecond)
	got, wrong := ask(`named: "all"`)
	assert.Empty(t, wrong)
	assert.Contains(t, got.Definition, "accounts")
}

func TestAWrongDefinitionIsToldOfByItsFileItsLineAndItsField(t *testing.T) {
	for name, c := range map[string]struct{ file, text, err string }{
		"no YAML":               {"a.yaml", "cases: {customers: {}\nby: [KIND]", "a.yaml: [2:"},
		"no field":              {"a.yaml", "cases: {customers: {}}\nby: [KIND]\nrepeat: CUT\n", "a.yaml:3: repeat: "},
		"no value":              {"a.json", "{\"cases\": {\"customers\": {}},\n\"by\": [\"KIND\", \"WHAT\"]}", "a.json:2: by[1]: WHAT is not a valid JourneyPart"},
		"a field far below":     {"a.yaml", "cases:\n  customers:\n    name:\n      startWith: N\n", "a.yaml:4: cases.customers.name.startWith: "},
		"what only Kith sees":   {"a.yaml", "cases: {customers: {}}\nfrom: 2026-02-01T00:00:00Z\nto: soon\n", `a.yaml:3: to: "soon" is not an instant`},
		"a list within another": {"a.yaml", "cases: {customers: {}}\nrename:\n- {from: [ORDER], to: x}\n- {from: [], to: y}\n", "a.yaml:4: rename[1].from is empty"},
		"no regular expression": {"a.yaml", "cases: {customers: {}}\nrename:\n- {from: [ORDER], to: x}\n- {matching: \"(\", to: y}\n", `a.yaml:4: rename[1].matching: "(" is no regular expression`},
		"no group of it":        {"a.yaml", "cases: {customers: {}}\nrename:\n- {matching: \"^(O)\", to: n$2}\n", `a.yaml:3: rename[0].to: "n$2" has the group 2`},
		"no cases":              {"a.yaml", "by: [KIND]\n", "a.yaml:1: cases: exactly one key is to be given, not 0"},
		"nothing":               {"a.yaml", "", "a.yaml:1: cases: exactly one key is to be given, not 0"},
		"a list":                {"a.yaml", "- 1\n", "a.yaml: [1:1]"},
		"no file":               {"a.txt", "cases: {customers: {}}", "holds no definition: no file .yaml, .yml or .json"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := defined(t, map[string]string{c.file: c.text})
			status, _, said := call(t, "serve", "--addr", "127.0.0.1:0", "--store", empty(t), "--definitions", dir)
			assert.NotZero(t, status)
			assert.Contains(t, said, "--definitions: ")
			assert.Contains(t, said, c.err)
		})
	}
	t.Run("one name twice", func(t *testing.T) {
		dir := defined(t, map[string]string{"a.yaml": "cases: {customers: {}}", "a.json": `{"cases": {"customers": {}}}`})
		_, _, said := call(t, "serve", "--addr", "127.0.0.1:0", "--store", empty(t), "--definitions", dir)
		assert.Contains(t, said, `a.yaml:1: there is a definition "a" already`)
	})
}
