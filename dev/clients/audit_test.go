package clients

import (
	"os/exec"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestGraphQLOverHTTP(t *testing.T) {
	needNode(t)
	out, err := exec.CommandContext(t.Context(), "node", "audit.mjs", serve(t)).CombinedOutput()
	t.Logf("%s", out)
	require.NoError(t, err)
	assert.Contains(t, string(out), "61 passed, 0 failed")
}
