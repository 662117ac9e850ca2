package tui

import (
	"fmt"
	"slices"

	"onepen/experiments/verdict"
	"onepen/models"
	"onepen/tui/chart"
	"onepen/tui/live"
)

// zone is a part of the screen that can be clicked: it presses a key, picks a
// component, or puts a panel into focus.
type zone struct {
	at    chart.Rect
	key   string
	pick  thing
	panel panel
}

// shown is what was drawn, as far as keys and mouse need to know.
type shown struct {
	zones  []zone // the last that holds a place is what a click there means
	panels []shownPanel
}

// picture draws one frame. It is used once.
type picture struct {
	canvas *chart.Canvas
	look   *look
	view   *view
	frame  *live.Frame
	layout layout
	shown
	unsaid string // the remark on the panel drawn last, if its title left no room for it

	lane      *live.Lane       // in focus
	laneNow   *models.Lane     // its parameters
	store     *live.Store      // where it ends
	allocator *live.Allocator  // where it gets its IDs, or nil
	choices   []live.Choice    // its moves
	measured  *verdict.Path    // what is known of the path, for verdicts
	verdict   live.Verdict     // what the writers fight over
	scenario  *models.Scenario // the parameters
	picked    thing            // by a person, or none
}

// newPicture gathers what a frame shows of the lane in focus.
func newPicture(c *chart.Canvas, f *live.Frame, v *view, l *look) *picture {
	lane := v.laneOf(f)
	p := &picture{
		canvas: c, look: l, view: v, frame: f,
		lane:     &f.Lanes[lane],
		laneNow:  &f.Scenario.Lanes[lane],
		choices:  f.Choices[lane],
		scenario: f.Scenario,
		measured: f.Path(),
		picked:   v.pickedNow(f),
	}
	p.verdict = p.measured.VerdictFor(p.lane.Name)
	p.store = f.Store(p.laneNow.Store)
	p.allocator = f.Allocator(p.laneNow.IDs)
	return p
}

// render draws a frame over the whole of c and returns what can be clicked and
// put into focus. It is a function of its arguments: the same frame, view, look
// and size give the same cells.
func render(c *chart.Canvas, f *live.Frame, v *view, l *look) shown {
	p := newPicture(c, f, v, l)
	w, h := c.Size()
	p.layout = arrange(w, h, p.needs(w))
	if !p.layout.fits {
		drawTooSmall(c, l)
		return shown{}
	}
	p.header()
	p.path()
	p.numbers()
	p.pile()
	p.ack()
	p.rates()
	p.time()
	p.partitions()
	p.heat()
	p.allocators()
	p.consumers()
	p.moves()
	p.about()
	p.lastMove()
	p.detailsPanel()
	p.caption()
	p.verdictLine()
	p.brokeLine()
	p.promisesLine()
	p.eventLine()
	p.keysLine()
	if l.glyphs.Fold {
		c.Fold()
	}
	slices.SortFunc(p.panels, func(a, b shownPanel) int { return int(a.panel) - int(b.panel) })
	return p.shown
}

// needs says how much there is to show on w columns.
func (p *picture) needs(w int) needs {
	n := needs{
		partitions: len(p.store.Partitions),
		allocators: len(p.frame.Allocators),
		moves:      len(p.choices),
		caption:    p.captionRows(w),
		about:      p.aboutHeight(middleWidth(w)),
		picked:     p.picked.kind != thingNone,
		large:      p.view.large,
	}
	for i := range p.scenario.Lanes {
		if p.scenario.Lanes[i].Consume.Workers > 0 {
			n.consumers++
		}
	}
	return n
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
// panels have no frames. The title of the panel in focus is in reverse. It
// returns the canvas inside.
func (p *picture) panel(of panel, area chart.Rect, title, remark string) *chart.Canvas {
	c := p.canvas.Sub(area)
	w, h := c.Size()
	if w == 0 || h == 0 {
		return c
	}
	frame, name := chart.Dim, chart.Title|chart.Bold
	if of != panelNone && of == p.view.focus {
		frame, name = chart.Key, chart.Key|chart.Reverse|chart.Bold
	}
	var inside chart.Rect
	end := 0
	if p.layout.wide {
		inside = chart.Frame(c, "", frame, p.look.glyphs)
		inside.X, inside.W = inside.X+1, max(inside.W-2, 0)
		end = w - 2
	} else {
		c.Fill(chart.Rect{W: w, H: 1}, frame, p.look.glyphs.Horizontal)
		inside = chart.Rect{Y: 1, W: w, H: h - 1}
		end = w - 1
	}
	p.unsaid = ""
	if !p.remark(c, remark, end, c.Text(1, 0, name, " "+title+" ")) {
		p.unsaid = remark
	}
	if of != panelNone {
		at := chart.Rect{X: area.X + inside.X, Y: area.Y + inside.Y, W: inside.W, H: inside.H}
		p.panels = append(p.panels, shownPanel{of, title, at})
		p.zones = append(p.zones, zone{at: area, panel: of})
	}
	return c.Sub(inside)
}

// remark writes a remark into the first row of c, so that it ends at a column,
// if there is room for it right of another column. It reports whether there was.
func (p *picture) remark(c *chart.Canvas, text string, end, from int) bool {
	if text == "" {
		return true
	}
	text = " " + text + " "
	at := end - chart.Width(text)
	if at > from {
		c.Text(at, 0, chart.Dim, text)
	}
	return at > from
}

// sayBelow writes the remark that a title left no room for into the last row of
// the panel, if nothing stands there.
func (p *picture) sayBelow(c *chart.Canvas) {
	w, h := c.Size()
	for x := range w {
		if c.At(x, h-1).Rune != ' ' {
			return
		}
	}
	if p.unsaid != "" && h > 0 {
		c.FitRight(0, h-1, w, chart.Dim, p.unsaid, p.look.glyphs)
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
