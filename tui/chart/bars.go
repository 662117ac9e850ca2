package chart

import (
	"math"
	"strconv"
)

// Bar is one row of [HeatBars]: a partition, an allocator, a worker pool.
type Bar struct {
	Name     string
	Load     float64 // busy fraction [0,1]; more is overload, NaN unknown
	Twin     float64 // the twin's busy fraction, see HeatBars.ShowTwin
	State    State
	Value    string // at the right end: a depth, a time
	Note     string // below the row if there is room: "hot key k42 38 %"
	Selected bool   // drawn in reverse
}

// HeatBars draws a row per bar: name, bar, percent, sign, value.
//
//	P00 ███▋░░░░░   41 %      12
//	P07 █████████   99 % ▲   310
//	    hot key k42 38 %
//
// Bars that do not fit are counted in the last row, together with the highest
// load among them: what is hot cannot hide beyond the edge.
type HeatBars struct {
	Bars     []Bar
	ShowTwin bool // marks where the twin's load ends
	First    int  // the first bar shown, when not all are
	// NameWidth and ValueWidth are the least columns kept for names and values,
	// so that bars do not move when a depth gains a digit.
	NameWidth, ValueWidth int
}

// minBarCols is the shortest bar worth drawing [columns].
const minBarCols = 4

// barColumns is where the parts of a row stand; a width of 0 leaves one out.
type barColumns struct {
	name, bar, percent, sign, value int // widths
}

// barRows is what the rows of a canvas are used for.
type barRows struct {
	first, end int  // the bars shown: first up to, not including, end
	notes      bool // each followed by its note
	rest       bool // and a row about all others
}

// rows shares out h rows.
func (b HeatBars) rows(h int) barRows {
	n := len(b.Bars)
	if n > h {
		shown := max(h-1, 0)
		first := min(max(b.First, 0), n-shown)
		return barRows{first: first, end: first + shown, rest: true}
	}
	notes := 0
	for i := range b.Bars {
		if b.Bars[i].Note != "" {
			notes++
		}
	}
	return barRows{end: n, notes: notes > 0 && n+notes <= h}
}

// Draw draws the bars from the top of c.
func (b HeatBars) Draw(c *Canvas, g Glyphs) {
	w, h := c.Size()
	if w == 0 || h == 0 || len(b.Bars) == 0 {
		return
	}
	cols, rows := b.columns(w), b.rows(h)
	y := 0
	for i := rows.first; i < rows.end; i++ {
		b.drawRow(c, y, &b.Bars[i], cols, g)
		y++
		if note := b.Bars[i].Note; rows.notes && note != "" {
			x := max(min(cols.name+1, w-Width(note)), 0) // a long one begins below the name
			c.Fit(x, y, w-x, Dim, note, g)
			y++
		}
	}
	if rows.rest {
		b.drawRest(c, y, rows, g)
	}
	g.finish(c)
}

// Hit reports the bar in row y when the bars are drawn on a canvas of h rows,
// or -1: for the mouse.
func (b HeatBars) Hit(h, y int) int {
	rows := b.rows(h)
	at := 0
	for i := rows.first; i < rows.end; i++ {
		height := 1
		if rows.notes && b.Bars[i].Note != "" {
			height = 2
		}
		if y >= at && y < at+height {
			return i
		}
		at += height
	}
	return -1
}

// columns shares out w columns: percent and sign first, then the name, then a
// bar, then the value. A bar that would be too short gives its room away.
func (b HeatBars) columns(w int) barColumns {
	var k barColumns
	for i := range b.Bars {
		k.name = max(k.name, Width(b.Bars[i].Name))
		k.value = max(k.value, Width(b.Bars[i].Value))
	}
	k.name = max(k.name, b.NameWidth)
	if k.value > 0 {
		k.value = max(k.value, b.ValueWidth)
	}
	k.name = min(k.name, max(w/3, 4), w)
	left := w - k.name
	take := func(n int) int { // n columns and the blank before them
		if n == 0 || left < n+1 {
			return 0
		}
		left -= n + 1
		return n
	}
	k.percent = take(PercentWidth)
	k.sign = take(1)
	if left-1-(k.value+1) >= minBarCols || left-1 < minBarCols {
		k.value = take(k.value)
	} else {
		k.value = 0
	}
	if left-1 >= minBarCols {
		k.bar = left - 1
	}
	return k
}

// drawRow draws one bar into row y.
func (b HeatBars) drawRow(c *Canvas, y int, bar *Bar, k barColumns, g Glyphs) {
	nameStyle := bar.State.style(Text)
	if bar.Selected {
		nameStyle |= Reverse
	}
	x := c.Fit(0, y, k.name, nameStyle, bar.Name, g)
	if k.bar > 0 {
		x++
		drawBar(c, Rect{X: x, Y: y, W: k.bar, H: 1}, bar.Load, Heat(bar.Load), g)
		if b.ShowTwin && bar.Twin >= 0 {
			at := min(int(bar.Twin*float64(k.bar)), k.bar-1)
			if bar.Twin > 1 {
				at = k.bar - 1
			}
			c.put(x+at, y, Twin.over(c.At(x+at, y), g), g.TwinMark)
		}
		x += k.bar
	}
	style := bar.State.style(Heat(bar.Load))
	if k.percent > 0 {
		var buf [32]byte
		p := appendPercent(buf[:0], bar.Load)
		x += 1 + k.percent
		c.bytes(x-percentCols(p), y, style, p)
	}
	if k.sign > 0 {
		c.put(x+1, y, style, g.sign(bar.State))
		x += 2
	}
	if k.value > 0 {
		c.FitRight(x+1, y, k.value, bar.State.style(Text), bar.Value, g)
	}
}

// percentCols reports the columns of a formatted percentage.
func percentCols(p []byte) int {
	if len(p) == len(Absent) && string(p) == Absent {
		return 1
	}
	return len(p)
}

// drawBar fills the fraction of r, one row high, from the left to an eighth of
// a cell, and shades the rest.
func drawBar(c *Canvas, r Rect, fraction float64, s Style, g Glyphs) {
	eighths := 0
	if fraction > 0 { // not NaN
		eighths = int(math.Round(math.Min(fraction, 1) * float64(8*r.W)))
	}
	for i := range r.W {
		switch fill := eighths - 8*i; {
		case fill >= 8:
			c.put(r.X+i, r.Y, s, g.Full)
		case fill > 0:
			c.put(r.X+i, r.Y, s, g.Run[fill-1])
		default:
			c.put(r.X+i, r.Y, Dim, g.Shade)
		}
	}
}

// drawRest counts the bars that are not shown and names their highest load.
func (b HeatBars) drawRest(c *Canvas, y int, rows barRows, g Glyphs) {
	peak, state := math.NaN(), StateCalm
	for i := range b.Bars {
		if i >= rows.first && i < rows.end {
			continue
		}
		if v := b.Bars[i].Load; math.IsNaN(peak) || v > peak {
			peak = v
		}
		state = max(state, b.Bars[i].State)
	}
	style := state.style(Dim)
	var buf [64]byte
	s := append(buf[:0], "+ "...)
	s = strconv.AppendInt(s, int64(len(b.Bars)-(rows.end-rows.first)), 10)
	s = append(s, " more, up to "...)
	s = appendPercent(s, peak)
	x := c.bytes(0, y, style, s)
	c.put(x+1, y, style, g.sign(state))
}
