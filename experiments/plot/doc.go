// Package plot draws figures: from numbers and labels to the bytes of an SVG or
// a PNG. It knows nothing of files or runs; package figures makes figures of
// result files.
//
//	f := plot.Figure{
//		Title:  "Will eight partitions do?",
//		X:      plot.Axis{Label: "offered load", Unit: plot.PerSecond},
//		Y:      plot.Axis{Label: "time to ack, 99th percentile", Unit: plot.Seconds},
//		Series: []plot.Series{{Name: "8 partitions", X: load, Y: p99, Low: low, High: high}},
//	}
//	svg, err := f.SVG(plot.Look{})
//
// Values are in base units; the axis says which, and people get units that suit
// the range (ms, k/s). A value that does not exist is NaN and leaves a gap.
//
// What can be told apart by colour can be told apart without: each series has
// its dash and its marker too. Names stand beside the data or above them, never
// on them. The same figure gives the same bytes.
//
//	┌──────────────────────────────────────┐
//	│ title                                │
//	│ subtitle                             │
//	│ label of Y       marks               │
//	│  │        ╷             ─●─ series   │
//	│  │     ___╷___/         ╌■╌ series   │ key: beside the data, or above
//	│  └────────┴─────────                 │ them where names are long
//	│        label of X                    │
//	│ notes                                │
//	└──────────────────────────────────────┘
//
// Where things are:
//
//   - figure.go, check.go, extents.go: what a figure says, and what cannot be drawn
//   - unit.go, scale.go, ticks.go: from values to axes
//   - palette.go, theme.go: inks, dashes and markers
//   - layout.go, key.go, marks.go, wrap.go: what stands where
//   - line.go, interval.go, bars.go, heat.go, reference.go: what is drawn in the frame
//   - svg.go, svgpath.go, encode.go: bytes
//   - describe.go: the figure in words, for who cannot see it
package plot
