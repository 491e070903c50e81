package graph

import (
	"cmp"
	"slices"
)

// Purpose is what an answer is for.
type Purpose string

// The purposes.
const (
	Service    Purpose = "SERVICE"
	Sales      Purpose = "SALES"
	Marketing  Purpose = "MARKETING"
	Analysis   Purpose = "ANALYSIS"
	Compliance Purpose = "COMPLIANCE"
	Self       Purpose = "SELF" // what a customer asks for about herself
)

// Purposes are all of them.
var Purposes = []Purpose{Service, Sales, Marketing, Analysis, Compliance, Self}

// Consentable are those that a person may consent or object to: not that she asks for what is her own.
var Consentable = []Purpose{Service, Sales, Marketing, Analysis, Compliance}

// A person's standing is what her consents, objections and contracts come to. It is kept on her node, in hidden properties,
// in the transaction that changes it, so that to look at it costs no hop.
const (
	// Party says that she is party to a contract: bool.
	Party = "party"
	// RestrictedAt is when the processing of her data was restricted (GDPR Art. 18), if it is: instant.
	RestrictedAt = "restrictedAt"
)

// ObjectedAt names the property with the instant of an objection that stands (GDPR Art. 21).
func ObjectedAt(p Purpose) string { return "objectedAt_" + string(p) }

// ConsentedAt names the property with the instant of a consent (GDPR Art. 7) that was neither withdrawn nor objected to.
func ConsentedAt(p Purpose) string { return "consentedAt_" + string(p) }

// ConsentUntil names the property with the instant at which that consent expires; the last of all where it does not.
func ConsentUntil(p Purpose) string { return "consentUntil_" + string(p) }

// WithdrawnAt names the property with the instant at which the last consent was withdrawn.
func WithdrawnAt(p Purpose) string { return "withdrawnAt_" + string(p) }

// StandingProperties are the hidden properties of a person's node.
func StandingProperties(owner string) []*Property {
	hidden := func(name string, t Type) *Property {
		return &Property{Name: name, Type: t, Category: CategoryConsent, Owner: owner, Hidden: true}
	}
	out := []*Property{hidden(Party, Bool), hidden(RestrictedAt, Instant)}
	for _, p := range Consentable {
		for _, name := range []string{ObjectedAt(p), ConsentedAt(p), ConsentUntil(p), WithdrawnAt(p)} {
			out = append(out, hidden(name, Instant))
		}
	}
	return out
}

// Names of the kind that keeps what persons said about the use of their data, and of its properties.
const (
	ConsentKind      = "Consent"
	ConsentPurpose   = "purpose"
	ConsentChannel   = "channel"
	ConsentStatus    = "status"
	ConsentAt        = "at"
	ConsentExpires   = "expiresAt"
	ConsentSource    = "source"
	ConsentProof     = "proof"
	ConsentActor     = "actor"
	ConsentAuthority = "authority"
)

// What stands behind a statement, as the property authority of a Consent, so that it may take back what was refused. Nothing does where a
// writer has recorded it, or a source that the policy does not name.
const (
	BySubject = "SUBJECT" // the person said it to us, herself
	ByOfficer = "OFFICER" // an officer recorded it, with its proof
	BySource  = "SOURCE"  // it came, with its proof, from a source that the policy names
)

// Stamps reports whether stores set a property of a kind by themselves.
func Stamps(kind, property string) bool {
	return property == UpdatedAt || kind == TieType || kind == ConsentKind && (property == ConsentActor || property == ConsentAuthority)
}

// What a person may say, as the property status of a Consent.
const (
	Granted      = "GRANTED"
	Withdrawn    = "WITHDRAWN"
	Objected     = "OBJECTED"
	Restricted   = "RESTRICTED"
	Unrestricted = "UNRESTRICTED"
)

// A Statement is one thing that a person said. Channel is empty where it is about all. Purpose is empty where the status is
// Restricted or Unrestricted.
type Statement struct {
	ID              string
	Purpose         Purpose
	Channel, Status string
	At              int64
	Expires         *int64
	Authority       string // empty: it takes nothing back
}

// Refuses reports whether a statement ends something.
func (s Statement) Refuses() bool {
	return s.Status == Objected || s.Status == Withdrawn || s.Status == Restricted
}

