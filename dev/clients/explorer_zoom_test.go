package clients

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

// A zoomed is a picture in its place: what is said of its size, how wide it is and by itself, where it and its place are in the window, how far the place
// and the page have been scrolled, and which marks are chosen.
type zoomed struct {
	Said                             string
	Wide, Own, Left, Top, Page, High float64
	Drawing, Place                   struct{ Left, Top, Right, Bottom float64 }
	Pressed                          []string
	Sideways                         bool
}

type spot struct{ X, Y float64 }

// TestPicturesAreMadeLargerAndMoved zooms the map of journeys, and moves it: with buttons, keys, a wheel, a mouse and fingers.
func TestPicturesAreMadeLargerAndMoved(t *testing.T) {
	e := readExplorer(t)
	type at struct {
		zoomed
		Off, Label string
		Focused    bool
	}
	var seen struct {
		First, Larger, Smaller, Whole, Steps zoomed
		Keys                                 []string
		Most, Least, Clicked, Line           at
		Focus                                []struct {
			Label     string
			Seen      bool
			Box, Room []float64
		}
		Saved struct {
			SVG, PNG float64
			Inner    string
		}
		Wheel struct{ Before, After zoomed }
		Under []struct {
			Was, Is spot
			Said    string
		}
		Drag struct {
			Grip, Is      spot
			Before, After zoomed
		}
		Listed string
		Phone  struct {
			First, Whole zoomed
			Pinched      struct {
				zoomed
				From, To spot
				Scale    float64
			}
		}
		Problems []string
	}
	e.drive(t, &seen, "zoom.mjs", e.page)
	size := func(z zoomed, said string, scale float64) {
		t.Helper()
		assert.Equal(t, "Size "+said+" %", z.Said)
		assert.InDelta(t, scale*z.Own, z.Wide, .6, said)
		assert.False(t, z.Sideways, "%s: the page itself is never wider than its window", said)
	}
	inside := func(z zoomed) {
		t.Helper()
		assert.GreaterOrEqual(t, z.Drawing.Left, z.Place.Left-1)
		assert.LessOrEqual(t, z.Drawing.Right, z.Place.Right+1)
		assert.GreaterOrEqual(t, z.Drawing.Top, z.Place.Top-1)
		assert.LessOrEqual(t, z.Drawing.Bottom, z.Place.Bottom+1)
		assert.GreaterOrEqual(t, z.Drawing.Top, 0.)
		assert.LessOrEqual(t, z.Drawing.Bottom, z.High, "the window has all of it")
		assert.Less(t, z.Wide, z.Own+.6, "it is not drawn larger than it is")
	}
	size(seen.First, "100", 1)
	size(seen.Larger, "125", 1.25)
	size(seen.Smaller, "80", .8)
	inside(seen.Whole)

	assert.NotEqual(t, seen.Keys[0], seen.Keys[1])
	assert.Equal(t, seen.Keys[1], seen.Keys[3], "+, −, + is +")
	assert.Equal(t, "Size 300 %", seen.Keys[len(seen.Keys)-1])
	size(seen.Most.zoomed, "300", 3)
	assert.Equal(t, "true", seen.Most.Off)
	for i, focus := range seen.Focus {
		assert.True(t, focus.Seen, "%d: %s has the focus at %v, and its room is %v", i, focus.Label, focus.Box, focus.Room)
	}
	assert.NotEqual(t, seen.Focus[0].Label, seen.Focus[1].Label, "arrows go along the lines")
	size(seen.Least.zoomed, "25", .25)
	assert.Equal(t, "true", seen.Least.Off)

	assert.InDelta(t, seen.First.Own+32, seen.Saved.SVG, .6, "it is saved as large as it is by itself, and whole")
	assert.InDelta(t, 2*(seen.First.Own+32), seen.Saved.PNG, 2)
	assert.NotContains(t, seen.Saved.Inner, "styled")

	assert.NotEqual(t, seen.Wheel.Before.Page, seen.Wheel.After.Page, "a wheel scrolls the page")
	assert.Equal(t, seen.Wheel.Before.Said, seen.Wheel.After.Said, "and leaves the picture as large as it was")
	for i, one := range seen.Under {
		assert.InDelta(t, one.Was.Y, one.Is.Y, 2, "%d: what is under the pointer stays there: %s", i, one.Said)
		if i > 0 {
			assert.InDelta(t, one.Was.X, one.Is.X, 2, "%d: what is under the pointer stays there: %s", i, one.Said)
		}
	}

	assert.InDelta(t, seen.Drag.Grip.X-60, seen.Drag.Is.X, 2, "a drag takes along what it holds")
	assert.InDelta(t, seen.Drag.Grip.Y-25, seen.Drag.Is.Y, 2)
	assert.Equal(t, seen.Drag.Before.Pressed, seen.Drag.After.Pressed, "and chooses nothing")
	assert.NotContains(t, seen.Drag.After.Pressed, seen.Clicked.Label)
	assert.Equal(t, []string{seen.Clicked.Label}, seen.Clicked.Pressed, "a click does")
	assert.True(t, seen.Clicked.Focused)
	assert.Equal(t, []string{seen.Line.Label}, seen.Line.Pressed, "on a line, too")

	assert.Contains(t, seen.Listed, "+ − 0")
	size(seen.Steps, "125", 1.25)

	phone := seen.Phone
	size(phone.First, "100", 1)
	assert.Greater(t, phone.First.Wide, phone.First.Place.Right-phone.First.Place.Left, "the map is wider than its place")
	assert.NotZero(t, phone.First.Left, "and begins in its middle")
	size(phone.Pinched.zoomed, "200", 2)
	assert.InDelta(t, phone.Pinched.From.X, phone.Pinched.To.X, 2, "what is between two fingers goes along with them")
	assert.InDelta(t, phone.Pinched.From.Y-30, phone.Pinched.To.Y, 2)
	assert.InDelta(t, 1, phone.Pinched.Scale, .01, "the page is not zoomed with it")
	inside(phone.Whole)
	assert.Empty(t, seen.Problems)
}
