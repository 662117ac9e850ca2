package tui

import (
	"fmt"
	"strings"

	"github.com/gdamore/tcell/v2"
	"github.com/rivo/tview"

	"onepen/tui/chart"
	"onepen/tui/live"
)

// dialog is a frame in the middle of the screen with a primitive inside, which
// has the focus.
type dialog struct {
	*tview.Box
	screen *screen
	title  string
	w, h   int // wanted, frame included
	inside tview.Primitive
	canvas chart.Canvas
}

// leastMargin is the least width of what shows of the screen beside a dialog
// [columns]: less of it tells nothing.
const leastMargin = 2

// Draw draws frame and inside, as large as wanted or as the screen allows.
func (d *dialog) Draw(t tcell.Screen) {
	x, y, width, height := d.GetRect()
	w, h := min(d.w, width), min(d.h, height)
	if width-w < 2*leastMargin {
		w = width
	}
	x, y = x+(width-w)/2, y+(height-h)/2
	d.canvas.Reset(w, h)
	r := chart.Frame(&d.canvas, d.title, chart.Key, d.screen.look.glyphs)
	blit(t, &d.canvas, x, y, d.screen.inks)
	d.inside.SetRect(x+r.X+1, y+r.Y, max(r.W-2, 0), r.H)
	d.inside.Draw(t)
	if text := d.screen.look.more(d.below(r.H)); text != "" && h > 2 {
		d.canvas.Reset(chart.Width(text), 1)
		d.canvas.Text(0, 0, chart.Key, text)
		blit(t, &d.canvas, x+2, y+h-1, d.screen.inks)
	}
}

// more says how many entries there are further down; "" if there are none.
func (l *look) more(below int) string {
	if below <= 0 {
		return ""
	}
	return l.plain(fmt.Sprintf(" ↓ %d more ", below))
}

// below is the number of entries, or of lines, below the last one that is shown
// in so many rows.
func (d *dialog) below(rows int) int {
	switch inside := d.inside.(type) {
	case *tview.List:
		first, _ := inside.GetOffset()
		return inside.GetItemCount() - first - rows/2
	case *tview.TextView:
		first, _ := inside.GetScrollOffset()
		return d.h - 2 - first - rows
	}
	return 0
}

// Focus hands the focus on to what is inside.
func (d *dialog) Focus(delegate func(tview.Primitive)) { delegate(d.inside) }

// HasFocus reports whether what is inside has the focus.
func (d *dialog) HasFocus() bool { return d.inside.HasFocus() }

// InputHandler passes keys on to what is inside.
func (d *dialog) InputHandler() func(*tcell.EventKey, func(tview.Primitive)) {
	return d.inside.InputHandler()
}

// MouseHandler passes clicks on to what is inside; nothing behind the dialog
// gets any.
func (d *dialog) MouseHandler() func(tview.MouseAction, *tcell.EventMouse, func(tview.Primitive)) (bool, tview.Primitive) {
	return func(action tview.MouseAction, event *tcell.EventMouse, focus func(tview.Primitive)) (bool, tview.Primitive) {
		if d.inside.MouseHandler() != nil {
			if consumed, capture := d.inside.MouseHandler()(action, event, focus); consumed {
				return true, capture
			}
		}
		return action != tview.MouseMove, nil
	}
}

// The width of a list, and what frame, margins and shortcuts take of it
// [columns].
const (
	listWidth     = 78
	listIndent    = 4 + shortcutWidth
	shortcutWidth = 4
)

// newList returns a list in the style of the dialogs.
func newList(s *screen) *tview.List {
	plain := tcell.StyleDefault
	list := tview.NewList()
	list.SetMainTextStyle(plain.Bold(true)).
		SetSecondaryTextStyle(plain).
		SetShortcutStyle(s.inks.style(chart.Key)).
		SetSelectedStyle(plain.Reverse(true)).
		SetHighlightFullLine(true).
		SetBackgroundColor(tcell.ColorDefault)
	return list
}

// shortcut returns the key of an entry of a list: its number as long as that is
// a digit, then the letters, but for the one that leaves.
func shortcut(i int) rune {
	const keys = "123456789abcdefghijklmnop"
	if i < len(keys) {
		return rune(keys[i])
	}
	return 0
}

// newFaultList offers what can go wrong in the lane in focus.
func newFaultList(s *screen) *dialog {
	f := s.driver.Frame()
	lane := f.Lanes[s.view.laneOf(f)].Name
	incidents := f.Incidents(lane, s.view.aim(f))
	list := newList(s)
	for i := range incidents {
		incident := &incidents[i]
		list.AddItem(tview.Escape(s.look.plain(incident.Name)), tview.Escape(s.look.fit(faultText(incident), listWidth-listIndent)), shortcut(i), func() {
			s.close()
			s.driver.Send(live.Inflict{Incident: incident})
		})
	}
	return &dialog{
		Box: tview.NewBox(), screen: s, title: "faults of " + lane + ": Enter or its key inflicts, Esc closes",
		w: listWidth, h: 2*len(incidents) + 2, inside: list,
	}
}

// faultText says what a fault does, or why it cannot happen now.
func faultText(i *live.Incident) string {
	if i.Reason != "" {
		return "not now: " + i.Reason
	}
	return i.Effect
}

// newHelp shows what everything means.
func newHelp(s *screen) *dialog {
	text := tview.NewTextView()
	text.SetWrap(false).SetTextStyle(tcell.StyleDefault).SetBackgroundColor(tcell.ColorDefault)
	lines := help(s.driver.Frame(), &s.view, helpWidth-4)
	text.SetText(s.look.plainLines(lines))
	return &dialog{
		Box: tview.NewBox(), screen: s,
		title: fmt.Sprintf("help: %s scroll, Esc closes", s.look.plain("↑↓")),
		w:     helpWidth, h: len(lines) + 2, inside: text,
	}
}

// helpWidth is the width of the help [columns].
const helpWidth = 78

func (l *look) plainLines(lines []string) string {
	written := make([]string, len(lines))
	for i, line := range lines {
		written[i] = l.plain(line)
	}
	return strings.Join(written, "\n")
}
