package journey

import (
	"math"
	"math/bits"
	"slices"
)

// credits add up what models give to each channel.
type credits struct {
	n         int
	halfLife  float64
	of        [models][]float64
	converted float64
	// steps are how often what follows what: of channels, and of the beginning behind them; to channels, to a conversion and to none.
	steps [][]float64
}

func newCredits(n int, halfLife int64) *credits {
	c := &credits{n: n, halfLife: float64(halfLife), steps: make([][]float64, n+1)}
	for m := range c.of {
		c.of[m] = make([]float64, n)
	}
	for i := range c.steps {
		c.steps[i] = make([]float64, n+2)
	}
	return c
}

// add takes in so many cases with the same touches, of which some converted and some did not. ages are how long the touches lay before the
// conversion.
func (c *credits) add(path []int, ages []int64, converted, not float64) {
	before := c.n
	for _, to := range path {
		c.steps[before][to] += converted + not
		before = to
	}
	c.steps[before][c.n] += converted
	c.steps[before][c.n+1] += not
	if converted == 0 {
		return
	}
	c.converted += converted
	last := len(path) - 1
	c.of[FirstTouch][path[0]] += converted
	c.of[LastTouch][path[last]] += converted
	weights := make([]float64, len(path))
	share := func(m Model, weight func(i int) float64) {
		sum := 0.0
		for i := range path {
			weights[i] = weight(i)
			sum += weights[i]
		}
		for i, to := range path {
			c.of[m][to] += converted * weights[i] / sum
		}
	}
	share(Linear, func(int) float64 { return 1 })
	if ages != nil {
		youngest := slices.Min(ages) // so that none of them is as old as to weigh nothing
		share(TimeDecay, func(i int) float64 { return math.Exp2(-float64(ages[i]-youngest) / c.halfLife) })
	}
	share(Position, func(i int) float64 {
		switch {
		case last < 2:
			return 1
		case i == 0 || i == last:
			return 0.4
		}
		return 0.2 / float64(last-1)
	})
}

// settle works out the models that look at all cases together, and gives which share of all conversions is lost without each channel; nil: it was
// not asked for.
func (c *credits) settle(asked []Model) (removal []float64) {
	chain := c.chain()
	if slices.Contains(asked, Markov) {
		removal = chain.removals()
		c.spread(Markov, removal)
	}
	if slices.Contains(asked, Shapley) {
		c.spread(Shapley, chain.shapley())
	}
	return removal
}

// spread gives all conversions to channels, as worth says.
func (c *credits) spread(m Model, worth []float64) {
	sum := 0.0
	for _, w := range worth {
		sum += w
	}
	for i, w := range worth {
		if sum > 0 {
			c.of[m][i] = c.converted * w / sum
		}
	}
}

// A chain says how probable it is what follows a channel, or the beginning.
type chain struct {
	to      [][]float64 // from each channel to each
	convert []float64   // from each to a conversion
	begin   []float64   // from the beginning to each
}

func (c *credits) chain() *chain {
	x := &chain{convert: make([]float64, c.n)}
	for i, row := range c.steps {
		sum := 0.0
		for _, n := range row {
			sum += n
		}
		p := make([]float64, c.n+2)
		for j, n := range row {
			if sum > 0 {
				p[j] = n / sum
			}
		}
		if i == c.n {
			x.begin = p[:c.n]
			break
		}
		x.to, x.convert[i] = append(x.to, p[:c.n]), p[c.n]
	}
	return x
}

// removals are the shares of conversions that are lost if a channel leads nowhere any more. One equation is solved for all of them: with
// N = (1 - to)^-1, which says how often each channel is come to from each, whoever comes to a channel at all does so with the probability
// (begin N)[c] / N[c][c], and converts then with (N convert)[c].
func (x *chain) removals() []float64 {
	n := len(x.begin)
	often := inverse(x.to)
	all, out := 0.0, make([]float64, n)
	for c := range n {
		come, converts := 0.0, 0.0
		for i := range n {
			come += x.begin[i] * often[i][c]
			converts += often[c][i] * x.convert[i]
		}
		all += come * x.convert[c]
		out[c] = come / often[c][c] * converts
	}
	for c := range out {
		if all > 0 {
			out[c] /= all
		}
	}
	return out
}

// inverse is that of 1 - to, by the elimination of Gauss and Jordan. Whoever is anywhere leaves at last, so that there is one.
func inverse(to [][]float64) [][]float64 {
	n := len(to)
	a := make([][]float64, n)
	for i := range a {
		a[i] = make([]float64, 2*n)
		for j, p := range to[i] {
			a[i][j] = -p
		}
		a[i][i]++
		a[i][n+i] = 1
	}
	eliminate(a)
	for i := range a {
		a[i] = a[i][n:]
	}
	return a
}

// eliminate solves equations, of which each row has those of its unknown on the left: no row's own is less than what the others add up to, so that
// none has to be changed for another.
func eliminate(a [][]float64) {
	for i := range a {
		own := a[i][i]
		for j := range a[i] {
			a[i][j] /= own
		}
		for k := range a {
			if f := a[k][i]; k != i && f != 0 {
				for j := i; j < len(a[k]); j++ {
					a[k][j] -= f * a[i][j]
				}
			}
		}
	}
}

// shapley are the shares of Shapley (1953) in a game in which a set of channels is worth the probability that the chain converts where it has no
// others: each other one leads nowhere. It is exact: all sets are looked at.
func (x *chain) shapley() []float64 {
	n := len(x.begin)
	worth := make([]float64, 1<<n)
	for set := 1; set < len(worth); set++ {
		worth[set] = x.converts(uint(set))
	}
	// Of a set of k others a channel finds these before it in k! (n - k - 1)! of n! orders.
	weight := make([]float64, n)
	for k := range weight {
		weight[k] = 1 / float64(n)
		for i := range k {
			weight[k] *= float64(i+1) / float64(n-1-i)
		}
	}
	out := make([]float64, n)
	for set := range worth {
		for c := range n {
			if set&(1<<c) == 0 {
				out[c] += weight[bits.OnesCount(uint(set))] * (worth[set|1<<c] - worth[set])
			}
		}
	}
	return out
}

// converts is how probable a conversion is by a set of channels alone.
func (x *chain) converts(set uint) (p float64) {
	var in []int
	for c := range x.begin {
		if set&(1<<c) != 0 {
			in = append(in, c)
		}
	}
	a := make([][]float64, len(in))
	for i, c := range in {
		a[i] = make([]float64, len(in)+1)
		for j, d := range in {
			a[i][j] = -x.to[c][d]
		}
		a[i][i]++
		a[i][len(in)] = x.convert[c]
	}
	eliminate(a)
	for i, c := range in {
		p += x.begin[c] * a[i][len(in)]
	}
	return p
}
