package exposure

import (
	"fmt"
	"math/rand/v2"
	"testing"
)

// BenchmarkAfter compares 10,000 who were exposed with 40,000 others.
func BenchmarkAfter(b *testing.B) {
	r := rand.New(rand.NewPCG(1, 0))
	var all []Subject
	for i := range 50_000 {
		s := lived(fmt.Sprint(i), i < 10_000, r.Float64()*8)
		s.Before[Employed], s.Before[CompanySize] = 1, 3+r.NormFloat64()
		if s.Exposed {
			s.Before[CompanySize] += 0.5
		}
		s.Before[ContactsBefore], s.Before[CasesBefore] = float64(r.IntN(6)), float64(r.IntN(2))
		s.Company = fmt.Sprint(r.IntN(12_000))
		all = append(all, s)
	}
	for b.Loop() {
		if After(all, everything, month, 0).Refusal != NotRefused {
			b.Fatal("they are alike")
		}
	}
}

// BenchmarkWeeks tells week by week what came after, of 10,000 who are matched.
func BenchmarkWeeks(b *testing.B) {
	for _, span := range []int64{90 * day, 364 * day} {
		r := rand.New(rand.NewPCG(1, 0))
		var all []Subject
		for i := range 50_000 {
			s := lived(fmt.Sprint(i), i < 10_000, r.Float64()*8)
			s.Company = fmt.Sprint(r.IntN(12_000))
			for range 10 {
				s.Note(Outcome(r.IntN(4)), 1, r.Int64N(2*span)-span, span)
			}
			all = append(all, s)
		}
		for _, fewest := range []int{0, 5} {
			b.Run(fmt.Sprint(span/day, " ", fewest), func(b *testing.B) {
				for b.Loop() {
					After(all, everything, span, fewest)
				}
			})
		}
	}
}
