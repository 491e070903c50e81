package neo4j

import (
	"context"

	"github.com/neo4j/neo4j-go-driver/v5/neo4j"

	"github.com/kithgraph/kith/graph"
)

// Processors is how many processors the database has: as many statements it carries out at a time. It fails where the database does not
// tell, as it tells administrators alone.
func (s *Store) Processors(ctx context.Context) (int, error) {
	st := Statement{Text: "CALL dbms.queryJmx('java.lang:type=OperatingSystem') YIELD attributes RETURN attributes.AvailableProcessors.value"}
	values, _, err := s.query(ctx, neo4j.AccessModeRead, st, func() {})
	if err != nil {
		return 0, translated(ctx, err)
	}
	n, ok := values[0].(int64)
	if !ok || n < 1 {
		return 0, &graph.Error{Code: graph.Internal, Message: "the database does not tell how many processors it has"}
	}
	return int(n), nil
}
