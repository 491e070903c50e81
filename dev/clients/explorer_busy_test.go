package clients

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestTheExplorerWhereWhatItAsksForDoesNotCome refuses an answer as a server does that has too much to do: once and twice, which nobody is told of, always,
// and for a minute, which people read of. Then it keeps back a view's file, and gives an answer that cannot be drawn: the frame stays, and one goes on. Of a
// list, of Home and of a family of companies it has answers fail, and parts of them: what is there is shown, what is not says so, and comes once it is
// asked for again.
func TestTheExplorerWhereWhatItAsksForDoesNotCome(t *testing.T) {
	e := readExplorer(t)
	type look struct {
		Rows, Waiting, Asked int
		Alerts, Cells        []string
	}
	type told struct{ Before, After look }
	var seen struct {
		Lists struct {
			Refused, Partly, Counted, Summed, WrongPartly, Wrong, Unexplained told
			Problems                                                          []string
		}
		Busy map[string]struct {
			Asked, Deals   int
			Told, Problems []string
		}
		Minute struct {
			Told, After, Problems []string
			Meanwhile, Asked      int
		}
		Wholes struct {
			Seen map[string]struct {
				Before, After struct{ Alerts, Told []string }
				Focused       string
			}
			Partly struct{ Alerts, Told []string }
			Single map[string]struct {
				Text string
				None int
			}
			Sums struct {
				Open    string
				Reasons int
			}
			ThenCut struct{ Alerts, Told []string }
			Mixed   struct {
				Alerts []string
				Again  int
			}
			Problems []string
		}
		Bodiless struct {
			Seen map[string]struct {
				Told, After []string
				Offline     int
			}
			Problems []string
		}
		Views struct {
			Undrawn                      string
			Missed, Came, Left, Problems []string
			Styled                       bool
			Whole                        struct {
				Frameless string
				Mains     int
			}
		}
	}
	e.drive(t, &seen, "busy.mjs", e.page, e.idOf(t, "employees", `{name: {eq: "Lennart Grieshaber"}}`), e.idOf(t, "accounts", `{subsidiaries: {count: {gte: 1}}}`))
	for name, asked := range map[string]int{"once": 2, "twice": 3} {
		busy := seen.Busy[name]
		assert.Equal(t, asked, busy.Asked, name)
		assert.NotZero(t, busy.Deals, "what was asked for, refused %s", name)
		assert.Empty(t, append(busy.Told, busy.Problems...), name)
	}
	always := seen.Busy["always"]
	assert.Equal(t, 3, always.Asked)
	assert.Zero(t, always.Deals)
	require.Len(t, always.Told, 1)
	assert.Contains(t, always.Told[0], "Too many ask at the same time.")
	assert.Contains(t, always.Told[0], "The server asks you to wait 1 second. You may try sooner.")
	assert.Empty(t, always.Problems)

	minute := seen.Minute
	require.Len(t, minute.Told, 1)
	assert.NotContains(t, minute.Told[0], "in a moment")
	assert.Contains(t, minute.Told[0], "The server asks you to wait 60 seconds. You may try sooner.")
	assert.Equal(t, 1, minute.Meanwhile, "it is not asked before")
	assert.Equal(t, 2, minute.Asked, "one may ask sooner")
	assert.Empty(t, append(minute.After, minute.Problems...))

	const untold = "Could not be told"
	wholes := seen.Wholes
	assert.Empty(t, wholes.Problems)
	require.Len(t, seen.Bodiless.Seen, 3)
	for status, one := range seen.Bodiless.Seen {
		said, code := "Something went wrong on the server.", "HTTP "+status
		if status == "401" {
			said, code = "You are not signed in, or your token has expired.", "UNAUTHENTICATED"
		}
		require.NotEmpty(t, one.Told, status)
		assert.Contains(t, one.Told[0], said, status)
		assert.Contains(t, one.Told[0], code, "its number is all that is known")
		assert.Zero(t, one.Offline, "%s: the server was reached", status)
		assert.Empty(t, one.After, status)
	}
	assert.Empty(t, seen.Bodiless.Problems)
	for _, place := range []string{"home", "family", "figures"} {
		for _, way := range []string{"untold", "cut", "late"} {
			one, name := wholes.Seen[place+", "+way], place+", "+way
			if assert.Len(t, one.Before.Alerts, 1, "%s: it is told once", name) {
				want := "The answer took too long."
				if way == "cut" {
					want = "The server cannot be reached."
				}
				assert.Contains(t, one.Before.Alerts[0], want, name)
			}
			told := strings.Join(one.Before.Told, "\n")
			if place == "figures" {
				assert.Len(t, one.Before.Told, len(one.After.Told), name)
				assert.Contains(t, told, untold, name)
				assert.NotRegexp(t, `none|not known|no amount`, told, "%s: what could not be told is not said to be nothing", name)
			} else {
				assert.Empty(t, told, "%s: nothing is told", name)
			}
			assert.Empty(t, one.After.Alerts, "%s: asked again", name)
			if way != "cut" {
				assert.Equal(t, "MAIN", one.Focused, "%s: the focus goes on where the button was", name)
			}
			assert.NotEmpty(t, one.After.Told, name)
			assert.NotContains(t, strings.Join(one.After.Told, "\n"), untold, name)
			assert.Equal(t, wholes.Seen[place+", untold"].After.Told, one.After.Told, name)
		}
	}
	if assert.Len(t, wholes.ThenCut.Alerts, 1, "not told, then cut off") {
		assert.Contains(t, wholes.ThenCut.Alerts[0], "The server cannot be reached.")
	}
	assert.Empty(t, wholes.ThenCut.Told, "nothing was told before")
	if assert.Len(t, wholes.Mixed.Alerts, 2, "one for each way in which it went wrong") {
		both := strings.Join(wholes.Mixed.Alerts, "\n")
		assert.Contains(t, both, "PURPOSE_DENIED")
		assert.Contains(t, both, "TIMEOUT")
	}
	assert.Equal(t, 1, wholes.Mixed.Again, "of what may come")
	assert.Equal(t, 1, wholes.Sums.Reasons, "why no sum is told")
	assert.NotRegexp(t, `no amount|without an amount`, wholes.Sums.Open, "what is withheld is not said to be none")
	require.Len(t, wholes.Single, 2)
	var none int
	for place, one := range wholes.Single {
		assert.Contains(t, one.Text, "1 deal Not for Sales", "%s: an amount that is withheld is said to be", place)
		none += one.None
		var without []string
		if one.None > 0 {
			without = []string{strings.Replace(fmt.Sprintf("%d deals without an amount", one.None), "1 deals", "1 deal", 1)}
		}
		assert.Equal(t, without, regexp.MustCompile(`\d+ deals? without an amount( that is told)?`).FindAllString(one.Text, -1), "%s: apart from those that have none", place)
	}
	require.Positive(t, none, "some have none")
	require.NotEmpty(t, wholes.Partly.Told)
	home := wholes.Partly.Told[0]
	for _, of := range []string{"Open", "At risk", "Needs an answer", "Changed since yesterday", "Since yesterday"} {
		assert.Contains(t, home, of+" "+untold)
	}
	assert.NotRegexp(t, `works on no open deal|You had the last word|Nothing was changed|nothing|\b0\b`, home, "what could not be told is not said to be none")
	assert.Len(t, wholes.Partly.Alerts, 1)

	views := seen.Views
	require.Len(t, views.Missed, 2, "the style, and the script")
	for _, missed := range views.Missed {
		assert.Contains(t, missed, "This part of the page did not come.")
	}
	assert.Empty(t, views.Came, "it comes when it is asked for again")
	assert.True(t, views.Styled, "and with its style")
	assert.Contains(t, views.Undrawn, "This page cannot be drawn.")
	assert.Empty(t, append(views.Left, views.Problems...))
	assert.Contains(t, views.Whole.Frameless, "This page cannot be drawn.")
	assert.Equal(t, 1, views.Whole.Mains)

	lists := seen.Lists
	assert.Empty(t, lists.Problems)
	assert.Equal(t, 2, lists.Refused.Before.Asked, "a list is asked for again by itself, too")
	assert.Empty(t, lists.Refused.Before.Alerts)
	assert.Greater(t, lists.Refused.Before.Rows, 20)
	for name, one := range map[string]told{"rows": lists.Partly, "a count": lists.Counted, "a sum": lists.Summed, "of one deal what is wrong": lists.WrongPartly} {
		require.Len(t, one.Before.Cells, len(one.After.Cells), name)
		told := 0
		for i, cell := range one.Before.Cells {
			if cell != untold {
				told++
				assert.Equal(t, one.After.Cells[i], cell, "%s: what did not fail", name)
			}
		}
		assert.NotZero(t, told, name)
		assert.Contains(t, one.Before.Cells, untold, "%s: the part that failed", name)
		assert.Greater(t, one.Before.Rows, 1, name)
	}
	wrong := lists.Wrong.Before.Cells
	require.NotEmpty(t, wrong)
	for _, cell := range wrong {
		assert.Equal(t, untold, cell, "what is wrong with each deal")
	}
	assert.Equal(t, []string{"No deal meets both conditions", untold, untold, untold, untold}, lists.Unexplained.Before.Cells)
	require.NotEmpty(t, lists.Unexplained.After.Cells)
	assert.Equal(t, "“Amount” excludes all deals", lists.Unexplained.After.Cells[0])
	for name, one := range map[string]told{"rows": lists.Partly, "a count": lists.Counted, "a sum": lists.Summed, "of one deal what is wrong": lists.WrongPartly, "what is wrong": lists.Wrong, "why nothing is left": lists.Unexplained} {
		if assert.Len(t, one.Before.Alerts, 1, name) {
			assert.Contains(t, one.Before.Alerts[0], "it took too long", name)
		}
		assert.Empty(t, one.After.Alerts, "%s: asked for again", name)
		assert.NotContains(t, one.After.Cells, untold, name)
		assert.Zero(t, one.Before.Waiting+one.After.Waiting, "%s: nothing is grey", name)
	}
}
