package accept

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestCoding(t *testing.T) {
	for _, c := range []struct {
		name  string
		lines []string
		want  string
	}{
		{"nothing is said", nil, ""},
		{"the field is empty", []string{""}, ""},
		{"gzip alone", []string{"gzip"}, "gzip"},
		{"gzip in capitals", []string{"GZIP"}, "gzip"},
		{"gzip by its name of old", []string{"x-gzip"}, "gzip"},
		{"what browsers send", []string{"gzip, deflate, br, zstd"}, "zstd"},
		{"zstd liked less", []string{"zstd;q=0.5, gzip"}, "gzip"},
		{"zstd alone", []string{"zstd"}, "zstd"},
		{"zstd refused", []string{"zstd;q=0, gzip"}, "gzip"},
		{"gzip, and identity liked better than zstd", []string{"zstd;q=0.1, identity;q=0.5, gzip"}, "gzip"},
		{"gzip with some weight", []string{"deflate, gzip ; q=0.5, br"}, "gzip"},
		{"gzip on a line of its own", []string{"br", "gzip"}, "gzip"},
		{"gzip refused", []string{"gzip;q=0, br"}, ""},
		{"gzip refused in more digits", []string{"gzip;q=0.000"}, ""},
		{"gzip refused, all else taken", []string{"*, gzip;q=0"}, ""},
		{"other codings only", []string{"br, deflate"}, ""},
		{"a coding whose name begins like gzip", []string{"gzipped"}, ""},
		{"anything", []string{"*"}, "gzip"},
		{"nothing else than identity", []string{"identity, *;q=0"}, ""},
		{"nothing else than gzip", []string{"gzip, *;q=0"}, "gzip"},
		{"identity alone", []string{"identity"}, ""},
		{"identity refused", []string{"identity;q=0, gzip;q=0.1"}, "gzip"},
		{"identity preferred", []string{"identity, gzip;q=0.5"}, ""},
		{"identity preferred to anything", []string{"identity;q=0.5, *;q=0.1"}, ""},
		{"identity liked as much", []string{"identity, gzip"}, "gzip"},
		{"identity liked less", []string{"identity;q=0.5, gzip"}, "gzip"},
		{"a weight that is no number", []string{"gzip;q=much"}, ""},
		{"a weight that is not a number", []string{"gzip;q=NaN"}, ""},
		{"a weight above 1", []string{"gzip;q=2"}, ""},
		{"a weight below 0", []string{"gzip;q=-1"}, ""},
		{"a weight without a value", []string{"gzip;q"}, ""},
		{"an element that is malformed beside it", []string{";;, =, gzip"}, "gzip"},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.want, Coding(http.Header{"Accept-Encoding": c.lines}))
		})
	}
}

func TestElements(t *testing.T) {
	h := http.Header{"Accept": {`Text/HTML; level=1; q=0.3, */*;q=0`, `application/json`}}
	var names []string
	weights := map[string]float64{}
	for name, w := range Elements(h, "Accept") {
		names = append(names, name)
		weights[name] = w
	}
	assert.Equal(t, []string{"text/html", "*/*", "application/json"}, names)
	assert.Equal(t, map[string]float64{"text/html": 0.3, "*/*": 0, "application/json": 1}, weights)
}
