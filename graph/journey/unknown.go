package journey

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/agnivade/levenshtein"
)

// mostNear is how many names are told of in the place of one that is not there.
const mostNear = 10

// mostCompared is how many bytes a name has that is compared with others: what that takes grows with the product of both lengths, and a caller may give any name.
const mostCompared = 200

// unknown is the error that there is no activity of a name among some.
func unknown(name string, have []string) error {
	return fmt.Errorf("there is no activity %q in the definition%s", name, instead(name, have))
}

// unknown is the error that the definition has no activity of a name.
func (v *View) unknown(name string) error { return unknown(name, v.def.Names) }

// instead tells which names there are, the nearest first; by name where one is too long to be compared.
func instead(name string, have []string) string {
	all := slices.Compact(slices.Sorted(slices.Values(have)))
	far := make(map[string]int, len(all))
	for _, h := range all {
		if far[h] = mostCompared; len(name) > mostCompared || len(h) > mostCompared {
			continue
		}
		far[h] = levenshtein.ComputeDistance(strings.ToLower(name), strings.ToLower(h))
	}
	slices.SortStableFunc(all, func(a, b string) int { return cmp.Compare(far[a], far[b]) })
	if len(all) == 0 {
		return ""
	}
	var quoted []string
	for _, n := range all[:min(len(all), mostNear)] {
		quoted = append(quoted, fmt.Sprintf("%q", n))
	}
	text := "; there are " + strings.Join(quoted, ", ")
	if more := len(all) - len(quoted); more > 0 {
		text += fmt.Sprintf(" and %d more", more)
	}
	return text
}
