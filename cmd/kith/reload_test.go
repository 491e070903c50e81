package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph/policy"
)

// TestThePolicyIsReadAgainWhenTheServerIsTold changes the file under a server that runs: what the new policy denies is withheld from
// the next answer on, receipts name the policy that they were given under, and one that is wrong changes nothing.
func TestThePolicyIsReadAgainWhenTheServerIsTold(t *testing.T) {
	store, _ := demonstration(t)

	file, shipped := filepath.Join(t.TempDir(), "policy.yaml"), string(policy.Standard())
	strict := strings.Replace(shipped, "CONTACT:      {SERVICE: contract-or-interest, SALES: interest", "CONTACT:      {SERVICE: contract-or-interest, SALES: deny", 1)
	require.NotEqual(t, shipped, strict)
	versions := map[string]string{}
	for _, text := range []string{shipped, strict} {
		p, err := policy.Parse([]byte(text))
		require.NoError(t, err)
		versions[text] = p.Version
	}
	require.NoError(t, os.WriteFile(file, []byte(shipped), 0o600))
	s := startKilled(t, store, "--policy", file)

	// seen gives the version in force, and whether e-mail addresses are shown.
	seen := func() (version string, shown bool) {
		a, err := s.post("", "SALES", `{ policy { version } customers(first: 200) { edges { node { email } } } }`)
		require.NoError(t, err)
		require.Empty(t, a.Errors)
		var v struct {
			Policy    struct{ Version string }
			Customers struct {
				Edges []struct{ Node struct{ Email *string } }
			}
		}
		require.NoError(t, json.Unmarshal(a.Data, &v))
		for _, e := range v.Customers.Edges {
			shown = shown || e.Node.Email != nil
		}
		return v.Policy.Version, shown
	}
	put := func(text string) {
		require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
		require.NoError(t, s.cmd.Process.Signal(syscall.SIGHUP))
	}
	becomes := func(text string, shown bool) {
		assert.Eventually(t, func() bool {
			version, is := seen()
			assert.Equal(t, version == versions[shipped], is, "an answer is of one policy")
			return version == versions[text] && is == shown
		}, time.Minute, 10*time.Millisecond)
	}
	becomes(shipped, true)
	put(strict)
	becomes(strict, false)
	put("rules: {}")
	time.Sleep(200 * time.Millisecond) // that nothing happens can only be waited for
	becomes(strict, false)
	put(shipped)
	becomes(shipped, true)

	a, err := s.post("", "COMPLIANCE", fmt.Sprintf(`{ customer(id: %q) { disclosures(first: 200, filter: {purpose: {eq: SALES}}) { edges { node { categories policyVersion } } } } }`, s.first(t)))
	require.NoError(t, err)
	require.Empty(t, a.Errors)
	told := map[string]bool{}
	var v struct {
		Customer struct {
			Disclosures struct {
				Edges []struct {
					Node struct {
						PolicyVersion string
						Categories    []string
					}
				}
			}
		}
	}
	require.NoError(t, json.Unmarshal(a.Data, &v))
	for _, e := range v.Customer.Disclosures.Edges {
		told[e.Node.PolicyVersion] = true
		if e.Node.PolicyVersion == versions[strict] {
			assert.NotContains(t, e.Node.Categories, "CONTACT")
		}
	}
	assert.Equal(t, map[string]bool{versions[shipped]: true, versions[strict]: true}, told)
}
