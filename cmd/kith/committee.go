package main

import (
	"fmt"
	"os"
	"time"

	"github.com/kithgraph/kith/graph/committee"
)

type committeeFlags struct {
	CommitteeTemplate string        `placeholder:"FILE" type:"existingfile" help:"Which roles a committee is expected to have, in YAML. Without: an economic buyer, a champion, a technical buyer and a user."`
	ClaimAge          time.Duration `default:"4368h" placeholder:"TIME" help:"How old the newest evidence of a claim may be before it is stale."`
}

// template reads which roles a committee is expected to have.
func (f committeeFlags) template() (*committee.Template, error) {
	if f.CommitteeTemplate == "" {
		return committee.Standard(), nil
	}
	text, err := os.ReadFile(f.CommitteeTemplate)
	if err != nil {
		return nil, fmt.Errorf("--committee-template: %w", err)
	}
	t, err := committee.ReadTemplate(text)
	if err != nil {
		return nil, fmt.Errorf("--committee-template: %s: %w", f.CommitteeTemplate, err)
	}
	return t, nil
}
