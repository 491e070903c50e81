// Package policy decides what may be seen for which purpose: it reads the policy, guards fetches, so that every mention of a
// property or an edge is of its effective value, and says why something is withheld. It imports graph and graph/yaml.
package policy

import (
	"crypto/sha256"
	_ "embed"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/kithgraph/kith/graph"
	"github.com/kithgraph/kith/graph/yaml"
)

// Basis is on what ground a category may be used for a purpose.
type Basis string

// The bases; policy.yaml says what they mean.
const (
	Open               Basis = "open"
	Contract           Basis = "contract"
	Legal              Basis = "legal"
	Interest           Basis = "interest"
	ContractOrInterest Basis = "contract-or-interest"
	Consent            Basis = "consent"
	Own                Basis = "own"
	Deny               Basis = "deny"
)

var bases = []Basis{Open, Contract, Legal, Interest, ContractOrInterest, Consent, Own, Deny}

// Categories are all there are, in the order they are shown in.
var Categories = []graph.Category{
	graph.CategoryCompany, graph.CategoryIdentity, graph.CategoryContact, graph.CategoryDemographic, graph.CategoryProfile,
	graph.CategoryBehaviour, graph.CategoryFinancial, graph.CategoryContent, graph.CategorySentiment, graph.CategoryPrediction,
	graph.CategoryRelationship, graph.CategoryConsent, graph.CategoryWorkforce,
}

// A Policy gives every category a basis for every purpose. Make one with Parse or Default.
type Policy struct {
	// Version is a hash of what it says, whatever the layout of the file.
	Version   string
	rules     map[graph.Category]map[graph.Purpose]Basis
	reference map[graph.Purpose]bool
	kept      map[graph.Category]string // grounds on which it is kept of persons who are erased
	retention map[graph.Category]Period
	sources   []string // whose consents take back what was refused, in order
	lenses    sync.Map // of a lensKey: *Lens
}

//go:embed policy.yaml
var standard []byte

// Standard is the file of the policy that is in force where no other is given.
func Standard() []byte { return slices.Clone(standard) }

// Default is the policy of Standard.
func Default() *Policy {
	p, err := Parse(standard)
	if err != nil {
		panic(err) // a test reads it
	}
	return p
}

// Parse reads a policy. The error names everything that is wrong with it; half a policy is none.
func Parse(file []byte) (*Policy, error) {
	var f struct {
		Reference []string                     `yaml:"reference"`
		Rules     map[string]map[string]string `yaml:"rules"`
		Erasure   erasureRules                 `yaml:"erasure"`
		Retention map[string]string            `yaml:"retention"`
		Sources   []string                     `yaml:"consentSources"`
	}
	if err := yaml.Read(file, &f); err != nil {
		return nil, fmt.Errorf("this is not a policy: %w", err)
	}
	p := &Policy{rules: map[graph.Category]map[graph.Purpose]Basis{}, reference: map[graph.Purpose]bool{}}
	var errs []error
	for _, name := range f.Reference {
		if !slices.Contains(graph.Purposes, graph.Purpose(name)) {
			errs = append(errs, fmt.Errorf("reference: there is no purpose %q", name))
		}
		p.reference[graph.Purpose(name)] = true
	}
	for category, row := range f.Rules {
		c := graph.Category(category)
		if !slices.Contains(Categories, c) {
			errs = append(errs, fmt.Errorf("rules: there is no category %q", category))
			continue
		}
		p.rules[c] = map[graph.Purpose]Basis{}
		for purpose, basis := range row {
			errs = append(errs, p.set(c, graph.Purpose(purpose), Basis(basis)))
		}
	}
	for _, c := range Categories {
		for _, purpose := range graph.Purposes {
			if p.rules[c][purpose] == "" {
				errs = append(errs, fmt.Errorf("rules: %s has no basis for %s", c, purpose))
			}
		}
	}
	errs = append(errs, p.setErasure(f.Erasure)...)
	errs = append(errs, p.setRetention(f.Retention)...)
	errs = append(errs, p.setSources(f.Sources)...)
	if err := errors.Join(errs...); err != nil {
		lines := strings.Split(err.Error(), "\n")
		slices.Sort(lines) // of maps, which have no order
		return nil, errors.New(strings.Join(lines, "\n"))
	}
	p.Version = p.hash()
	return p, nil
}

