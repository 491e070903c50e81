package graph

import "slices"

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
	ConsentKind    = "Consent"
	ConsentPurpose = "purpose"
	ConsentChannel = "channel"
	ConsentStatus  = "status"
	ConsentAt      = "at"
	ConsentExpires = "expires"
)

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
}

// Standing is what statements come to, of which the newest counts, and of those of one instant the one whose id comes last:
// a consent takes an objection back, an objection ends every consent to the purpose, a withdrawal without a channel does, too,
// and one with a channel ends the consent that was given for it. A consent for one channel is a consent to the purpose; which
// channels may be used is another matter. Every property of StandingProperties but Party is in it, nil where there is nothing.
func Standing(said []Statement) Values {
	said = slices.Clone(said)
	slices.SortFunc(said, func(a, b Statement) int {
		if c := Compare(a.At, b.At); c != 0 {
			return c
		}
		return Compare(a.ID, b.ID)
	})
	v := Values{RestrictedAt: nil}
	for _, p := range Consentable {
		standingFor(p, said, v)
	}
	for _, s := range said {
		switch s.Status {
		case Restricted:
			if v[RestrictedAt] == nil {
				v[RestrictedAt] = s.At
			}
		case Unrestricted:
			v[RestrictedAt] = nil
		}
	}
	return v
}

func standingFor(p Purpose, said []Statement, v Values) {
	given := map[string]Statement{} // by channel
	v[ObjectedAt(p)], v[ConsentedAt(p)], v[ConsentUntil(p)], v[WithdrawnAt(p)] = nil, nil, nil, nil
	for _, s := range said {
		if s.Purpose != p {
			continue
		}
		switch s.Status {
		case Granted:
			given[s.Channel] = s
			v[ObjectedAt(p)], v[WithdrawnAt(p)] = nil, nil
		case Objected:
			clear(given)
			v[ObjectedAt(p)] = s.At
		case Withdrawn:
			had := len(given) > 0
			if s.Channel == "" {
				clear(given)
			}
			delete(given, s.Channel)
			if had && len(given) == 0 {
				v[WithdrawnAt(p)] = s.At
			}
		}
	}
	for _, s := range given {
		until := int64(LastInstant)
		if s.Expires != nil {
			until = *s.Expires
		}
		if at, ok := v[ConsentUntil(p)].(int64); !ok || until > at {
			v[ConsentUntil(p)] = until
		}
		if at, ok := v[ConsentedAt(p)].(int64); !ok || s.At > at {
			v[ConsentedAt(p)] = s.At
		}
	}
}
