package plot

import (
	"fmt"
	"math"
	"strings"

	"gonum.org/v1/plot/vg"
)

// pathData writes a path as SVG does, with Y downwards.
func pathData(p vg.Path) string {
	var b strings.Builder
	for _, part := range p {
		switch part.Type {
		case vg.MoveComp:
			b.WriteString("M" + pair(part.Pos))
		case vg.LineComp:
			b.WriteString("L" + pair(part.Pos))
		case vg.ArcComp:
			arc(&b, part)
		case vg.CurveComp:
			curve(&b, part)
		case vg.CloseComp:
			b.WriteString("Z")
		}
	}
	return b.String()
}

func pair(p vg.Point) string { return decimal(p.X.Points()) + " " + decimal(-p.Y.Points()) }

// arc writes an arc in halves, as SVG has no arc that ends where it begins.
func arc(b *strings.Builder, part vg.PathComp) {
	at := func(angle float64) vg.Point {
		return part.Pos.Add(vg.Point{X: part.Radius * vg.Length(math.Cos(angle)), Y: part.Radius * vg.Length(math.Sin(angle))})
	}
	radius := decimal(part.Radius.Points())
	// Against the clock with Y upwards is against it on the page.
	sweep := 0
	if part.Angle < 0 {
		sweep = 1
	}
	b.WriteString("L" + pair(at(part.Start)))
	for _, share := range [...]float64{0.5, 1} {
		fmt.Fprintf(b, "A%s %s 0 0 %d %s", radius, radius, sweep, pair(at(part.Start+share*part.Angle)))
	}
}

func curve(b *strings.Builder, part vg.PathComp) {
	b.WriteString([...]string{"L", "Q", "C"}[len(part.Control)])
	for _, p := range part.Control {
		b.WriteString(pair(p) + " ")
	}
	b.WriteString(pair(part.Pos))
}
