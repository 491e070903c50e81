package web

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var (
	comment   = regexp.MustCompile(`(?s)/\*.*?\*/`)
	prelude   = regexp.MustCompile(`[^{};]+\{`)
	class     = regexp.MustCompile(`\.([a-zA-Z][\w-]*)`)
	negated   = regexp.MustCompile(`:not\([^()]*\)`)
	attribute = regexp.MustCompile(`className=(?:"([^"]*)"|\{([^}]*)\})`)
	quoted    = regexp.MustCompile("['\"`]([^'\"`]*)['\"`]")
	word      = regexp.MustCompile(`[a-zA-Z][\w-]*`)
)

// TestTheStylesOfAViewReachNoOther: the stylesheet of a view comes with it and stays when another is shown. So each of its selectors names a
// class that only that view has; else what is shown next would look different by what was shown before.
func TestTheStylesOfAViewReachNoOther(t *testing.T) {
	styles, has := map[string][]string{}, map[string][]string{} // selectors of a view; views that have a class
	of := func(class, room string) {
		if !slices.Contains(has[class], room) {
			has[class] = append(has[class], room)
		}
	}
	source := os.DirFS("app/src")
	require.NoError(t, fs.WalkDir(source, ".", func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := fs.ReadFile(source, name)
		room := roomOf(name)
		switch filepath.Ext(name) {
		case ".css":
			for _, selector := range selectors(string(text)) {
				styles[room] = append(styles[room], selector)
				for _, c := range class.FindAllStringSubmatch(selector, -1) {
					of(c[1], room)
				}
			}
		case ".ts", ".tsx":
			for _, m := range attribute.FindAllStringSubmatch(string(text), -1) {
				texts := []string{m[1]}
				for _, q := range quoted.FindAllStringSubmatch(m[2], -1) {
					texts = append(texts, q[1])
				}
				for _, c := range word.FindAllString(strings.Join(texts, " "), -1) {
					of(c, room)
				}
			}
		}
		return err
	}))
	require.Greater(t, len(styles), 5, "stylesheets were found")
	for room, selectors := range styles {
		if !strings.HasPrefix(room, "views/") {
			continue // what all views have
		}
		for _, selector := range selectors {
			assert.Truef(t, slices.ContainsFunc(class.FindAllStringSubmatch(negated.ReplaceAllString(selector, ""), -1), func(c []string) bool {
				return slices.Equal(has[c[1]], []string{room})
			}), "%q of %s names no class that this view alone has", selector, room)
		}
	}
}

// roomOf is the folder of a view, else that of what is shared.
func roomOf(name string) string {
	parts := strings.Split(name, "/")
	if parts[0] == "views" && len(parts) > 2 {
		return parts[0] + "/" + parts[1]
	}
	return parts[0]
}

// selectors are those of a stylesheet, one by one; what follows an at sign is none.
func selectors(text string) (all []string) {
	for _, rule := range prelude.FindAllString(comment.ReplaceAllString(text, ""), -1) {
		rule = strings.TrimSpace(strings.TrimSuffix(rule, "{"))
		if strings.HasPrefix(rule, "@") || !strings.ContainsAny(rule, ".#[:") && strings.Contains("from to", rule) {
			continue
		}
		depth, begun := 0, 0
		for i, r := range rule + "," {
			switch {
			case r == '(' || r == '[':
				depth++
			case r == ')' || r == ']':
				depth--
			case r == ',' && depth == 0:
				all = append(all, strings.TrimSpace(rule[begun:i]))
				begun = i + 1
			}
		}
	}
	return all
}
