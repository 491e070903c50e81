package journal

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func BenchmarkAppend(b *testing.B) {
	for _, subjects := range []int{20, 200} {
		b.Run(fmt.Sprintf("subjects=%d", subjects), func(b *testing.B) {
			j := open(b, b.TempDir(), Options{})
			r := receipt("dis_a", subjects)
			b.SetParallelism(32)
			began := time.Now()
			b.RunParallel(func(p *testing.PB) {
				for p.Next() {
					c := *r
					if err := j.Append(b.Context(), &c); err != nil {
						b.Error(err)
					}
				}
			})
			b.ReportMetric(float64(b.N)/time.Since(began).Seconds(), "receipts/s")
			require.NoError(b, j.Close())
		})
	}
}

func BenchmarkEncode(b *testing.B) {
	for _, subjects := range []int{20, 200} {
		b.Run(fmt.Sprintf("subjects=%d", subjects), func(b *testing.B) {
			r := receipt("dis_a", subjects)
			b.ReportAllocs()
			b.SetBytes(int64(len(encode(r))))
			for b.Loop() {
				encode(r)
			}
		})
	}
}

func BenchmarkDecode(b *testing.B) {
	record := encode(receipt("dis_a", 200))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := decode(record); err != nil {
			b.Fatal(err)
		}
	}
}
