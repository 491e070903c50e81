package clients

import (
	"fmt"
	"math/big"
	"slices"
	"strings"
	"time"
)

// dig goes down an answer by its keys.
func dig(value any, keys ...string) any {
	for _, key := range keys {
		value = value.(map[string]any)[key]
	}
	return value
}

// apart sets the thousands of a decimal apart.
func apart(decimal string) string {
	digits, rest, fraction := strings.Cut(decimal, ".")
	for at := len(digits) - 3; at > 0; at -= 3 {
		digits = digits[:at] + "," + digits[at:]
	}
	if fraction {
		digits += "." + rest
	}
	return digits
}

func figure(n any) string { return apart(fmt.Sprintf("%.0f", n)) }

func share(n any) string { return fmt.Sprintf("%.1f %%", 100*n.(float64)) }

// raised is what the page says of warnings in one line: the first of them that is raised, and how many more are.
func raised(warnings any) string {
	var codes []string
	for _, warning := range warnings.([]any) {
		if code := dig(warning, "code").(string); dig(warning, "state") == "RAISED" && !slices.Contains(codes, code) {
			codes = append(codes, code)
		}
	}
	switch first := strings.ReplaceAll(strings.Join(codes[:min(1, len(codes))], ""), "NO_POWER", "NOBODY_TO_APPROVE"); len(codes) {
	case 0:
		return "nothing raised"
	case 1:
		return inWords(first)
	default:
		return fmt.Sprintf("%s + %d", inWords(first), len(codes)-1)
	}
}

func inWords(value string) string {
	text := strings.ToLower(strings.ReplaceAll(value, "_", " "))
	return strings.ToUpper(text[:1]) + text[1:]
}

// activity is what the page calls one.
func activity(of any) string {
	switch of {
	case nil:
		return "Other"
	case "<start>":
		return "Start"
	case "<end>":
		return "End"
	}
	kind, detail, is := strings.Cut(of.(string), " ")
	if !is {
		return inWords(kind)
	}
	if !slices.Contains([]string{"CES", "CSAT", "NPS"}, detail) {
		detail = strings.ToLower(strings.ReplaceAll(detail, "_", " "))
	}
	return inWords(kind) + ": " + detail
}

func onDay(at any, otherwise string) string {
	if at == nil {
		return otherwise
	}
	when, err := time.Parse(time.RFC3339, at.(string))
	if err != nil {
		return err.Error()
	}
	if when.Year() == now.Year() {
		return when.Format("2 January")
	}
	return when.Format("2 January 2006")
}

// fixed is a number with so many digits, as the page rounds it: of two that are as near, up.
func fixed(n float64, digits int) string {
	scale := new(big.Rat).SetInt(new(big.Int).Exp(big.NewInt(10), big.NewInt(int64(digits)), nil))
	scaled := new(big.Rat).SetFloat64(n)
	scaled.Abs(scaled).Mul(scaled, scale).Add(scaled, big.NewRat(1, 2))
	whole := new(big.Rat).SetInt(new(big.Int).Quo(scaled.Num(), scaled.Denom()))
	text := whole.Quo(whole, scale).FloatString(digits)
	if n < 0 && strings.Trim(text, "0.") != "" {
		return "−" + text
	}
	return text
}

// plus is that with a sign before what is above zero.
func plus(n float64, digits int) string {
	if text := fixed(n, digits); n < 0 || strings.Trim(text, "0.") == "" {
		return text
	}
	return "+" + fixed(n, digits)
}
