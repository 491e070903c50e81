package journey

// places are those that what is needed has among what is needed.
type places struct{ of []int }

// newPlaces has the first ones keep their places, whether they are needed or not.
func newPlaces(n, first int) *places {
	p := &places{make([]int, n)}
	for i := range n {
		if i >= first {
			p.of[i] = -1
		}
	}
	return p
}

func (p *places) need(i int) { p.of[i] = 0 }

// number is how many are needed, which have their places from then on.
func (p *places) number() (n int) {
	for i, at := range p.of {
		if at >= 0 {
			p.of[i] = n
			n++
		}
	}
	return n
}

func (p *places) at(i int) int { return p.of[i] }

func (p *places) each(visit func(i int)) {
	for i, at := range p.of {
		if at >= 0 {
			visit(i)
		}
	}
}
