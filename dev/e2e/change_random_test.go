package e2e

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/graphtest"
)

// randomChanges are mutations with an id of some node in place of its kind, and what is asked of what they make or change. Whom they name
// may be hidden.
var randomChanges = []string{
	`logInteraction(input: {key: "%[1]s", kind: CALL, text: "x", participants: [{id: "<Customer>"}, {id: "<Employee>"}], topics: ["<Order>"]}) { interaction { id text customers { totalCount nodes { id name } } topics { nodes { __typename } } } `,
	`logInteraction(input: {key: "%[1]s", kind: NOTE, participants: [{id: "<Customer>"}], case: "<Case>"}) { interaction { id withheld { field reason } case { id number party { __typename } } } `,
	`openCase(input: {key: "%[1]s", caseKind: COMPLAINT, subject: "x", party: "<Customer>", product: "<Product>"}) { case { id number party { ... on Customer { name } } } `,
	`openCase(input: {key: "%[1]s", caseKind: REQUEST, subject: "x", party: "<Account>"}) { case { id party { ... on Account { people { totalCount } } } } `,
	`updateCase(input: {key: "%[1]s", case: "<Case>", status: CLOSED}) { case { id subject caseStatus resolvedAt party { ... on Customer { name } } } `,
	`createDeal(input: {key: "%[1]s", name: "x", account: "<Account>", products: [{id: "<Product>"}]}) { deal { id account { id people { totalCount nodes { name } } } } `,
	`updateDeal(input: {key: "%[1]s", deal: "<Deal>", stage: WON}) { deal { id stage claims { totalCount nodes { customer { name } } } interactions { totalCount } } `,
	`assignOwner(input: {key: "%[1]s", undertaking: "<Account>", employee: "<Employee>", role: OTHER}) { undertaking { ... on Account { id people { totalCount } } } employee { id interactions { totalCount } } `,
	`createCustomer(input: {key: "%[1]s", name: "x", employments: [{id: "<Account>"}]}) { customer { id name employments { nodes { name people { totalCount } } } } `,
	`updateCustomer(input: {key: "%[1]s", customer: "<Customer>", language: "de"}) { customer { id name language updatedAt withheld { field reason } } `,
	`updateCustomer(input: {key: "%[1]s", customer: "<Customer>", name: "x", birthYear: 1990}) { customer { id name birthYear email } `,
	`updateAccount(input: {key: "%[1]s", account: "<Account>", accountStage: CUSTOMER}) { account { id people { totalCount } } `,
	`assertRole(input: {key: "%[1]s", customer: "<Customer>", undertaking: "<Deal>", role: CHAMPION, citedInteractions: ["<Interaction>"]}) { claim { id customer { name } undertaking { ... on Deal { committee { members { customer { name } tied } verdict { text } } } } } `,
	`disputeClaim(input: {key: "%[1]s", claim: "<Claim>", role: BLOCKER}) { claim { id role customer { name } disputedClaims { totalCount nodes { role } } } `,
	`endClaim(input: {key: "%[1]s", claim: "<Claim>"}) { claim { id role to customer { name } } `,
	`retractClaim(input: {key: "%[1]s", claim: "<Claim>"}) { claim { id role retractedAt staleSince } `,
	`addEmployment(input: {key: "%[1]s", customer: "<Customer>", account: "<Account>", title: "x"}) { customer { id employments { totalCount } } account { name people { totalCount } } `,
	`endEmployment(input: {key: "%[1]s", customer: "<Customer>", account: "<Account>"}) { customer { id employments { totalCount } } account { name people { totalCount } } `,
	`changeEmployment(input: {key: "%[1]s", customer: "<Customer>", account: "<Account>", title: "y"}) { customer { id employments(history: true) { totalCount } } account { name } `,
	`setManager(input: {key: "%[1]s", customer: "<Customer>", manager: "<Customer>"}) { customer { id managers { nodes { name } } } manager { id reports { totalCount } } `,
	`endManager(input: {key: "%[1]s", customer: "<Customer>", manager: "<Customer>"}) { customer { id managers { nodes { name } } } manager { id } `,
	`recordFeedback(input: {key: "%[1]s", givenBy: "<Customer>", target: "<Case>", instrument: NPS, score: 3}) { feedback { id score givenBy { name } target { ... on Case { number } } } `,
	`withdrawConsent(input: {key: "%[1]s", customer: "<Customer>", purpose: %[2]s}) { customer { id name email } consent { consentStatus givenBy { name } } `,
	`recordObjection(input: {key: "%[1]s", customer: "<Customer>", purpose: %[2]s}) { customer { id name email interactions { totalCount } } consent { consentStatus } `,
}

