package accept

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestGzip(t *testing.T) {
	for _, c := range []struct {
		name  string
		lines []string
		want  bool
	}{
		{"nothing is said", nil, false},
		{"the field is empty", []string{""}, false},
		{"gzip alone", []string{"gzip"}, true},
		{"gzip in capitals", []string{"GZIP"}, true},
		{"gzip by its name of old", []string{"x-gzip"}, true},
		{"what browsers send", []string{"gzip, deflate, br, zstd"}, true},
		{"gzip with some weight", []string{"deflate, gzip ; q=0.5, br"}, true},
		{"gzip on a line of its own", []string{"br", "gzip"}, true},
		{"gzip refused", []string{"gzip;q=0, br"}, false},
		{"gzip refused in more digits", []string{"gzip;q=0.000"}, false},
		{"gzip refused, all else taken", []string{"*, gzip;q=0"}, false},
		{"other codings only", []string{"br, deflate"}, false},
		{"a coding whose name begins like gzip", []string{"gzipped"}, false},
		{"anything", []string{"*"}, true},
		{"nothing else than identity", []string{"identity, *;q=0"}, false},
		{"nothing else than gzip", []string{"gzip, *;q=0"}, true},
		{"identity alone", []string{"identity"}, false},
		{"identity refused", []string{"identity;q=0, gzip;q=0.1"}, true},
		{"identity preferred", []string{"identity, gzip;q=0.5"}, false},
		{"identity preferred to anything", []string{"identity;q=0.5, *;q=0.1"}, false},
		{"identity liked as much", []string{"identity, gzip"}, true},
		{"identity liked less", []string{"identity;q=0.5, gzip"}, true},
		{"a weight that is no number", []string{"gzip;q=much"}, false},
		{"a weight that is not a number", []string{"gzip;q=NaN"}, false},
		{"a weight above 1", []string{"gzip;q=2"}, false},
		{"a weight below 0", []string{"gzip;q=-1"}, false},
		{"a weight without a value", []string{"gzip;q"}, false},
		{"an element that is malformed beside it", []string{";;, =, gzip"}, true},
	} {
		t.Run(c.name, func(t *testing.T) {
			assert.Equal(t, c.want, Gzip(http.Header{"Accept-Encoding": c.lines}))
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
