package rights

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/kithgraph/kith/graph"
)

// history writes what is kept of a property's values as JSON.
func history(p *graph.Property, was []graph.Version) string {
	type version struct {
		Property     string  `json:"property"`
		At           *string `json:"at"`
		RecordedAt   *string `json:"recordedAt"`
		SupersededAt *string `json:"supersededAt"`
		To           *string `json:"to"`
		Source       string  `json:"source,omitempty"`
	}
	at := func(t, never graph.Time) *string {
		if t == never {
			return nil
		}
		return new(t.String())
	}
	all := make([]version, len(was))
	for i, v := range was {
		all[i] = version{p.Field(), at(v.From, graph.FirstInstant), at(v.Known, graph.FirstInstant), at(v.Until, graph.LastInstant), nil, v.Source}
		if v.Value != nil {
			all[i].To = new(written(p, v.Value))
		}
	}
	b, err := json.Marshal(all)
	if err != nil {
		panic(err) // texts
	}
	return string(b)
}

// written is a value as the schema writes it.
func written(p *graph.Property, v any) string {
	switch v := v.(type) {
	case string:
		return v
	case []string:
		if p.Format == graph.FormatAttribute {
			return "[" + strings.Join(v, ",") + "]"
		}
		b, err := json.Marshal(v)
		if err != nil {
			panic(err) // texts
		}
		return string(b)
	case graph.Money:
		return fmt.Sprintf(`{"amount":%q,"currency":%q}`, v.Decimal(), v.Currency)
	case int64:
		switch p.Type {
		case graph.Instant:
			return graph.Time(v).String()
		case graph.Day:
			return graph.Date(v).String()
		case graph.Float:
			return graph.Score(v).String()
		}
	}
	return fmt.Sprint(v)
}
