// Package graph is the subject of Kith: the kinds of nodes and edges a company's customers form, how a part of that
// graph is asked for (Fetch), what comes back (Result), how it changes (Batch), and what a store must do (Store).
//
// It imports only the standard library. Nothing in it, or in any package below it, knows GraphQL's runtime or HTTP.
package graph
