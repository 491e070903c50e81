package graph

import "math"

// A Tie is how two know each other, by what passed between them: a customer and an employee, or two customers. It is made of contacts, one
// for each interaction in which both took part, and no more than MostTied in all.
//
// In and Out are sums, of what came in and of what went out, of
//
//	2^-((AsOf - at) / HalfLife)
//
// over the contacts that went that way, so that one counts 1 at its own instant and half as much 45 days later. They are as of the newest
// contact: what they come to at a later instant t is each times 2^-((t - AsOf) / HalfLife). Between a customer and an employee, in is from
// the customer; between two customers it is from the other to the one from whom one looks, who has a relationship of her own for it.
//
// Ties compose: those of two sets of contacts make that of both, in whatever order. Taking a contact away is another matter, and has the
// others be looked at again.
type Tie struct {
	In, Out         float64
	N               int64 // contacts, of which one may go both ways, or neither
	LastIn, LastOut int64 // instants of the newest that came in, and that went out; Never: none did
	AsOf            int64 // the instant of the newest
}

// A Contact is what one interaction is to two who took part in it.
type Contact struct {
	At      int64 // instant
	In, Out bool
}

const (
	// HalfLife is 45 days, in microseconds.
	HalfLife = 45 * 24 * 3600 * 1e6
	// MostTied is how many may take part in an interaction by which they know each other: customers and employees, however many of either.
	MostTied = 12
	// Never is before all instants.
	Never = math.MinInt64
)

// Names of the relationship that ties are kept by, of its properties, and of those that it is made of. The exact sums are the bits of
// float64, since six decimals would not add up.
const (
	TieRel      = "KNOWS"
	TieType     = "Tie"
	TieIn       = "sumIn"
	TieOut      = "sumOut"
	TieN        = "n"
	TieLastIn   = "lastIn"
	TieLastOut  = "lastOut"
	TieAsOf     = "asOf"
	TieExactIn  = "exactIn"
	TieExactOut = "exactOut"

	InteractionKind   = "Interaction"
	InteractionAt     = "at"
	InteractionOrigin = "origin"
	// InteractionCrowded is hidden, and true of one in which too many took part to know each other by it: see Meeting.
	InteractionCrowded = "crowded"
)

// Roles in which somebody takes part, and origins.
const (
	RoleFrom     = "FROM"
	RoleTo       = "TO"
	RoleCopied   = "CC"
	RoleAttendee = "ATTENDEE"

	OriginCustomer    = "CUSTOMER"
	OriginBusiness    = "BUSINESS"
	OriginEnvironment = "ENVIRONMENT"
)

// A Meeting is who took part in an interaction.
type Meeting []Participant

// A Participant took part in a role; empty: none is told.
type Participant struct{ ID, Role string }

// says is how much a role says of how somebody took part.
var says = map[string]int{RoleCopied: 1, RoleTo: 2, "": 3, RoleAttendee: 4, RoleFrom: 5}

// With is the meeting with somebody more: who is named several times in the role that says most, and who is only the subject not at all.
func (m Meeting) With(id, role string) Meeting {
	if role == RoleSubject {
		return m
	}
	for i := range m {
		if p := &m[i]; p.ID == id {
			if says[role] > says[p.Role] {
				p.Role = role
			}
			return m
		}
	}
	return append(m, Participant{id, role})
}

// Of is how somebody took part, if she did.
func (m Meeting) Of(id string) (Participant, bool) {
	for _, p := range m {
		if p.ID == id {
			return p, true
		}
	}
	return Participant{}, false
}

// Crowded reports whether too many took part to know each other by it. Stores keep it as InteractionCrowded, so that who sees only some of those
// who took part is told the same ties at each time.
func (m Meeting) Crowded() bool { return len(m) > MostTied }

// ContactOf is what an interaction at an instant and of an origin was to a customer and to another one, or to an employee, as the tie of the first one
// has it.
func ContactOf(at int64, origin string, a, b Participant, employee bool) Contact {
	there, back := Passed(a.Role, b.Role, origin, false, employee), Passed(b.Role, a.Role, origin, employee, false)
	if employee {
		return Contact{At: at, In: there, Out: back}
	}
	return Contact{At: at, In: back, Out: there}
}

