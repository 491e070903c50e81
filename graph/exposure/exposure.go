// Package exposure says whom something reached that happened to customers, and what these did after it against others who were like them
// before. It is pure: it knows no store, and whom it counts is brought to it.
package exposure

import (
	"maps"
	"slices"
)

// A Way is how something reaches customers.
type Way uint8

// The ways, by what it happened to.
const (
	Product      Way = iota // a product of which somebody had a subscription
	Subscription            // a subscription that somebody had
	Location                // where somebody lived, or a company was
	Account                 // a company
	Family                  // a company, and those below it in its family
	Person                  // the customer
	ways
)

// String is a way's name.
func (w Way) String() string {
	return [...]string{Product: "PRODUCT", Subscription: "SUBSCRIPTION", Location: "LOCATION", Account: "ACCOUNT", Family: "FAMILY", Person: "PERSON"}[w]
}

// A Reach gathers whom something reached. Whoever it reached several times, or several ways, is one of them.
type Reach struct {
	by                  [ways]reached
	customers, accounts map[string]bool
}

// reached are those at the end of a way. alone are customers whom it led to past companies.
type reached struct{ things, customers, accounts, alone map[string]bool }

// NewReach has reached nobody yet.
func NewReach() *Reach {
	r := &Reach{customers: map[string]bool{}, accounts: map[string]bool{}}
	for w := range r.by {
		r.by[w] = reached{map[string]bool{}, map[string]bool{}, map[string]bool{}, map[string]bool{}}
	}
	return r
}

// Thing notes what led on: a subscription in force, a place, a company.
func (r *Reach) Thing(w Way, id string) { r.by[w].things[id] = true }

// Account notes a company that was reached.
func (r *Reach) Account(w Way, id string) {
	r.by[w].accounts[id], r.accounts[id] = true, true
}

// Customer notes a customer who was reached. account: through which company; empty: through none.
func (r *Reach) Customer(w Way, id, account string) {
	r.by[w].customers[id], r.customers[id] = true, true
	if account == "" {
		r.by[w].alone[id] = true
	}
}

// Customers are all who were reached, by their ids.
func (r *Reach) Customers() map[string]bool { return r.customers }

// Accounts are all companies that were reached, by their ids.
func (r *Reach) Accounts() map[string]bool { return r.accounts }

// An Exposure is whom something reached.
type Exposure struct {
	Customers, Accounts int
	// Aware are the customers who were heard of after it, and Silent the others; nil: too few are the one or the other.
	Aware, Silent *int
	// Ways are those that reached anybody, in their order.
	Ways []Told
	// Partial: too few stand behind a number, or beside it, that is not told.
	Partial bool
}

// Told is what was reached by one way: how many things led on, and how many companies and customers were at their ends.
type Told struct {
	Way                         Way
	Things, Accounts, Customers int
}

// Tell says whom it reached, of a number of customers in all. aware has those of them who were heard of after it. fewest is how many
// customers stand behind each number, and beside it; 0: any. Nil: too few do, behind all of it or beside. What reached companies alone
// tells of nobody.
func (r *Reach) Tell(aware map[string]bool, all, fewest int) *Exposure {
	n := len(r.customers)
	if fewest > 0 && (n == 0 && len(r.accounts) == 0 || n > 0 && !enough(fewest, n, all-n)) {
		return nil
	}
	heard := 0
	for id := range r.customers {
		if aware[id] {
			heard++
		}
	}
	out := &Exposure{Customers: n, Accounts: len(r.accounts)}
	if silent := n - heard; n == 0 || enough(fewest, heard, silent) {
		out.Aware, out.Silent = &heard, &silent
	} else {
		out.Partial = true
	}
	for w, apart := range r.apart(fewest) {
		told := Told{Way(w), len(r.by[w].things), len(r.by[w].accounts), len(r.by[w].customers)}
		switch {
		case told == Told{Way: Way(w)}:
		case apart:
			out.Ways = append(out.Ways, told)
		default:
			out.Partial = true
		}
	}
	return out
}

// apart are the ways that are told. Who knows how many were reached by each, and by all, knows sums of how many were reached by the same ones: so
// that these are nobody, or enough. Else the way of fewest is not told.
func (r *Reach) apart(fewest int) (told [ways]bool) {
	for w, of := range r.by {
		told[w] = some(fewest, len(of.alone))
	}
	for {
		least, same := -1, map[[ways]bool]int{}
		for id := range r.customers {
			var by [ways]bool
			for w, of := range r.by {
				by[w] = told[w] && of.customers[id]
			}
			same[by]++
		}
		for w, of := range r.by {
			if told[w] && len(of.customers) > 0 && (least < 0 || len(of.customers) < len(r.by[least].customers)) {
				least = w
			}
		}
		if least < 0 || some(fewest, slices.Collect(maps.Values(same))...) {
			return told
		}
		told[least] = false
	}
}

// enough reports whether each of several numbers of persons is large enough to be told.
func enough(fewest int, numbers ...int) bool {
	return !slices.ContainsFunc(numbers, func(n int) bool { return n < fewest })
}

// some reports whether each of several numbers of persons is large enough to be told, or is of nobody.
func some(fewest int, numbers ...int) bool {
	return !slices.ContainsFunc(numbers, func(n int) bool { return n > 0 && n < fewest })
}
