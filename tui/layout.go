package tui

import "onepen/tui/chart"

// The least terminal that holds the screen [columns, rows].
const (
	minWidth  = 80
	minHeight = 24
)

// The least terminal for panels side by side [columns, rows].
const (
	wideWidth  = 110
	wideHeight = 30
)

// needs says how much there is to show, as far as that decides where panels
// stand.
type needs struct {
	partitions int
	allocators int
	consumers  int // lanes with consumers
	moves      int
	caption    int  // rows of what a demo says; 0 = no demo plays
	about      int  // rows of the panel that holds all that the scenario says of itself; 0 = it says nothing
	picked     bool // somebody has picked a component, to see its details
	large      bool // fewer and larger panels
}

// layout is where everything stands. A panel that is not shown has no area.
// Rectangles do not overlap, and lie within the terminal.
type layout struct {
	fits bool // else only too little room is shown
	wide bool // panels have frames and stand side by side

	header, path, caption              chart.Rect
	numbers                            chart.Rect // of the large print
	pile, ack, rates, time             chart.Rect
	partitions, heat                   chart.Rect
	allocators, consumers              chart.Rect
	about                              chart.Rect
	moves, lastMove, details           chart.Rect
	verdict, promises, event, keysLine chart.Rect
}

// arrange finds where everything stands on a terminal of w columns and h rows.
func arrange(w, h int, n needs) layout {
	switch {
	case w < minWidth || h < minHeight:
		return layout{}
	case n.large:
		return arrangeLarge(w, h, n)
	case w >= wideWidth && h >= wideHeight:
		return arrangeWide(w, h, n)
	}
	return arrangeNarrow(w, h, n)
}

// column hands out the rows of a column of the screen, from the top or from
// the bottom.
type column struct{ x, w, top, bottom int }

func (c *column) rows() int { return c.bottom - c.top }

func (c *column) take(rows int) chart.Rect {
	rows = max(min(rows, c.rows()), 0)
	r := chart.Rect{X: c.x, Y: c.top, W: c.w, H: rows}
	c.top += rows
	return r
}

func (c *column) takeBottom(rows int) chart.Rect {
	rows = max(min(rows, c.rows()), 0)
	c.bottom -= rows
	return chart.Rect{X: c.x, Y: c.bottom, W: c.w, H: rows}
}

func (c *column) rest() chart.Rect { return c.take(c.rows()) }

// lines takes the lines above and below the panels.
func (l *layout) lines(page *column, pathRows, verdictRows, captionRows int) {
	l.header = page.take(1)
	l.path = page.take(pathRows)
	l.keysLine = page.takeBottom(1)
	l.event = page.takeBottom(1)
	l.promises = page.takeBottom(1)
	l.verdict = page.takeBottom(verdictRows)
	l.caption = page.takeBottom(captionRows)
}

// Rows and columns of wide panels, frames included.
const (
	pathRows       = 4
	movesWidth     = 32
	partitionShare = 3 // one part in three of what the moves leave
)

// minTextRows is the least height at which a panel of text is worth its frame.
const minTextRows = 7

// arrangeWide sets panels in three columns: charts, owners, moves.
//
//	header
//	path
//	pile   │ partitions │ moves
//	ack    │ heat       │
//	rates  │ allocators │ last move
//	time   │ about      │ details
//	verdict, promises, event, keys
func arrangeWide(w, h int, n needs) layout {
	l := layout{fits: true, wide: true}
	page := column{w: w, bottom: h}
	l.lines(&page, pathRows, 1, n.caption)

	middle := middleWidth(w)
	l.charts(column{x: 0, w: w - movesWidth - middle, top: page.top, bottom: page.bottom})
	l.owners(column{x: w - movesWidth - middle, w: middle, top: page.top, bottom: page.bottom}, n)
	l.sides(column{x: w - movesWidth, w: movesWidth, top: page.top, bottom: page.bottom}, n)
	return l
}

// middleWidth is the width of the middle one of three columns.
func middleWidth(w int) int { return (w - movesWidth) / partitionShare }

// The rows of the charts. A chart of rates is left out before the others lose
// their shape.
const (
	minTimeRows  = 7
	minRateRows  = 5
	rowsForRates = 26
)

// charts shares out the column of charts. They have one horizontal axis: the
// lowest carries its labels.
func (l *layout) charts(c column) {
	rows := c.rows()
	l.time = c.takeBottom(max(rows/4, minTimeRows))
	if rows >= rowsForRates {
		l.rates = c.takeBottom(max(rows/5, minRateRows))
	}
	l.pile = c.take((c.rows() + 1) / 2)
	l.ack = c.rest()
}

