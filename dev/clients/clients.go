// Package clients runs against Kith what its clients use: the compilers of Relay and of GraphQL Code Generator with
// TypeScript, the caches of urql and Apollo Client, a linter of schemas and one of changes to them, the audits of GraphQL over HTTP
// that graphql-http has, and graphql-js, which executes operations on the same rows. They need Node, and nothing but the tests is Go. It may import everything.
package clients
