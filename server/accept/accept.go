// Package accept reads the fields in which a client says what it accepts, as Accept and Accept-Encoding.
package accept

import (
	"iter"
	"mime"
	"net/http"
	"strconv"
	"strings"
)

// Elements are the names that a field has, in lower case, each with its weight. One that is malformed is left out.
func Elements(h http.Header, field string) iter.Seq2[string, float64] {
	return func(yield func(string, float64) bool) {
		for part := range strings.SplitSeq(strings.Join(h.Values(field), ","), ",") {
			name, params, err := mime.ParseMediaType(part)
			if err == nil && !yield(name, weight(params["q"])) {
				return
			}
		}
	}
}

func weight(q string) float64 {
	if q == "" {
		return 1
	}
	w, err := strconv.ParseFloat(q, 64)
	if err != nil || !(0 <= w && w <= 1) {
		return 0
	}
	return w
}

// The codings in which Kith sends what is compressed.
const (
	Zstd = "zstd"
	Gzip = "gzip"
)

// Coding is the coding that a client likes best of those in which Kith compresses, zstd where it likes both as much, and empty where it likes
// what is not compressed better. One that says nothing may know none.
func Coding(h http.Header) (best string) {
	weights := map[string]float64{}
	for coding, w := range Elements(h, "Accept-Encoding") {
		weights[strings.TrimPrefix(coding, "x-")] = w // x-gzip is gzip's name of old
	}
	liked := weights["identity"]
	for _, coding := range []string{Gzip, Zstd} {
		w, named := weights[coding]
		if !named && coding == Gzip { // who takes anything knows gzip, and may not know zstd
			w = weights["*"]
		}
		if w > 0 && w >= liked {
			best, liked = coding, w
		}
	}
	return best
}
