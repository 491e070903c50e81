package policy_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/policy"
)

// written is a policy's file, made of what the policy answers.
func written(t *testing.T, p *policy.Policy) []byte {
	t.Helper()
	reference, remove := []string{}, []string{}
	rules, keep, retention := map[string]map[string]string{}, map[string]string{}, map[string]string{}
	for _, purpose := range graph.Purposes {
		if p.NeedsReference(purpose) {
			reference = append(reference, string(purpose))
		}
	}
	for _, c := range policy.Categories {
		row := map[string]string{}
		for _, purpose := range graph.Purposes {
			row[string(purpose)] = string(p.Basis(c, purpose))
		}
		rules[string(c)], retention[string(c)] = row, p.Retention(c).String()
		switch ground := p.Ground(c); {
		case ground != "":
			keep[string(c)] = ground
		case slices.Contains(graph.PersonalCategories, c):
			remove = append(remove, string(c))
		}
	}
	var b bytes.Buffer // JSON is YAML, too
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	require.NoError(t, e.Encode(map[string]any{"reference": reference, "rules": rules, "erasure": map[string]any{"remove": remove, "keep": keep}, "retention": retention}))
	return b.Bytes()
}

// FuzzAPolicyIsWholeOrNone reads any file as a policy.
func FuzzAPolicyIsWholeOrNone(f *testing.F) {
	whole := string(policy.Standard())
	with := func(old, new string) []byte {
		s := strings.Replace(whole, old, new, 1)
		require.NotEqual(f, whole, s)
		return []byte(s)
	}
	f.Add([]byte(whole))
	f.Add([]byte(nil))
	f.Add([]byte("rules: ["))
	f.Add([]byte("rules: &a {COMPANY: *a}"))
	f.Add(with("reference: []", "reference: [SALES, SALES, '']"))
	f.Add(with("SALES: open", "SALES: &open !!str open"))
	f.Add(with("PREDICTION: 2y", "PREDICTION: 02y"))
	f.Add(with("PREDICTION: 2y", "PREDICTION: +5000d"))
	f.Add(with("FINANCIAL: books", "FINANCIAL: |\n      books\n      and more\n    PROFILE: books"))
	f.Add([]byte(whole + "---\nrules: {}\n"))
	f.Add([]byte(whole + "rules: {}\n"))
	f.Fuzz(func(t *testing.T, file []byte) {
		p, err := policy.Parse(file)
		if err != nil {
			require.Nil(t, p)
			if says := err.Error(); !strings.HasPrefix(says, "this is not a policy: ") {
				for _, line := range strings.Split(says, "\n") {
					section, _, _ := strings.Cut(line, ":")
					require.Contains(t, []string{"reference", "rules", "erasure", "retention"}, section, "where it is wrong: %s", line)
				}
			}
			return
		}
		for _, c := range policy.Categories {
			for _, purpose := range graph.Purposes {
				b := p.Basis(c, purpose)
				require.Contains(t, []policy.Basis{policy.Open, policy.Contract, policy.Legal, policy.Interest, policy.ContractOrInterest, policy.Consent, policy.Own, policy.Deny}, b, "%s for %s", c, purpose)
				require.False(t, b == policy.Open && c != graph.CategoryCompany, "%s for %s is open", c, purpose)
				require.False(t, b == policy.Own && purpose != graph.Self, "%s for %s is own", c, purpose)
			}
		}
		for _, c := range []graph.Category{graph.CategoryIdentity, graph.CategoryContact, graph.CategoryContent} {
			require.Empty(t, p.Ground(c), "%s is kept of somebody who is erased", c)
		}
		again, err := policy.Parse(written(t, p))
		require.NoError(t, err, "what it says is a policy")
		assert.Equal(t, p, again, "and the same, with the same version")
	})
}
