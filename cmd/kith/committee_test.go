package main

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestTheTemplateOfCommitteesIsAFile(t *testing.T) {
	read := func(text string) (committeeFlags, string) {
		f := committeeFlags{CommitteeTemplate: write(t, "committee.yaml", text)}
		return f, f.CommitteeTemplate
	}
	f, _ := read("seats:\n  - role: LEGAL\nfewestClaims: 1\n")
	own, err := f.template()
	require.NoError(t, err)
	assert.Equal(t, "LEGAL", own.Seats[0].Role)
	standard, err := committeeFlags{}.template()
	require.NoError(t, err)
	assert.Equal(t, "ECONOMIC_BUYER", standard.Seats[0].Role)
	for name, c := range map[string][2]string{
		"a role that is none":  {"seats:\n  - role: BOSS\nfewestClaims: 1\n", `seats[0]: must be a role that can be filled`},
		"a key that is none":   {"seat: []\n", "seat"},
		"no number of claims":  {"seats: []\n", "fewestClaims: must be at least 1: 0"},
		"a role that is twice": {"seats:\n  - role: USER\n  - role: USER\nfewestClaims: 1\n", "seats[1].role: must not be given twice: USER"},
	} {
		t.Run(name, func(t *testing.T) {
			f, file := read(c[0])
			_, err := f.template()
			assert.ErrorContains(t, err, "--committee-template: "+file+": ")
			assert.ErrorContains(t, err, c[1])
		})
	}
	status, _, stderr := call(t, "serve", "--store", empty(t), "--claim-age=-1h")
	assert.Equal(t, 2, status)
	assert.Contains(t, stderr, "--claim-age: a time above 0s is needed, not -1h0m0s")
}
