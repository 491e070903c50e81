package committee

import (
	_ "embed"
	"fmt"
	"slices"
	"sync"

	"github.com/kithgraph/kith/graph/yaml"
)

// A Template says which roles are expected in a committee.
type Template struct {
	Seats []TemplateSeat `yaml:"seats"`
	// Fewest claims are needed before an empty seat is called a gap: with fewer, nobody has looked.
	Fewest int `yaml:"fewestClaims"`
}

// A TemplateSeat is a role that is expected, and which others do as well.
type TemplateSeat struct {
	Role string   `yaml:"role"`
	Or   []string `yaml:"or"`
}

//go:embed template.yaml
var standard []byte

// Standard is the template that ships with Kith.
var Standard = sync.OnceValue(func() *Template {
	t, err := ReadTemplate(standard)
	if err != nil {
		panic(err) // it is embedded
	}
	return t
})

// ReadTemplate reads a template from YAML. The error says which key is wrong, what it may be and what was given.
func ReadTemplate(text []byte) (*Template, error) {
	t := &Template{}
	if err := yaml.Read(text, t); err != nil {
		return nil, err
	}
	seen := map[string]bool{}
	for i, s := range t.Seats {
		for _, role := range append([]string{s.Role}, s.Or...) {
			if !slices.Contains(Roles, role) || role == Unknown {
				return nil, fmt.Errorf("seats[%d]: must be a role that can be filled, one of %v: %q", i, Roles[:len(Roles)-1], role)
			}
		}
		if seen[s.Role] {
			return nil, fmt.Errorf("seats[%d].role: must not be given twice: %s", i, s.Role)
		}
		seen[s.Role] = true
	}
	if t.Fewest < 1 {
		return nil, fmt.Errorf("fewestClaims: must be at least 1: %d", t.Fewest)
	}
	return t, nil
}

// States of a seat.
const (
	Complete       = "COMPLETE"         // somebody is claimed to have the role
	Gap            = "GAP"              // it is expected, and nobody who may be seen has it
	NotExpected    = "NOT_EXPECTED"     // nobody has it, and the template does not ask for it
	CannotBeJudged = "CANNOT_BE_JUDGED" // it is expected, and too little is claimed of anybody
)

// A Seat is a role, and who has it.
type Seat struct {
	Role     string
	Expected bool
	State    string
	Holders  []string // ids of members who have not left and whose leading claims have the role, or one that does as well
	N        int      // claims in force about anybody who has not left
}

// seats are all roles but that which says nothing.
func (in *Input) seats(members []Member) (out []Seat) {
	n := 0
	for i := range members {
		if members[i].there() {
			n += len(members[i].Claims)
		}
	}
	for _, role := range Roles[:len(Roles)-1] {
		s := Seat{Role: role, N: n, State: NotExpected}
		fills := []string{role}
		if i := slices.IndexFunc(in.Template.Seats, func(t TemplateSeat) bool { return t.Role == role }); i >= 0 {
			s.Expected, fills = true, append(fills, in.Template.Seats[i].Or...)
		}
		for i := range members {
			if m := &members[i]; m.there() && slices.Contains(fills, m.Role()) {
				s.Holders = append(s.Holders, m.ID)
			}
		}
		switch {
		case len(s.Holders) > 0:
			s.State = Complete
		case s.Expected && n < in.Template.Fewest:
			s.State = CannotBeJudged
		case s.Expected:
			s.State = Gap
		}
		out = append(out, s)
	}
	return out
}
