// Package chart draws the pictures a terminal toolkit lacks: braille lines,
// heat bars, heat strips, heat maps, stacked bars, a path of boxes and arrows,
// sparklines, large figures.
//
// Every picture is a plain struct of data with a method
//
//	Draw(c *Canvas, g Glyphs)
//
// that writes cells into a canvas and nothing else: no terminal, no clock, no
// lock, no state between calls, and no change to the data. The same data on a
// blank canvas of the same size gives the same cells, so a picture is tested as
// text and a screen is redrawn whenever somebody asks: Reset one canvas, draw
// every panel on a Sub of it, show its cells.
//
//	data + size + style  ──▶  Draw  ──▶  cells  ──▶  terminal, text file, test
//
// Three rules hold for all of them.
//
// Styles are roles, not colours. A cell says "twin" or "hot"; whoever owns the
// terminal maps roles to a palette of 16 colours, to a light background or to
// no colour at all.
//
// Colour carries nothing alone. What is hot also has a sign and a number, parts
// of a stack have key letters, a twin is dotted.
//
// Any size and any number is drawable. A canvas of 0 by 0, a NaN, an infinity,
// an empty slice: the picture leaves out what does not fit or does not exist,
// and never panics. Absent is not zero: NaN is a gap or a dash.
//
// Pictures that follow a moving window or a growing value do not jitter: a
// [Scale] is passed from frame to frame, sample columns are fixed to the time
// axis, and numbers have a constant width per [Unit].
//
// Where things are:
//
//   - canvas.go, style.go, glyphs.go, text.go: cells, and what may stand in them
//   - line.go with plot.go, serieslabel.go, legend.go; area.go; spark.go: values over time
//   - axis.go, scale.go, mark.go, frame.go: what surrounds them
//   - bars.go: partitions beside each other; strip.go with striplegend.go, heatmap.go: many of them
//   - stack.go with stacklegend.go: parts of a whole
//   - path.go, pathlayout.go: boxes and arrows
//   - big.go: figures for the last row of a room
//   - unit.go, format.go: numbers for people
package chart
