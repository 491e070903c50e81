package graph

// Suffixes of the columns that are kept beside a property's own.
const (
	foldedSuffix   = "_folded"
	currencySuffix = "_currency"
	rankSuffix     = "_rank"
)

// Folded is the column that keeps a text without case and diacritics.
func (p *Property) Folded() string { return p.Name + foldedSuffix }

// Currency is the column that keeps an amount's currency.
func (p *Property) Currency() string { return p.Name + currencySuffix }

// Rank is the column that keeps the place of an enumeration's value in the schema, if the property is Ranked.
func (p *Property) Rank() string { return p.Name + rankSuffix }

// Ranked reports whether places of values are kept, so that an index has them in order.
func (p *Property) Ranked() bool { return p.Type == Enum && p.Indexed && !p.Hidden }

// Columns are the physical columns a property takes in both stores, its own first.
func (p *Property) Columns() []string {
	switch {
	case p.Type == String:
		return []string{p.Name, p.Folded()}
	case p.Type == Amount:
		return []string{p.Name, p.Currency()}
	case p.Ranked():
		return []string{p.Name, p.Rank()}
	case p.Type == Versions:
		return []string{p.Name, LastFrom, LastKnown}
	}
	return []string{p.Name}
}