func (p *Policy) set(c graph.Category, purpose graph.Purpose, b Basis) error {
	where := fmt.Sprintf("rules: %s for %s", c, purpose)
	p.rules[c][purpose] = b
	its := regardOf(purpose)
	switch {
	case !slices.Contains(graph.Purposes, purpose):
		return fmt.Errorf("rules: %s: there is no purpose %q", c, purpose)
	case !slices.Contains(bases, b):
		return fmt.Errorf("%s: there is no basis %q", where, b)
	case (b == Own) != its.Own() && b != Deny && c != graph.CategoryCompany:
		return fmt.Errorf("%s: what is for SELF is own or deny, and nothing else is own: not %s", where, b)
	case its.Own() && c == graph.CategoryWorkforce && b != Deny:
		return fmt.Errorf("%s: employees are nobody's own, so that it is deny, not %s", where, b)
	case c == graph.CategoryCompany && b != Open && b != Deny:
		return fmt.Errorf("%s: what is not personal is open or deny, not %s", where, b)
	case c != graph.CategoryCompany && b == Open:
		return fmt.Errorf("%s: personal data takes a basis, and open is none", where)
	case c == graph.CategoryConsent && b != Legal && b != Deny && b != Own:
		return fmt.Errorf("%s: whether somebody consented is legal or deny, not %s", where, b)
	case c == graph.CategoryWorkforce && b == Consent:
		return fmt.Errorf("%s: employees' consents are not kept", where)
	}
	return nil
}

func (p *Policy) hash() string {
	h := sha256.New()
	for _, purpose := range graph.Purposes {
		fmt.Fprintln(h, purpose, p.reference[purpose])
		for _, c := range Categories {
			fmt.Fprintln(h, c, p.rules[c][purpose])
		}
	}
	for _, c := range Categories {
		fmt.Fprintln(h, c, p.kept[c], p.retention[c])
	}
	for _, s := range p.sources {
		fmt.Fprintln(h, s)
	}
	return fmt.Sprintf("%x", h.Sum(nil)[:8])
}

// Basis is on what ground the category may be used for the purpose.
func (p *Policy) Basis(c graph.Category, purpose graph.Purpose) Basis { return p.rules[c][purpose] }

func (p *Policy) setSources(names []string) (errs []error) {
	p.sources = slices.Sorted(slices.Values(names))
	for i, name := range p.sources {
		switch err := graph.CheckSource(name); {
		case err != nil:
			errs = append(errs, fmt.Errorf("consentSources: %w", err))
		case graph.OwnSource(name):
			errs = append(errs, fmt.Errorf("consentSources: the source %s is Kith's own", name))
		case i > 0 && name == p.sources[i-1]:
			errs = append(errs, fmt.Errorf("consentSources: %s is named twice", name))
		}
	}
	return errs
}

// AuthorityOf is what stands behind the consents of a source.
func (p *Policy) AuthorityOf(source string) string {
	if slices.Contains(p.sources, source) {
		return graph.BySource
	}
	return ""
}

// ConsentSources are the sources whose consents take back what was refused, where they come later and with a proof.
func (p *Policy) ConsentSources() []string { return slices.Clone(p.sources) }

// NeedsReference reports whether a request for the purpose is to name what it refers to.
func (p *Policy) NeedsReference(purpose graph.Purpose) bool { return p.reference[purpose] }

// Consentable are the purposes for which something is used by a person's consent, or by an interest that she may object to: of the others
// what she says changes nothing. Of employees no word is kept.
func (p *Policy) Consentable() []graph.Purpose {
	return graph.Where(graph.Consentable, func(purpose graph.Purpose) bool {
		return slices.ContainsFunc(Categories, func(c graph.Category) bool {
			b := p.Basis(c, purpose)
			return c != graph.CategoryWorkforce && (b == Interest || b == ContractOrInterest || b == Consent)
		})
	})
}
