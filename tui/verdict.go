package tui

import (
	"math"

	"onepen/tui/chart"
)

// telling is the share of a partition's writes from which one key explains
// that the partition is hot.
const telling = 0.25

// whole rounds a mean number of writes; what is unknown counts as none.
func whole(n float64) int64 {
	if math.IsNaN(n) {
		return 0
	}
	return int64(math.Round(n))
}

// writes counts writes in words.
func writes(n float64) string {
	if whole(n) == 1 {
		return "1 write"
	}
	return chart.Count(whole(n)) + " writes"
}
