package sdl

import (
	"cmp"
	"os"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/vektah/gqlparser/v2/ast"

	kith "github.com/kithgraph/kith"
	"github.com/kithgraph/kith/graph"
)

func TestTheWholeSchemaIsUpToDate(t *testing.T) {
	_, schema, err := Load(kith.Schema)
	require.NoError(t, err)
	committed, err := os.ReadFile("../../resolvers/gql/schema.graphql")
	require.NoError(t, err)
	assert.True(t, string(committed) == Print(schema), "run make generate")
}

func TestTheCatalogSaysWhatTheSchemaSays(t *testing.T) {
	cat, _, err := Load(kith.Schema)
	require.NoError(t, err)
	deal := cat.MustKind("Deal")
	assert.Equal(t, "dea", deal.Prefix)
	amount := deal.Property("amount")
	assert.Equal(t, graph.Amount, amount.Type)
	assert.Equal(t, []string{"amount", "amount_currency"}, amount.Columns())
	kind := cat.MustKind("Case").Field("caseKind")
	assert.Equal(t, "kind", kind.Name, "as it is stored")
	assert.Same(t, kind, cat.MustKind("Case").Property("kind"))
	on := cat.MustKind("Claim").Edge("undertaking")
	assert.True(t, on.One)
	assert.Nil(t, on.Target())
	assert.Equal(t, []*graph.Kind{deal, cat.MustKind("Account")}, on.Targets)
	assert.True(t, cat.MustKind("Account").Edge("people").Current())
	assert.False(t, cat.MustKind("Account").Edge("firmographicsVersions").Current(), "history is read whatever the time")
}

