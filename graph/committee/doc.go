// Package committee works out who decides about a deal or in an account, who says so, what is missing, and what would happen without
// somebody. It is pure: values in, values out, as of a moment. It imports graph and graph/yaml, and knows neither stores nor purposes: who calls it
// gives it what may be seen.
package committee
