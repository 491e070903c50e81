package stat

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
)

// alone are observations each of its own cluster, and of none that others are of whose first value is another.
func alone(values ...float64) (out []Observation) {
	for _, v := range values {
		out = append(out, Observation{v, 10*int(values[0]) + len(out)})
	}
	return out
}

// Quantiles of Student's t at 0.975, from its tables.
func TestStudent(t *testing.T) {
	for freedom, want := range map[float64]float64{1: 12.7062, 2: 4.3027, 5: 2.5706, 10: 2.2281, 30: 2.0423, 100: 1.9840} {
		assert.InDelta(t, want, student(freedom), 0.002, "%v", freedom)
	}
	assert.InDelta(t, 3.1824, student(3), 0.01)
}

func TestClusteredByHand(t *testing.T) {
	// Means 2 and 1; what each has to do with the difference is -1/3, 0, 1/3 and 1/2, -1/2. Squares come to 2/9 + 1/2 = 13/18, times 5/4; t of 4.
	low, high := Clustered(alone(1, 2, 3), alone(0, 2))
	half := student(4) * math.Sqrt(13.0/18*5/4)
	assert.InDelta(t, 1-half, low, 1e-12)
	assert.InDelta(t, 1+half, high, 1e-12)
	// Two of one cluster weigh as one: 1 and 3 cancel each other, so that 2/9 is missing.
	both := []Observation{{1, 20}, {2, 21}, {3, 20}}
	low, high = Clustered(both, alone(0, 2))
	half = student(3) * math.Sqrt(1.0/2*4/3)
	assert.InDelta(t, 1-half, low, 1e-12)
	assert.InDelta(t, 1+half, high, 1e-12)
}

func TestClusteredOfTooFewIsEverything(t *testing.T) {
	for _, c := range [][2][]Observation{{nil, alone(1, 2)}, {alone(1), nil}, {{{1, 20}, {2, 20}}, {{3, 20}}}} {
		low, high := Clustered(c[0], c[1])
		assert.True(t, math.IsInf(low, -1) && math.IsInf(high, 1))
	}
}
