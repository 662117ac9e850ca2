package tui

import (
	"strings"

	"github.com/gdamore/tcell/v2"
	"github.com/rivo/tview"

	"onepen/tui/chart"
	"onepen/tui/live"
)

// picker is the primitive of the list of scenarios: a line for each, and below
// the text of the one under the cursor.
type picker struct {
	*tview.List
	screen  *screen
	entries []Shipped
	lines   []string // of the entries: name and gist
	canvas  chart.Canvas
}

// newScenarioList offers the scenarios that come with the program, the file
// that the screen began with first.
func newScenarioList(s *screen) *dialog {
	inside := &picker{List: newList(s).ShowSecondaryText(false), screen: s, entries: s.view.listed()}
	names, width := 0, listWidth
	for _, entry := range inside.entries {
		names = max(names, chart.Width(entry.Name))
	}
	for i, entry := range inside.entries {
		name := entry.Name
		line := name + strings.Repeat(" ", names-chart.Width(name)+2) + entry.Gist
		inside.lines, width = append(inside.lines, line), max(width, chart.Width(line)+listIndent)
		inside.AddItem("", "", shortcut(i), func() { // Draw writes the line
			s.close()
			s.driver.Send(live.Open{Name: name})
		})
		if name == s.driver.Frame().Scenario.Name && s.view.own == nil {
			inside.SetCurrentItem(i)
		}
	}
	return &dialog{
		Box: tview.NewBox(), screen: s, title: "scenarios: Enter or its key opens, Esc closes",
		w: width, h: len(inside.entries) + aboutRows + 3, inside: inside,
	}
}

// aboutRows is the room for the text of a scenario below the list, at most half
// of it all.
const aboutRows = 14

// Draw draws the list, and below it what the scenario under the cursor shows.
func (p *picker) Draw(t tcell.Screen) {
	x, y, w, h := p.GetRect()
	rows := max(min(aboutRows, h/2), h-len(p.entries))
	for i, line := range p.lines {
		p.SetItemText(i, tview.Escape(p.screen.look.fit(line, w-shortcutWidth)), "")
	}
	p.SetRect(x, y, w, h-rows)
	p.List.Draw(t)
	p.SetRect(x, y, w, h)
	p.canvas.Reset(w, rows)
	l := p.screen.look
	p.canvas.Fill(chart.Rect{W: w, H: 1}, chart.Dim, l.glyphs.Horizontal)
	first, _ := p.GetOffset()
	p.canvas.Text(1, 0, chart.Key, l.more(len(p.entries)-first-(h-rows)))
	text := p.canvas.Sub(chart.Rect{Y: 1, W: w, H: rows - 1})
	l.prose(text, p.entries[p.GetCurrentItem()].About, "all of it: open it, then ?")
	if l.glyphs.Fold {
		p.canvas.Fold()
	}
	blit(t, &p.canvas, x, y+h-rows, p.screen.inks)
}

// newOpenFile asks for the path of a file with a scenario.
func newOpenFile(s *screen) *dialog {
	plain := tcell.StyleDefault
	input := tview.NewInputField().SetFieldStyle(plain.Reverse(true)).SetLabel("path of a .yaml file  ").SetLabelStyle(plain)
	input.SetBackgroundColor(tcell.ColorDefault)
	input.SetDoneFunc(func(key tcell.Key) {
		if path := strings.TrimSpace(input.GetText()); key == tcell.KeyEnter && path != "" {
			s.close()
			s.driver.Send(live.Open{Name: path})
		}
	})
	return &dialog{
		Box: tview.NewBox(), screen: s, title: "open: Enter opens, Esc closes",
		w: listWidth, h: 3, inside: input,
	}
}
