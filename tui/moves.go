package tui

import (
	"fmt"

	"onepen/tui/chart"
	"onepen/tui/live"
)

// moves draws what the move keys are set to, and what they would do.
func (p *picture) moves() {
	if p.layout.wide {
		p.movesPanel()
	} else {
		p.movesLines()
	}
}

// movesPanel draws a move per row, and below each what its key would set, where
// there are rows for it.
func (p *picture) movesPanel() {
	c := p.panel(panelMoves, p.layout.moves, "moves", "")
	w, h := c.Size()
	moves := live.Moves()
	rows := 1
	if h >= 2*len(moves) {
		rows = 2
	}
	for i := range moves {
		m, choice := &moves[i], &p.choices[i]
		y := i * rows
		row := pen{c: c, y: y}
		row.write(chart.Key, keysOf(m))
		row.x = 4
		row.write(p.moveStyle(i), m.Name)
		row.x = 15
		row.write(p.settingStyle(choice), p.setting(choice))
		if rows == 2 {
			c.Fit(4, y+1, w-4, chart.Dim, p.nextOf(m, choice, w-4), p.look.glyphs)
		}
		p.zones = append(p.zones, zone{at: p.movesAt(y, rows, w), key: string(m.Key)})
	}
}

// movesAt returns where a row of the panel of moves stands on the screen.
func (p *picture) movesAt(y, rows, w int) chart.Rect {
	return chart.Rect{X: p.layout.moves.X + 1, Y: p.layout.moves.Y + 1 + y, W: w, H: rows}
}

// moveStyle returns the style of the name of a move: in reverse where the cursor
// stands.
func (p *picture) moveStyle(i int) chart.Style {
	if p.view.focus == panelMoves && p.view.move == i {
		return chart.Key | chart.Reverse
	}
	return chart.Text
}

// narrowStyle is moveStyle where names stand beside settings.
func (p *picture) narrowStyle(i int) chart.Style {
	if style := p.moveStyle(i); style != chart.Text {
		return style
	}
	return chart.Dim
}

// setting names how a move is set; a sign says that this is not how the
// scenario began.
func (p *picture) setting(c *live.Choice) string {
	if c.Changed {
		return c.Setting + " " + p.look.signs.changed
	}
	return c.Setting
}

func (p *picture) settingStyle(c *live.Choice) chart.Style {
	switch {
	case c.Changed:
		return chart.Marker | chart.Bold
	case c.Next == "":
		return chart.Dim
	}
	return chart.Text | chart.Bold
}

// nextOf says in w columns what the key of a move would do, or why it cannot.
func (p *picture) nextOf(m *live.Move, c *live.Choice, w int) string {
	switch {
	case c.Next != "":
		return p.look.signs.next + " " + c.Next
	case chart.Width(c.Reason) > w: // the line of events has room for it
		return fmt.Sprintf("stays; %c says why", m.Key)
	}
	return c.Reason
}

// movesLines writes the moves one after the other, in as many lines as there
// are.
func (p *picture) movesLines() {
	c := p.canvas.Sub(p.layout.moves)
	w, h := c.Size()
	if h == 0 {
		return
	}
	p.panels = append(p.panels, shownPanel{panelMoves, "moves", p.layout.moves})
	moves := live.Moves()
	row := pen{c: c, x: 1}
	row.write(chart.Title|chart.Bold, "moves ")
	indent := row.x
	for i := range moves {
		m, choice := &moves[i], &p.choices[i]
		setting := p.setting(choice)
		need := chart.Width(keysOf(m)) + chart.Width(m.Name) + chart.Width(setting) + 4
		if row.x+need > w && row.y+1 < h {
			row.x, row.y = indent, row.y+1
		}
		from := row.x
		row.write(chart.Text, " ").write(chart.Key, keysOf(m)).write(chart.Dim, " ").write(p.narrowStyle(i), m.Name).write(chart.Dim, " ")
		row.write(p.settingStyle(choice), setting).write(chart.Text, " ")
		at := chart.Rect{X: p.layout.moves.X + from, Y: p.layout.moves.Y + row.y, W: row.x - from, H: 1}
		p.zones = append(p.zones, zone{at: at, key: string(m.Key)})
	}
}
