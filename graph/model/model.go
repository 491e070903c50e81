// Package model has the kinds and the relationships' properties as Go structs. It imports graph for the types of values.
//
// Each field is a property of the same name in the schema; nil is a value that is missing or withheld. What a struct and
// its type in the schema disagree on keeps the program from starting.
package model

import "github.com/kithgraph/kith/graph"

// A Node is what every kind has: an id, and the row it was read from, which knows the edges that came with it.
type Node struct {
	ID       string
	Row      *graph.Row
	Withheld []*Withheld // where it was asked for
}

// Withheld says that a field is withheld of a node, and why.
type Withheld struct {
	Field, Category, Reason, Purpose string
	Since                            *graph.Time
}

// IsNode marks the kinds for GraphQL's interface.
func (*Node) IsNode() {}

// Base is the Node of any kind.
func (n *Node) Base() *Node { return n }

// Any is a node of any kind.
type Any interface {
	IsNode()
	Base() *Node
}

// Account is a company, or a part of one.
type Account struct {
	Node
	Name, Domain, Stage, TimeZone *string
	UpdatedAt                     *graph.Time
}

// Firmographics is one version of what is known of a company from outside.
type Firmographics struct {
	Node
	Industry, SubIndustry *string
	Employees             *int64
	Revenue               *graph.Money
	Growth                *graph.Score
	Technologies          []string
	Funding               *graph.Money
	FoundedYear           *int64
	Source                *string
}

// Customer is any person the company deals with.
type Customer struct {
	Node
	Name, GivenName, FamilyName, Email, Phone, Language, TimeZone *string
	BirthYear                                                     *int64
	Gender, Education, Occupation, IncomeBand, Stage              *string
	IntroducesOthers                                              *bool
	UpdatedAt                                                     *graph.Time
}

// Consent is something a customer said about the use of her data.
type Consent struct {
	Node
	Purpose, Channel, Status *string
	At, Expires              *graph.Time
	Source, Proof            *string
}

// DataSubjectRequest is the record of a data subject's right.
type DataSubjectRequest struct {
	Node
	Right                    *string
	At                       *graph.Time
	Policy, Actor, Reference *string
	Removed, Kept, Copies    []string
}

// Disclosure is an answer that was given with somebody's data in it.
type Disclosure struct {
	Node
	At              *graph.Time
	Purpose, Policy *string
	Roles           []string

	Actor, Operation, Hash, Reference, Population *string
}

// Disclosed is what an answer held of one person.
type Disclosed struct{ Categories []string }

// Employee is one of our own people.
type Employee struct {
	Node
	Name, Title, Team *string
}

// Product is something we sell.
type Product struct {
	Node
	Name, Category *string
	Price          *graph.Money
	Version        *string
}

// Deal is a sale in the making, or made, or lost.
type Deal struct {
	Node
	Name, Type, Stage               *string
	Amount                          *graph.Money
	ExpectedClose                   *graph.Date
	OpenedAt, ClosedAt              *graph.Time
	Outcome, LossReason, Competitor *string
	UpdatedAt                       *graph.Time
}

// Claim is a role in a buying committee that somebody asserts of somebody.
type Claim struct {
	Node
	Role, Stance         *string
	Confidence           *graph.Score
	From, To, RecordedAt *graph.Time
	Origin               *string
}

// Order is goods ordered.
type Order struct {
	Node
	Number              *string
	PlacedAt, ShippedAt *graph.Time
	Status              *string
	Total               *graph.Money
}

// Interaction is something that passed between a customer and the business.
type Interaction struct {
	Node
	At                                   *graph.Time
	Sequence                             *int64
	Kind, Channel, Origin, Subject, Text *string
	Sentiment                            *graph.Score
	Outcome                              *string
}

// Case is a complaint, a request, praise or a suggestion.
type Case struct {
	Node
	Number, Kind, Severity, Status, Subject *string
	OpenedAt, ResolvedAt, UpdatedAt         *graph.Time
}

// Location is a place with an address.
type Location struct {
	Node
	Address, City, Region, Country, TimeZone, Kind *string
}

