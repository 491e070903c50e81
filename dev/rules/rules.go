// Package rules has the rules of the architecture as tests: which package may import which, and that each says what it is
// for; and that NOTICE lists what is linked. It imports the standard library only.
package rules
