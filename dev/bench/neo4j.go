package bench

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"strconv"
	"strings"
)

// script starts and stops Neo4j, from the root of the repository.
const script = "dev/neo4j/neo4j.sh"

// StartNeo4j starts a Neo4j by neo4j.sh, behind whose start args stand, unless it runs, and gives its address.
func StartNeo4j(ctx context.Context, args ...string) (addr string, err error) {
	cmd := exec.CommandContext(ctx, script, append([]string{"start"}, args...)...)
	cmd.Stderr = os.Stderr
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("%s start %s: %w", script, strings.Join(args, " "), err)
	}
	return strings.TrimSpace(string(out)), nil
}

// StopNeo4j stops the one on a port, and waits until it is down.
func StopNeo4j(port string) error { return exec.Command(script, "stop", port).Run() }

// Neo4jRuns reports whether one runs on a port.
func Neo4jRuns(ctx context.Context, port string) bool {
	return exec.CommandContext(ctx, script, "status", port).Run() == nil
}

// PID is the process of a Neo4j that neo4j.sh has started on a port; 0 where none runs.
func PID(port string) int {
	text, err := os.ReadFile(".neo4j/" + port + "/pid")
	if err != nil {
		return 0
	}
	pid, _ := strconv.Atoi(strings.TrimSpace(string(text)))
	return pid
}
