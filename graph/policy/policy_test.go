package policy_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/policy"
)

// standard is the default's file, with some of its text replaced.
func standard(t *testing.T, pairs ...string) []byte {
	t.Helper()
	s := string(policy.Standard())
	for i := 0; i < len(pairs); i += 2 {
		require.Contains(t, s, pairs[i])
		s = strings.Replace(s, pairs[i], pairs[i+1], 1)
	}
	return []byte(s)
}

func TestTheDefaultIsTheTableOfTheDesign(t *testing.T) {
	p := policy.Default()
	c, l, o, i, s, ci, d, own := policy.Contract, policy.Legal, policy.Open, policy.Interest, policy.Consent, policy.ContractOrInterest, policy.Deny, policy.Own
	for category, row := range map[graph.Category][6]policy.Basis{ // SERVICE, SALES, MARKETING, ANALYSIS, COMPLIANCE, SELF
		graph.CategoryCompany:      {o, o, o, o, o, o},
		graph.CategoryIdentity:     {ci, i, s, d, l, own},
		graph.CategoryContact:      {ci, i, s, d, l, own},
		graph.CategoryDemographic:  {i, d, s, i, l, own},
		graph.CategoryProfile:      {ci, i, s, i, l, own},
		graph.CategoryBehaviour:    {ci, i, s, i, l, own},
		graph.CategoryFinancial:    {ci, i, s, i, l, own},
		graph.CategoryContent:      {ci, i, d, d, l, own},
		graph.CategorySentiment:    {ci, i, s, i, l, own},
		graph.CategoryPrediction:   {i, i, s, i, l, own},
		graph.CategoryRelationship: {i, i, d, i, l, d},
		graph.CategoryConsent:      {l, l, l, l, l, own},
		graph.CategoryWorkforce:    {c, c, d, i, l, d},
	} {
		for n, purpose := range graph.Purposes {
			assert.Equal(t, row[n], p.Basis(category, purpose), "%s for %s", category, purpose)
		}
	}
}

func TestABrokenPolicyIsRefusedWhole(t *testing.T) {
	line := func(category string) string {
		for _, l := range strings.Split(string(policy.Standard()), "\n") {
			if strings.HasPrefix(strings.TrimSpace(l), category+":") {
				return l + "\n"
			}
		}
		t.Fatal(category)
		return ""
	}
	demographic := line("DEMOGRAPHIC")
	for _, c := range []struct {
		name string
		file []byte
		says string
	}{
		{"nothing", nil, "rules: COMPANY has no basis for SERVICE"},
		{"no YAML", []byte("rules: ["), "this is not a policy"},
		{"a second document, which would be left out", append(standard(t), "---\nreference: [SALES]\n"...), "a second document begins behind ---"},
		{"a key that is none", append(standard(t), "\nfoo: bar\n"...), "foo"},
		{"a category is missing", standard(t, demographic, ""), "rules: DEMOGRAPHIC has no basis for SALES"},
		{"a purpose is missing", standard(t, demographic, strings.Replace(demographic, "SALES: deny, ", "", 1)), "rules: DEMOGRAPHIC has no basis for SALES"},
		{"a category that is none", standard(t, demographic, demographic+strings.Replace(demographic, "DEMOGRAPHIC", "SHOESIZE", 1)), `there is no category "SHOESIZE"`},
		{"others' data that is somebody's own", standard(t, demographic, strings.Replace(demographic, "SALES: deny", "SALES: own", 1)), "DEMOGRAPHIC for SALES: what is for SELF is own or deny, and nothing else is own"},
		{"one's own on another ground", standard(t, demographic, strings.Replace(demographic, "SELF: own", "SELF: legal", 1)), "DEMOGRAPHIC for SELF: what is for SELF is own or deny"},
		{"a purpose that is none", standard(t, demographic, strings.Replace(demographic, "SALES:", "SALE:", 1)), `rules: DEMOGRAPHIC: there is no purpose "SALE"`},
		{"a basis that is none", standard(t, demographic, strings.Replace(demographic, "SALES: deny", "SALES: maybe", 1)), `rules: DEMOGRAPHIC for SALES: there is no basis "maybe"`},
		{"a source that is none", standard(t, "consentSources: []", "consentSources: [a b]"), `consentSources: "a b" is not a name of letters, digits, dots, dashes and underscores`},
		{"a source that is Kith's own", standard(t, "consentSources: []", "consentSources: [kith.words]"), "consentSources: the source kith.words is Kith's own"},
		{"a source twice", standard(t, "consentSources: []", "consentSources: [a, b, a]"), "consentSources: a is named twice"},
		{"personal data that is open", standard(t, demographic, strings.Replace(demographic, "SALES: deny", "SALES: open", 1)), "DEMOGRAPHIC for SALES: personal data takes a basis, and open is none"},
	} {
		t.Run(c.name, func(t *testing.T) {
			p, err := policy.Parse(c.file)
			require.Error(t, err)
			assert.Nil(t, p)
			assert.Contains(t, err.Error(), c.says)
		})
	}
	t.Run("everything that is wrong is named", func(t *testing.T) {
		_, err := policy.Parse(standard(t, demographic, "", line("CONTENT"), ""))
		assert.ErrorContains(t, err, "DEMOGRAPHIC has no basis for SALES")
		assert.ErrorContains(t, err, "CONTENT has no basis for COMPLIANCE")
	})
}

