package graphtest

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestEachTurnComes looks at all seeds after which turns begin anew: each text of each test on a store comes in one of them, as often as each other one.
func TestEachTurnComes(t *testing.T) {
	const runs = 4
	for _, name := range []string{"TestContract/pages", "TestExamplesAnswer/Neo4j", "TestEveryViewOfTheExplorer"} {
		for _, texts := range []int{1, 2, 3, 4, 12} {
			for _, stores := range []int{1, 3, 4} {
				came := make([]int, texts)
				for seed := range uint64(perRun * runs) {
					for i := range came {
						if TextInTurn(seed, i, texts) && StoreInTurn(seed, name, stores) && runInTurn(seed, name, runs) {
							came[i]++
						}
					}
				}
				for i, n := range came {
					assert.Equal(t, perRun/texts/stores, n, "%s: text %d of %d, where one test of %d asks the store", name, i, texts, stores)
				}
			}
		}
	}
}

// TestATestHasItsTurnWithWhatIsWithinIt runs one test with a seed that gives it its turn, and one with a seed that does not.
func TestATestHasItsTurnWithWhatIsWithinIt(t *testing.T) {
	const runs = 3
	t.Setenv("KITH_TEST_TURNS", fmt.Sprint(runs))
	for _, turn := range []bool{true, false} {
		name, seed := fmt.Sprint("in turn is ", turn), uint64(0)
		for runInTurn(seed, t.Name()+"/"+strings.ReplaceAll(name, " ", "_"), runs) != turn {
			seed += perRun
		}
		t.Setenv("KITH_TEST_SEED", fmt.Sprint(seed))
		ran, within := false, 0
		t.Run(name, func(t *testing.T) {
			InTurn(t)
			ran = true
			for i := range 10 { // some have names whose own turn is another
				t.Run(fmt.Sprint(i), func(t *testing.T) {
					InTurn(t)
					within++
				})
			}
		})
		assert.Equal(t, turn, ran)
		assert.Equal(t, map[bool]int{true: 10}[turn], within)
	}
}

func TestWhatDrawsAPartOfItsOwnHasItEachTime(t *testing.T) {
	t.Setenv("KITH_TEST_TURNS", "4")
	asked := 0
	for i := range 10 {
		t.Run(fmt.Sprint(i), func(t *testing.T) {
			assert.Equal(t, 100, EachTime(t, 400))
			assert.Equal(t, 1, EachTime(t, 3), "at least one")
			InTurn(t)
			asked++
		})
	}
	assert.Equal(t, 10, asked)
	t.Setenv("KITH_TEST_TURNS", "")
	assert.Equal(t, 400, EachTime(t, 400), "all, where tests take no turns")
}
