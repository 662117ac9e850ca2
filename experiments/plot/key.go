package plot

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// entry is one name of the key, with the sample that stands before it.
type entry struct {
	name   string
	sample func(c *draw.Canvas, at vg.Rectangle)
	level  float64 // where on Y its line ends; NaN if it has no end
}

// Sizes of the key [pt].
const (
	sampleWidth = vg.Length(20)
	sampleGap   = vg.Length(4)
	entryGap    = vg.Length(12)
	entryHeight = vg.Length(11)
	keyGap      = vg.Length(8) // between the frame and the key beside it
)

// sideShare is the part of the width that a key beside the data may take.
const sideShare = 0.3

// entries returns what the key has to name: nothing if there is one series
// only, which the labels of the axes name.
func (p *picture) entries() []entry {
	var list []entry
	for i, s := range p.figure.Series {
		if s.Name == "" || len(p.figure.Series)+len(p.figure.Refs) == 1 {
			continue
		}
		pen := p.pens[i]
		list = append(list, entry{s.Name, func(c *draw.Canvas, at vg.Rectangle) { pen.sample(c, at, s.Form) }, p.endOf(s)})
	}
	for i, r := range p.figure.Refs {
		if r.Name == "" {
			continue
		}
		style := referencePlotter{p.ground, r, i}.style()
		list = append(list, entry{r.Name, func(c *draw.Canvas, at vg.Rectangle) {
			y := (at.Min.Y + at.Max.Y) / 2
			c.StrokeLine2(style, at.Min.X, y, at.Max.X, y)
		}, p.y.at(r.Level + r.Slope*p.x.hi)})
	}
	return list
}

// endOf returns the last position of a series on Y.
func (p *picture) endOf(s Series) float64 {
	for i := len(s.Y) - 1; i >= 0; i-- {
		if y := p.y.at(s.Y[i]); !math.IsNaN(y) && !math.IsNaN(p.x.at(s.X[i])) {
			return y
		}
	}
	return math.NaN()
}

// sample draws how a series of a form looks.
func (p pen) sample(c *draw.Canvas, at vg.Rectangle, form Form) {
	middle := vg.Point{X: (at.Min.X + at.Max.X) / 2, Y: (at.Min.Y + at.Max.Y) / 2}
	switch form {
	case Bars:
		const half = vg.Length(3)
		p.column(c, vg.Rectangle{Min: vg.Point{X: middle.X - half, Y: middle.Y - half}, Max: vg.Point{X: middle.X + half, Y: middle.Y + half}})
		return
	case Line, Steps:
		c.StrokeLine2(p.stroke(lineWidth), at.Min.X, middle.Y, at.Max.X, middle.Y)
	}
	c.DrawGlyphNoClip(p.marker(), middle)
}

// keyWidth returns the width of a key beside the data, 0 if it does not fit
// there.
func (p *picture) keyWidth(list []entry, area draw.Canvas) vg.Length {
	widest := vg.Length(0)
	for _, e := range list {
		widest = max(widest, p.fonts.small.Width(e.name))
	}
	width := keyGap + sampleWidth + sampleGap + widest
	size := area.Size()
	if len(list) == 0 || width > sideShare*size.X || vg.Length(len(list))*entryHeight > size.Y*0.8 {
		return 0
	}
	return width
}

// drawKeyBeside draws each entry as near as it can to where its line ends.
func (p *picture) drawKeyBeside(c *draw.Canvas, list []entry, frame draw.Canvas, ty func(float64) vg.Length) {
	slices.SortStableFunc(list, func(a, b entry) int { return cmp.Compare(orLowest(b.level), orLowest(a.level)) })
	wanted := make([]vg.Length, len(list))
	for i, e := range list {
		wanted[i] = frame.Min.Y
		if !math.IsNaN(e.level) {
			wanted[i] = inside(ty(e.level), frame.Min.Y, frame.Max.Y)
		}
	}
	for i, y := range spread(wanted, entryHeight, frame.Min.Y, frame.Max.Y) {
		p.drawEntry(c, list[i], vg.Point{X: frame.Max.X + keyGap, Y: y})
	}
}

func orLowest(level float64) float64 {
	if math.IsNaN(level) {
		return math.Inf(-1)
	}
	return level
}

// drawEntry draws sample and name with their middle at a height.
func (p *picture) drawEntry(c *draw.Canvas, e entry, at vg.Point) {
	e.sample(c, vg.Rectangle{Min: vg.Point{X: at.X, Y: at.Y - 2}, Max: vg.Point{X: at.X + sampleWidth, Y: at.Y + 2}})
	p.text(c, p.fonts.small, vg.Point{X: at.X + sampleWidth + sampleGap, Y: at.Y - p.fonts.small.Font.Size*0.35}, e.name)
}

// spread moves heights, given from the highest down, as little as possible so
// that they are at least gap apart and lie between lo and hi, as far as there is
// room: blocks that touch are joined and stand around the mean of what they
// want, as in isotonic regression by pooling adjacent violators (Ayer et al.
// 1955).
func spread(wanted []vg.Length, gap, lo, hi vg.Length) []vg.Length {
	type block struct {
		top vg.Length // wanted of its first, if nothing else stood in the way
		n   int
	}
	bounded := func(b block) vg.Length {
		return max(min(b.top, hi), lo+gap*vg.Length(b.n-1))
	}
	var blocks []block
	for _, y := range wanted {
		blocks = append(blocks, block{y, 1})
		for len(blocks) > 1 {
			above, below := blocks[len(blocks)-2], blocks[len(blocks)-1]
			if bounded(above)-gap*vg.Length(above.n) >= bounded(below) {
				break
			}
			n := above.n + below.n
			top := (above.top*vg.Length(above.n) + (below.top+gap*vg.Length(above.n))*vg.Length(below.n)) / vg.Length(n)
			blocks = append(blocks[:len(blocks)-2], block{top, n})
		}
	}
	var placed []vg.Length
	for _, b := range blocks {
		for i := range b.n {
			placed = append(placed, bounded(b)-gap*vg.Length(i))
		}
	}
	return placed
}

// rows breaks the key into rows that fit a width.
func (p *picture) rows(list []entry, width vg.Length) [][]entry {
	var rows [][]entry
	x := vg.Length(0)
	for _, e := range list {
		e.name = fit(e.name, p.fonts.small, width-sampleWidth-sampleGap)
		w := p.entryWidth(e)
		if len(rows) == 0 || x+w > width {
			rows = append(rows, nil)
			x = 0
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], e)
		x += w + entryGap
	}
	return rows
}

func (p *picture) entryWidth(e entry) vg.Length {
	return sampleWidth + sampleGap + p.fonts.small.Width(e.name)
}

// drawKeyAbove draws the key in rows, the first with its middle at a height.
func (p *picture) drawKeyAbove(c *draw.Canvas, rows [][]entry, left, top vg.Length) {
	for i, row := range rows {
		x := left
		for _, e := range row {
			p.drawEntry(c, e, vg.Point{X: x, Y: top - vg.Length(i)*entryHeight})
			x += p.entryWidth(e) + entryGap
		}
	}
}