// CrowdedProperty is that of interactions.
func CrowdedProperty() *Property {
	return &Property{Name: InteractionCrowded, Type: Bool, Category: CategoryBehaviour, Owner: InteractionKind, Hidden: true}
}

// TieProperties are the hidden properties of the relationship.
func TieProperties() []*Property {
	hidden := func(name string) *Property {
		return &Property{Name: name, Type: Int, Category: CategoryRelationship, Also: []Category{CategoryBehaviour}, Owner: TieType, Hidden: true}
	}
	return []*Property{hidden(TieExactIn), hidden(TieExactOut)}
}

// Passed reports whether something passed from one who took part in an interaction to another, by their roles, empty where none is told,
// and by who began it. Who sent it did so to all who did not; who received it, or had a copy, sent nothing; who was there spoke to all who
// were or received it. Of whom no role is told it goes by the origin, which says of a customer and an employee who began it, and
// of what neither did that nothing passed; where it says nothing of the two, both were there. Nothing else counts, so that no third one
// shows through a tie.
func Passed(from, to, origin string, fromEmployee, toEmployee bool) bool {
	switch {
	case from == RoleFrom:
		return true
	case from == RoleTo || from == RoleCopied || to == RoleFrom:
		return false
	case from == RoleAttendee || fromEmployee == toEmployee && origin != OriginEnvironment:
		return true
	}
	switch origin {
	case OriginCustomer:
		return toEmployee
	case OriginBusiness:
		return fromEmployee
	}
	return origin != OriginEnvironment
}

// decayed is what counted 1 at an instant as of a later one.
func decayed(at, asOf int64) float64 { return math.Exp2((float64(at) - float64(asOf)) / HalfLife) }

// TieOfOne is the tie of one contact.
func TieOfOne(c Contact) Tie {
	t := Tie{N: 1, LastIn: Never, LastOut: Never, AsOf: c.At}
	if c.In {
		t.In, t.LastIn = 1, c.At
	}
	if c.Out {
		t.Out, t.LastOut = 1, c.At
	}
	return t
}

// And is the tie of the contacts of both.
func (t Tie) And(o Tie) Tie {
	switch {
	case t.N == 0:
		return o
	case o.N == 0:
		return t
	case t.AsOf < o.AsOf:
		t, o = o, t
	}
	d := decayed(o.AsOf, t.AsOf)
	return Tie{In: t.In + o.In*d, Out: t.Out + o.Out*d, N: t.N + o.N, LastIn: max(t.LastIn, o.LastIn), LastOut: max(t.LastOut, o.LastOut), AsOf: t.AsOf}
}

// Turned is the tie as the other of two customers has it.
func (t Tie) Turned() Tie {
	t.In, t.Out, t.LastIn, t.LastOut = t.Out, t.In, t.LastOut, t.LastIn
	return t
}

// Values are those of the relationship that keeps the tie.
func (t Tie) Values() Values {
	v := Values{TieIn: scaled(t.In), TieOut: scaled(t.Out), TieN: t.N, TieAsOf: t.AsOf, TieLastIn: nil, TieLastOut: nil,
		TieExactIn: int64(math.Float64bits(t.In)), TieExactOut: int64(math.Float64bits(t.Out))}
	if t.LastIn != Never {
		v[TieLastIn] = t.LastIn
	}
	if t.LastOut != Never {
		v[TieLastOut] = t.LastOut
	}
	return v
}

// scaled is a sum at the scale of a Float.
func scaled(sum float64) int64 { return int64(math.Round(sum * 1e6)) }

// TieOf is the tie that a relationship keeps.
func TieOf(v Values) Tie {
	instant := func(name string) int64 {
		if at, ok := v[name].(int64); ok {
			return at
		}
		return Never
	}
	exact := func(name string) float64 {
		bits, _ := v[name].(int64)
		return math.Float64frombits(uint64(bits))
	}
	n, _ := v[TieN].(int64)
	return Tie{exact(TieExactIn), exact(TieExactOut), n, instant(TieLastIn), instant(TieLastOut), instant(TieAsOf)}
}
