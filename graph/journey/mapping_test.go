package journey

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestActivitiesAreRenamedByWhatTheirNamesMatch(t *testing.T) {
	b, err := NewBuilder([]string{Name("INTERACTION", "CALL", "PHONE"), Name("INTERACTION", "CHAT", "WEB"), Name("ORDER", "", ""), Name("CASE", "COMPLAINT", "")}, true)
	require.NoError(t, err)
	l := b.Log()
	called := func(list ...Rename) ([]string, error) {
		d, err := l.Define(Mapping{By: []Part{Kind, Detail, Channel}, Rename: list}, 0)
		if err != nil {
			return nil, err
		}
		out := make([]string, len(d.Named))
		for i, n := range d.Named {
			out[i] = d.Names[n]
		}
		return out, nil
	}
	for _, c := range []struct {
		name string
		list []Rename
		want []string
	}{
		{"all that match are one", []Rename{{Matching: "^INTERACTION", To: "Contact"}}, []string{"Contact", "Contact", "ORDER", "CASE COMPLAINT"}},
		{"what groups have found is in the name", []Rename{{Matching: `^INTERACTION (?P<how>\w+) (\w+)$`, To: "$2: ${how}"}}, []string{"PHONE: CALL", "WEB: CHAT", "ORDER", "CASE COMPLAINT"}},
		{"of several the first counts", []Rename{{Matching: "CALL|ORDER", To: "first"}, {Matching: "O", To: "second"}}, []string{"first", "second", "first", "second"}},
		{"one that is named goes before, wherever that stands", []Rename{{Matching: "O", To: "any"}, {From: []string{"ORDER"}, To: "Order for $1"}}, []string{"any", "any", "Order for $1", "any"}},
		{"case is looked at, unless it is not to be", []Rename{{Matching: "(?i)order", To: "$$"}}, []string{"INTERACTION CALL PHONE", "INTERACTION CHAT WEB", "$", "CASE COMPLAINT"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := called(c.list...)
			require.NoError(t, err)
			assert.Equal(t, c.want, got)
		})
	}
	for _, c := range []struct {
		name, err string
		list      []Rename
	}{
		{"none", `rename[0].matching: no activity has "^CALL"`, []Rename{{Matching: "^CALL", To: "x"}}},
		{"a group that there is not", `rename[0].to: "zz$3" has the group 3, which "^(O)" has not`, []Rename{{Matching: "^(O)", To: "zz$3"}}},
		{"a group whose number runs on", `rename[0].to: "n$1x" has the group 1x, which "^(O)" has not; group 1, and then "x", is ${1}x`, []Rename{{Matching: "^(O)", To: "n$1x"}}},
		{"a group whose number runs on in another script", `rename[0].to: "$1é" has the group 1é, which "^(O)" has not; group 1, and then "é", is ${1}é`, []Rename{{Matching: "^(O)", To: "$1é"}}},
		{"a group that is written with a zero", `rename[0].to: "$01" has the group 01, which "^(O)" has not`, []Rename{{Matching: "^(O)", To: "$01"}}},
		{"a group by a name that it has not", `rename[0].to: "${b}" has the group b, which "^(?P<a>O)" has not`, []Rename{{Matching: "^(?P<a>O)", To: "${b}"}}},
		{"a parenthesis", `rename[1].matching: "é(a" is no regular expression (RE2): missing closing ), at character 4`, []Rename{{From: []string{"ORDER"}, To: "x"}, {Matching: "é(a", To: "x"}}},
		{"a class", `rename[0].matching: "éa[z-a]" is no regular expression (RE2): invalid character class range, at character 4`, []Rename{{Matching: "éa[z-a]", To: "x"}}},
		{"what RE2 leaves out", `rename[0].matching: "a(?=b)" is no regular expression (RE2): invalid or unsupported Perl syntax, at character 2`, []Rename{{Matching: "a(?=b)", To: "x"}}},
		{"length", `rename[0].matching: it has at most 200 characters, not 201`, []Rename{{Matching: strings.Repeat("é", 201), To: "x"}}},
		{"number", `rename[20].matching: at most 20 regular expressions are given`, many(21)},
		{"a name that is none", `rename[0].to: of "ORDER", "" is no name for an activity`, []Rename{{Matching: "ORDER(x)?", To: "$1"}}},
		{"both", "rename[0]: either from or matching is to be given", []Rename{{From: []string{"ORDER"}, Matching: "O", To: "x"}}},
		{"neither", "rename[0]: either from or matching is to be given", []Rename{{To: "x"}}},
	} {
		t.Run("a mistake: "+c.name, func(t *testing.T) {
			_, err := called(c.list...)
			assert.EqualError(t, err, c.err)
		})
	}
}

func many(n int) (out []Rename) {
	for range n {
		out = append(out, Rename{Matching: "O", To: "x"})
	}
	return out
}
