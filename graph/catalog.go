package graph

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Category is the kind of data that a property or an edge discloses.
type Category string

// The categories. CategoryCompany is not personal.
const (
	CategoryCompany      Category = "COMPANY"
	CategoryIdentity     Category = "IDENTITY"
	CategoryContact      Category = "CONTACT"
	CategoryDemographic  Category = "DEMOGRAPHIC"
	CategoryProfile      Category = "PROFILE"
	CategoryBehaviour    Category = "BEHAVIOUR"
	CategoryContent      Category = "CONTENT"
	CategorySentiment    Category = "SENTIMENT"
	CategoryFinancial    Category = "FINANCIAL"
	CategoryPrediction   Category = "PREDICTION"
	CategoryRelationship Category = "RELATIONSHIP"
	CategoryConsent      Category = "CONSENT"
	CategoryWorkforce    Category = "WORKFORCE"
)

// Type is the type of a property's values.
type Type uint8

// The types, with the Go type of their values in filters, results and batches.
const (
	String   Type = iota // string
	Enum                 // string, one of Property.Values
	Int                  // int64
	Float                // int64, at scale 6
	Bool                 // bool
	Instant              // int64, microseconds since 1970 in UTC
	Day                  // int64, microseconds since 1970 of its midnight in UTC
	Amount               // Money
	Strings              // []string, no element missing
	Versions             // []Version, InOrder: of hidden properties alone
)

// Property is a value that a node or a relationship carries.
type Property struct {
	Name      string // as stored
	Alias     string // of the field of the schema, where that is called otherwise
	Type      Type
	Enum      string   // name of the enumeration
	Values    []string // of an enumeration
	Category  Category
	Also      []Category // what else it tells of: it may be seen where all of them may
	Only                 // whatever the policy says of the category
	Indexed   bool
	Additive  bool      // its sum over several says something
	Groupable bool      // rows are grouped by it: a text with few values, or a neighbour's number
	Searched  Searching // by what its values are found in a search
	// Fold gives what texts are put in order by: those that it makes alike by code point. Nil: all by code point.
	Fold     func(string) string
	Within   *Property // what has one value is put in order by this further property of the kind; nil: by nothing further
	Hidden   bool      // kept for the guard: no field of the schema
	Stamped  bool      // stores set it by themselves, and nobody gives it a value
	Internal bool      // of what is about nobody and is the business's own: no customer sees it
	Owner    string    // the kind, or the type of a relationship's properties
	ByPerson string    // value that says that a person did what it is of; what it says otherwise of was not provided by her
	HerWord  bool      // a person says it herself, whatever its category
	Tracking Tracking
	Versions *Property   // of what is tracked: the mention of its Versions
	Of       []*Property // of Versions: the properties that they are of
	Rule
}

// Only are the purposes that something is for, whatever the policy says; nil: all.
type Only []Purpose

// Excludes reports whether it is not for a purpose.
func (o Only) Excludes(purpose Purpose) bool { return o != nil && !slices.Contains(o, purpose) }

// Searching is by what of a text a search finds it.
type Searching uint8

// The ways.
const (
	NotSearched Searching = iota
	ByWords
	ByNumber // a telephone number
)

// Field is what the schema calls the property.
func (p *Property) Field() string { return cmp.Or(p.Alias, p.Name) }

// Path names the property and what it is of.
func (p *Property) Path() string { return p.Owner + "." + p.Name }

// Numeric reports whether values can be added up.
func (p *Property) Numeric() bool { return p.Type == Int || p.Type == Float || p.Type == Amount }

// Told reports whether a person is told the value of what is about her, whatever the policy says.
func (p *Property) Told() bool { return !p.Excludes(Self) }

// Given reports whether batches may give the property a value: stores keep the others by themselves.
func (p *Property) Given() bool { return !p.Hidden && !p.Stamped }

