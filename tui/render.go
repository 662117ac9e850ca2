package tui

import (
	"fmt"

	"onepen/models"
	"onepen/tui/chart"
	"onepen/tui/live"
)

// zone is a part of the screen that stands for a key: clicking it presses the
// key.
type zone struct {
	at  chart.Rect
	key string
}

// picture draws one frame. It is used once.
type picture struct {
	canvas *chart.Canvas
	look   *look
	view   *view
	frame  *live.Frame
	layout layout
	zones  []zone

	lane      *live.Lane       // in focus
	laneNow   *models.Lane     // its parameters
	store     *live.Store      // where it ends
	allocator *live.Allocator  // where it gets its IDs, or nil
	choices   []live.Choice    // its moves
	verdict   live.Verdict     // what the writers fight over
	scenario  *models.Scenario // the parameters
}

// render draws a frame over the whole of c and returns what can be clicked. It
// is a function of its arguments: the same frame, view, look and size give the
// same cells.
func render(c *chart.Canvas, f *live.Frame, v *view, l *look) []zone {
	lane := v.laneOf(f)
	p := &picture{
		canvas: c, look: l, view: v, frame: f,
		lane:     &f.Lanes[lane],
		laneNow:  &f.Scenario.Lanes[lane],
		choices:  f.Choices[lane],
		scenario: f.Scenario,
		verdict:  f.Verdict(),
	}
	p.store = f.Store(p.laneNow.Store)
	p.allocator = f.Allocator(p.laneNow.IDs)
	w, h := c.Size()
	p.layout = arrange(w, h, needs{
		partitions: len(p.store.Partitions),
		allocators: len(f.Allocators),
		moves:      len(p.choices),
		about:      p.scenario.About != "",
	})
	if !p.layout.fits {
		drawTooSmall(c, l)
		return nil
	}
	p.header()
	p.path()
	p.pile()
	p.ack()
	p.time()
	p.partitions()
	p.allocators()
	p.moves()
	p.about()
	p.lastMove()
	p.verdictLine()
	p.promisesLine()
	p.eventLine()
	p.keysLine()
	if l.glyphs.Fold {
		c.Fold()
	}
	return p.zones
}

// drawTooSmall says what is needed, on a terminal of any size.
func drawTooSmall(c *chart.Canvas, l *look) {
	w, h := c.Size()
	text := fmt.Sprintf("onepen needs %d x %d, this is %d x %d", minWidth, minHeight, w, h)
	if chart.Width(text) > w {
		text = fmt.Sprintf("needs %d x %d", minWidth, minHeight)
	}
	c.Text(max((w-chart.Width(text))/2, 0), h/2, chart.Text, text)
	if l.glyphs.Fold {
		c.Fold()
	}
}

// panel opens an area with a title: a frame around it, or a line above it where
// panels have no frames. It returns the canvas inside.
func (p *picture) panel(area chart.Rect, title, remark string) *chart.Canvas {
	c := p.canvas.Sub(area)
	w, h := c.Size()
	if w == 0 || h == 0 {
		return c
	}
	if p.layout.wide {
		inside := chart.Frame(c, title, chart.Dim, p.look.glyphs)
		p.remark(c, remark, w-1-2, chart.Width(title)+4)
		return c.Sub(inside)
	}
	c.Fill(chart.Rect{W: w, H: 1}, chart.Dim, p.look.glyphs.Horizontal)
	end := c.Text(1, 0, chart.Title|chart.Bold, " "+title+" ")
	p.remark(c, remark, w-1, end)
	return c.Sub(chart.Rect{Y: 1, W: w, H: h - 1})
}

// remark writes a remark into the first row of c, so that it ends at a column,
// if there is room for it right of another column.
func (p *picture) remark(c *chart.Canvas, text string, end, from int) {
	if text == "" {
		return
	}
	text = " " + text + " "
	if at := end - chart.Width(text); at > from {
		c.Text(at, 0, chart.Dim, text)
	}
}

// pen writes texts of several styles into a row, one after the other.
type pen struct {
	c    *chart.Canvas
	x, y int
}

func (w *pen) write(style chart.Style, text string) *pen {
	w.x = w.c.Text(w.x, w.y, style, text)
	return w
}

// to moves the pen on to a column, or by two columns where it is already past
// that.
func (w *pen) to(column int) *pen {
	if w.x+2 > column && w.x > 0 {
		w.x += 2
	} else {
		w.x = column
	}
	return w
}

// room returns the columns left.
func (w *pen) room() int {
	width, _ := w.c.Size()
	return width - w.x
}
