package tui

import "onepen/tui/chart"

// look is how cells are written: with which glyphs, in which colours.
type look struct {
	glyphs  chart.Glyphs
	signs   signs
	palette palette
}

// signs are the signs that are not part of a chart.
type signs struct{ running, paused, ended, changed, next, dot, minus string }

func newLook(p Palette, ascii bool) *look {
	l := &look{
		glyphs:  chart.Unicode(),
		signs:   signs{running: "▶", paused: "‖", ended: "■", changed: "•", next: "→", dot: " · ", minus: "−"},
		palette: palettes[p],
	}
	if p == PaletteNone {
		l.glyphs.Letters = true
	}
	if ascii {
		l.glyphs = chart.ASCII()
		l.signs = signs{running: ">", paused: "=", ended: "#", changed: "*", next: ">", dot: ", ", minus: "-"}
	}
	return l
}

// plain returns a text as far as the glyphs can write it.
func (l *look) plain(s string) string {
	if !l.glyphs.Fold {
		return s
	}
	c := chart.NewCanvas(chart.Width(s), 1)
	c.Text(0, 0, chart.Text, s)
	c.Fold()
	return c.String()
}

// fit returns a text as far as the glyphs can write it in w columns.
func (l *look) fit(s string, w int) string {
	c := chart.NewCanvas(w, 1)
	c.Fit(0, 0, w, chart.Text, s, l.glyphs)
	if l.glyphs.Fold {
		c.Fold()
	}
	return c.String()
}
