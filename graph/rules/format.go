package rules

import (
	"net/mail"
	"net/url"
	"strings"
	"sync"
	"time"
	_ "time/tzdata" // so that all machines know the same time zones

	"github.com/nyaruka/phonenumbers"
	"golang.org/x/net/idna"
	"golang.org/x/text/currency"
	"golang.org/x/text/language"

	"github.com/kithgraph/kith/graph"
)

// A format is what a text has to be, in words, and whether one is.
type format struct {
	what string
	is   func(string) bool
}

var formats = map[graph.TextFormat]format{
	graph.FormatEmail:    {"an e-mail address such as ann@kith.example", isEmail},
	graph.FormatPhone:    {"a telephone number such as +49 30 901820", isPhone},
	graph.FormatDomain:   {"an internet domain such as kith.example", isDomain},
	graph.FormatURL:      {"the address of a page such as https://kith.example/about", isURL},
	graph.FormatTimeZone: {"a time zone of IANA such as Europe/Berlin", isTimeZone},
	graph.FormatLanguage: {"a language by the shortest code of ISO 639 such as de", isLanguage},
	graph.FormatCurrency: {"a currency by ISO 4217 such as EUR", isCurrency},
	graph.FormatCountry:  {"a country by the two letters of ISO 3166 such as DE", isCountry},
}

func isEmail(s string) bool {
	a, err := mail.ParseAddress(s)
	return err == nil && a.Address == s
}

// isPhone knows the numbers of a country where its code is given. Without it, nothing tells which country's rules a number has to keep, so
// that it need only be one; that of a line within a company may have one digit.
func isPhone(s string) bool {
	if !strings.HasPrefix(strings.TrimSpace(s), "+") {
		_, err := phonenumbers.Parse(s, "US")
		return err == nil || len(s) == 1 && s[0] >= '0' && s[0] <= '9'
	}
	n, err := phonenumbers.Parse(s, "")
	return err == nil && phonenumbers.IsPossibleNumber(n)
}

var domains = idna.New(idna.MapForLookup(), idna.BidiRule(), idna.StrictDomainName(true), idna.VerifyDNSLength(true))

func isDomain(s string) bool {
	ascii, err := domains.ToASCII(s)
	return err == nil && strings.Contains(ascii, ".")
}

func isURL(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "https" || u.Scheme == "http") && u.Hostname() != "" && u.User == nil
}

// zones are the names that were found to be time zones: to look for one opens a file.
var zones sync.Map

func isTimeZone(s string) bool {
	if _, known := zones.Load(s); known {
		return true
	}
	if s == "" || s == "Local" {
		return false
	}
	if _, err := time.LoadLocation(s); err != nil {
		return false
	}
	zones.Store(s, true)
	return true
}

func isLanguage(s string) bool {
	b, err := language.ParseBase(s)
	return err == nil && b.String() == s && s != "und"
}

func isCurrency(s string) bool {
	c, err := currency.ParseISO(s)
	return err == nil && c.String() == s && s != "XXX"
}

func isCountry(s string) bool {
	r, err := language.ParseRegion(s)
	return err == nil && r.IsCountry() && r.Canonicalize().String() == s
}
