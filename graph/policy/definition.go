package policy

import (
	"fmt"
	"strings"

	"github.com/kithgraph/kith/graph"
)

const (
	// longestDefinition is how many bytes of how persons were chosen stand in a receipt; of what is longer, a mark stands for the rest.
	longestDefinition = 600
	// lengthOfMark is how many letters stand for a value: 96 bits.
	lengthOfMark = 16
)

// A definition is how a set of persons was chosen. Its values are told by what stands for them.
type definition []term

// A term is a text or, where it is secret, a value.
type term struct {
	text   string
	secret bool
}

func (d *definition) say(text string) {
	if n := len(*d); n > 0 && !(*d)[n-1].secret {
		(*d)[n-1].text += text
		return
	}
	*d = append(*d, term{text, false})
}

func (d *definition) value(v any) {
	text := fmt.Sprint(v)
	if m, ok := v.(graph.Money); ok {
		text = fmt.Sprint(m.Amount, " ", m.Currency)
	}
	*d = append(*d, term{text, true})
}

// written is the definition with marks for its values: equal values have equal ones, and who has not the key cannot try any.
func (d definition) written(mark func(string) string) string {
	var b strings.Builder
	for _, t := range d {
		if t.secret {
			b.WriteString(marked(mark, t.text))
		} else {
			b.WriteString(t.text)
		}
	}
	all := b.String()
	if len(all) <= longestDefinition {
		return all
	}
	return strings.ToValidUTF8(all[:longestDefinition], "") + "…" + marked(mark, all)
}

func marked(mark func(string) string, text string) string {
	m := mark(text)
	return "#" + m[:min(len(m), lengthOfMark)]
}
