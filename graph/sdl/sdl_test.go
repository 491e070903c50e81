package sdl

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	kith "github.com/kithgraph/kith"
	"github.com/kithgraph/kith/graph"
)

func TestTheDerivedTypesAreUpToDate(t *testing.T) {
	derived, err := Derive(kith.Schema)
	require.NoError(t, err)
	assert.Equal(t, kith.Derived, derived, "run make generate")
}

func TestTheCatalogSaysWhatTheSchemaSays(t *testing.T) {
	cat, schema, err := Load(kith.Schema, kith.Derived)
	require.NoError(t, err)
	deal := cat.MustKind("Deal")
	assert.Equal(t, "dea", deal.Prefix)
	amount := deal.Property("amount")
	assert.Equal(t, graph.Amount, amount.Type)
	assert.Equal(t, []string{"amount", "amount_currency"}, amount.Columns())
	on := cat.MustKind("Claim").Edge("on")
	assert.True(t, on.One)
	assert.Nil(t, on.Target())
	assert.Equal(t, []*graph.Kind{deal, cat.MustKind("Account")}, on.Targets)
	assert.True(t, cat.MustKind("Account").Edge("people").Current())
	assert.False(t, cat.MustKind("Account").Edge("firmographicsVersions").Current(), "history is read whatever the time")
	for _, d := range schema.Types {
		if !d.BuiltIn {
			assert.NotEmptyf(t, d.Description, "%s has no description", d.Name)
		}
	}
}

func TestWhomEachKindIsAbout(t *testing.T) {
	cat, _, err := Load(kith.Schema, kith.Derived)
	require.NoError(t, err)
	var ways []string
	for _, w := range cat.Ways {
		way := w.Of.Name
		for _, h := range w.Hops {
			way += "." + h.Edge.Name + " " + h.To.Name
		}
		ways = append(ways, way)
	}
	assert.Equal(t, `
Customer
Consent.givenBy Customer
DataSubjectRequest.madeBy Customer
Claim.about Customer
Order.placedBy Customer
Interaction.participants Customer
Case.of Customer
Location.residents Customer
Return.sentBy Customer
SubscriptionContract.heldBy Customer
Feedback.by Customer
HiddenEvent.affects Customer
HiddenEvent.affects Location.residents Customer
HiddenEvent.affects SubscriptionContract.heldBy Customer`, "\n"+strings.Join(ways, "\n"))

	about := func(kind, of, edge string) bool { return cat.MustKind(kind).About(cat.MustKind(of).Edge(edge)) }
	assert.True(t, about("Order", "Customer", "orders"))
	assert.True(t, about("HiddenEvent", "Location", "hiddenEvents"), "it is about whom the location is about")
	assert.False(t, about("Order", "Account", "orders"), "a company is no person")
	assert.False(t, about("HiddenEvent", "Product", "hiddenEvents"))
	assert.False(t, about("Campaign", "Customer", "campaigns"))
	for kind, of := range map[string]bool{"Customer": true, "Order": true, "HiddenEvent": true, "Account": false, "Employee": false, "Disclosure": false, "Campaign": false} {
		assert.Equal(t, of, cat.MustKind(kind).OfPersons(), kind)
	}
}

// TestWhatANodeIsAboutDoesNotDependOnTheOrderOfFields declares another field along a subject's relationship before it.
func TestWhatANodeIsAboutDoesNotDependOnTheOrderOfFields(t *testing.T) {
	const first, then = `  "Customers and employees who took part."`, `  "Employees who took part."`
	head, rest, _ := strings.Cut(kith.Schema, first)
	participants, rest, _ := strings.Cut(rest, `  "Customers who took part."`)
	customers, tail, _ := strings.Cut(rest, then)
	cat, _, err := Load(head+`  "Customers who took part."`+customers+first+participants+then+tail, kith.Derived)
	require.NoError(t, err)
	assert.Equal(t, "customers", cat.MustKind("Interaction").Edges[0].Name)
	assert.True(t, cat.MustKind("Interaction").About(cat.MustKind("Customer").Edge("interactions")))
}

