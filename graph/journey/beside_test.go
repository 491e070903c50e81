package journey

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestLogsAreReadBesideABuilderThatGoesOn has several ask of logs, and write snapshots, while further cases are put, changed and taken out: a log answers in the end
// as it did at first.
func TestLogsAreReadBesideABuilderThatGoesOn(t *testing.T) {
	b, err := NewBuilder([]string{"a", "b"}, false)
	require.NoError(t, err)
	b.WithTraits(2)
	says := func(l *Log) string {
		v, err := l.View(l.As())
		if err != nil {
			return err.Error()
		}
		text := fmt.Sprint(v.Population(), l.AboutSomebody(), l.Having(0, func(value string) bool { return value == "red" }).Count())
		for _, e := range v.Map(true).Edges {
			text += fmt.Sprint(e.From, e.To, e.Tally, e.Events, e.Spread != nil)
		}
		for _, row := range v.Variants(100, 0).Rows {
			text += fmt.Sprint(row.Activities, row.Cases)
		}
		return text
	}
	type asked struct {
		log      *Log
		snapshot *Snapshot
	}
	logs, told := make(chan asked), make([]map[*Log]string, 3)
	var readers sync.WaitGroup
	for i := range told {
		told[i] = map[*Log]string{}
		readers.Go(func() {
			for a := range logs {
				told[i][a.log] = says(a.log)
				var to bytes.Buffer
				assert.NoError(t, a.snapshot.Write(&to))
				got, err := restored(to.Bytes(), false)
				if assert.NoError(t, err) {
					assert.Equal(t, a.log.Cases(), got.Log().Cases())
				}
			}
		})
	}
	rng := rand.New(rand.NewPCG(7, 8))
	for i := range 900 {
		change(t, rng, b)
		if i%3 == 0 {
			logs <- asked{b.Log(), b.Snapshot()}
		}
	}
	close(logs)
	readers.Wait()
	n := 0
	for _, some := range told {
		for l, text := range some {
			require.Equal(t, text, says(l))
			n++
		}
	}
	assert.Equal(t, 300, n)
}
