package plot

import (
	"cmp"
	"fmt"
	"slices"

	gonum "gonum.org/v1/plot"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// maxMarkRows is the number of rows that the labels of marks may take above the
// frame; where they need more, they are numbered and told in the notes.
const maxMarkRows = 3

const markRowHeight = vg.Length(10)

// placedMark is a mark with the row of its label, 0 the nearest to the frame.
type placedMark struct {
	Mark
	row int
}

// numberMarks replaces labels that do not fit into rows by numbers, and returns
// the notes that tell them.
func (p *picture) numberMarks(width vg.Length) (notes []string) {
	marks := slices.Clone(p.figure.Marks)
	slices.SortStableFunc(marks, func(a, b Mark) int { return cmp.Compare(a.X, b.X) })
	p.marks = p.stagger(marks, width)
	if p.markRows() <= maxMarkRows {
		return nil
	}
	for i := range marks {
		notes = append(notes, fmt.Sprintf("%d: %s", i+1, marks[i].Label))
		marks[i].Label = fmt.Sprint(i + 1)
	}
	p.marks = p.stagger(marks, width)
	return notes
}

func (p *picture) markRows() int {
	rows := 0
	for _, m := range p.marks {
		rows = max(rows, m.row+1)
	}
	return rows
}

// stagger puts each label, from right to left, into the lowest row where it does
// not run into another, so that the lines of marks pass to the left of what is
// below their labels. Width is that of the frame, roughly; labels that would run
// out of it to the right begin before their mark.
func (p *picture) stagger(marks []Mark, width vg.Length) []placedMark {
	const gap = vg.Length(6)
	placed := make([]placedMark, len(marks))
	var free []vg.Length // up to where each row is free
	for i := len(marks) - 1; i >= 0; i-- {
		left, right := p.labelSpan(marks[i], width)
		row := 0
		for row < len(free) && right > free[row] {
			row++
		}
		if row == len(free) {
			free = append(free, width)
		}
		free[row] = left - gap
		placed[i] = placedMark{marks[i], row}
	}
	return placed
}

// labelSpan returns from where to where the label of a mark goes, from the left
// of the frame.
func (p *picture) labelSpan(m Mark, width vg.Length) (left, right vg.Length) {
	share := (p.x.at(m.X) - p.x.lo) / (p.x.hi - p.x.lo)
	at, long := vg.Length(share)*width, p.fonts.small.Width(m.Label)
	if at+long > width {
		return max(0, width-long), width
	}
	return at, at + long
}

// markPlotter draws the lines of marks and their labels above the frame.
type markPlotter struct {
	picture *picture
}

// Plot implements gonum's Plotter.
func (k markPlotter) Plot(c draw.Canvas, g *gonum.Plot) {
	p := k.picture
	tx, _ := g.Transforms(&c)
	style := draw.LineStyle{Color: p.inks.dim, Width: 0.7, Dashes: []vg.Length{1, 1.5}}
	base := func(m placedMark) vg.Length { return c.Max.Y + 3 + vg.Length(m.row)*markRowHeight }
	for _, m := range p.marks {
		x := tx(p.x.at(m.X))
		c.StrokeLine2(style, x, c.Min.Y, x, base(m))
	}
	for _, m := range p.marks {
		left, right := p.labelSpan(m.Mark, c.Size().X)
		left, right = c.Min.X+left, c.Min.X+right
		low, high := base(m), base(m)+markRowHeight-1
		c.FillPolygon(p.inks.paper, []vg.Point{{X: left, Y: low}, {X: right, Y: low}, {X: right, Y: high}, {X: left, Y: high}})
		p.text(&c, p.fonts.small, vg.Point{X: left, Y: low + 2}, m.Label)
	}
}