func TestTheReadmesPictureShowsEveryRelationship(t *testing.T) {
	text, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	_, picture, _ := strings.Cut(string(text), "```mermaid")
	picture, _, _ = strings.Cut(picture, "```")
	var shown, there []string
	for _, m := range regexp.MustCompile(`(?m)^ +(\w+) -- (\w+) --> (.+)$`).FindAllStringSubmatch(picture, -1) {
		for _, to := range strings.Split(m[3], " & ") {
			shown = append(shown, m[1]+" "+m[2]+" "+to)
		}
	}
	cat, _, err := Load(kith.Schema, kith.Derived)
	require.NoError(t, err)
	for _, r := range cat.Rels {
		for _, pair := range r.Pairs {
			there = append(there, pair[0].Name+" "+r.Type+" "+pair[1].Name)
		}
	}
	assert.ElementsMatch(t, there, shown)
}

func TestASchemaThatIsWrongIsRefused(t *testing.T) {
	for _, c := range []struct{ name, old, new, err string }{
		{"a property without category", "email: String @category(is: CONTACT) @index", "email: String", "Customer.email has no @category"},
		{"an edge without category", `@relationship(type: "OF", direction: OUT) @category(is: BEHAVIOUR)`, `@relationship(type: "OF", direction: OUT)`, "Case.of has no @category"},
		{"a property that cannot be missing", "email: String @", "email: String! @", "Customer.email: a property may be missing"},
		{"a personal kind without existence", `prefix: "cas", existence: BEHAVIOUR`, `prefix: "cas"`, "Case is personal"},
		{"a subject that is no edge", `subjects: ["of"]`, `subjects: ["off"]`, `the subject "off" is not an edge`},
		{"a subject that leads to no person", `subjects: ["about"]`, `subjects: ["about", "by"]`, `Claim: the subject "by" leads to no person`},
		{"a subject that cannot be found from the person", `@relationship(type: "BY", direction: IN, `, `@relationship(type: "BYE", direction: IN, `, `Feedback: the subject "by" leads to Customer, of which no edge leads back along BY`},
		{"subjects that lead in a circle", `subjects: ["about"]`, `subjects: ["about", "disputedBy"]`, "Claim: its subjects lead in a circle"},
		{"two types of one prefix", `prefix: "cas"`, `prefix: "cla"`, "another type's"},
		{"needs that do not parse", "edges { node { at channel origin } }", "edges { node { att } }", "what Customer.contact needs does not select"},
		{"a relationship with two kinds of properties", `type: "WORKS_AT", direction: IN, properties: "Employment"`, `type: "WORKS_AT", direction: IN, properties: "Validity"`, "WORKS_AT has the properties"},
		{"a key that is no property", `(key: ["title", "from"])`, `(key: ["titel", "from"])`, `the key names "titel"`},
		{"properties that are no type", `properties: "LineItem"`, `properties: "Line"`, "Line is not a type with @relationshipProperties"},
		{"a search of what is no text", "employees: Int @category(is: COMPANY) @index", "employees: Int @category(is: COMPANY) @index @search", "Firmographics.employees: what is searched is a text of a node"},
		{"a search of what a relationship has", "department: String @category(is: PROFILE)", "department: String @category(is: PROFILE) @search", "Employment.department: what is searched is a text of a node"},
		{"a field that the store sets and does not say so", "updatedAt: DateTime @category(is: COMPANY) @stamped", "updatedAt: DateTime @category(is: COMPANY)", "updatedAt: @stamped is on exactly those fields that stores set"},
		{"a field that says so and is not", "email: String @category(is: CONTACT) @index", "email: String @category(is: CONTACT) @index @stamped", "Customer.email: @stamped is on exactly those fields that stores set"},
		{"a name with an underscore", "  domain: String", "  domain_name: String", "Account.domain_name"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Replace(kith.Schema, c.old, c.new, 1)
			require.NotEqual(t, kith.Schema, text)
			_, _, err := Load(text, kith.Derived)
			require.ErrorContains(t, err, c.err)
		})
	}
}