// Standing is what statements come to, of which the newest counts, and of those of one instant the one that refuses, and then the one whose
// id comes last. An objection ends every consent to the purpose, a withdrawal without a channel does, too, and one with a channel ends the
// consent that was given for it. A consent takes an objection and a withdrawal back, and the end of a restriction a restriction, if it has
// an Authority; without one it comes to nothing. A consent for one channel is a consent to the purpose; which channels may be used is
// another matter. Every property of StandingProperties but Party is in it, nil where there is nothing.
func Standing(said []Statement) Values {
	said = inOrder(said)
	v := Values{RestrictedAt: nil}
	for _, p := range Consentable {
		stanceOn(p, said).tell(p, v)
	}
	for _, s := range said {
		switch {
		case s.Status == Restricted && v[RestrictedAt] == nil:
			v[RestrictedAt] = s.At
		case s.Status == Unrestricted && s.Authority != "":
			v[RestrictedAt] = nil
		}
	}
	return v
}

// Stands reports whether what was said otherwise keeps a statement from coming to anything, for want of an Authority.
func Stands(said []Statement, s Statement) bool {
	switch {
	case s.Authority != "":
		return false
	case s.Status == Unrestricted:
		return Standing(said)[RestrictedAt] != nil
	}
	return s.Status == Granted && stanceOn(s.Purpose, inOrder(said)).refuses(s.Channel)
}

func inOrder(said []Statement) []Statement {
	return slices.SortedFunc(slices.Values(said), func(a, b Statement) int {
		return cmp.Or(Compare(a.At, b.At), Compare(a.Refuses(), b.Refuses()), Compare(a.ID, b.ID))
	})
}

// A stance is what statements about one purpose come to.
type stance struct {
	given               map[string]Statement // by channel
	refused             bool                 // what holds of all channels
	otherwise           map[string]bool      // but for these, of which the contrary does
	objected, withdrawn any                  // since when
}

// stanceOn is that of statements in their order.
func stanceOn(p Purpose, said []Statement) *stance {
	t := &stance{given: map[string]Statement{}, otherwise: map[string]bool{}}
	for _, s := range said {
		if s.Purpose == p {
			t.take(s)
		}
	}
	return t
}

// refuses reports whether a channel is refused or, where none is named, any.
func (t *stance) refuses(channel string) bool {
	return t.refused != t.otherwise[channel] || channel == "" && len(t.otherwise) > 0
}

// set has a channel, or all, be refused or not.
func (t *stance) set(channel string, refused bool) {
	switch {
	case channel == "":
		t.refused = refused
		clear(t.otherwise)
	case refused == t.refused:
		delete(t.otherwise, channel)
	default:
		t.otherwise[channel] = true
	}
}

func (t *stance) take(s Statement) {
	switch s.Status {
	case Granted:
		if s.Authority == "" && t.refuses(s.Channel) {
			return
		}
		t.set(s.Channel, false)
		t.given[s.Channel] = s
		t.objected, t.withdrawn = nil, nil
	case Objected:
		t.set("", true)
		clear(t.given)
		t.objected = s.At
	case Withdrawn:
		t.set(s.Channel, true)
		had := len(t.given) > 0
		if s.Channel == "" {
			clear(t.given)
		}
		delete(t.given, s.Channel)
		if had && !t.inForce(s.At) { // who takes the last back has taken all back: another channel is no way round
			t.set("", true)
		}
		if had && len(t.given) == 0 {
			t.withdrawn = s.At
		}
	}
}

// inForce reports whether a consent has not expired by an instant.
func (t *stance) inForce(at int64) bool {
	for _, s := range t.given {
		if s.Expires == nil || *s.Expires > at {
			return true
		}
	}
	return false
}

// tell puts the stance into a person's standing.
func (t *stance) tell(p Purpose, v Values) {
	v[ObjectedAt(p)], v[ConsentedAt(p)], v[ConsentUntil(p)], v[WithdrawnAt(p)] = t.objected, nil, nil, t.withdrawn
	for _, s := range t.given {
		v[ConsentUntil(p)] = t.until()
		if at, ok := v[ConsentedAt(p)].(int64); !ok || s.At > at {
			v[ConsentedAt(p)] = s.At
		}
	}
}
