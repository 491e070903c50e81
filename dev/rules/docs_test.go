package rules

import (
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestTheArchitectureIsThatOfTheProgram looks for each file that docs/architecture.md names, and for each function behind it.
func TestTheArchitectureIsThatOfTheProgram(t *testing.T) {
	text, err := os.ReadFile(filepath.Join(root, "docs/architecture.md"))
	require.NoError(t, err)
	file := regexp.MustCompile("`([\\w/]+\\.(?:go|graphqls))`")
	behind := regexp.MustCompile("^(?: \\(|: )((?:`\\w+`(?:, )?)+)")
	named := 0
	for _, at := range file.FindAllSubmatchIndex(text, -1) {
		name := string(text[at[2]:at[3]])
		if !assert.FileExists(t, filepath.Join(root, name)) {
			continue
		}
		there := functionsOf(t, filepath.Join(root, name))
		if m := behind.FindSubmatch(text[at[1]:]); m != nil {
			for f := range strings.SplitSeq(string(m[1]), ", ") {
				named++
				assert.Contains(t, there, strings.Trim(f, "`"), name)
			}
		}
	}
	assert.Greater(t, named, 30)
}

// functionsOf are the names of a file's functions and methods.
func functionsOf(t *testing.T, name string) map[string]bool {
	out := map[string]bool{}
	if !strings.HasSuffix(name, ".go") {
		return out
	}
	f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
	require.NoError(t, err)
	for _, d := range f.Decls {
		if d, ok := d.(*ast.FuncDecl); ok {
			out[d.Name.Name] = true
		}
	}
	return out
}

// TestLinksLeadSomewhere follows the links between pages of docs, to headings, too.
func TestLinksLeadSomewhere(t *testing.T) {
	pages, err := filepath.Glob(filepath.Join(root, "docs/*.md"))
	require.NoError(t, err)
	top, err := filepath.Glob(filepath.Join(root, "*.md"))
	require.NoError(t, err)
	link := regexp.MustCompile(`\]\(([^)\s]+)\)`)
	followed := 0
	for _, page := range append(pages, top...) {
		text, err := os.ReadFile(page)
		require.NoError(t, err)
		for _, m := range link.FindAllStringSubmatch(string(text), -1) {
			to, heading, _ := strings.Cut(m[1], "#")
			if strings.Contains(to, "://") {
				continue
			}
			followed++
			target := page
			if to != "" {
				target = filepath.Join(filepath.Dir(page), to)
			}
			if assert.FileExists(t, target, "%s: %s", page, m[1]) && heading != "" {
				assert.Contains(t, headings(t, target), heading, "%s: %s", page, m[1])
			}
		}
	}
	assert.Greater(t, followed, 40)
}

// headings are those of a page, as links name them.
func headings(t *testing.T, page string) (out []string) {
	text, err := os.ReadFile(page)
	require.NoError(t, err)
	code := false
	for line := range strings.Lines(string(text)) {
		if strings.HasPrefix(line, "```") {
			code = !code
		}
		if h := strings.TrimLeft(line, "#"); !code && h != line && strings.HasPrefix(h, " ") {
			h = regexp.MustCompile(`[^\pL\pN_\- ]`).ReplaceAllString(strings.ToLower(strings.TrimSpace(h)), "")
			out = append(out, strings.ReplaceAll(h, " ", "-"))
		}
	}
	return out
}
