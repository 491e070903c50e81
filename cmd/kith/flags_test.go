package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/alecthomas/kong"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var (
	// commandText finds a command with its flags in a text, up to what ends its code or its cell.
	commandText = regexp.MustCompile("kith ([a-z]+(?: [a-z]+)?) ([^`|\n]*)")
	flagName    = regexp.MustCompile(`--([a-z][a-z-]*)`)
	// limitRow finds the row of a limit in a table: the flag, and its default.
	limitRow = regexp.MustCompile("(?m)^\\| .*`--([a-z-]+)`.*? \\| ([^|]*) \\| [^|]* \\|$")
)

// pages are the README and the pages of the documentation.
func pages(t *testing.T) string {
	t.Helper()
	files, err := filepath.Glob("../../docs/*.md")
	require.NoError(t, err)
	var b strings.Builder
	for _, file := range append(files, "../../README.md", "../../SECURITY.md") {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		b.Write(text)
	}
	return b.String()
}

// flagsOf are the flags of each command, those that no command has of its own included, and the other side of those that can be turned off.
func flagsOf(t *testing.T) (*kong.Application, map[string]map[string]*kong.Flag) {
	t.Helper()
	parser, err := kong.New(&cli{}, vars)
	require.NoError(t, err)
	all := map[string]map[string]*kong.Flag{}
	for _, c := range parser.Model.Leaves(false) {
		of := map[string]*kong.Flag{}
		for _, group := range c.AllFlags(false) {
			for _, f := range group {
				of[f.Name] = f
				if f.Negated || f.Tag.Negatable != "" {
					of["no-"+f.Name] = f
				}
			}
		}
		all[strings.TrimPrefix(c.FullPath(), parser.Model.Name+" ")] = of
	}
	return parser.Model, all
}

func TestEveryFlagOfServeIsDocumented(t *testing.T) {
	text := pages(t)
	_, all := flagsOf(t)
	var known []string
	for name := range all["serve"] {
		if name != "help" && !slices.Contains(flagName.FindAllString(text, -1), "--"+name) && !slices.Contains(flagName.FindAllString(text, -1), "--no-"+name) {
			known = append(known, name)
		}
	}
	assert.Empty(t, known, "flags that no page of docs names")
}

func TestEveryFlagThatIsDocumentedIsThere(t *testing.T) {
	text := pages(t)
	_, all := flagsOf(t)
	commands := 0
	for _, m := range commandText.FindAllStringSubmatch(text, -1) {
		flags, is := all[m[1]]
		if first, _, two := strings.Cut(m[1], " "); !is && two {
			flags, is = all[first]
		}
		if !is {
			continue // prose
		}
		for _, f := range flagName.FindAllStringSubmatch(m[2], -1) {
			commands++
			assert.Contains(t, flags, f[1], m[0])
		}
	}
	assert.Greater(t, commands, 30)
	any := map[string]bool{}
	for _, flags := range all {
		for name := range flags {
			any[name] = true
		}
	}
	for _, f := range regexp.MustCompile("`--([a-z-]+)").FindAllStringSubmatch(text, -1) {
		assert.True(t, any[f[1]], "no command has the flag --%s", f[1])
	}
}

// TestTheLimitsAreAsDocumented holds the table of limits to what the flags have by default.
func TestTheLimitsAreAsDocumented(t *testing.T) {
	_, all := flagsOf(t)
	said := map[string]string{}
	for _, row := range limitRow.FindAllStringSubmatch(pages(t), -1) {
		said[row[1]] = row[2]
	}
	checked := 0
	for name, f := range all["serve"] {
		if name == "max-waiting" || !strings.HasPrefix(name, "max-") && !slices.Contains([]string{"time-limit", "first-plan", "journey-memory"}, name) {
			continue // the number that may wait stands in the text
		}
		checked++
		assert.Regexp(t, "^"+regexp.QuoteMeta(inTable(t, name, f.Default))+"( |$)", said[name], "--%s", name)
	}
	assert.Equal(t, 12, checked)
}

// inTable is a flag's default as the table has it.
func inTable(t *testing.T, name, value string) string {
	t.Helper()
	if d, err := time.ParseDuration(value); err == nil {
		return strconv.FormatFloat(d.Seconds(), 'f', -1, 64) + " s"
	}
	n, err := strconv.Atoi(value)
	require.NoError(t, err, name)
	unit := map[string]string{"max-body": " MiB", "max-answer": " MiB", "journey-memory": " MB"}[name]
	if unit == " MiB" {
		n >>= 20
	}
	if n >= 1000 {
		return fmt.Sprintf("%d,%03d", n/1000, n%1000) + unit
	}
	return strconv.Itoa(n) + unit
}

func TestTheHelpOfAFlagSaysItsDefault(t *testing.T) {
	_, help, _ := call(t, "serve", "--help")
	help = strings.Join(strings.Fields(help), " ")
	_, all := flagsOf(t)
	hidden := 0
	for _, f := range all["serve"] {
		if f.Tag.PlaceHolder != "" && f.Default != "" {
			hidden++
			assert.Contains(t, help, "Without: "+f.Default+".", f.Name)
		}
	}
	assert.GreaterOrEqual(t, hidden, 6)
}

func TestWhoMonitorsNeedsNoPurpose(t *testing.T) {
	status, token, said := call(t, "token", "--auth-secret", strings.Repeat("s", 32), "--sub", "prometheus", "--roles", "monitor")
	assert.Zero(t, status, said)
	assert.Equal(t, 2, strings.Count(token, "."))
	status, _, said = call(t, "token", "--auth-secret", strings.Repeat("s", 32), "--sub", "prometheus", "--roles", "monitor,reader")
	assert.Equal(t, 1, status, "who reads, reads for a purpose")
	assert.Contains(t, said, "--purposes: say what she may ask for")
}