func TestWhomEachKindIsAbout(t *testing.T) {
	cat, _, err := Load(kith.Schema)
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
Claim.customer Customer
Order.placedBy Customer
Interaction.participants Customer
Case.party Customer
Location.residents Customer
Return.sentBy Customer
SubscriptionContract.heldBy Customer
Feedback.givenBy Customer
HiddenEvent.affected Customer
HiddenEvent.affected Location.residents Customer
HiddenEvent.affected SubscriptionContract.heldBy Customer`, "\n"+strings.Join(ways, "\n"))

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
	const first, then = `  "Customers and employees who took part, and customers whom it is about, in the role SUBJECT."`, `  "Employees who took part."`
	head, rest, _ := strings.Cut(kith.Schema, first)
	participants, rest, _ := strings.Cut(rest, `  "Customers who took part, or whom it is about."`)
	customers, tail, _ := strings.Cut(rest, then)
	cat, _, err := Load(head + `  "Customers who took part, or whom it is about."` + customers + first + participants + then + tail)
	require.NoError(t, err)
	assert.Equal(t, "customers", cat.MustKind("Interaction").Edges[0].Name)
	assert.True(t, cat.MustKind("Interaction").About(cat.MustKind("Customer").Edge("interactions")))
}

// What an edge leads to has one type of connection, unless the relationship has something to say of each.
func TestConnectionsAreOfWhatTheyLeadTo(t *testing.T) {
	cat, schema, err := Load(kith.Schema)
	require.NoError(t, err)
	for _, k := range cat.Kinds {
		for _, e := range k.Edges {
			if name := schema.Types[k.Name].Fields.ForName(e.Name).Type.Name(); e.One {
				assert.Equal(t, cmp.Or(e.Union, e.Targets[0].Name), name, "%s", e)
			} else {
				assert.Equal(t, cmp.Or(e.Union, e.Targets[0].Name)+e.Rel.Name+"Connection", name, "%s", e)
			}
		}
	}
}

// An enum, whose values are of one type alone, is called after its type, so that types can be asked together. Nothing else needs that.
func TestOnlyEnumsBeginWithTheNameOfTheirType(t *testing.T) {
	cat, schema, err := Load(kith.Schema)
	require.NoError(t, err)
	enums := 0
	for _, k := range cat.Kinds {
		for _, f := range schema.Types[k.Name].Fields {
			if strings.HasPrefix(strings.ToLower(f.Name), strings.ToLower(k.Name)) {
				enums++
				assert.Equal(t, ast.Enum, schema.Types[f.Type.Name()].Kind, "%s.%s", k.Name, f.Name)
			}
		}
	}
	assert.Positive(t, enums)
}

func TestThePictureOfTheModelShowsEveryRelationship(t *testing.T) {
	text, err := os.ReadFile("../../docs/graph.md")
	require.NoError(t, err)
	_, picture, _ := strings.Cut(string(text), "```mermaid")
	picture, _, _ = strings.Cut(picture, "```")
	var shown, there []string
	for _, m := range regexp.MustCompile(`(?m)^ +(\w+) -- (\w+) --> (.+)$`).FindAllStringSubmatch(picture, -1) {
		for _, to := range strings.Split(m[3], " & ") {
			shown = append(shown, m[1]+" "+m[2]+" "+to)
		}
	}
	cat, _, err := Load(kith.Schema)
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
		{"an edge without category", `@relationship(type: "OF", direction: OUT) @category(is: BEHAVIOUR)`, `@relationship(type: "OF", direction: OUT)`, "Case.party has no @category"},
		{"a property that cannot be missing", "email: String @", "email: String! @", "Customer.email: a property may be missing"},
		{"a personal kind without existence", `displayName: ["number"], existence: BEHAVIOUR, subjects: ["party"]`, `displayName: ["number"], subjects: ["party"]`, "Case is personal"},
		{"a subject that is no edge", `subjects: ["party"]`, `subjects: ["partie"]`, `the subject "partie" is not an edge`},
		{"a subject that leads to no person", `subjects: ["customer"]`, `subjects: ["customer", "assertedBy"]`, `Claim: the subject "assertedBy" leads to no person`},
		{"a subject that cannot be found from the person", `@relationship(type: "BY", direction: IN, `, `@relationship(type: "BYE", direction: IN, `, `Feedback: the subject "givenBy" leads to Customer, of which no edge leads back along BY`},
		{"subjects inherited by what is no edge", `inherits: ["case","topics"]`, `inherits: ["cases"]`, `Interaction: it inherits by "cases", which is not an edge along a relationship`},
		{"subjects inherited by what has none of its own", `subjects: ["participants"], inherits`, `inherits`, "Interaction inherits subjects, and has none of its own (subjects)"},
		{"subjects inherited that no role keeps", `  SUBJECT
}`, `  ABOUT
}`, "Interaction inherits subjects, which are kept by a PARTICIPANT in the role SUBJECT: it has none"},
		{"subjects inherited of what has them from others", `subjects: ["sentBy"]`, `subjects: ["sentBy", "order"]`, "Interaction: it inherits subjects of Return, which is about persons by others"},
		{"subjects that lead in a circle", `subjects: ["customer"]`, `subjects: ["customer", "disputingClaims"]`, "Claim: its subjects lead in a circle"},
		{"two types of one prefix", `prefix: "cas"`, `prefix: "cla"`, "another type's"},
		{"needs that do not parse", "edges { node { at channel origin } }", "edges { node { att } }", "what Customer.contact needs does not select"},
		{"a relationship with two kinds of properties", `type: "WORKS_AT", direction: IN, properties: "Employment"`, `type: "WORKS_AT", direction: IN, properties: "Validity"`, "WORKS_AT has the properties"},
		{"a key that is no property", `(key: ["title", "from"])`, `(key: ["titel", "from"])`, `the key names "titel"`},
		{"properties that are no type", `properties: "LineItem"`, `properties: "Line"`, "Line is not a type with @relationshipProperties"},
		{"a search of what is no text", "employeeCount: Int @category(is: COMPANY) @index", "employeeCount: Int @category(is: COMPANY) @index @search", "Firmographics.employeeCount: what is searched is a text of a node"},
		{"a search of what a relationship has", "department: String @category(is: PROFILE)", "department: String @category(is: PROFILE) @search", "Employment.department: what is searched is a text of a node"},
		{"an index of what is no time of a relationship", "department: String @category(is: PROFILE)", "department: String @category(is: PROFILE) @index", "Employment.department: of a relationship only instants and days are kept in an index"},
		{"a field that the store sets and does not say so", "updatedAt: DateTime @category(is: COMPANY) @stamped", "updatedAt: DateTime @category(is: COMPANY)", "updatedAt: @stamped is on exactly those fields that stores set"},
		{"a field that says so and is not", "email: String @category(is: CONTACT) @index", "email: String @category(is: CONTACT) @index @stamped", "Customer.email: @stamped is on exactly those fields that stores set"},
		{"a field that all nodes have", "  domain: String", "  id: ID!\n  domain: String", "Account.id: every type with @node has it"},
		{"arguments that follow by themselves", "  deals: [Deal!]", "  deals(first: Int): [Deal!]", "Account.deals: the arguments of an edge follow from where it leads"},
		{"an edge that cannot be withheld", "  deals: [Deal!]", "  deals: [Deal!]!", "Account.deals: an edge may be withheld"},
		{"one word for one and for several", `plural: "firmographicsVersions"`, `plural: "firmographics"`, "Firmographics: plural names several"},
		{"groups by a name", "  email: String @category(is: CONTACT)", "  email: String @category(is: CONTACT) @groupable", "Customer.email: @groupable is for texts with few values and for numbers, and never for IDENTITY, CONTACT and CONTENT"},
		{"groups by lists", "  technologies: [String!]", "  technologies: [String!] @groupable", "Firmographics.technologies: @groupable is for texts with few values"},
		{"a sum of what is no number", "  domain: String @category(is: COMPANY)", "  domain: String @category(is: COMPANY) @additive", "Account.domain: what is added up is a number or an amount"},
		{"a field that another type has of another type", "orderStatus: OrderStatus", "status: OrderStatus", "fields of one name are of one type, so that nodes of several types can be asked together; another name is needed, as caseStatus"},
		{"a property with the name of an edge elsewhere", "  domain: String", "  products: String @category(is: COMPANY)\n  domain: String", "Deal.products is [Product!], and Account.products is String"},
		{"a name that filters have", "  domain: String", "  count: Int", "Account.count: the name says something else in filters"},
		{"an alias of what a relationship has", "department: String @category", `department: String @alias(property: "unit") @category`, "Employment.department: only a property of a node has an alias"},
		{"a name of what is no text", `prefix: "acc", displayName: ["name"]`, `prefix: "acc", displayName: ["accountStage"]`, `Account: displayName names "accountStage", which is no text of it`},
		{"a name of what is withheld apart", `prefix: "cus", displayName: ["name"]`, `prefix: "cus", displayName: ["name", "email"]`, "Customer: displayName names name and email, which are not withheld together"},
		{"a name of which a part is offered", `prefix: "cam", displayName: ["name"], offered: ["campaignKind"`, `prefix: "cam", displayName: ["name", "slogan"], offered: ["slogan", "campaignKind"`, "Campaign: displayName names name and slogan, of which one is offered"},
		{"a type that is for other purposes than its existence says", `prefix: "dsr", existence: CONSENT, subjects: ["madeBy"]) @category(is: CONSENT`, `prefix: "dsr", existence: CONSENT, subjects: ["madeBy"]) @category(is: BEHAVIOUR`, "DataSubjectRequest: @category of a type is that of its existence"},
		{"a field for more purposes than its type", "reference: String @category(is: CONSENT, only: [COMPLIANCE])", "reference: String @category(is: CONSENT, only: [SALES])", "DataSubjectRequest.reference is for [SALES], and DataSubjectRequest for [COMPLIANCE SELF] alone"},
		{"a computed field for some purposes", `channel origin } } }") @category(is: BEHAVIOUR`, `channel origin } } }") @category(is: BEHAVIOUR, only: [SALES]`, "Customer.contact: what is computed is for the purposes that what it needs is for"},
		{"a range of what is no number", "  domain: String", "  domain: String @range(min: 0)", "Account.domain: @range is for numbers and amounts"},
		{"a range without an end", "share: Float @category(is: COMPANY) @range(min: 0, max: 1)", "share: Float @category(is: COMPANY) @range", "Ownership.share: @range says neither min nor max"},
		{"a range that ends before it begins", "@range(min: 0, max: 1)", "@range(min: 2, max: 1)", "Ownership.share: @range has its min above its max"},
		{"a range that is more exact than its values", "@range(min: 0, max: 1)", "@range(min: 0.0000001)", `Ownership.share: @range: "0.0000001" has more decimals than its values`},
		{"a past of what is no time", "  domain: String", "  domain: String @past", "Account.domain: @past is for instants, days and years"},
		{"a format of what is no text", "share: Float @category(is: COMPANY)", "share: Float @category(is: COMPANY) @format(is: EMAIL)", "Ownership.share: @format is for texts"},
		{"a value of persons that there is not", `@byPerson(is: "CUSTOMER")`, `@byPerson(is: "HER")`, `Interaction.origin: @byPerson names "HER", which is not one of its values`},
		{"a text that follows from what is no text", `@follows(from: ["givenName", "familyName"])`, `@follows(from: ["birthYear"])`, "Customer.name: texts follow from texts"},
		{"a text that follows from what is withheld apart", `@follows(from: ["givenName", "familyName"])`, `@follows(from: ["givenName", "email"])`, "Customer.name and Customer.email are compared, and not withheld together"},
		{"a state that there is not", `ends: ["RESOLVED", "CLOSED"]`, `ends: ["MENDED"]`, `Case.status: @lifecycle names "MENDED", which is not one of its values`},
		{"a state that ends twice", `@lifecycle(ends: ["LOST"]`, `@lifecycle(ends: ["WON"]`, "Deal.stage: @lifecycle names WON twice"},
		{"a state that is no enumeration", "  domain: String", `  domain: String @lifecycle(ends: [])`, "Account.domain: one enumeration says how far something has come"},
		{"a need that is no property", `needs: ["resolvedAt"]`, `needs: ["mendedAt"]`, `Case: @lifecycle names "mendedAt", which is not a property`},
		{"a need that is withheld apart from the state", `needs: ["resolvedAt"]`, `needs: ["subject"]`, "Case.status and Case.subject are compared, and not withheld together"},
		{"a need without a past that its state has", "  outcome: DealOutcome @category(is: COMPANY) @tracked", "  outcome: DealOutcome @category(is: COMPANY)", "Deal.stage is @tracked, so that Deal.outcome has to be"},
		{"an order of what is no time", `@order(from: "openedAt", to: "resolvedAt")`, `@order(from: "openedAt", to: "subject")`, `Case: @order names "openedAt" and "subject", which are not two instants or two days of it`},
		{"an order of one", `@order(from: "openedAt", to: "resolvedAt")`, `@order(from: "openedAt", to: "openedAt")`, `Case: @order names "openedAt" and "openedAt"`},
		{"an input whose default is no property", `now: ["openedAt"], numbered`, `now: ["begunAt"], numbered`, `OpenCaseInput: now names "begunAt", which is not a property of Case`},
		{"a timeline along what is bare", `"FEEDBACK feedbacks at"`, `"FEEDBACK disclosures at"`, "Customer.timeline: Customer.disclosures is bare, and no way of a timeline"},
		{"a main one that nothing tells", `, main: ["role", "from"]`, ``, "Account.owners: main takes properties of which one tells which is the main one"},
		{"a main one that no property tells", `main: ["role", "from"]`, `main: ["rolle", "from"]`, `Assignment: main names "rolle", which is no number`},
		{"a main one that another field's name has", `main: "owner"`, `main: "domain"`, `Account.owners: main is "domain", which is another field's name`},
		{"a main one that other data tells", "  role: AssignmentRole @category(is: WORKFORCE)", "  role: AssignmentRole @category(is: COMPANY)", "Account.owners: what tells the main one is Assignment.role, and has to be of the edge's category, WORKFORCE"},
		{"a main one of persons", `locations: [Location!] @relationship(type: "LOCATED_AT", direction: OUT)`, `locations: [Location!] @relationship(type: "LOCATED_AT", direction: OUT, main: "seat")`, "Account.locations: main leads to Location, which is about persons"},
		{"a main one of those that lead here", `accounts: [Account!] @relationship(type: "OWNED_BY", direction: IN, properties: "Assignment")`, `accounts: [Account!] @relationship(type: "OWNED_BY", direction: IN, properties: "Assignment", main: "mine")`, "Employee.accounts: main is of an edge OUT to several nodes of one type"},
		{"a beginning that is no instant", `begins: "placedAt"`, `begins: "number"`, `Order: begins names "number", which is not an instant of it that is @past`},
		{"a beginning that may lie ahead", "  placedAt: DateTime @category(is: FINANCIAL) @index @past", "  placedAt: DateTime @category(is: FINANCIAL) @index", `Order: begins names "placedAt", which is not an instant of it that is @past`},
		{"a beginning that is withheld", "  placedAt: DateTime @category(is: FINANCIAL) @index @past", "  placedAt: DateTime @category(is: BEHAVIOUR) @index @past", "Order: begins names placedAt, which is withheld where it is known that there is one"},
		{"a name with an underscore", "  domain: String", "  domain_name: String", "Account.domain_name"},
	} {
		t.Run(c.name, func(t *testing.T) {
			text := strings.Replace(kith.Schema, c.old, c.new, 1)
			text = strings.Replace(text, "  cost: Money @category", "  slogan: String @category(is: COMPANY)\n  cost: Money @category", 1)
			require.NotEqual(t, kith.Schema, text)
			_, _, err := Load(text)
			require.ErrorContains(t, err, c.err)
		})
	}
}
