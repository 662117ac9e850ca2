package chart

import (
	"math"
	"unicode/utf8"
)

// Part is one share of a whole in a [StackBar] or a [StackChart].
type Part struct {
	Name  string
	Key   rune // one letter that stands for the name inside a stack
	Style Style
	Value float64 // its size in a StackBar; not above 0 or NaN takes no room
	Twin  float64 // its size for the twin, see StackBar.ShowTwin
}

// Stages are the eight parts of the time of a write, in the order a write
// meets them, with their names, keys and styles; the values are the caller's
// to fill in.
func Stages() []Part {
	return []Part{
		{Name: "allocator", Key: 'A', Style: StageAllocator},
		{Name: "queue", Key: 'Q', Style: StageQueue},
		{Name: "linger", Key: 'L', Style: StageLinger},
		{Name: "partition line", Key: 'P', Style: StageLine},
		{Name: "key lock", Key: 'K', Style: StageLock},
		{Name: "service", Key: 'S', Style: StageService},
		{Name: "replication", Key: 'R', Style: StageReplication},
		{Name: "backoff", Key: 'B', Style: StageBackoff},
	}
}

// StackBar shows how parts make up a whole: a bar whose segments carry their
// names or their keys, and a legend with their shares.
//
//	A allocator█████████████████████Q queue████S███ 4.10 ms
//	A allocator 71 %  Q queue 18 %  S service 11 %
//
// With a twin there is a second bar below on the same scale, so that the
// lengths compare as well as the shares.
type StackBar struct {
	Parts    []Part
	Unit     Unit // of the total written behind the bar
	ShowTwin bool
	// LegendFirst puts the legend above the bar, which would run into another
	// picture that stands right above.
	LegendFirst bool
}

// value reports the size of a part in the bar: what cannot be drawn is 0.
func (p *Part) value(twin bool) float64 {
	v := p.Value
	if twin {
		v = p.Twin
	}
	if !(v > 0) || math.IsInf(v, 0) {
		return 0
	}
	return v
}

// total reports the length of a bar.
func (s StackBar) total(twin bool) float64 {
	sum := 0.0
	for i := range s.Parts {
		sum += s.Parts[i].value(twin)
	}
	return math.Min(sum, math.MaxFloat64)
}

// Draw draws the bar into the first row of c, the twin's into the second if
// there is one and room for it, and the legend into the rows below, or above
// them.
func (s StackBar) Draw(c *Canvas, g Glyphs) {
	w, h := c.Size()
	if w == 0 || h == 0 {
		return
	}
	total, twin := s.total(false), s.total(true)
	bars := 1
	longest := total
	if s.ShowTwin && h > 1 {
		bars = 2
		longest = math.Max(total, twin)
	}
	first, legend := 0, Rect{Y: bars, W: w, H: h - bars}
	if s.LegendFirst {
		first, legend.Y = h-bars, 0
	}
	barCols := w
	tail := 1 + s.Unit.Width()
	if w >= 3*tail {
		barCols -= tail
	} else {
		tail = 0
	}
	for y := range bars {
		sum := total
		if y == 1 {
			sum = twin
		}
		used := 0
		if longest > 0 {
			used = round(sum / longest * float64(barCols))
		}
		s.drawSegments(c, first+y, used, sum, y == 1, g)
		if tail > 0 {
			s.drawTotal(c, first+y, barCols, tail, sum, y == 1)
		}
	}
	if legend.H > 0 {
		s.drawLegend(c, legend, total)
	}
	g.finish(c)
}

// drawTotal writes the length of a bar, right-justified, into the columns
// behind it.
func (s StackBar) drawTotal(c *Canvas, y, x, cols int, total float64, twin bool) {
	style := Text | Bold
	if twin {
		style = Twin
	}
	var buf [32]byte
	b := s.Unit.append(buf[:0], total)
	c.bytes(x+cols-utf8.RuneCount(b), y, style, b)
}

// drawSegments draws the parts over the first w columns of row y. Segments end
// at the rounded running sum, so that they add up to w without a gap.
func (s StackBar) drawSegments(c *Canvas, y, w int, total float64, twin bool, g Glyphs) {
	sum, x := 0.0, 0
	for i := range s.Parts {
		p := &s.Parts[i]
		v := p.value(twin)
		if v == 0 || !(total > 0) {
			continue
		}
		sum = math.Min(sum+v, total)
		end := round(sum / total * float64(w))
		if end > x {
			drawSegment(c, Rect{X: x, Y: y, W: end - x, H: 1}, p, g)
			x = end
		}
	}
}

// drawSegment fills one row of cells and labels it: with the name where there
// is room, else with the key.
func drawSegment(c *Canvas, r Rect, p *Part, g Glyphs) {
	fill := g.Full
	if g.Letters && runeWidth(p.Key) == 1 {
		fill = p.Key
	}
	for x := range r.W {
		c.put(r.X+x, r.Y, p.Style, fill)
	}
	label := p.Style | Reverse
	if g.Letters {
		label = p.Style | Bold
	}
	if n := Width(p.Name); n > 0 && n+2 <= r.W {
		x := r.X
		c.put(x, r.Y, label, ' ')
		x = c.Text(x+1, r.Y, label, p.Name)
		c.put(x, r.Y, label, ' ')
		return
	}
	if runeWidth(p.Key) == 1 {
		c.put(r.X, r.Y, label, p.Key)
	}
}