// Ordered reports whether values have an order that ranges, sorts, minima and maxima may use.
func (p *Property) Ordered() bool { return p.Type != Strings && p.Type != Versions }

// A Rel is a type of relationship as it is stored.
type Rel struct {
	Type       string
	Name       string      // of the type that holds its properties, or empty
	Properties []*Property // none is fine
	Key        []*Property // these tell two relationships of the same two nodes apart
	Main       []*Property // by these, one after the other, the main one of several is told; see Walk
	Pairs      [][2]*Kind  // which kinds it leads from and to
	Spans      []Span
	// Bare: it is kept by its two nodes alone, of which there is one kind at each end, and takes little room. BareKey is its key. Newest is the
	// instant of the node that it leads from by which these come newest first, where no order is asked for.
	Bare   bool
	Newest *Property
	Kept   bool // stores keep it by themselves, and no batch gives it
}

// Temporal reports whether the relationship carries valid time, in the properties from and to.
func (r *Rel) Temporal() bool { return r.Property("from") != nil && r.Property("to") != nil }

// BareKey is the key of a relationship that has neither a name nor properties that tell it apart: its two nodes.
func BareKey(from, to string) string { return from + "|" + to }

// BareEnds are the nodes of a BareKey.
func BareEnds(key string) (from, to string) {
	from, to, _ = strings.Cut(key, "|")
	return from, to
}

// Property finds a property by its name, or nil.
func (r *Rel) Property(name string) *Property { return find(r.Properties, name) }

// Shown are the properties that are fields of the schema.
func (r *Rel) Shown() []*Property { return shown(r.Properties) }

// An Edge is a field by which nodes of one kind reach others along a relationship.
type Edge struct {
	Name     string
	Owner    *Kind
	Rel      *Rel
	Out      bool   // the relationship leads from the owner
	One      bool   // at most one is current
	Main     string // what leads to the main one of those that it leads to is called; empty: none of them is. See MainOne
	History  bool   // read whatever the valid time
	AsOf     *Time  // read as of then; nil: as of the request's time
	Known    *Time  // read as it was known then; nil: as it is known
	Walk     Walk   // given: Rel has no properties, and Along is walked
	Along    *Rel
	Through  *Filter  // guard's slot of a walk: it goes only to nodes that this is true of
	Strands  []Strand // given: leads along these, and Rel is of none of them; see Strand
	Targets  []*Kind
	Union    string // name of the union of several targets, or empty
	Category Category
	Also     []Category // what else it tells of: it may be followed where all of them may be seen, of both its ends
	Only                // whatever the policy says of the category
	Standing StandingBy
	Provided bool // what it leads to comes from the person herself
}

// Walk is how an edge goes along relationships that make a hierarchy: they lead from each node to those above it. One of these is the
// main one: that with the greatest value of the first of Rel.Main, of an enumeration the one that the schema has first, missing ones last; of several that by the next of Rel.Main,
// and so on, then that with the least id, then the relationship with the least key. A walk goes along the main ones alone, so that a hierarchy is a tree, and takes at most MaxSteps. Where they lead in a
// circle it ends before it comes to a node again.
type Walk uint8

// The walks.
const (
	NoWalk Walk = iota
	Up          // to all nodes above
	Down        // to all from which Up leads here
	Top         // to the last of Up, or the node itself; who is in a circle is the last, and who comes to one ends at the first of it
	Family      // to the Top, and all Down from there
)

// MaxSteps is how far a walk goes.
const MaxSteps = 20

// StandingBy is what an edge of a person says about her standing.
type StandingBy string

// The ways.
const (
	ByContract StandingBy = "CONTRACT" // whoever has one is party to a contract
	ByConsent  StandingBy = "CONSENT"  // what it leads to is what she said
)

// Walks reports whether the edge goes along its relationship more than once. It leads to each node once then.
func (e *Edge) Walks() bool { return e.Walk != NoWalk }

