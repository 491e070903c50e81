package bench

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"sync"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"
	"github.com/neo4j/neo4j-go-driver/v5/neo4j/config"

	"github.com/kithgraph/kith/graph/write"
)

// Yardstick answers the queries by hand-written statements, behind nothing but net/http and encoding/json: one
// auto-commit statement a request, as Kith's store does.
type Yardstick struct {
	driver neo4j.DriverWithContext
	mu     sync.Mutex
	kept   map[string]any // what answers rest on, by the names of the queries
}

// OpenYardstick prepares a yardstick on the database at addr, which needs no password.
func OpenYardstick(addr string) (*Yardstick, error) {
	driver, err := neo4j.NewDriverWithContext(addr, neo4j.NoAuth(), func(c *config.Config) {
		c.FetchSize = neo4j.FetchAll
		c.TelemetryDisabled = true
	})
	if err != nil {
		return nil, fmt.Errorf("the yardstick's database: %w", err)
	}
	return &Yardstick{driver: driver, kept: map[string]any{}}, nil
}

// Handler answers POST /NAME, the body of which are the query's variables, with the document's data.
func (y *Yardstick) Handler() http.Handler {
	mux := http.NewServeMux()
	for _, q := range append(Queries(), Path()) {
		mux.HandleFunc("POST /"+q.Name, func(w http.ResponseWriter, r *http.Request) {
			if err := y.serve(w, r, q); err != nil {
				http.Error(w, err.Error(), http.StatusInternalServerError)
			}
		})
	}
	return mux
}

func (y *Yardstick) serve(w http.ResponseWriter, r *http.Request, q *Query) error {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		return err
	}
	params, err := q.decode(body)
	if err != nil {
		return err
	}
	record, err := y.run(r.Context(), q.Cypher, params)
	if err != nil {
		return err
	}
	if q.Kept != "" {
		kept, err := y.keeps(r.Context(), q)
		if err != nil {
			return err
		}
		record = append(record, kept)
	}
	out, err := json.Marshal(struct {
		Data any `json:"data"`
	}{q.answer(record)})
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	_, err = w.Write(out)
	return err
}

// run runs a statement of one record.
func (y *Yardstick) run(ctx context.Context, text string, params map[string]any) ([]any, error) {
	session := y.driver.NewSession(ctx, neo4j.SessionConfig{AccessMode: neo4j.AccessModeRead, FetchSize: neo4j.FetchAll})
	defer session.Close(ctx)
	res, err := session.Run(ctx, text, params)
	if err != nil {
		return nil, err
	}
	record, err := res.Single(ctx)
	if err != nil {
		return nil, err
	}
	return record.Values, nil
}

// keeps is what answers to a query rest on. Nobody writes while it is measured, so that it is read once.
func (y *Yardstick) keeps(ctx context.Context, q *Query) (any, error) {
	y.mu.Lock()
	defer y.mu.Unlock()
	if y.kept[q.Name] == nil {
		record, err := y.run(ctx, q.Kept, nil)
		if err != nil {
			return nil, err
		}
		y.kept[q.Name] = q.keep(record)
	}
	return y.kept[q.Name], nil
}

// Parameters are those of the statement for a request with these variables.
func (q *Query) Parameters(variables map[string]any) (map[string]any, error) {
	body, err := json.Marshal(variables)
	if err != nil {
		return nil, err
	}
	return q.decode(body)
}

func byID(body []byte) (map[string]any, error) {
	var v struct{ ID string }
	if err := json.Unmarshal(body, &v); err != nil {
		return nil, err
	}
	return map[string]any{"id": v.ID, "now": micros(End)}, nil
}

// openStages are those of deals that are neither won nor lost.
var openStages = []string{"PROSPECTING", "ENGAGING", "PROPOSAL", "NEGOTIATION"}

func byFirmographics(body []byte) (map[string]any, error) {
	var v struct {
		Industry string
		From, To int64
	}
	if err := json.Unmarshal(body, &v); err != nil {
		return nil, err
	}
	return map[string]any{"industry": v.Industry, "from": v.From, "to": v.To, "now": micros(End),
		"open": openStages}, nil
}

func byOpenDeals(body []byte) (map[string]any, error) {
	params, err := byID(body)
	if err == nil {
		params["open"] = openStages
	}
	return params, err
}

// byText looks up what a word is mistaken for, as whoever writes the statement by hand has to.
func byText(body []byte) (map[string]any, error) {
	var v struct{ Text string }
	if err := json.Unmarshal(body, &v); err != nil {
		return nil, err
	}
	terms, _ := write.Terms(v.Text)
	return map[string]any{"word": terms[0].Word, "near": append([]string{}, terms[0].Near...), "keys": append([]string{}, terms[0].Keys...)}, nil
}

// Close releases the connections.
func (y *Yardstick) Close(ctx context.Context) error { return y.driver.Close(ctx) }
