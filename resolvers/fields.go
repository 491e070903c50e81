package resolvers

import (
	"cmp"
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/99designs/gqlgen/graphql"
	"github.com/99designs/gqlgen/graphql/introspection"
	"github.com/vektah/gqlparser/v2/ast"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/change"
	"github.com/kithgraph/kith/graph/rights"
	"github.com/kithgraph/kith/graph/sdl"
)

// Fields that are no fetch, or more than one, are registered here: root fields, mutations, and what is computed. All others are
// written by what the catalog says of them.
var (
	queryFields = map[string]answer{
		"policy":      answering((*Resolver).policy),
		"fieldPolicy": answering((*Resolver).fieldPolicy),
		"changes":     answering((*Resolver).changes),
		"__schema":    answering((*Resolver).introspected),
		"__type":      answering((*Resolver).introspectedType),
	}
	mutationFields = map[string]answer{
		"logInteraction":     answering(changes("Interaction", "interaction", (*change.Caller).Create)),
		"openCase":           answering(changes("Case", "case", (*change.Caller).Create)),
		"updateCase":         answering(changes("Case", "case", (*change.Caller).Update)),
		"createDeal":         answering(changes("Deal", "deal", (*change.Caller).Create)),
		"updateDeal":         answering(changes("Deal", "deal", (*change.Caller).Update)),
		"assignOwner":        answering(relates("undertaking", "owners", "employee", change.Succeeds, "Account", "Deal")),
		"createCustomer":     answering(changes("Customer", "customer", (*change.Caller).Create)),
		"updateCustomer":     answering(changes("Customer", "customer", (*change.Caller).Update)),
		"createAccount":      answering(changes("Account", "account", (*change.Caller).Create)),
		"updateAccount":      answering(changes("Account", "account", (*change.Caller).Update)),
		"assertRole":         answering(changes("Claim", "claim", (*change.Caller).Assert)),
		"disputeClaim":       answering(changes("Claim", "claim", (*change.Caller).Dispute)),
		"endClaim":           answering(changes("Claim", "claim", (*change.Caller).Update)),
		"retractClaim":       answering(changes("Claim", "claim", (*change.Caller).Update)),
		"addEmployment":      answering(relates("customer", "employments", "account", change.Begins, "Customer")),
		"endEmployment":      answering(relates("customer", "employments", "account", change.Ends, "Customer")),
		"changeEmployment":   answering(relates("customer", "employments", "account", change.Replaces, "Customer")),
		"setManager":         answering(relates("customer", "managers", "manager", change.Succeeds, "Customer")),
		"endManager":         answering(relates("customer", "managers", "manager", change.Ends, "Customer")),
		"recordFeedback":     answering(changes("Feedback", "feedback", (*change.Caller).Create)),
		"recordConsent":      answering(says(graph.Granted)),
		"withdrawConsent":    answering(says(graph.Withdrawn)),
		"recordObjection":    answering(says(graph.Objected)),
		"restrictProcessing": answering((*Resolver).restrictProcessing),
		"exportCustomer":     answering(exports(rights.Access)),
		"portCustomer":       answering(exports(rights.Portability)),
		"eraseCustomer":      answering((*Resolver).eraseCustomer),
	}
	computedFields = map[string]computation{
		"Account.committee":     against(computing(accountCommittee)),
		"Account.familyBridges": computing(familyBridges),
		"Account.jobChanges":    computing(accountJobChanges),
		"Claim.staleSince":      computing(staleSince),
		"Customer.contact":      computing(contactOf),
		"Customer.resilience":   computing(customerResilience),
		"Customer.tie":          computing(tieWith),
		"Employee.tie":          computing(tieWith),
		"Deal.committee":        against(computing(dealCommittee)),
		"Deal.resilience":       computing(dealResilience),
		"Deal.slips":            computing(slips),
		"Deal.stageHistory":     computing(stageHistory),
		"Deal.timeInStage":      computing(timeInStage),
		"HiddenEvent.aftermath": reading(aftermathOf),
		"HiddenEvent.exposure":  reading(exposureOf),
	}
	// computedRoots are fields of Query that are worked out of nodes which their arguments name.
	computedRoots = map[string]rootComputation{
		"committeeWarnings": {against(computing(committeeWarnings)), 50},
		"introductions":     {computing(introductions), 20},
		"jobChanges":        {computing(jobChanges), 200},
	}
)

// accountKind is the kind of companies, which hidden events reach, too.
const accountKind = "Account"

// An answer is how a root field is answered that is no fetch.
type answer struct {
	typ reflect.Type
	of  func(*Resolver, context.Context) (any, error)
}

