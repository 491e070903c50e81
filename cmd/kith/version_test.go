package main

import (
	"crypto/sha256"
	"fmt"
	"os"
	"regexp"
	"runtime/debug"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestABuildKnowsWhatItWasBuiltFrom(t *testing.T) {
	info := func(version string, settings ...debug.BuildSetting) *debug.BuildInfo {
		return &debug.BuildInfo{Main: debug.Module{Version: version}, Settings: settings}
	}
	revision := debug.BuildSetting{Key: "vcs.revision", Value: "d4c326a5"}
	modified := func(is string) debug.BuildSetting { return debug.BuildSetting{Key: "vcs.modified", Value: is} }
	for _, c := range []struct {
		name              string
		release, revision string
		info              *debug.BuildInfo
		want              build
	}{
		{"make build tells what git says", "v1.2.0-3-gd4c326a-dirty", "d4c326a5-dirty", info("(devel)"), build{"v1.2.0-3-gd4c326a-dirty", "d4c326a5-dirty"}},
		{"what git says is not mixed with what Go says", "v1.2.0", "", info("v9.9.9", revision), build{"v1.2.0", "unknown"}},
		{"go install of a release knows the release", "", "", info("v1.2.0"), build{"v1.2.0", "unknown"}},
		{"go build in a clone knows the commit", "", "", info("v1.2.1-0.20261128082600-d4c326a5", revision, modified("false")), build{"v1.2.1-0.20261128082600-d4c326a5", "d4c326a5"}},
		{"go build in a clone that was changed says so", "", "", info("(devel)", revision, modified("true")), build{"(devel)", "d4c326a5-dirty"}},
		{"a build without a repository says so", "", "", info("(devel)"), build{"(devel)", "unknown"}},
		{"a binary without a record says so", "", "", nil, build{"(devel)", "unknown"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.want, builtFrom(c.release, c.revision, c.info))
		})
	}
}

func TestVersionTellsVersionCommitAndTheHashOfTheSchemaThatIsPrinted(t *testing.T) {
	defer func(r, c string) { release, revision = r, c }(release, revision)
	release, revision = "v1.2.0-dirty", "d4c326a5-dirty"
	status, schema, _ := call(t, "schema")
	require.Zero(t, status)
	want := fmt.Sprintf("kith   v1.2.0-dirty\ncommit d4c326a5 (modified)\nschema sha256:%x\n", sha256.Sum256([]byte(schema)))

	t.Setenv("KITH_VERSION", "1.2") // as containers have it: it is no flag of ours
	for _, args := range [][]string{{"version"}, {"--version"}, {"serve", "--version"}} {
		status, out, stderr := call(t, args...)
		assert.Zero(t, status, args)
		assert.Equal(t, want, out, args)
		assert.Empty(t, stderr, args)
	}
}

// The linker passes over names that are no variables.
func TestTheMakefileSetsWhatVersionReads(t *testing.T) {
	makefile, err := os.ReadFile("../../Makefile")
	require.NoError(t, err)
	source, err := os.ReadFile("version.go")
	require.NoError(t, err)
	var set []string
	for _, m := range regexp.MustCompile(`-X main\.(\w+)=`).FindAllStringSubmatch(string(makefile), -1) {
		set = append(set, m[1])
	}
	assert.Equal(t, []string{"release", "revision"}, set)
	assert.Contains(t, string(source), "\nvar release, revision string\n")
}