// Stored reports whether the edge goes along one relationship, which has a key of its own.
func (e *Edge) Stored() bool { return !e.Walks() && e.Strands == nil }

// LeadsTo reports whether the edge's relationship leads from its owner to nodes of these kinds only. What a timeline is woven of is of other
// relationships than its own.
func (e *Edge) LeadsTo(kinds ...*Kind) bool {
	return e.Strands == nil && !slices.ContainsFunc(e.Rel.Pairs, func(p [2]*Kind) bool {
		owner, target := p[0], p[1]
		if !e.Out {
			owner, target = target, owner
		}
		return owner == e.Owner && !slices.Contains(kinds, target)
	})
}

// Of is the edge with some of its strands.
func (e *Edge) Of(strands []Strand) *Edge {
	as := *e
	as.Strands = strands
	return &as
}

// A Strand is a way from a node to what has a time. An edge of several leads to each node once for each strand's Kind and time,
// whatever the number of ways, and not to nodes without a time. Its relationships have the properties EntryKind and EntryAt, and
// the strand's Kind for a key. A list along it is ordered by EntryAt among others: one node may be entered at several times.
type Strand struct {
	Kind string // of the entries, a value of EntryKind
	Hops []Hop
	At   Ref // the time: a property of the node, or of the last hop's relationship
	// OnEdge: At is of the relationship.
	OnEdge bool
}

// A Hop goes along an edge to nodes of one kind.
type Hop struct {
	Edge   *Edge
	To     *Kind
	When   *Filter // guard's slot: asked of the node that the edge leads from
	Filter *Filter // guard's slot: asked of the node that it leads to
}

// Names of the properties of a timeline's relationships.
const (
	EntryKind = "kind"
	EntryAt   = "at"
)

// Via is a walk that goes only to nodes which a condition is true of.
func (e *Edge) Via(f *Filter) *Edge {
	as := *e
	as.Through = f
	return &as
}

// Target is the one kind the edge leads to, or nil where there are several.
func (e *Edge) Target() *Kind {
	if e.Union != "" {
		return nil
	}
	return e.Targets[0]
}

// At is the edge as it was, or will be, at an instant.
func (e *Edge) At(t Time) *Edge {
	as := *e
	as.History, as.AsOf = false, &t
	return &as
}

// Ever is the edge with all relationships, whatever their valid time.
func (e *Edge) Ever() *Edge {
	if !e.Current() {
		return e
	}
	as := *e
	as.History, as.AsOf = true, nil
	return &as
}

// Single reports whether writing sees to it that the edge leads to one node at most: to-one edges do at any one time.
func (e *Edge) Single() bool {
	return e.One && e.Main == "" && (!e.Rel.Temporal() || e.Current() && e.Known == nil)
}

// Current reports whether only relationships are read that are valid at a time: the request's, or AsOf.
func (e *Edge) Current() bool {
	return (e.Rel.Temporal() || e.Walks() && e.Along.Temporal()) && !e.History
}

// Categories are all that the edge tells of.
func (e *Edge) Categories() []Category { return append([]Category{e.Category}, e.Also...) }

func (e *Edge) String() string { return e.Owner.Name + "." + e.Name }

// A Computed field is worked out from a selection on its own kind.
type Computed struct {
	Name     string
	Category Category
	Groups   bool // it tells of groups alone, and sees to it itself that enough persons stand behind what it tells
}

