package chart

// Big writes a number that the back of a room can read: digits five rows high,
// and what is no digit, its unit, behind them at its usual size.
//
//	███ ██    █ █
//	█ █  █    █ █
//	███  █    ███
//	  █  █      █
//	███ ███ █   █ ms
type Big struct {
	Text  string // "91.4 ms"
	Style Style
}

// BigRows is the height of a large digit.
const BigRows = 5

// bigCols is the width of a large digit without the blank behind it.
const bigCols = 3

// bigDigits are the shapes of the digits, three columns by five rows.
var bigDigits = [10][BigRows]string{
	{"###", "# #", "# #", "# #", "###"},
	{"## ", " # ", " # ", " # ", "###"},
	{"###", "  #", "###", "#  ", "###"},
	{"###", "  #", "###", "  #", "###"},
	{"# #", "# #", "###", "  #", "  #"},
	{"###", "#  ", "###", "  #", "###"},
	{"###", "#  ", "###", "# #", "###"},
	{"###", "  #", "  #", "  #", "  #"},
	{"###", "# #", "###", "# #", "###"},
	{"###", "# #", "###", "  #", "###"},
}

// Width reports the columns that the number takes.
func (b Big) Width() int {
	large, small := b.split()
	w := Width(small)
	for _, r := range large {
		w += bigAdvance(r)
	}
	return w
}

// split parts the text where its digits end.
func (b Big) split() (large, small string) {
	for i, r := range b.Text {
		if (r < '0' || r > '9') && r != '.' && r != ' ' {
			return b.Text[:i], b.Text[i:]
		}
	}
	return b.Text, ""
}

// bigAdvance reports the columns of a large sign with the blank behind it.
func bigAdvance(r rune) int {
	switch r {
	case '.':
		return 2
	case ' ':
		return 1
	}
	return bigCols + 1
}

// Draw draws the number from the left of c. Where c is too low it is written
// at its usual size.
func (b Big) Draw(c *Canvas, g Glyphs) {
	w, h := c.Size()
	if w == 0 || h == 0 {
		return
	}
	if h < BigRows || b.Width() > w {
		c.Fit(0, h-1, w, b.Style, b.Text, g)
		g.finish(c)
		return
	}
	large, small := b.split()
	x := 0
	for _, r := range large {
		switch {
		case r == '.':
			c.put(x, BigRows-1, b.Style, g.Full)
		case r != ' ':
			for y, row := range bigDigits[r-'0'] {
				for i, dot := range row {
					if dot == '#' {
						c.put(x+i, y, b.Style, g.Full)
					}
				}
			}
		}
		x += bigAdvance(r)
	}
	c.Text(x, BigRows-1, b.Style, small)
	g.finish(c)
}
