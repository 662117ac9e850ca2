package chart

import "math"

// StackChart shows how the parts of a whole develop: stacked areas over one
// horizontal axis, the first part at the bottom. The size of part p at
// Times[i] is Values[p][i].
//
//	4 ms ┤            ▂▅██▇▃
//	     │      ▁▃▅▇██████████A
//	2 ms ┤▄▅▆▇████████████████
//	   0 ┤█████████████████████S
type StackChart struct {
	X      Range
	XUnit  Unit
	BareX  bool  // no labels below: a chart underneath has them
	Y      Scale // linear from 0; the zero Scale fits this one drawing
	Unit   Unit
	Share  bool   // every column is 100 %, Y and Unit do not matter
	Parts  []Part // the lowest first, at most 16; their values do not matter
	Times  []float64
	Values [][]float64 // NaN, or nothing above 0, takes no room
	// Twin is how large the twin's whole is: a dotted line over the areas, which
	// shares of 100 % do not have.
	Twin   Series
	Marks  []Mark
	Gutter int // least columns kept for the labels on the left
}

// maxParts is the number of parts a stack chart draws. More could not be told
// apart.
const maxParts = 16

// frame reports the line chart that has the axes of s.
func (s StackChart) frame() LineChart {
	l := LineChart{X: s.X, XUnit: s.XUnit, BareX: s.BareX, Y: s.Y, Unit: s.Unit, Gutter: s.Gutter}
	if s.Share {
		l.Y, l.Unit = Scale{Max: 1}, UnitPercent
	}
	if !l.Y.valid() || l.Y.Log || l.Y.Min != 0 {
		l.Y = NiceScale(Scale{}, s.peak())
	}
	return l
}

// peak reports the greatest sum of the parts at one time in X.
func (s StackChart) peak() float64 {
	peak := 0.0
	for i, t := range s.Times {
		if t >= s.X.Min && t <= s.X.Max {
			peak = math.Max(peak, s.sum(i))
		}
	}
	return peak
}

// sum reports the sum of the parts in sample i.
func (s StackChart) sum(i int) float64 {
	sum := 0.0
	for p := range s.Parts {
		sum += s.at(p, i)
	}
	return math.Min(sum, math.MaxFloat64)
}

// at reports the size of part p in sample i, 0 when there is none.
func (s StackChart) at(p, i int) float64 {
	if p >= len(s.Values) || i >= len(s.Values[p]) {
		return 0
	}
	if v := s.Values[p][i]; v > 0 && !math.IsInf(v, 0) {
		return v
	}
	return 0
}

// Draw draws areas and axes over the whole of c.
func (s StackChart) Draw(c *Canvas, g Glyphs) {
	w, h := c.Size()
	if w == 0 || h == 0 {
		return
	}
	frame := s.frame()
	plot := frame.drawAxes(c, g)
	view := c.view(plot)
	byCell := g
	byCell.Braille = false // columns are cells, not dots
	if p, ok := newPlotter(view, s.X, frame.Y, byCell); ok {
		p.held(s.Times, func(x, i int) { s.drawColumn(&p, x, i) })
		s.drawKeys(&view, g)
		if !s.Share {
			p.held(s.Twin.Times, func(x, i int) { s.drawTwin(&p, x, i) })
		}
		for _, m := range s.Marks {
			p.mark(m)
		}
		p.markLabels(s.Marks)
	}
	g.finish(c)
}

// drawTwin sets the dot of sample i of the twin in column x. Over an area it
// leaves the area's colour behind it.
func (s StackChart) drawTwin(p *plotter, x, i int) {
	if i >= len(s.Twin.Values) || math.IsNaN(s.Twin.Values[i]) {
		return
	}
	y := round(p.height(s.Twin.Values[i]))
	style := Text.over(p.c.At(x, y), p.g)
	if style.Back() == Text { // nothing behind it
		style = Twin
	}
	p.c.put(x, y, style|Bold, p.g.PointTwin)
}

// drawColumn stacks the parts of sample i in column x, to an eighth of a cell.
func (s StackChart) drawColumn(p *plotter, x, i int) {
	top := p.scale.Max
	if s.Share {
		if top = s.sum(i); !(top > 0) {
			return
		}
	}
	var ends [maxParts]int // where each part ends above the bottom [eighths]
	sum := 0.0
	n := min(len(s.Parts), maxParts)
	for k := range n {
		sum += s.at(k, i)
		ends[k] = round(math.Min(sum/top, 1) * float64(8*p.c.h))
		if p.g.Letters {
			ends[k] = (ends[k] + 4) / 8 * 8
		}
	}
	for row := 0; n > 0 && 8*row < ends[n-1]; row++ {
		s.drawCell(p, x, row, ends[:n])
	}
}

// drawCell draws what the parts leave in a cell of column x, row cells above
// the bottom. A full cell in which parts meet has the lowest as foreground and
// the largest of the others as background. A cell that is not full, the
// uppermost, is as high as its parts together and in the style of the largest:
// a background would reach beyond them.
func (s StackChart) drawCell(p *plotter, x, row int, ends []int) {
	low, high := 8*row, min(8*(row+1), ends[len(ends)-1])
	lowest, largest, rest := -1, 0, -1 // rest: the largest but for the lowest
	from := low
	size := func(k int) int { return min(ends[k], high) - max(startOf(ends, k), low) }
	for k := range ends {
		if size(k) <= 0 {
			continue
		}
		if lowest < 0 {
			lowest, largest, from = k, k, min(ends[k], high)
			continue
		}
		if size(k) > size(largest) {
			largest = k
		}
		if rest < 0 || size(k) > size(rest) {
			rest = k
		}
	}
	y := p.c.h - 1 - row
	switch {
	case lowest < 0:
	case high-low < 8:
		p.c.put(x, y, s.Parts[largest].Style, p.g.Rise[high-low-1])
	case from == high:
		p.c.put(x, y, s.Parts[lowest].Style, p.g.fill(&s.Parts[lowest]))
	default:
		p.c.put(x, y, s.Parts[lowest].Style.On(s.Parts[rest].Style), p.g.Rise[from-low-1])
	}
}

// startOf reports where part k begins, given where each ends.
func startOf(ends []int, k int) int {
	if k == 0 {
		return 0
	}
	return ends[k-1]
}

// fill reports the rune that fills a cell of a part.
func (g Glyphs) fill(p *Part) rune {
	if g.Letters && runeWidth(p.Key) == 1 {
		return p.Key
	}
	return g.Full
}

// drawKeys writes the key of each part once, where its area is highest, so
// that the areas can be told apart without colour.
func (s StackChart) drawKeys(c *Canvas, g Glyphs) {
	if g.Letters {
		return
	}
	for i := range s.Parts {
		p := &s.Parts[i]
		if runeWidth(p.Key) != 1 {
			continue
		}
		bestX, bestY, bestRun := 0, 0, 0
		for x := range c.w {
			run := 0
			for y := range c.h {
				cell := c.At(x, y)
				if cell.Rune != g.Full || cell.Style.Role() != p.Style.Role() {
					run = 0
					continue
				}
				if run++; run >= bestRun {
					bestX, bestY, bestRun = x, y-run/2, run
				}
			}
		}
		if bestRun > 0 {
			c.put(bestX, bestY, p.Style|Reverse|Bold, p.Key)
		}
	}
}
