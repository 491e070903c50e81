// Package audit runs suites of others against a server: the audits of GraphQL over HTTP that graphql-http has. They need
// Node, and nothing but the tests is Go. It may import everything.
package audit
