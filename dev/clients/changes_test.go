package clients

import (
	"fmt"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/kithgraph/kith/graph/graphtest"
)

// whole is the file that has the whole schema, from the top folder.
const whole = "resolvers/gql/schema.graphql"

// TestNothingBreaksThatTheChangelogDoesNotName compares the schema with the one before it.
func TestNothingBreaksThatTheChangelogDoesNotName(t *testing.T) {
	graphtest.EachTime(t, 1) // it takes a second, and is about each change of the schema, as is what is recommended
	commit, err := commitBefore("../..")
	if err != nil {
		t.Skipf("there is no schema to compare with: %v", err)
	}
	before, err := git("../..", "show", commit+":"+whole)
	if err != nil {
		t.Skipf("there is no schema to compare with: %v", err)
	}
	changelog, err := os.ReadFile("../../CHANGELOG.md")
	require.NoError(t, err)
	w := workspaceOf(t, "changes")
	for _, c := range breaking(t, w, [2]string{before, w.read(t, "schema.graphql")})[0] {
		assert.Truef(t, c.named(string(changelog)), "since %s: %s\nIf that must be, CHANGELOG.md is to say so and why, with `%s`.", commit, c.Message, c.Path)
	}
}

func TestABreakingChangeHasToBeNamed(t *testing.T) {
	w := workspaceOf(t, "changes")
	const before = `
type Query { customer(id: ID, name: String): Customer! }
interface Node { id: ID! }
type Customer implements Node { id: ID! name: String stage: Stage of: Party }
type Account implements Node { id: ID! }
enum Stage { LEAD BUYER }
union Party = Customer | Account
input Filter { eq: String }
extend type Query { find(by: Filter): Party }
`
	cases := []struct{ old, new, path string }{
		{" name: String stage", " stage", "Customer.name"},
		{"stage: Stage", "stage: String", "Customer.stage"},
		{"): Customer!", "): Customer", "Query.customer"},
		{", name: String)", ")", "Query.customer.name"},
		{"customer(id: ID,", "customer(id: ID!,", "Query.customer.id"},
		{" BUYER", "", "Stage.BUYER"},
		{"eq: String", "eq: String in: [String!]!", "Filter.in"},
		{"= Customer | Account", "= Customer", "Party"},
		{"Account implements Node", "Account", "Account"},
		{"stage: Stage", "stage: Stage @deprecated", ""},
		{"LEAD", "LEAD VISITOR", ""},
		{"name: String)", "name: String, email: String)", ""},
	}
	var pairs [][2]string
	for _, c := range cases {
		after := strings.Replace(before, c.old, c.new, 1)
		require.NotEqual(t, before, after)
		pairs = append(pairs, [2]string{before, after})
	}
	all := breaking(t, w, pairs...)
	for i, c := range cases {
		t.Run(c.old+" becomes "+c.new, func(t *testing.T) {
			found := all[i]
			if c.path == "" {
				assert.Empty(t, found)
				return
			}
			require.Len(t, found, 1)
			assert.Equal(t, c.path, found[0].Path)
			assert.True(t, found[0].named("- `"+c.path+"` is no more."))
			assert.True(t, found[0].named("- `*"+c.path[1:]+"` is no more."))
			assert.False(t, found[0].named("- `"+c.path+"s` is no more, nor is "+c.path+"."))
		})
	}
}

// A change is what graphql-inspector says of one.
type change struct {
	Level, Path, Message string
}

// named reports whether the text has the change's path in backticks: `Type.field`, `Type.field.argument`, `Enum.VALUE`,
// `Input.field`, `@directive`; the type alone for itself, its interfaces and its members. A star stands for any letters, since what is
// derived has many names: `*.feedback`.
func (c change) named(text string) bool {
	return slices.ContainsFunc(code.FindAllString(text, -1), func(name string) bool {
		ok, err := path.Match(strings.Trim(name, "`"), c.Path)
		return ok && err == nil
	})
}

// code is what stands in backticks.
var code = regexp.MustCompile("`[^`\n]+`")

// breaking are the changes that break clients, of each pair of schemas.
func breaking(t *testing.T, w workspace, pairs ...[2]string) [][]change {
	t.Helper()
	args := []string{"changes.mjs"}
	for i, pair := range pairs {
		for j, text := range pair {
			args = append(args, fmt.Sprintf("%d-%d.graphql", i, j))
			w.write(t, args[len(args)-1], text)
		}
	}
	var all [][]change
	run(t, w, &all, args...)
	require.Len(t, all, len(pairs))
	for i := range all {
		all[i] = slices.DeleteFunc(all[i], func(c change) bool { return c.Level != "BREAKING" })
	}
	return all
}

// commitBefore is the commit that has the schema before the present one: the last, where the schema has been edited since, and else
// the one before the last that changed it. The error says why there is none.
func commitBefore(repository string) (string, error) {
	if edited, err := git(repository, "status", "--porcelain", "--untracked-files=no", "--", whole); err != nil || edited != "" {
		return "HEAD", err
	}
	last, err := git(repository, "log", "-1", "--format=%h", "--", whole)
	if err != nil {
		return "", err
	}
	if _, err := git(repository, "rev-parse", "--verify", "--quiet", last+"^"); err != nil {
		return "", fmt.Errorf("%s has none before it here; a shallow clone needs more depth", last)
	}
	return last + "^", nil
}

func git(dir string, args ...string) (string, error) {
	cmd := exec.Command("git", append([]string{"-C", dir}, args...)...)
	var told strings.Builder
	cmd.Stderr = &told
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("git %s: %w: %s", args[0], err, told.String())
	}
	return strings.TrimSpace(string(out)), nil
}

func TestTheSchemaIsComparedWithTheOneBeforeIt(t *testing.T) {
	dir := t.TempDir()
	do := func(args ...string) {
		t.Helper()
		_, err := git(dir, args...)
		require.NoError(t, err)
	}
	write := func(name, text string) {
		t.Helper()
		require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o755))
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	commit := func() {
		t.Helper()
		do("add", "--all")
		do("-c", "user.name=Somebody", "-c", "user.email=somebody@kith.example", "-c", "commit.gpgsign=false", "commit", "--quiet", "--message", "x")
	}
	before := func() string {
		t.Helper()
		at, err := commitBefore(dir)
		require.NoError(t, err)
		text, err := git(dir, "show", at+":"+whole)
		require.NoError(t, err)
		return text
	}
	do("init", "--quiet")
	write(whole, "one")
	commit()
	_, err := commitBefore(dir)
	require.ErrorContains(t, err, "has none before it", "the first commit")

	write(whole, "two")
	assert.Equal(t, "one", before(), "edited: with the last commit")
	commit()
	assert.Equal(t, "one", before(), "committed: with the commit before")
	write("other", "x")
	commit()
	assert.Equal(t, "one", before(), "commits of other files change nothing")
	write(whole, "three")
	assert.Equal(t, "two", before(), "edited again")

	shallow := t.TempDir()
	do("clone", "--quiet", "--depth=1", "file://"+dir, shallow)
	_, err = commitBefore(shallow)
	require.ErrorContains(t, err, "a shallow clone needs more depth")
	_, err = commitBefore(t.TempDir())
	require.ErrorContains(t, err, "git status", "no repository")
}