func answering[T any](of func(*Resolver, context.Context) (*T, error)) answer {
	return answer{reflect.TypeFor[T](), func(r *Resolver, ctx context.Context) (any, error) { return of(r, ctx) }}
}

// A rootForm is how a field of Query is read that is a fetch.
type rootForm uint8

const (
	rootByHand rootForm = iota
	rootOne
	rootMany
	rootNode
	rootNodes
	rootSearch
	rootViewer
	rootJourneys
	rootCoverage
	rootComputed
)

// rootForms are those that one field alone has.
var rootForms = map[string]rootForm{"node": rootNode, "nodes": rootNodes, "search": rootSearch, "viewer": rootViewer, "journeys": rootJourneys, "roleCoverage": rootCoverage}

type rootField struct {
	form rootForm
	kind *graph.Kind
}

// byIDs reports whether the ids of nodes are arguments.
func (f rootField) byIDs() bool {
	return slices.Contains([]rootForm{rootOne, rootNode, rootNodes, rootComputed}, f.form)
}

// rootOf says how a field of Query is read.
func (r *Resolver) rootOf(f *ast.FieldDefinition) rootField {
	if form, own := rootForms[f.Name]; own {
		return rootField{form: form}
	}
	if f.Directives.ForName("computed") != nil {
		return rootField{form: rootComputed}
	}
	name, many := strings.CutSuffix(f.Type.Name(), "Connection")
	switch k := r.Catalog.Kind(name); {
	case k == nil:
		return rootField{}
	case many:
		return rootField{rootMany, k}
	default:
		return rootField{rootOne, k}
	}
}

// check finds a field of the schema that nothing renders.
func (r *Resolver) check() error {
	if err := r.checkRoots(); err != nil {
		return err
	}
	for _, k := range r.Catalog.Kinds {
		if err := r.checkKind(k); err != nil {
			return err
		}
	}
	checks := []error{r.checkType("Money", has(moneyFields)), r.checkType("Attribute", has(attributeFields)), r.checkType("PageInfo", has(pageInfoFields)), r.checkType("SearchHit", has(hitFields)),
		r.checkType("SearchMatch", has(matchFields)), r.checkType("Withheld", has(withheldFields)), r.checkType("External", has(externalFields)), r.checkType(viewerType, has(viewerFields)),
		r.checkType("ValueChange", has(changeFields)), r.checkJourneys(),
		r.checkPlain(reflect.TypeFor[roleComparisons](), r.Schema.Query.Fields.ForName("roleCoverage").Type, map[string]bool{})}
	for t, of := range summaries {
		checks = append(checks, r.checkType(cmp.Or(sdl.AggregateOf[t], "DurationAggregate"), func(f *ast.FieldDefinition) bool { return f.Name == "percentile" || of[f.Name] != nil }))
	}
	return cmp.Or(checks...)
}

// has reports which fields a table renders.
func has[T any](m map[string]T) func(*ast.FieldDefinition) bool {
	return func(f *ast.FieldDefinition) bool { _, ok := m[f.Name]; return ok }
}

func (r *Resolver) checkType(name string, renders func(*ast.FieldDefinition) bool) error {
	for _, f := range r.Schema.Types[name].Fields {
		if !strings.HasPrefix(f.Name, "__") && !renders(f) {
			return fmt.Errorf("nothing renders the field %s.%s", name, f.Name)
		}
	}
	return nil
}

// checkJourneys looks at what is told of journeys.
func (r *Resolver) checkJourneys() error {
	def := r.Schema.Types["Journeys"]
	if err := r.checkType(def.Name, func(f *ast.FieldDefinition) bool {
		return journeysFields[f.Name] != nil || journeyOperations[f.Name].read != nil || f.Arguments.ForName("behind") != nil
	}); err != nil {
		return err
	}
	seen := map[string]bool{}
	for name, op := range journeyOperations {
		if err := r.checkPlain(op.typ, def.Fields.ForName(name).Type, seen); err != nil {
			return err
		}
	}
	return nil
}

func (r *Resolver) checkRoots() error {
	seen := map[string]bool{}
	for _, root := range []struct {
		def *ast.Definition
		by  map[string]answer
	}{{r.Schema.Query, queryFields}, {r.Schema.Mutation, mutationFields}} {
		for _, f := range root.def.Fields {
			form := rootByHand
			if root.def == r.Schema.Query {
				form = r.rootOf(f).form
			}
			if form != rootByHand && form != rootComputed {
				continue
			}
			typ := root.by[f.Name].typ
			if form == rootComputed {
				typ = computedRoots[f.Name].typ
			}
			if typ == nil {
				return fmt.Errorf("nothing renders the field %s.%s: register it", root.def.Name, f.Name)
			}
			// Payloads have the same Go type, and each type of them is to be looked at.
			if err := r.checkPlain(typ, f.Type, seen); err != nil {
				return err
			}
		}
	}
	return nil
}