// A Kind is a type of node.
type Kind struct {
	Name       string // of the type, as Customer
	Plural     string // of several, as customers
	Rootless   bool   // nodes are not asked for from the start
	Label      string // as stored
	Prefix     string // of ids, as cus
	Person     bool   // whose data is hers, and may be withheld as she says
	Offered    bool   // about nobody, and customers see of it what is not Internal, where something of theirs leads there
	Existence  Category
	Only               // nodes are there for these purposes alone, whatever the policy says of their existence
	Subjects   []*Edge // lead to the persons a node is about, or to what is about some: Ways begin with them
	Inherits   []*Edge // whom what these lead to is about is a subject, too: stores keep that along Subjects[0], in the role of RoleSubject
	Ways       []Way   // to the persons that a node is about; see Way
	Properties []*Property
	Spans      []Span
	Begins     *Property   // since when there is one of it: as of an earlier time there is none; nil: nobody says
	Lifecycle  *Lifecycle  // nil: no state of it has to do with anything
	Key        *Property   // gives the External.Key that a node was first seen under; no property that a batch sets, nor one that is asked by
	Further    *Property   // gives its further keys, likewise
	Display    []*Property // by what nodes are called: by all of these that are known; none: they have no name
	Edges      []*Edge
	Timeline   *Edge // along strands; nil: none
	Journeys   bool  // each of it is a case of journeys, with what its timeline tells
	Computed   []*Computed
}

// Property finds a property by its name, or nil.
func (k *Kind) Property(name string) *Property { return find(k.Properties, name) }

// Shown are the properties that are fields of the schema.
func (k *Kind) Shown() []*Property { return shown(k.Properties) }

func shown(props []*Property) []*Property {
	return slices.DeleteFunc(slices.Clone(props), func(p *Property) bool { return p.Hidden })
}

// Searched are the properties that a search looks into.
func (k *Kind) Searched() []*Property {
	return slices.DeleteFunc(slices.Clone(k.Properties), func(p *Property) bool { return p.Searched == NotSearched })
}

// Edge finds an edge by its name, or nil.
func (k *Kind) Edge(name string) *Edge {
	if k.Timeline != nil && k.Timeline.Name == name {
		return k.Timeline
	}
	return First(k.Edges, func(e *Edge) bool { return e.Name == name })
}

// Marks reports whether a relationship along an edge of the kind, as it comes, goes or changes, marks the node as changed. One
// that leads to persons, or to what is about some, does not: they may withhold it, and the mark would tell of it.
func (k *Kind) Marks(e *Edge) bool {
	return e.Out && !e.Walks() && !slices.ContainsFunc(e.Targets, (*Kind).OfPersons)
}

func (k *Kind) String() string { return k.Name }

// Reverse is the edge by which what e leads to leads back, or nil. An edge to several kinds is the way back from each.
func (k *Kind) Reverse(e *Edge) *Edge {
	return First(k.Edges, func(r *Edge) bool {
		return r.Rel == e.Rel && r.Out != e.Out && slices.Contains(e.Targets, k) && slices.Contains(r.Targets, e.Owner)
	})
}

func find(ps []*Property, name string) *Property {
	return First(ps, func(p *Property) bool { return p.Name == name })
}

// A Catalog says which kinds and relationships there are. It is built once, from the schema, and not changed after.
type Catalog struct {
	Kinds []*Kind
	Rels  []*Rel
	Ways  []Way // the shortest first: whatever a way comes by, others before it lead from there
}

// Kind finds a kind by its name, or nil.
func (c *Catalog) Kind(name string) *Kind {
	return First(c.Kinds, func(k *Kind) bool { return k.Name == name })
}

// Rel finds a relationship by its type, or nil.
func (c *Catalog) Rel(typ string) *Rel {
	return First(c.Rels, func(r *Rel) bool { return r.Type == typ })
}

// KindOf is the kind an id belongs to by its prefix, or nil.
func (c *Catalog) KindOf(id string) *Kind {
	for _, k := range c.Kinds {
		if n := len(k.Prefix); len(id) > n+1 && id[:n] == k.Prefix && id[n] == '_' {
			return k
		}
	}
	return nil
}

// MustKind is Kind for names that are known to exist; it panics on others.
func (c *Catalog) MustKind(name string) *Kind {
	if k := c.Kind(name); k != nil {
		return k
	}
	panic(fmt.Sprintf("graph: no kind %q in the catalog", name))
}
