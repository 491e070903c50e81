package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"os/exec"
	"regexp"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// kills is how often the server is killed; in what one runs while writing less often.
func kills() int {
	if testing.Short() {
		return 3
	}
	return 30
}

// TestEveryAnswerHasItsReceiptThoughTheServerIsKilled kills the server at random moments while clients ask, and starts it
// again on the same store and journal. Each request has a reference of its own, which its receipt has to show.
func TestEveryAnswerHasItsReceiptThoughTheServerIsKilled(t *testing.T) {
	store, _ := demonstration(t)
	answered := map[string]bool{}
	var mu sync.Mutex
	for round := range kills() {
		s := startKilled(t, store)
		var clients sync.WaitGroup
		for c := range 4 {
			clients.Go(func() {
				for n := 0; ; n++ {
					reference := fmt.Sprintf("%d-%d-%d", round, c, n)
					if s.asks(reference, fmt.Sprintf(`{ customers(first: %d) { edges { node { name email } } } }`, 1+n%20)) != nil {
						return
					}
					mu.Lock()
					answered[reference] = true
					mu.Unlock()
				}
			})
		}
		time.Sleep(time.Duration(rand.IntN(150)) * time.Millisecond)
		require.NoError(t, s.cmd.Process.Kill())
		_ = s.cmd.Wait() // it was killed
		clients.Wait()
	}
	require.Greater(t, len(answered), 2*kills(), "clients were answered before the server was killed, on a machine that is busy, too")
	s := startKilled(t, store)
	defer func() { _ = s.cmd.Process.Kill(); _ = s.cmd.Wait() }()
	told := s.references(t)
	for reference := range answered {
		assert.True(t, told[reference], "the answer to %s has no receipt", reference)
	}
}

// killed is a server in a process of its own.
type killed struct {
	cmd *exec.Cmd
	url string
}

// startKilled starts a server, and waits until it is ready.
func startKilled(t *testing.T, store string, more ...string) *killed {
	t.Helper()
	s := startUnready(t, store, more...)
	require.Eventually(t, func() bool { return s.readiness(t).status == http.StatusOK }, 3*time.Minute, 5*time.Millisecond)
	return s
}

func startUnready(t *testing.T, store string, more ...string) *killed {
	t.Helper()
	cmd := process(append([]string{"serve", "--addr", "127.0.0.1:0", "--store", store, "--purpose", "SALES", "--time-limit", "2m"}, more...)...)
	stdout, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	t.Cleanup(func() { // until it is gone it may write
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	line, err := bufio.NewReader(stdout).ReadString('\n')
	require.NoError(t, err)
	s := &killed{cmd, regexp.MustCompile(`http://\S+/graphql`).FindString(line)}
	require.NotEmpty(t, s.url)
	return s
}

// asks fails where not the whole of an answer came.
func (s *killed) asks(reference, query string) error {
	answer, err := s.post(reference, "SALES", query)
	if err == nil && (answer.Errors != nil || answer.Data == nil) {
		return fmt.Errorf("answered %v, and %s", answer.Errors, answer.Data)
	}
	return err
}

type killedAnswer struct {
	Data   json.RawMessage
	Errors []any
}

func (s *killed) post(reference, purpose, query string) (a killedAnswer, err error) {
	body, err := json.Marshal(map[string]any{"query": query})
	if err != nil {
		return a, err
	}
	req, err := http.NewRequest(http.MethodPost, s.url, bytes.NewReader(body))
	if err != nil {
		return a, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Kith-Purpose", purpose)
	req.Header.Set("Kith-Reference", reference)
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return a, err
	}
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	if err != nil {
		return a, err
	}
	return a, json.Unmarshal(text, &a)
}

// first is the first customer for SALES, who is in every answer. For other purposes it may be another: who objects has ids, too.
func (s *killed) first(t *testing.T) string {
	t.Helper()
	a, err := s.post("", "SALES", `{ customers(first: 1) { edges { node { id } } } }`)
	require.NoError(t, err)
	require.Empty(t, a.Errors)
	var v struct {
		Customers struct {
			Edges []struct{ Node struct{ ID string } }
		}
	}
	require.NoError(t, json.Unmarshal(a.Data, &v))
	return v.Customers.Edges[0].Node.ID
}

// references are those of all receipts of the first customer.
func (s *killed) references(t *testing.T) map[string]bool {
	t.Helper()
	told, after, who := map[string]bool{}, "", s.first(t)
	for {
		a, err := s.post("", "COMPLIANCE", fmt.Sprintf(`{ customer(id: %q) { disclosures(first: 200%s) { edges { node { reference } } pageInfo { hasNextPage endCursor } } } }`, who, after))
		require.NoError(t, err)
		require.Empty(t, a.Errors)
		var v struct {
			Customer struct {
				Disclosures struct {
					Edges    []struct{ Node struct{ Reference string } }
					PageInfo struct {
						HasNextPage bool
						EndCursor   string
					}
				}
			}
		}
		require.NoError(t, json.Unmarshal(a.Data, &v))
		page := v.Customer.Disclosures
		for _, e := range page.Edges {
			told[e.Node.Reference] = true
		}
		if !page.PageInfo.HasNextPage {
			return told
		}
		after = fmt.Sprintf(", after: %q", page.PageInfo.EndCursor)
	}
}
