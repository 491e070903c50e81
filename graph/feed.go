package graph

import "fmt"

// An Entry of the feed is what one batch changed: which nodes and relationships, and which of their properties. It holds no value, and
// no key that a source gave.
type Entry struct {
	Place int64 // 1 for the first batch that changed something, and one more for each after that
	At    Time  // by the clock of who wrote it, so that it may go back
	Nodes []TouchedNode
	Edges []TouchedEdge
}

// A TouchedNode is one that a batch made, changed or removed.
type TouchedNode struct {
	Kind       *Kind
	ID         string
	How        Outcome  // Created, Changed or Removed
	Properties []string // of one that was Changed: their names, those of hidden ones, too
	Gone       []string // of these, those that have no value now
	About      []string // of one that was Removed: the ids of those to whom the first hops of its Ways led
}

// A TouchedEdge is what became of the relationships of one type from one node to another.
type TouchedEdge struct {
	Rel        *Rel
	From, To   string
	How        Outcome  // Changed, too, where one came and another went
	Properties []string // where none came or went: names of those that changed
}

// A Feed is a part of the entries, in their order.
type Feed struct {
	Entries []Entry
	Last    int64 // the place of the newest entry of all, 0 if there was never one
}

// CursorExpired says that entries behind a place are not to be had, so that who goes on from there would miss some: they were trimmed, or the
// store was replaced by one of before.
const CursorExpired Code = "CURSOR_EXPIRED"

// CheckPlace says whether all entries behind a place can be had, of those between the first that is kept and the last.
func CheckPlace(after, first, last int64) error {
	if after+1 < first || after > last {
		return &Error{Code: CursorExpired, Message: "the changes behind this cursor are not kept any more: read anew what you keep, and go on from a new cursor",
			Err: fmt.Errorf("changes behind %d were asked for, and %d to %d are kept", after, first, last)}
	}
	return nil
}

// ReceiptKind names the kind that keeps receipts of answers. The feed does not tell of them: whoever read it would be told of her own reading.
const ReceiptKind = "Disclosure"
