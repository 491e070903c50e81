package graph

// Lease is the kind of the one node by which processes on a store know of each other: what they go by, and who they are. As with
// Applied, nothing leads to it.
var Lease = &Kind{Name: "Lease", Label: "KithLease", Prefix: "lea", Properties: []*Property{
	{Name: LeasePolicy, Type: Enum, Hidden: true}, {Name: LeaseHolders, Type: Strings, Hidden: true},
}}

// Names of the properties of Lease: the version of the newest policy, and who holds a lease.
const (
	LeasePolicy  = "policy"
	LeaseHolders = "holders"
)