// Return is goods sent back.
type Return struct {
	Node
	Number                  *string
	RequestedAt, ReceivedAt *graph.Time
	Status, Reason          *string
	Refund                  *graph.Money
}

// SubscriptionContract is what somebody has.
type SubscriptionContract struct {
	Node
	Plan               *string
	Quantity           *int64
	Recurring          *graph.Money
	Interval           *string
	From, To, RenewsAt *graph.Time
}

// Campaign is something that is offered to many at once.
type Campaign struct {
	Node
	Name, Kind       *string
	StartsAt, EndsAt *graph.Time
	Cost             *graph.Money
}

// Content is something to read or to watch.
type Content struct {
	Node
	Title, Kind, Topic *string
}

// Feedback is what a customer answered when asked.
type Feedback struct {
	Node
	Instrument, Question *string
	Score                *int64
	Text, Journey        *string
	At                   *graph.Time
}

// HiddenEvent is something that happens to customers without their doing.
type HiddenEvent struct {
	Node
	Kind                 *string
	At, Until            *graph.Time
	Description, Control *string
	Before, After        *string
	NotifiedAt           *graph.Time
}

// Ownership is a company's share in another.
type Ownership struct {
	Share    *graph.Score
	From, To *graph.Time
}

// Validity is the valid time of a version.
type Validity struct{ From, To *graph.Time }

// Assignment is what an employee is responsible for.
type Assignment struct {
	Role     *string
	From, To *graph.Time
}

// Employment is a job.
type Employment struct {
	Title, Department, Seniority *string
	ApprovalLimit                *graph.Money
	From, To                     *graph.Time
}

// Reporting is who reports to whom.
type Reporting struct {
	Kind, Source *string
	From, To     *graph.Time
}

// DealItem is a product in a deal.
type DealItem struct {
	Quantity  *int64
	UnitPrice *graph.Money
}

// LineItem is a product in an order.
type LineItem struct {
	Quantity  *int64
	UnitPrice *graph.Money
	Discount  *graph.Score
	Net       *graph.Money
}

// Targeting is when a campaign was aimed at somebody.
type Targeting struct{ At *graph.Time }

// CampaignResponse is what somebody did on a campaign.
type CampaignResponse struct {
	Response *string
	At       *graph.Time
}

// Participation is how somebody took part in an interaction.
type Participation struct{ Role *string }

// Policy is what the policy says.
type Policy struct {
	Version    string
	Rules      []*PolicyRule
	Categories []*CategoryPolicy
}

// CategoryPolicy is for how long a kind of data is kept.
type CategoryPolicy struct {
	Category, Retention string
	KeptOnErasure       *string
}

// PolicyRule is a cell of it.
type PolicyRule struct{ Category, Purpose, Basis string }

// FieldPolicy is what it says of a field.
type FieldPolicy struct {
	Type, Field, Category string
	Rules                 []*PolicyRule
}

// Payload is what came of a change: what was changed, by the names that the types of payloads give it, or why nothing was.
type Payload struct {
	Account     *Account
	Case        *Case
	Consent     *Consent
	Customer    *Customer
	Deal        *Deal
	Employee    *Employee
	Interaction *Interaction
	Of          Any
	Request     *DataSubjectRequest
	Export      *SubjectExport
	UserErrors  []*UserError
}

// SubjectExport is what is kept about a person.
type SubjectExport struct {
	At      graph.Time
	Uses    []*DataUse
	Records []*ExportedRecord
}

// DataUse is what a kind of data may be used for.
type DataUse struct {
	Category, Retention string
	Rules               []*PolicyRule
}

// ExportedRecord is a node that is about a person.
type ExportedRecord struct {
	Type, ID         string
	Source, SourceID *string
	Values           []*ExportedValue
	Links            []*ExportedLink
}

// ExportedValue is a value as text.
type ExportedValue struct{ Field, Category, Value string }

// ExportedLink is a relationship of a record.
type ExportedLink struct {
	Field, Type string
	ID, Name    *string
	Values      []*ExportedValue
}

// UserError says why a change was not made.
type UserError struct{ Code, Field, Message string }

// Moment is where something stands in a timeline, and as what.
type Moment struct {
	At   *graph.Time
	Kind *string
}
