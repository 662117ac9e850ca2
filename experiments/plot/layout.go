package plot

import (
	"math"

	xfont "golang.org/x/image/font"
	gonum "gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// picture is a figure on its way onto a canvas.
type picture struct {
	ground
	figure *Figure
	fonts  fonts
	pens   []pen
	marks  []placedMark
	axes   [2]axis

	width, height vg.Length
	title         []string
	subtitle      []string
	notes         []string
}

// fonts are the styles of text in a figure.
type fonts struct{ title, label, small, tick, note text.Style }

// Sizes [pt].
const (
	margin    = vg.Length(9)
	titleSize = 11
	labelSize = 8.5
	smallSize = 8
	noteSize  = 7
	leading   = 1.25 // height of a line of text over its size
)

func newFonts(of inks) fonts {
	style := func(size vg.Length, k ink, weight xfont.Weight) text.Style {
		return text.Style{
			Color:   k,
			Font:    font.Font{Typeface: "Liberation", Variant: "Sans", Size: size, Weight: weight},
			Handler: gonum.DefaultTextHandler,
		}
	}
	return fonts{
		title: style(titleSize, of.text, xfont.WeightBold),
		label: style(labelSize, of.text, xfont.WeightNormal),
		small: style(smallSize, of.text, xfont.WeightNormal),
		tick:  style(smallSize, of.dim, xfont.WeightNormal),
		note:  style(noteSize, of.dim, xfont.WeightNormal),
	}
}

// newPicture prepares a figure, which must be one that can be drawn. Where the
// words would leave too little of the height for the data, it becomes higher.
func newPicture(f *Figure, theme Theme, width, height vg.Length) *picture {
	of := theme.inks()
	p := &picture{
		ground: ground{inks: of}, figure: f, fonts: newFonts(of), pens: pens(f.Series, of),
		width: width, height: height,
	}
	p.x, p.y = &p.axes[0], &p.axes[1]
	inner := width - 2*margin
	p.title = wrap(f.Title, p.fonts.title, inner)
	p.subtitle = wrap(f.Subtitle, p.fonts.label, inner)
	p.prepareAxes(inner*frameShare, height)
	for _, note := range append(p.numberMarks(inner*frameShare), f.Notes...) {
		p.notes = append(p.notes, wrap(note, p.fonts.note, inner)...)
	}
	const forData = 0.55
	if words := p.headHeight() + p.notesHeight(); words > (1-forData)*height {
		p.height = words + forData*height
	}
	return p
}

// frameShare is the part of the width that the frame has at least, roughly.
const frameShare = 0.8

// draw draws the figure.
func (p *picture) draw(all draw.Canvas) {
	all.SetColor(p.inks.paper)
	all.Fill(all.Rectangle.Path())
	area := draw.Crop(all, margin, -margin, margin, -margin)
	p.drawHead(&area)
	p.drawNotes(&area)
	if p.figure.Heat != nil {
		p.drawHeat(area)
		return
	}
	p.drawSeries(area)
}

// text writes one line with its base at a height, from a point to the right.
func (p *picture) text(c *draw.Canvas, style text.Style, at vg.Point, s string) {
	c.SetColor(style.Color)
	c.FillString(style.Handler.Cache().Lookup(style.Font, style.Font.Size), at, s)
}

// lines writes lines from the top of an area, and takes their room from it.
func (p *picture) lines(area *draw.Canvas, style text.Style, lines []string) {
	for _, line := range lines {
		p.text(area, style, vg.Point{X: area.Min.X, Y: area.Max.Y - style.Font.Size}, line)
		area.Max.Y -= style.Font.Size * leading
	}
}

// headHeight is the room that title and subtitle take.
func (p *picture) headHeight() vg.Length {
	if len(p.title)+len(p.subtitle) == 0 {
		return 0
	}
	return leading*(titleSize*vg.Length(len(p.title))+labelSize*vg.Length(len(p.subtitle))) + 6
}

// drawHead writes title and subtitle and takes their room from the area.
func (p *picture) drawHead(area *draw.Canvas) {
	head := *area
	p.lines(&head, p.fonts.title, p.title)
	subtitle := p.fonts.label
	subtitle.Color = p.inks.dim
	p.lines(&head, subtitle, p.subtitle)
	area.Max.Y -= p.headHeight()
}

// notesHeight is the room that the notes take.
func (p *picture) notesHeight() vg.Length {
	if len(p.notes) == 0 {
		return 0
	}
	return vg.Length(len(p.notes))*noteSize*leading + 7
}

// drawNotes writes the notes at the foot and takes their room from the area.
func (p *picture) drawNotes(area *draw.Canvas) {
	foot := *area
	foot.Max.Y = area.Min.Y + vg.Length(len(p.notes))*noteSize*leading
	p.lines(&foot, p.fonts.note, p.notes)
	area.Min.Y += p.notesHeight()
}

// prepareAxes chooses ranges and ticks of both axes for a frame of a size.
func (p *picture) prepareAxes(width, height vg.Length) {
	f := p.figure
	xs, ys := f.extents()
	scaleX, scaleY := f.X.Scale.resolve(xs), f.Y.Scale.resolve(ys)
	seenX, seenY := f.positions(scaleX, scaleY)
	// From a quarter of the way on, a horizontal axis need not begin at zero.
	zero := seenX.lo >= 0 && seenX.lo <= seenX.hi/4
	*p.x = f.X.ready(scaleX, padded(seenX, scaleX, f.fewPoints()), width, p.tickRoom(f.X), zero, false)
	*p.y = f.Y.ready(scaleY, seenY, height, tickRoomY, true, true)
	if f.Y.Names != nil {
		*p.y = f.Y.ofNames(height, smallSize*leading)
	}
}

// tickRoom is the width that labels of a horizontal axis need.
func (p *picture) tickRoom(a Axis) vg.Length {
	room := tickRoomX
	if a.Names != nil {
		room = 0
		for _, name := range a.Names {
			room = max(room, p.fonts.tick.Width(name)+6)
		}
	}
	return room
}

// padded widens the range of a horizontal axis so that markers and columns at
// its ends stand clear of the frame.
func padded(e extent, s Scale, few bool) extent {
	const share = 0.025
	switch {
	case !few || e.empty() || s == Tail:
	case s == Log:
		by := math.Pow(e.hi/e.lo, share)
		e.lo, e.hi = e.lo/by, e.hi*by
	default:
		by := (e.hi - e.lo) * share
		if e.lo > 0 && e.lo-by < 0 {
			by = 0
		}
		e.lo, e.hi = e.lo-by, e.hi+by
	}
	return e
}

// newPlot makes a gonum plot with both axes for an area.
func (p *picture) newPlot(area draw.Canvas) *gonum.Plot {
	// What is below and left of the frame takes this much, more or less.
	size := area.Size()
	p.prepareAxes(size.X-30, size.Y-30)
	g := gonum.New()
	g.BackgroundColor = nil // the paper is there already
	for _, a := range []*gonum.Axis{&g.X, &g.Y} {
		a.LineStyle = draw.LineStyle{Color: p.inks.dim, Width: ruleWidth}
		a.Tick.LineStyle = a.LineStyle
		a.Tick.Length = 4
		a.Padding = 0
		align := a.Tick.Label
		a.Tick.Label = p.fonts.tick
		a.Tick.Label.XAlign, a.Tick.Label.YAlign = align.XAlign, align.YAlign
		a.Label.TextStyle = p.fonts.label
		a.Label.TextStyle.XAlign, a.Label.TextStyle.YAlign = draw.XCenter, draw.YBottom
		a.Label.Padding = 3
	}
	p.x.install(&g.X, false)
	p.y.install(&g.Y, true)
	g.X.Label.Text = p.x.label
	return g
}

// drawSeries draws labels, key and frame of a figure of series.
func (p *picture) drawSeries(area draw.Canvas) {
	list := p.entries()
	beside := p.keyWidth(list, area)
	if beside == 0 && len(list) > 0 {
		rows := p.rows(list, area.Size().X)
		p.drawKeyAbove(&area, rows, area.Min.X, area.Max.Y-entryHeight/2)
		area.Max.Y -= vg.Length(len(rows))*entryHeight + 5
	}
	p.drawLabelY(&area)
	area.Max.X -= beside
	area.Max.Y -= vg.Length(p.markRows()) * markRowHeight
	g := p.newPlot(area)
	p.addPlotters(g)
	g.Draw(area)
	if beside > 0 {
		frame := g.DataCanvas(area)
		_, ty := g.Transforms(&frame)
		p.drawKeyBeside(&area, list, frame, ty)
	}
}

// drawLabelY writes the label of the vertical axis above it, where it can be
// read without turning the head.
func (p *picture) drawLabelY(area *draw.Canvas) {
	if p.y.label != "" {
		p.lines(area, p.fonts.label, wrap(p.y.label, p.fonts.label, area.Size().X))
		area.Max.Y -= 4
	}
}

// addPlotters adds what is drawn in the frame, from the back to the front.
func (p *picture) addPlotters(g *gonum.Plot) {
	g.Add(gridPlotter{p.ground})
	bars, nthBar := 0, 0
	curves := make([]curvePlotter, len(p.figure.Series))
	for i, s := range p.figure.Series {
		curves[i] = curvePlotter{p.ground, s, p.pens[i], i, len(p.figure.Series) == 1}
		if s.Form == Bars {
			bars++
		}
	}
	for i, s := range p.figure.Series {
		if s.Form == Line && s.Low != nil && s.High != nil {
			g.Add(bandPlotter{curves[i]})
		}
	}
	for i, r := range p.figure.Refs {
		g.Add(referencePlotter{p.ground, r, i})
	}
	g.Add(markPlotter{p})
	for i, s := range p.figure.Series {
		if s.Form == Bars {
			c := curves[i]
			c.nth = nthBar
			nthBar++
			g.Add(barPlotter{c, bars})
			continue
		}
		if s.Form == Points {
			g.Add(whiskerPlotter{curves[i]})
		}
		g.Add(curves[i])
	}
}

// drawHeat draws a heat map with its scale.
func (p *picture) drawHeat(area draw.Canvas) {
	k := heatPlotter{p, p.figure.Heat.scale()}
	label := fit(k.scale.unit.label(p.figure.Heat.Label), p.fonts.label, area.Size().X*0.7)
	right := area.Max.X - p.fonts.label.Width(label)
	p.text(&area, p.fonts.label, vg.Point{X: right, Y: area.Max.Y - labelSize}, label)
	left := area
	left.Max.X = right - entryGap
	p.lines(&left, p.fonts.label, wrap(p.y.label, p.fonts.label, left.Size().X))
	area.Max.Y = min(left.Max.Y, area.Max.Y-labelSize*leading) - 4
	area.Max.X -= heatKeyRoom
	g := p.newPlot(area)
	g.Add(k)
	g.Draw(area)
	k.drawHeatKey(&area, g.DataCanvas(area))
}
