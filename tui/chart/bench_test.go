package chart

import "testing"

// BenchmarkScreen draws a screen of 120 by 36 with one picture of each kind,
// as the live screen does up to 20 times a second.
func BenchmarkScreen(b *testing.B) {
	queue, ack := lineLinear(), lineLog()
	bars, strip, spent, area, nodes := heatBars(), heatStrip(256), stackBar(true), stackChart(true), path()
	sparks := spark()
	for _, set := range []struct {
		name   string
		glyphs Glyphs
	}{{"unicode", Unicode()}, {"ascii", ASCII()}} {
		b.Run(set.name, func(b *testing.B) {
			g := set.glyphs
			c := NewCanvas(120, 36)
			draw := func(d drawer, title string, r Rect) {
				panel := c.Sub(r)
				d.Draw(panel.Sub(Frame(panel, title, Dim, g)), g)
			}
			b.ReportAllocs()
			for b.Loop() {
				c.Reset(120, 36)
				draw(nodes, "path", Rect{0, 1, 120, 4})
				draw(queue, "queue depth", Rect{0, 5, 60, 10})
				draw(ack, "time to ack", Rect{0, 15, 60, 12})
				draw(spent, "where the time goes", Rect{0, 27, 60, 7})
				draw(bars, "partitions", Rect{60, 5, 60, 11})
				draw(strip, "all partitions", Rect{60, 16, 60, 8})
				draw(area, "parts of the time", Rect{60, 24, 60, 10})
				draw(sparks, "", Rect{0, 34, 120, 2})
			}
		})
	}
}

func BenchmarkPicture(b *testing.B) {
	for _, p := range []struct {
		name    string
		picture drawer
	}{
		{"line", lineLog()}, {"heat bars", heatBars()}, {"heat strip", heatStrip(256)},
		{"stack bar", stackBar(true)}, {"stack chart", stackChart(true)}, {"path", path()}, {"spark", spark()},
	} {
		b.Run(p.name, func(b *testing.B) {
			c, g := NewCanvas(60, 12), Unicode()
			b.ReportAllocs()
			for b.Loop() {
				p.picture.Draw(c, g)
			}
		})
	}
}
