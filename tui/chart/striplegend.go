package chart

import "strconv"

// drawLegend names the hottest partition, says how many share a cell and
// explains the signs; what is most telling comes first, should room be short.
func (s HeatStrip) drawLegend(c *Canvas, y, group int, g Glyphs) {
	peak := s.hottest(0, len(s.Loads))
	state := s.gravest(peak, peak+1)
	style := state.style(Heat(s.Loads[peak]))
	x := c.Text(0, y, Dim, "peak ")
	x = s.drawNumber(c, x, y, peak, style)
	var buf [64]byte
	x = c.bytes(x+1, y, style, appendPercent(buf[:0], s.Loads[peak]))
	if state != StateCalm {
		c.put(x+1, y, style, g.sign(state))
		x += 2
	}
	if group > 1 {
		b := append(buf[:0], "  cell = hottest of "...)
		b = strconv.AppendInt(b, int64(group), 10)
		if x+len(b) > c.w {
			return
		}
		x = c.bytes(x, y, Dim, b)
	}
	s.drawScale(c, x+2, y, g)
}

// heatLevels are the five heats: a load inside each, and its name.
var heatLevels = [...]struct {
	load float64
	name string
}{{0, "<30"}, {0.3, "<50"}, {0.5, "<70"}, {0.7, "<90"}, {0.9, "90 %+"}}

// signedState is a state with a sign and its name in a legend.
type signedState struct {
	state State
	name  string
}

var signedStates = [...]signedState{{StateHot, "hot"}, {StateDown, "down"}}

// drawScale writes the heat scale and the signs at the right end of row y, as
// much of it as fits behind column x.
func (s HeatStrip) drawScale(c *Canvas, x, y int, g Glyphs) {
	signs := signedStates[:]
	if s.gravest(0, len(s.Loads)) != StateDown || x+scaleWidth(signs) > c.w {
		signs = signedStates[:1]
	}
	width := scaleWidth(signs)
	if x+width > c.w {
		return
	}
	x = c.w - width
	for _, l := range heatLevels {
		c.put(x, y, Heat(l.load), levelSign(l.load, g))
		x = c.Text(x+2, y, Dim, l.name) + 1
	}
	for _, l := range signs {
		c.put(x, y, l.state.style(Text), g.sign(l.state))
		x = c.Text(x+2, y, Dim, l.name) + 1
	}
}

// scaleWidth reports the columns of the heat scale with some signs.
func scaleWidth(signs []signedState) int {
	w := -1 // no blank behind the last
	for _, l := range heatLevels {
		w += 2 + len(l.name) + 1
	}
	for _, l := range signs {
		w += 2 + len(l.name) + 1
	}
	return w
}
