package stat

import "math"

// An Observation is a value, and the cluster that it is of: those of one cluster may resemble each other, others do not depend on each other.
type Observation struct {
	Value   float64
	Cluster int // from 0 on: room is taken for all up to the last one
}

// Clustered is the interval within which the difference of two true means lies with 95 % confidence, a's less that of b. Its variance is the
// robust one of Liang and Zeger (1986), the sum of the squares of what each cluster has to do with the difference, times G / (G - 1) of G clusters;
// and it reaches as far as Student's t with G - 1 degrees of freedom (Cameron and Miller 2015). A cluster may be of both. Of fewer than two
// clusters, or without an observation on one side, it is everything.
func Clustered(a, b []Observation) (low, high float64) {
	if len(a) == 0 || len(b) == 0 {
		return math.Inf(-1), math.Inf(1)
	}
	last := 0
	for _, group := range [][]Observation{a, b} {
		for _, o := range group {
			last = max(last, o.Cluster)
		}
	}
	var order []int // sums of floats depend on their order
	of, known := make([]float64, last+1), make([]bool, last+1)
	add := func(group []Observation, sign float64) (mean float64) {
		mean = Mean(group)
		for _, o := range group {
			if !known[o.Cluster] {
				known[o.Cluster], order = true, append(order, o.Cluster)
			}
			of[o.Cluster] += sign * (o.Value - mean) / float64(len(group))
		}
		return mean
	}
	difference := add(a, 1) - add(b, -1)
	clusters, sum := float64(len(order)), 0.0
	if clusters < 2 {
		return math.Inf(-1), math.Inf(1)
	}
	for _, c := range order {
		sum += of[c] * of[c]
	}
	half := student(clusters-1) * math.Sqrt(sum*clusters/(clusters-1))
	return difference - half, difference + half
}

// Average is the mean of values; of none it is 0.
func Average(of []float64) (mean float64) {
	for _, v := range of {
		mean += v / float64(len(of))
	}
	return mean
}

// MeanWithin is the interval within which the true mean of values that do not depend on each other lies with 95 % confidence: mean -+ t s / sqrt(n), by
// Student's t with n - 1 degrees of freedom (Student 1908). Not ok: fewer than two say nothing of how far they lie apart.
func MeanWithin(of []float64) (low, high float64, ok bool) {
	n, mean, sum := float64(len(of)), Average(of), 0.0
	if n < 2 {
		return 0, 0, false
	}
	for _, v := range of {
		sum += (v - mean) * (v - mean)
	}
	half := student(n-1) * math.Sqrt(sum/(n-1)/n)
	return mean - half, mean + half, true
}

// Mean is that of observations; of none it is 0.
func Mean(of []Observation) (mean float64) {
	for _, o := range of {
		mean += o.Value / float64(len(of))
	}
	return mean
}

// student is how many standard errors an interval of 95 % confidence reaches to either side with so many degrees of freedom: exact for 1 and 2, and
// else as Abramowitz and Stegun have it (1964, 26.7.5), to less than one in a hundred for 3 and one in a thousand from 5 on.
func student(freedom float64) float64 {
	switch freedom {
	case 1:
		return math.Tan(math.Pi * 0.475)
	case 2:
		return 0.95 * math.Sqrt(2/(1-0.95*0.95))
	}
	z, n := Z, freedom
	return z + (math.Pow(z, 3)+z)/(4*n) + (5*math.Pow(z, 5)+16*math.Pow(z, 3)+3*z)/(96*n*n) +
		(3*math.Pow(z, 7)+19*math.Pow(z, 5)+17*math.Pow(z, 3)-15*z)/(384*n*n*n) +
		(79*math.Pow(z, 9)+776*math.Pow(z, 7)+1482*math.Pow(z, 5)-1920*math.Pow(z, 3)-945*z)/(92160*math.Pow(n, 4))
}
