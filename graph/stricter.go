package graph

import (
	"maps"
	"slices"
)

// Stricter is what is to be said, at an instant or just after the newest that was said, of somebody who was taken for two, so that what both
// have said together permits no more than what either has said alone: the stricter of their standings holds, for each purpose and of a
// restriction, until something newer is said. Where either objects it is an objection; where either has no consent in force it is a
// withdrawal; where their consents end at different times it is a consent that ends at the earlier; and of channels that either refuses it is
// a withdrawal. None where nothing more is permitted. None of it has an Authority, or an ID.
func Stricter(a, b []Statement, at int64) (said []Statement) {
	both := slices.Concat(a, b)
	for _, s := range both {
		at = max(at, s.At+1)
	}
	stands := func(of []Statement) bool { return Standing(of)[RestrictedAt] != nil }
	if (stands(a) || stands(b)) && !stands(both) {
		said = append(said, Statement{Status: Restricted, At: at})
	}
	for _, p := range Consentable {
		said = append(said, stricterOn(p, a, b, at)...)
	}
	return said
}

// stricterOn is what is to be said of one purpose: of what might be, the first that is enough.
func stricterOn(p Purpose, a, b []Statement, at int64) []Statement {
	one, other, both := stanceOn(p, inOrder(a)), stanceOn(p, inOrder(b)), slices.Concat(a, b)
	all, until := stanceOn(p, inOrder(both)), min(one.until(), other.until())
	var less []Statement
	for _, channel := range slices.Sorted(maps.Keys(all.given)) {
		if until > at && all.given[channel].until() > until {
			less = append(less, Statement{Purpose: p, Channel: channel, Status: Granted, At: at, Expires: &until})
		}
	}
	for _, channel := range slices.Sorted(maps.Keys(merge(one.otherwise, other.otherwise))) {
		if one.refuses(channel) || other.refuses(channel) {
			less = append(less, Statement{Purpose: p, Channel: channel, Status: Withdrawn, At: at})
		}
	}
	for _, said := range [][]Statement{nil, less, {{Purpose: p, Status: Withdrawn, At: at}}} {
		if !stanceOn(p, inOrder(slices.Concat(both, said))).wider(one, other, at) {
			return said
		}
	}
	return []Statement{{Purpose: p, Status: Objected, At: at}}
}

func merge(a, b map[string]bool) map[string]bool {
	out := maps.Clone(a)
	maps.Copy(out, b)
	return out
}

// wider reports whether a stance permits at an instant, or later, what one of two others does not.
func (t *stance) wider(one, other *stance, at int64) bool {
	switch {
	case t.objected == nil && (one.objected != nil || other.objected != nil):
		return true
	case t.until() <= at: // it permits nothing
		return false
	case t.until() > min(one.until(), other.until()):
		return true
	}
	for channel := range merge(one.otherwise, other.otherwise) {
		if !t.refuses(channel) && (one.refuses(channel) || other.refuses(channel)) {
			return true
		}
	}
	return false
}

// until is when the last consent ends by itself; the first instant of all where there is none.
func (t *stance) until() int64 {
	until := int64(FirstInstant)
	for _, s := range t.given {
		until = max(until, s.until())
	}
	return until
}

// until is when what was said ends by itself; the last instant of all where it does not.
func (s Statement) until() int64 {
	if s.Expires != nil {
		return *s.Expires
	}
	return int64(LastInstant)
}
