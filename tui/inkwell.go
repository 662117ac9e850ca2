package tui

import (
	"github.com/gdamore/tcell/v2"

	"onepen/tui/chart"
)

// inkwell turns styles of charts into styles of the terminal.
type inkwell struct {
	palette palette
	few     bool // the terminal has less than 256 colours
	mixed   map[chart.Style]tcell.Style
}

func newInkwell(p palette) inkwell {
	return inkwell{palette: p, mixed: map[chart.Style]tcell.Style{}}
}

func (w inkwell) style(s chart.Style) tcell.Style {
	if style, ok := w.mixed[s]; ok {
		return style
	}
	i := w.palette[s.Role()]
	style := tcell.StyleDefault.Foreground(w.colour(i.colour)).
		Bold(i.bold || s.Has(chart.Bold)).Dim(i.dim).Reverse(s.Has(chart.Reverse))
	if back := s.Back(); back != chart.Text {
		style = style.Background(w.colour(w.palette[back].colour))
	}
	w.mixed[s] = style
	return style
}

func (w inkwell) colour(n int16) tcell.Color {
	switch {
	case n == own:
		return tcell.ColorDefault
	case w.few:
		n = sixteen[n]
	}
	return tcell.PaletteColor(int(n))
}
