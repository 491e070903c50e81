// Package e2e tests the whole program over HTTP, on both stores: from a file or the demonstration world to the JSON of an
// answer. It may import everything.
package e2e
