package chart

// Node is one box on a [Path]: a component writes pass through.
type Node struct {
	Name  string
	Value string // what it does now: "12.0k/s", "1 204 deep"
	// Short and ShortValue stand in where columns are scarce; empty: there is
	// no shorter way to say it, and the text is cut.
	Short, ShortValue string
	Width             int   // least columns kept for the long texts, so that nodes do not move
	Style             Style // of the value, unless the state has its own
	State             State
	Selected          bool // name in reverse
}

// Path draws components joined by arrows in the order writes pass them. With
// four rows and enough columns they are boxes, else a line of names above a
// line of values:
//
//	writers ──▶ allocator ─────▶ queue ─────▶ partitions ──▶ consumers
//	12.0k/s     central 98 % ▲   1 204 deep   P07 99 % ▲     lag 1.20 s
//
// In a single row there are names and signs only. Spare columns lengthen the
// arrows, so a path always fills its width.
type Path struct {
	Nodes []Node // at most 32 are drawn
}

// maxNodes bounds the nodes drawn; no path of a write has as many.
const maxNodes = 32

// text reports the two texts of a node.
func (n *Node) text(short bool) (name, value string) {
	name, value = n.Name, n.Value
	if short && n.Short != "" {
		name = n.Short
	}
	if short && n.ShortValue != "" {
		value = n.ShortValue
	}
	return name, value
}

// Draw draws the path from the top of c.
func (p Path) Draw(c *Canvas, g Glyphs) {
	w, h := c.Size()
	if w == 0 || h == 0 {
		return
	}
	l := p.layout(w, h)
	row := 0 // of the names
	if l.boxes {
		row = 1
	}
	for i := range l.n {
		n := &p.Nodes[i]
		x := l.x[i]
		if l.boxes {
			drawBox(c, Rect{X: x - 2, W: l.w[i] + boxExtra, H: boxRows}, n.State.style(Dim), g)
		}
		if h == 1 {
			drawNodeLine(c, x, l.w[i], n, l.short[i], g)
		} else {
			drawNode(c, x, row, l.w[i], n, l.short[i], g)
		}
		if i+1 < l.n {
			l.drawArrow(c, i, row, n, g)
		}
	}
	g.finish(c)
}

// drawNode writes the name and, a row below, the value with its sign.
func drawNode(c *Canvas, x, y, w int, n *Node, short bool, g Glyphs) {
	name, value := n.text(short)
	c.Fit(x, y, w, n.nameStyle(), name, g)
	cols := min(Width(value), max(w-signCols, 0))
	if cols < 2 && cols < Width(value) {
		cols = 0 // a lone ellipsis says nothing
	}
	end := c.Fit(x, y+1, cols, n.State.style(n.Style), value, g)
	if n.State != StateCalm {
		if end > x {
			end++
		}
		c.put(end, y+1, n.State.style(n.Style), g.sign(n.State))
	}
}

// drawNodeLine writes what one row can say of a node: its name and its sign.
func drawNodeLine(c *Canvas, x, w int, n *Node, short bool, g Glyphs) {
	name, _ := n.text(short)
	cols := w
	if n.State != StateCalm {
		cols = min(Width(name), max(w-signCols, 0))
	}
	end := c.Fit(x, 0, cols, n.nameStyle(), name, g)
	if n.State != StateCalm {
		c.put(end+1, 0, n.State.style(Text), g.sign(n.State))
	}
}

// nameStyle reports the style of a node's name.
func (n *Node) nameStyle() Style {
	s := n.State.style(Text | Bold)
	if n.Selected {
		s |= Reverse
	}
	return s
}

// drawArrow joins node i with the next: from the end of its name, or from the
// frame of its box.
func (l *pathLayout) drawArrow(c *Canvas, i, row int, n *Node, g Glyphs) {
	from, head := 0, 0
	if l.boxes {
		from = l.x[i] + l.w[i] + 1
		head = l.x[i+1] - 3
		c.put(from, row, n.State.style(Dim), g.LeftTee)
		from++
	} else {
		name, _ := n.text(l.short[i])
		cols := min(Width(name), l.w[i])
		if c.h == 1 {
			cols = l.w[i]
		}
		from = l.x[i] + cols + 1
		head = l.x[i+1] - 2
	}
	for x := from; x < head; x++ {
		c.put(x, row, Dim, g.Horizontal)
	}
	c.put(head, row, Dim, g.Arrow)
}

// Hit reports the node under the cell at column x of row y when the path is
// drawn on a canvas of w by h, or -1: for the mouse.
func (p Path) Hit(w, h, x, y int) int {
	l := p.layout(w, h)
	rows, margin := min(h, 2), 0
	if l.boxes {
		rows, margin = boxRows, boxExtra/2
	}
	if y < 0 || y >= rows || x >= w {
		return -1
	}
	for i := range l.n {
		if x >= l.x[i]-margin && x < l.x[i]+l.w[i]+margin {
			return i
		}
	}
	return -1
}
