package live

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestTrackKeepsTheNewest compares a track with a slice of all values: its
// views are the newest of them, and stay so whatever is added later.
func TestTrackKeepsTheNewest(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		type taken struct{ view, want []float64 }
		track := track[float64]{keep: rapid.IntRange(1, 9).Draw(t, "keep")}
		var all []float64
		var views []taken
		for i := range rapid.IntRange(0, 60).Draw(t, "values") {
			track.add(float64(i))
			all = append(all, float64(i))
			want := all[max(len(all)-track.keep, 0):]
			if got := track.view(); !slices.Equal(got, want) {
				t.Fatalf("view after %d values, keep %d: got %v, want %v", i+1, track.keep, got, want)
			}
			views = append(views, taken{track.view(), slices.Clone(want)})
		}
		for _, v := range views {
			if !slices.Equal(v.view, v.want) {
				t.Fatalf("a view changed: got %v, want %v", v.view, v.want)
			}
		}
		if got, most := cap(track.values), 2*track.keep; got > most {
			t.Fatalf("array of %d values, want at most %d", got, most)
		}
	})
}