func TestTheVersionIsOfWhatAPolicySays(t *testing.T) {
	p := policy.Default()
	other := func(pairs ...string) string {
		o, err := policy.Parse(standard(t, pairs...))
		require.NoError(t, err)
		return o.Version
	}
	assert.Equal(t, p.Version, other("\n", "\n\n# another layout\n"))
	assert.NotEqual(t, p.Version, other("SALES: deny", "SALES: interest"))
	o, err := policy.Parse(standard(t, "reference: []", "reference: [SALES]"))
	require.NoError(t, err)
	assert.NotEqual(t, p.Version, o.Version)
	assert.True(t, o.NeedsReference(graph.Sales))
	assert.False(t, o.NeedsReference(graph.Service))
	assert.Equal(t, p.Version, other("consentSources: []\n", ""), "they may be left out")
	assert.NotEqual(t, p.Version, other("consentSources: []", "consentSources: [form]"))
	assert.Equal(t, other("consentSources: []", "consentSources: [a, b]"), other("consentSources: []", "consentSources: [b, a]"))
}

func TestOnlyTheConsentsOfSourcesThatAreNamedHaveAnAuthority(t *testing.T) {
	p, err := policy.Parse(standard(t, "consentSources: []", "consentSources: [form, cards]"))
	require.NoError(t, err)
	assert.Equal(t, []string{"cards", "form"}, p.ConsentSources())
	assert.Equal(t, graph.BySource, p.AuthorityOf("form"))
	assert.Empty(t, p.AuthorityOf("forms"))
	assert.Empty(t, policy.Default().ConsentSources())
	assert.Empty(t, policy.Default().AuthorityOf(""))
}

func TestAPolicySaysWhatSomebodyMayConsentAndObjectTo(t *testing.T) {
	assert.Equal(t, []graph.Purpose{graph.Service, graph.Sales, graph.Marketing, graph.Analysis}, policy.Default().Consentable(), "the law goes by no word of hers")
	for _, c := range []struct {
		cell string
		want bool
	}{
		{"COMPLIANCE: interest", true}, {"COMPLIANCE: consent", true}, {"COMPLIANCE: contract-or-interest", true}, {"COMPLIANCE: contract", false}, {"COMPLIANCE: deny", false},
	} {
		p, err := policy.Parse(standard(t, "PROFILE:      {SERVICE: contract-or-interest, SALES: interest, MARKETING: consent, ANALYSIS: interest, COMPLIANCE: legal",
			"PROFILE:      {SERVICE: contract-or-interest, SALES: interest, MARKETING: consent, ANALYSIS: interest, "+c.cell))
		require.NoError(t, err)
		assert.Equal(t, c.want, slices.Contains(p.Consentable(), graph.Compliance), c.cell)
	}
	p, err := policy.Parse(standard(t, "WORKFORCE:    {SERVICE: contract,             SALES: contract, MARKETING: deny,    ANALYSIS: interest, COMPLIANCE: legal", "WORKFORCE:    {SERVICE: contract,             SALES: contract, MARKETING: deny,    ANALYSIS: interest, COMPLIANCE: interest"))
	require.NoError(t, err)
	assert.NotContains(t, p.Consentable(), graph.Compliance, "of employees no word is kept")
}
