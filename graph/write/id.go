package write

import (
	"crypto/rand"
	"strings"
)

// RandomID is a new id: the prefix, and 130 random bits in letters and digits.
func RandomID(prefix string) string { return prefix + "_" + strings.ToLower(rand.Text()) }