// owners shares out the column of those who own keys, hand out IDs and read.
func (l *layout) owners(c column, n needs) {
	third := c.rows() / 3
	if n.consumers > 0 {
		l.consumers = c.takeBottom(min(n.consumers+2, third))
	}
	if n.allocators > 0 {
		l.allocators = c.takeBottom(min(2*n.allocators+2, third))
	}
	text := 0
	if n.about > 0 {
		text = minTextRows
	}
	bars, heat := n.partitions+2, n.partitions+3
	switch left := c.rows(); {
	case left >= 2*n.partitions+2+heat+text: // with a note below each bar
		l.partitions = c.take(2*n.partitions + 2)
	case left >= bars:
		l.partitions = c.take(bars)
	default: // a strip, and heat by groups
		l.partitions = c.take(stripRows(n.partitions, c.w, left/2))
	}
	l.heat = c.take(l.heatRows(c.rows(), n, text))
	switch {
	case n.about > 0 && c.rows() >= minTextRows:
		l.about = c.rest()
	case l.heat.H > 0: // a note below what is hot, and room below the map
		l.partitions.H += min(c.rows(), noteRows)
		l.heat.Y += min(c.rows(), noteRows)
		l.heat.H += max(c.rows()-noteRows, 0)
	default:
		l.partitions.H += c.rows()
	}
}

// noteRows is the room for notes below bars that are hot.
const noteRows = 2

// stripRows returns the rows of a panel of w columns and at most h rows for a
// strip of partitions.
func stripRows(partitions, w, h int) int {
	const framed, around = 4, 2 // columns, rows
	strip := chart.HeatStrip{Prefix: "P", Loads: make([]float64, partitions)}
	return strip.Rows(w-framed, h-around) + around
}

// heatRows returns the rows of the map of heat, of those that are left: as many
// as make its rows equally high, and leave the text its room; more than three
// for a partition where all of the text has room.
func (l *layout) heatRows(left int, n needs, text int) int {
	const around = 3 // frame and axis
	if high := (left - around - n.about) / n.partitions; high > 3 {
		return high*n.partitions + around
	}
	for _, spare := range []int{text, 0} {
		for high := 3; high >= 1; high-- {
			if rows := high*n.partitions + around; left >= rows+spare {
				return rows
			}
		}
	}
	if left < minTextRows {
		return 0
	}
	group := ceilDiv(n.partitions, left-around)
	return ceilDiv(n.partitions, group) + around
}

// ceilDiv returns how many parts of at most b make up a.
func ceilDiv(a, b int) int { return (a + b - 1) / b }

// The rows of a column of moves in which the last one and details of a
// component both have a panel.
const (
	lastMoveRows   = 14
	minDetailsRows = 12
)

// sides shares out the column of moves. Details of what somebody has picked
// stand where the last move does, if there is no room for both.
func (l *layout) sides(c column, n needs) {
	full := 2*n.moves + 2
	if c.rows() < full+minTextRows {
		l.moves = c.take(n.moves + 2)
	} else {
		l.moves = c.take(full)
	}
	switch {
	case c.rows() >= lastMoveRows+minDetailsRows:
		l.lastMove = c.take(lastMoveRows)
		l.details = c.rest()
	case c.rows() < minTextRows:
		l.moves.H += c.rest().H
	case n.picked:
		l.details = c.rest()
	default:
		l.lastMove = c.rest()
	}
}

// arrangeNarrow stacks the panels without frames. Rows beyond the least go to
// the charts.
func arrangeNarrow(w, h int, n needs) layout {
	l := layout{fits: true}
	page := column{w: w, bottom: h}
	l.lines(&page, 2, 1, n.caption)
	l.moves = page.takeBottom(2)
	if n.allocators > 0 {
		l.allocators = page.takeBottom(1)
	}
	l.partitions = page.takeBottom(partitionRows(n.partitions, page.rows()))
	if page.rows() >= 2*minChartRows+minTimeRows {
		l.time = page.takeBottom(minTimeRows)
	} else {
		l.time = page.takeBottom(timeBarRows)
	}
	ack := ackLineRows
	if page.rows() >= 2*minChartRows {
		ack = page.rows() / 2
	}
	l.ack = page.takeBottom(ack)
	l.pile = page.rest()
	return l
}

// minChartRows is the least height of a chart with its title that shows a
// shape.
const minChartRows = 8

// partitionRows returns the rows for the partitions in a stack of panels that
// has some rows left: a strip, or a bar each where that leaves room for two
// charts.
func partitionRows(n, rows int) int {
	if rows-n >= 2*minChartRows+4 {
		return 1 + n
	}
	return 2
}

// arrangeLarge is for those who sit far away: the path, four numbers, one
// chart, and the answer.
func arrangeLarge(w, h int, n needs) layout {
	l := layout{fits: true}
	page := column{w: w, bottom: h}
	l.lines(&page, 2, 2, n.caption)
	l.numbers = page.take(chart.BigRows + 2)
	l.pile = page.rest()
	return l
}
