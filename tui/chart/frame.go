package chart

// Frame draws a box around c with a title in its upper edge, and reports the
// rectangle inside. A canvas too small for a frame is left to its content.
func Frame(c *Canvas, title string, s Style, g Glyphs) Rect {
	w, h := c.Size()
	if w < 3 || h < 3 {
		return c.Bounds()
	}
	drawBox(c, c.Bounds(), s, g)
	if n := min(Width(title), w-4); n > 0 {
		c.put(1, 0, s, ' ')
		end := c.Fit(2, 0, n, Title|s&Bold, title, g)
		c.put(end, 0, s, ' ')
	}
	g.finish(c)
	return Rect{X: 1, Y: 1, W: w - 2, H: h - 2}
}

// drawBox draws the outline of r.
func drawBox(c *Canvas, r Rect, s Style, g Glyphs) {
	right, bottom := r.X+r.W-1, r.Y+r.H-1
	for x := r.X + 1; x < right; x++ {
		c.put(x, r.Y, s, g.Horizontal)
		c.put(x, bottom, s, g.Horizontal)
	}
	for y := r.Y + 1; y < bottom; y++ {
		c.put(r.X, y, s, g.Vertical)
		c.put(right, y, s, g.Vertical)
	}
	c.put(r.X, r.Y, s, g.TopLeft)
	c.put(right, r.Y, s, g.TopRight)
	c.put(r.X, bottom, s, g.BottomLeft)
	c.put(right, bottom, s, g.BottomRight)
}
