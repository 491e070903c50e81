package graph

import (
	"math"
	"math/big"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestParseAmount(t *testing.T) {
	for _, c := range []struct {
		name, in string
		want     int64
		err      string
	}{
		{"whole numbers have four decimals behind them", "12", 120000, ""},
		{"four decimals are kept", "-0.0001", -1, ""},
		{"trailing zeros are nothing", "1.500000000", 15000, ""},
		{"exponents are read exactly", "1.2345e2", 1234500, ""},
		{"five decimals are too many", "0.00001", 0, "more than 4 decimals"},
		{"what does not fit is too large", "922337203685477.5808", 0, "too large"},
		{"the largest fits", "922337203685477.5807", math.MaxInt64, ""},
		{"fractions are no decimals", "1/2", 0, "not a decimal number"},
		{"hexadecimals are no decimals", "0x10", 0, "not a decimal number"},
		{"huge exponents cost nothing", "1e999999999", 0, "not a decimal number"},
		{"nothing is no number", "", 0, "not a decimal number"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := ParseAmount(c.in)
			if c.err != "" {
				require.ErrorContains(t, err, c.err)
				return
			}
			require.NoError(t, err)
			assert.Equal(t, c.want, got)
		})
	}
}

func TestAmountsAreReadAsTheyAreWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64().Draw(t, "amount")
		got, err := ParseAmount(FormatAmount(n))
		require.NoError(t, err)
		assert.Equal(t, n, got)
	})
}

func TestTimesAreReadAsTheyAreWritten(t *testing.T) {
	first, last := Time(-62135596800000000), Time(253402300799999999) // years 1 to 9999
	rapid.Check(t, func(t *rapid.T) {
		at := Time(rapid.Int64Range(int64(first), int64(last)).Draw(t, "at"))
		got, err := ParseTime(at.String())
		require.NoError(t, err)
		assert.Equal(t, at, got)
	})
	for _, s := range []string{"0000-01-01T00:00:00Z", "2026-01-31", "yesterday", ""} {
		_, err := ParseTime(s)
		assert.Error(t, err, s)
	}
}

func TestDivRound(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		sum := rapid.Int64().Draw(t, "sum")
		n := rapid.Int64Range(1, math.MaxInt64).Draw(t, "n")
		// The oracle: floor((2|sum| + n) / 2n), with the sign put back.
		a := new(big.Int).Abs(big.NewInt(sum))
		a.Mul(a, big.NewInt(2)).Add(a, big.NewInt(n)).Quo(a, new(big.Int).Mul(big.NewInt(n), big.NewInt(2)))
		if sum < 0 {
			a.Neg(a)
		}
		assert.Equal(t, a.String(), big.NewInt(DivRound(sum, n)).String())
	})
}

func TestScoresAreRoundedToSixDecimals(t *testing.T) {
	for text, want := range map[string]Score{"0.87654321": 876543, "0.30000000000000004": 300000, "0.3333333333333333": 333333, "-0.0000005": -1, "0.0000004": 0, "1e-7": 0, "2": 2000000} {
		got, err := ParseScore(text)
		require.NoError(t, err)
		assert.Equal(t, want, got, text)
	}
	_, err := ParseScore("1e30")
	require.ErrorContains(t, err, "too large")
}

func TestATextIsBlankWithoutAVisibleCharacter(t *testing.T) {
	for _, s := range []string{"", " \t\r\n", "\u00a0\u3000", "\u200b", "\ufeff\u2060", "\u200d\u00ad", "\u202e\u2066", "\u3164", "\u115f\u1160\uffa0", "\u2800", "\u034f", "\ufe0f", "\U000e0100", "\U000e0041", "\x00\x7f", "\ue000"} {
		assert.True(t, Blank(s), "%q", s)
	}
	for _, s := range []string{"a", "\u200bа", " 7 ", "٣", "-", "?", "€", "\u0301", "名", "👍🏽", "⠁"} {
		assert.False(t, Blank(s), "%q", s)
	}
}
