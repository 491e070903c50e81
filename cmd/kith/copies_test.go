package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestAnErasureReachesEveryFile loads rows, one of which is rejected, has receipts name a customer in how those who were counted were
// chosen, and erases her: then no file that Kith has written holds a word of her.
func TestAnErasureReachesEveryFile(t *testing.T) {
	dir := t.TempDir()
	store := "sqlite:" + filepath.Join(dir, "kith.db")
	data := t.TempDir()
	put := func(name, text string) string {
		require.NoError(t, os.WriteFile(filepath.Join(data, name), []byte(text), 0o600))
		return filepath.Join(data, name)
	}
	const crm = `
source: crm
files:
  - file: people.csv
    nodes: [{kind: Customer, id: id, set: {name: name, email: email}}]
  - file: calls.csv
    nodes: [{kind: Interaction, id: id, set: {text: text, at: 'datetime(at, "2006-01-02")'}}]
    edges: [{type: PARTICIPANT, from: {kind: Interaction, id: id}, to: {kind: Customer, id: who}}]
`
	mapping := put("crm.yaml", strings.Replace(crm, "text: text", "text: text, activity: text", 1))
	people := put("people.csv", "id,name,email\nxxx1,Nora Nobel,nora@nobel.example\nxxx2,Olga Ohm,olga@ohm.example\n")
	calls := put("calls.csv", "id,who,text,at\nc1,xxx1,Nora Nobel rang,2026-01-01\nc2,xxx1,Nora Nobel rang again,soon\nc3,xxx2,Olga rang,later\n")
	rejects := filepath.Join(dir, "rejects.csv")
	ingest := func() string {
		cmd := process("ingest", "--store", store, "--mapping", mapping, "--rejects", rejects, "--allow-rejects", "9", people, calls)
		out, err := cmd.CombinedOutput()
		require.NoError(t, err, "%s", out)
		return string(out)
	}
	ingest()
	// holding are the files of Kith's that have a text in them.
	holding := func(text string) (names []string) {
		require.NoError(t, filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			b, err := os.ReadFile(path)
			if errors.Is(err, fs.ErrNotExist) { // the server has given it its name by now
				return nil
			}
			if strings.Contains(strings.ToLower(string(b)), text) {
				names = append(names, strings.TrimPrefix(path, dir+"/"))
			}
			return err
		}))
		return names
	}
	before := filepath.Join(dir, "before") // another server had its snapshots here
	s := startKilled(t, store, "--journey-snapshots", before)
	require.NoError(t, s.cmd.Process.Kill())
	_ = s.cmd.Wait() // it was killed
	s = startKilled(t, store)
	require.NoError(t, os.MkdirAll(before, 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(before, "SALES-Deal.journeys"), []byte("Nora Nobel"), 0o600))
	a, err := s.post("", "COMPLIANCE", `{ customer(external: {source: "crm", id: "xxx1"}) { id } }`)
	require.NoError(t, err)
	var id string
	_, err = fmt.Sscanf(string(a.Data), `{"customer":{"id":%q}}`, &id)
	require.NoError(t, err, "%s", a.Data)
	_, err = s.post("", "COMPLIANCE", `{ customers(filter: {name: {eq: "Norbert"}}) { totalCount } customer(external: {source: "crm", id: "Nora Nobel"}) { id } }`)
	require.NoError(t, err)
	a, err = s.post("", "COMPLIANCE", `{ journeys(definition: {by: [DETAIL], cases: {customers: {}}}) { starts { rows { activities } } } }`)
	require.NoError(t, err)
	require.Contains(t, string(a.Data), "Nora Nobel rang", "%v", a.Errors)
	snapshot := "kith.db.journeys/COMPLIANCE-Customer.journeys"
	require.Eventually(t, func() bool { return slices.Contains(holding("nora nobel"), snapshot) }, time.Minute, 10*time.Millisecond)
	found := strings.Join(holding("nora nobel"), " ")
	for _, file := range []string{"kith.db", "receipts", "rejects.csv"} {
		require.Contains(t, found, file)
	}
	assert.Empty(t, holding("norbert"), "what is compared with is told by marks alone")

	a, err = s.post("", "COMPLIANCE", fmt.Sprintf(`mutation { eraseCustomer(input: {key: "1", customer: %q}) { request { removed kept copies } userErrors { message } } }`, id))
	require.NoError(t, err)
	require.Empty(t, a.Errors)
	assert.Contains(t, string(a.Data), rejects+": 1 rows removed")
	assert.Contains(t, string(a.Data), store[len("sqlite:"):]+".journeys: 1 snapshots removed")
	assert.Contains(t, string(a.Data), before+": 1 snapshots removed")
	for _, text := range []string{"nora nobel", "nora@nobel.example", "nobel", "xxx1"} {
		assert.Eventually(t, func() bool { return len(holding(text)) == 0 }, time.Minute, 100*time.Millisecond, "%s: %v", text, holding(text))
	}
	assert.NotEmpty(t, holding("olga rang"), "others' rows stay")

	put("crm.yaml", crm) // what an event is called is no text that is looked through when a source brings it again
	said := ingest()
	assert.Contains(t, said, "they are of somebody who was erased")
	for _, text := range []string{"nora nobel", "nora@nobel.example", "nobel", "xxx1"} {
		assert.Empty(t, holding(text), text)
	}
	assert.Contains(t, strings.Join(holding("of somebody who was erased"), " "), "rejects.2.csv", "it is told that there was such a row")
}
