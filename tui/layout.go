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
	moves      int
	about      bool
}

// layout is where everything stands. A panel that is not shown has no area.
// Rectangles do not overlap, and lie within the terminal.
type layout struct {
	fits bool // else only too little room is shown
	wide bool // panels have frames and stand side by side

	header, path                       chart.Rect
	pile, ack, time                    chart.Rect
	partitions, allocators             chart.Rect
	about                              chart.Rect
	moves, lastMove                    chart.Rect
	verdict, promises, event, keysLine chart.Rect
}

// arrange finds where everything stands on a terminal of w columns and h rows.
func arrange(w, h int, n needs) layout {
	switch {
	case w < minWidth || h < minHeight:
		return layout{}
	case w >= wideWidth && h >= wideHeight:
		return arrangeWide(w, h, n)
	}
	return arrangeNarrow(w, h, n)
}

// column hands out the rows of a column of the screen, from the top or from
// the bottom.
type column struct{ x, w, top, bottom int }

func (c *column) take(rows int) chart.Rect {
	rows = max(min(rows, c.bottom-c.top), 0)
	r := chart.Rect{X: c.x, Y: c.top, W: c.w, H: rows}
	c.top += rows
	return r
}

func (c *column) takeBottom(rows int) chart.Rect {
	rows = max(min(rows, c.bottom-c.top), 0)
	c.bottom -= rows
	return chart.Rect{X: c.x, Y: c.bottom, W: c.w, H: rows}
}

func (c *column) rest() chart.Rect { return c.take(c.bottom - c.top) }

// lines takes the lines above and below the panels.
func (l *layout) lines(page *column, pathRows int) {
	l.header = page.take(1)
	l.path = page.take(pathRows)
	l.keysLine = page.takeBottom(1)
	l.event = page.takeBottom(1)
	l.promises = page.takeBottom(1)
	l.verdict = page.takeBottom(1)
}

// Rows and columns of wide panels, frames included.
const (
	pathRows       = 4
	timeRows       = 5 // bar, two rows of legend
	movesWidth     = 30
	partitionShare = 3 // one part in three of what the moves leave
)

// arrangeWide sets panels in three columns: charts, owners, moves.
//
//	header
//	path
//	pile   │ partitions │ moves
//	ack    │ allocators │
//	time   │ about      │ last move
//
// //	verdict, promises, event, keys
func arrangeWide(w, h int, n needs) layout {
	l := layout{fits: true, wide: true}
	page := column{w: w, bottom: h}
	l.lines(&page, pathRows)

	middle := (w - movesWidth) / partitionShare
	charts := column{x: 0, w: w - movesWidth - middle, top: page.top, bottom: page.bottom}
	owners := column{x: charts.w, w: middle, top: page.top, bottom: page.bottom}
	moves := column{x: charts.w + middle, w: movesWidth, top: page.top, bottom: page.bottom}

	l.time = charts.takeBottom(timeRows)
	l.pile = charts.take((charts.bottom - charts.top + 1) / 2)
	l.ack = charts.rest()

	counters := 0
	if n.allocators > 0 {
		counters = min(2*n.allocators+2, (owners.bottom-owners.top)/3)
	}
	if full := 2*n.partitions + 2; n.about && owners.bottom-owners.top >= full+counters+minTextRows {
		l.partitions = owners.take(full)
		l.allocators = owners.take(counters)
		l.about = owners.rest()
	} else {
		l.allocators = owners.takeBottom(counters)
		l.partitions = owners.rest()
	}

	if full := 2*n.moves + 2; moves.bottom-moves.top >= full+minTextRows {
		l.moves = moves.take(full)
		l.lastMove = moves.rest()
	} else {
		l.moves = moves.rest()
	}
	return l
}

// minTextRows is the least height at which a panel of text is worth its frame.
const minTextRows = 7

// arrangeNarrow stacks the panels without frames. Rows beyond the least go to
// the charts.
func arrangeNarrow(w, h int, n needs) layout {
	l := layout{fits: true}
	page := column{w: w, bottom: h}
	l.lines(&page, 2)
	l.moves = page.takeBottom(2)
	if n.allocators > 0 {
		l.allocators = page.takeBottom(1)
	}
	l.partitions = page.takeBottom(partitionRows(n.partitions, page.bottom-page.top))
	l.time = page.takeBottom(2)
	ack := ackLineRows
	if rest := page.bottom - page.top; rest >= 2*minChartRows {
		ack = rest / 2
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
