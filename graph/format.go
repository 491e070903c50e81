package graph

import "fmt"

// Format is the form in which stores keep a graph. It is raised where a program from before would read or write wrongly what is kept
// from then on; a kind, a property or an index more, which Ready adds, raises nothing. Files and databases of before forms had numbers are
// of form 0. In forms before 2 properties have other names, in those before 3 texts other keys, in those before 4
// relationships that are bare are kept otherwise, and in those before 5 nothing says whom a node is about by what it belongs to. In form 5 values of enumerations lack their places in
// the schema, in those before 7 receipts their order, in those before 8 there is no feed, in those before 9 persons have no ties, in
// those before 10 Neo4j has relationships that are bare without pages, in those before 11 nothing says which moments versions settle, and
// in those before 12 nodes have one key, and no id leads to another: Ready brings these up.
const Format = 12

// OldestFormat is the least that Ready brings up.
const OldestFormat = 5

// CheckFormat says whether this program can use a store of a form, or bring it up.
func CheckFormat(have int) error {
	switch {
	case have < OldestFormat:
		return &Error{Code: Conflict, Message: fmt.Sprintf("the store is of format %d, and this program knows none below %d: name an empty one and load the sources into it, or use the program that wrote it", have, OldestFormat)}
	case have > Format:
		return &Error{Code: Conflict, Message: fmt.Sprintf("the store is of format %d, and this program knows none above %d: use the program that wrote it, or a newer one", have, Format)}
	}
	return nil
}

// Foreign says that something is no store of Kith's, although there is something in it.
func Foreign(what, holds string) error {
	return &Error{Code: Conflict, Message: fmt.Sprintf("%s holds %s, and nothing of Kith's: it is left as it is; name an empty one", what, holds)}
}

// NoStore says that there is no store where one was to be.
func NoStore(what string) error {
	return &Error{Code: NotFound, Message: what + ", and nothing was made: name the store that is meant; kith serve, kith demo and kith ingest make one"}
}
