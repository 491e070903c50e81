package graph

import "slices"

// Values are put in order, and compared, by their sort keys: texts by code point or, where they Fold, by what that makes of them and then
// by code point; values of an enumeration by their places in the schema; all others by themselves. A sort key tells of the value as
// much as the value does, and has the same guard.

// Folds reports whether a text's sort key is two values: what it folds to, and itself.
func (p *Property) Folds() bool { return p.Fold != nil }

// SortColumns are the columns that have the sort key of a property that is Ranked, or no enumeration; the last one tells the value.
func (p *Property) SortColumns() []string {
	switch {
	case p.Folds():
		return []string{p.Folded(), p.Name}
	case p.Ranked():
		return []string{p.Rank()}
	}
	return []string{p.Name}
}

// SortKey is what a value is put in order by, as many values as there are SortColumns: nil of a missing value, and of one that
// is not of the enumeration.
func (p *Property) SortKey(v any) []any {
	s, text := v.(string)
	switch {
	case p.Type == Enum:
		return []any{p.RankOf(v)}
	case p.Folds() && text:
		return []any{p.Fold(s), s}
	case p.Folds():
		return []any{nil, nil}
	}
	return []any{v}
}

// RankOf is the place of an enumeration's value, from 0, as an int64; nil of what is none.
func (p *Property) RankOf(v any) any {
	s, _ := v.(string)
	if i := slices.Index(p.Values, s); i >= 0 {
		return int64(i)
	}
	return nil
}

// Value is the value at a place of an enumeration; nil where there is none.
func (p *Property) Value(rank any) any {
	if i, ok := rank.(int64); ok && i >= 0 && i < int64(len(p.Values)) {
		return p.Values[i]
	}
	return nil
}

// Compare orders two values as stores do in ascending order, missing ones last.
func (p *Property) Compare(a, b any) int { return CompareKeys(p.SortKey(a), p.SortKey(b)) }

// SortKeys are the sort keys of a row's Keys, one after the other: several values of one that Folds.
func (l *List) SortKeys(keys []any) []any {
	if keys == nil {
		return nil
	}
	out := make([]any, 0, len(keys)+1)
	for i, v := range keys {
		if i < len(l.Order) && l.Order[i].Prop != nil {
			out = append(out, l.Order[i].Prop.Prop.SortKey(v)...)
		} else {
			out = append(out, v)
		}
	}
	return out
}