// toConsent shows what was withheld of whom it names, from the next request on.
const toConsent = `recordConsent(input: {key: "%[1]s", customer: "<Customer>", purpose: %[2]s}) { customer { id name email } consent { consentStatus } `

var aKind = regexp.MustCompile(`<([A-Za-z]+)>`)

// TestWhatIsWithheldChangesNoMutation makes the same changes in two worlds that differ only in what is withheld: the answers are the same, and
// so is what can be seen after them.
func TestWhatIsWithheldChangesNoMutation(t *testing.T) {
	n := *worlds
	if testing.Short() {
		n = min(n, 8)
	}
	told := changing{}
	for i := range uint64(n) {
		purpose := []graph.Purpose{graph.Sales, graph.Service, graph.Marketing}[i%3]
		t.Run(fmt.Sprintf("-worlds=1 -seed=%d, %s", *seed+i, purpose), func(t *testing.T) {
			require.NoError(t, told.apart(t, "", purpose, *seed+i))
		})
	}
	graphtest.Report(t, "%d changes made in two worlds that differ in what is withheld, and %d refused", told.made, told.refused)
	require.Positive(t, told.made)
	require.Positive(t, told.refused)
}

func TestRandomChangesFindABrokenGuard(t *testing.T) {
	for _, leak := range []string{"below", "output"} {
		t.Run(leak, func(t *testing.T) {
			const most = 60
			for seed := range uint64(most) {
				if err := (&changing{}).apart(t, leak, graph.Sales, seed); err != nil {
					t.Log("world", seed)
					return
				}
			}
			t.Errorf("%d worlds do not show it", most)
		})
	}
}

// changing counts what came of changes.
type changing struct{ made, refused int }

// apart makes two worlds of a seed with a guard that leaks, or does not, has what is withheld differ, and changes both. The error says by which
// answer they can be told apart.
func (c *changing) apart(t *testing.T, leak string, purpose graph.Purpose, seed uint64) error {
	begin := func() *world { return newWorld(t, startBroken(t, inFile(t), leak), purpose, seed) }
	one, other := begin(), begin()
	require.Equal(t, one.reference.ids(), other.reference.ids(), "the two begin alike")
	other.upset(t)
	for _, w := range []*world{one, other} {
		w.program.ids = 100_000 // what comes to be has the same ids in both
	}
	rng := rand.New(rand.NewPCG(seed, 9))
	byKind := map[string][]string{}
	for _, id := range one.reference.ids() {
		k := one.reference.nodes[id].kind.Name
		byKind[k] = append(byKind[k], id)
	}
	same := func(text string) (string, error) {
		answer, err := one.bytes(purpose, text)
		require.NoError(t, err)
		again, err := other.bytes(purpose, text)
		require.NoError(t, err)
		if !bytes.Equal(answer, again) {
			return "", fmt.Errorf("%s for %s tells of what is withheld:\n%s\n%s", text, purpose, answer, again)
		}
		require.NotContains(t, string(answer), `"code":"INTERNAL"`)
		return string(answer), nil
	}
	change := func(j int, change string) error {
		text := fmt.Sprintf("mutation { "+change+"userErrors { code field message } } }%.0[1]s%.0[2]s", fmt.Sprint("key", j), purpose)
		answer, err := same(aKind.ReplaceAllStringFunc(text, func(kind string) string {
			ids := append(byKind[strings.Trim(kind, "<>")], "cus_nobody")
			return ids[rng.IntN(len(ids))]
		}))
		switch {
		case err != nil:
		case strings.Contains(answer, `"userErrors":[]`):
			c.made++
		default:
			c.refused++
		}
		return err
	}
	for j := range 30 {
		if err := change(j, randomChanges[rng.IntN(len(randomChanges))]); err != nil {
			return err
		}
	}
	for _, q := range one.questions(10, seed) {
		if _, err := same(q.text); err != nil {
			return err
		}
	}
	return change(30, toConsent)
}
