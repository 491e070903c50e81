package graphtest

import (
	"crypto/sha256"
	"fmt"
	"math"
	"strings"
	"time"

	"github.com/kithgraph/kith/graph"
)

// Now is the instant that worlds are built around: 2026-03-01T12:00:00Z.
const Now graph.Time = 1772366400_000_000

// Clock is that of the stores that are tested: it stands still at Now.
func Clock() time.Time { return Now.Std() }

// Mark stands in for a store's key: a hash that everybody can make.
func Mark(text string) string { return fmt.Sprintf("%x", sha256.Sum256([]byte(text))) }

const (
	second = int64(1e6)
	day    = 86400 * second
)

// hostile are texts that mean something to a database, to JSON or to a comparison: none may be more than a text to a store.
var hostile = []string{
	"", " ", "a", "A", "b", "ä", "a\u0308", "Ä", "ß", "SS", "ss", "İ", "ı", "i", "ﬁ", "fi", "Ø", "o", "Æ", "ae",
	"%", "_", "a%", "a_", "*", "?", "a*", "'", "''", `"`, `""`, "`", "``", `\`, `\\`, `\'`, "$p0", "$now", "${a}", "{a}", "{}", "}", "]",
	"' OR '1'='1", `" OR 1=1 --`, "'; DROP TABLE node_Account; --", "`}) DETACH DELETE n //", "}) RETURN 1 //", "/* */", "--", "//",
	"null", "NULL", "true", "0", "1", "1e3", "0x1", "NaN", "-1", "01", "?1", ":a", "@a",
	"\n", "\r\n", "\t", "\x01", "\x1f", "\x7f", "\u0080", "\u00a0", "\u2028", "\u200f", "\ufeff", "\ufffd", "\uffff", "\uff5e", "😀", "😁", "\U0010ffff",
	"a\uff5e", "a😀", "e\u0301", "é", "|", "||", "a|b", ":", "a:b", "<b>&amp;</b>", "\u0600", "ﷺ",
	strings.Repeat("long ", 90),
}

// pools of values, few so that ties occur.
var (
	ints    = []int64{0, 1, 2, -1, 7, math.MaxInt32, math.MinInt32}
	scores  = []int64{0, 1, -1, 500_000, 1_000_000, -1_000_000, 1 << 50, -(1 << 50)}
	amounts = []int64{0, 1, -1, 10_000, 25_000, 10_000_000, 1 << 50, -(1 << 50)}
	codes   = []string{"EUR", "USD", "JPY"}
	years   = []int64{1850, 1900, 1999, 2000, 2026}

	// formatted are texts that are what a format asks for, as awkward as they can be.
	formatted = map[graph.TextFormat][]string{
		graph.FormatEmail:    {"ann@kith.example", "Ann@kith.example", "o'neil+%_@kith.example", "jörg@kith.example", "a@b", "{a}$p0`@kith.example"},
		graph.FormatPhone:    {"+49 30 4711", "+49 (0)30 4711", "030-4711", "0", "(5) 555-4729", "１２３"},
		graph.FormatDomain:   {"kith.example", "KITH.example", "bücher.example", "a.b", "xn--bcher-kva.example"},
		graph.FormatTimeZone: {"Europe/Berlin", "UTC", "America/Argentina/Buenos_Aires"},
		graph.FormatLanguage: {"de", "en", "yue"},
		graph.FormatCountry:  {"DE", "US", "XK"},
		graph.FormatAttribute: {`{"name":"","text":""}`, `{"name":"o'neil+%_","text":"{a}$p0` + "`" + `\u0000\"<b>"}`, `{"name":"x","number":-1.50e-7}`, `{"name":"x","boolean":false}`,
			`{"name":"ö","time":"2020-02-29T00:00:00.000001Z","at":"1970-01-01T00:00:00Z"}`, `{"name":"of","object":"o1"}`},
	}

	instants = []int64{
		int64(Now), int64(Now) - 1, int64(Now) + 1, int64(Now) - second, int64(Now) + day, int64(Now) - day, int64(Now) - 40*day, int64(Now) - 400*day,
		0, -1, 1, -second, -day, -day - 1, -40 * day, -400 * day, first1, last9999,
	}
	days = []int64{int64(Now) - int64(Now)%day, int64(Now) - int64(Now)%day - 31*day, 0, -day, 31 * day, -31 * day, -700 * day, first1, last9999 - last9999%day}
)

// The first and the last instant that can be written.
const (
	first1   = -62135596800 * second
	last9999 = 253402300800*second - 1
)

func init() {
	// The last day is counted from the epoch, which is a midnight.
	if first1%day != 0 || (last9999+1)%day != 0 {
		panic("graphtest: the bounds of time are no midnights")
	}
}
