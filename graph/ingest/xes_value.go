package ingest

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/kithgraph/kith/graph"
)

// Numbers as XML Schema writes them: their sign, the whole digits but for zeros before them, and what is behind these.
var (
	whole   = regexp.MustCompile(`^-?(0|[1-9][0-9]*)$`)
	integer = regexp.MustCompile(`^([+-]?)0*([0-9]+)$`)
	decimal = regexp.MustCompile(`^([+-]?)0*([0-9]*)(?:\.([0-9]*))?([eE][+-]?[0-9]+)?$`)
	endless = regexp.MustCompile(`(?i)^([+-]?inf(inity)?|nan)$`)
)

// xesValue is a value of an element as JSON has it. What JSON has no number for, and a time of which nobody knows the zone, are texts.
// https://www.w3.org/TR/xmlschema-2/ has the forms.
func xesValue(element string, of graph.AttributeType, value string) (graph.AttributeType, string) {
	bare := strings.TrimSpace(value)
	switch element {
	case "boolean":
		switch bare {
		case "1":
			return of, "true"
		case "0":
			return of, "false"
		}
		return of, bare
	case "int":
		if m := integer.FindStringSubmatch(bare); m != nil {
			return of, strings.TrimPrefix(m[1], "+") + m[2]
		}
	case "float":
		if endless.MatchString(bare) {
			return graph.AttributeText, value
		}
		digits := bare[:strings.IndexAny(bare+"e", "eE")]
		if m := decimal.FindStringSubmatch(bare); m != nil && strings.ContainsAny(digits, "0123456789") {
			return of, jsonNumber(m)
		}
	case "date":
		for _, form := range []string{"2006-01-02T15:04:05", time.DateOnly} {
			if _, err := time.Parse(form, bare); err == nil {
				return graph.AttributeText, value
			}
		}
		return of, bare
	}
	return of, value
}

// jsonNumber writes the parts of a decimal number as JSON has them: one that is written without decimals and exponent gets a zero behind it.
func jsonNumber(m []string) string {
	number := strings.TrimPrefix(m[1], "+") + m[2]
	if m[2] == "" {
		number += "0"
	}
	if m[3] != "" || m[4] == "" {
		number += "." + m[3]
	}
	if strings.HasSuffix(number, ".") {
		number += "0"
	}
	return number + m[4]
}

// wrongAttribute is JSON of a value that cannot be right, which nothing is kept as.
func wrongAttribute(name, value string) string {
	text, err := json.Marshal(map[string]string{"name": name, "value": value})
	if err != nil {
		panic(fmt.Sprintf("ingest: texts are no JSON: %v", err))
	}
	return string(text)
}