// checkKind looks at a kind, and at all that its connections have.
func (r *Resolver) checkKind(k *graph.Kind) error {
	def := r.Schema.Types[k.Name]
	for _, f := range def.Fields {
		p, e := k.Field(f.Name), k.Edge(f.Name)
		switch {
		case f.Name == "id", f.Name == "withheld", f.Name == graph.DisplayName, f.Name == graph.ExternalsField, p != nil, f.Name == graph.HistoryField && k.Property(graph.VersionsOf) != nil, strings.HasPrefix(f.Name, "__"):
		case e != nil && !e.One:
			if err := r.checkConnection(f.Type.Name(), e.Target(), e.Rel, e.Strands != nil); err != nil {
				return err
			}
		case e != nil:
		default:
			c, ok := computedFields[k.Name+"."+f.Name]
			if !ok {
				return fmt.Errorf("nothing renders the field %s.%s: it is neither a property nor an edge, and not registered as computed", k, f.Name)
			}
			if err := r.checkPlain(c.typ, f.Type, map[string]bool{}); err != nil {
				return err
			}
		}
	}
	if r.Schema.Types[k.Name+"Connection"] == nil {
		return nil
	}
	return r.checkConnection(k.Name+"Connection", k, nil, false)
}

// checkConnection looks at a connection to nodes of a kind, or of several (nil), or to entries of a timeline.
func (r *Resolver) checkConnection(name string, k *graph.Kind, rel *graph.Rel, entries bool) error {
	def := r.Schema.Types[name]
	checks := []error{r.checkType(name, has(connectionFields)), r.checkType(def.Fields.ForName("edges").Type.Name(), has(edgeFields))}
	if rel != nil && rel.Name != "" {
		checks = append(checks, r.checkType(rel.Name, func(f *ast.FieldDefinition) bool { return rel.Property(f.Name) != nil }))
	}
	if f := def.Fields.ForName("aggregate"); f != nil {
		checks = append(checks, r.checkType(f.Type.Name(), func(f *ast.FieldDefinition) bool { return addsUp(f, k, rel) }))
	}
	if f := def.Fields.ForName("groups"); f != nil {
		groups := r.Schema.Types[f.Type.Name()]
		rows := r.Schema.Types[groups.Fields.ForName("rows").Type.Name()]
		keys := []sdl.GroupName{}
		if entries {
			keys = sdl.EntryKeys(rel)
		} else {
			keys = sdl.GroupKeys(k, rel)
		}
		checks = append(checks, r.checkType(groups.Name, has(groupsFields)), r.checkType(rows.Name, has(groupFields)),
			r.checkType(groups.Fields.ForName("other").Type.Name(), has(groupFields)), r.checkType("TimeKey", has(timeFields)), r.checkType("DateKey", has(timeFields)),
			r.checkType("NumberKey", has(rangeFields)), r.checkType("MoneyKey", has(rangeFields)))
		for _, name := range []string{"key", "edgeKey"} {
			if f := rows.Fields.ForName(name); f != nil {
				checks = append(checks, r.checkType(f.Type.Name(), func(f *ast.FieldDefinition) bool {
					return slices.ContainsFunc(keys, func(n sdl.GroupName) bool { return n.Names[0] == f.Name && n.OnEdge == (name == "edgeKey") })
				}))
			}
		}
	}
	return cmp.Or(checks...)
}

// addsUp reports whether a field of an aggregate is rendered.
func addsUp(f *ast.FieldDefinition, k *graph.Kind, rel *graph.Rel) bool {
	p := measureOf(k, rel, f.Name).Ref.Prop
	return f.Name == "count" || f.Name == "duration" || f.Name == distinctField || k.Edge(f.Name) != nil || p != nil && summaries[p.Type] != nil
}

var errIntrospection = &graph.Error{Code: graph.Forbidden, Message: "introspection is off here: the schema is what `kith schema` prints"}

// introspected is the schema.
func (r *Resolver) introspected(ctx context.Context) (*introspection.Schema, error) {
	if graphql.GetOperationContext(ctx).DisableIntrospection {
		return nil, errIntrospection
	}
	return introspection.WrapSchema(r.Schema), nil
}

// introspectedType is one of its types, nil where there is none of the name.
func (r *Resolver) introspectedType(ctx context.Context) (*introspection.Type, error) {
	op := graphql.GetOperationContext(ctx)
	if op.DisableIntrospection {
		return nil, errIntrospection
	}
	name := text(graphql.GetFieldContext(ctx).Field.ArgumentMap(op.Variables)["name"])
	return introspection.WrapTypeFromDef(r.Schema, r.Schema.Types[name]), nil
}
