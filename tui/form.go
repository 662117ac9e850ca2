package tui

import (
	"github.com/gdamore/tcell/v2"
	"github.com/rivo/tview"

	"onepen/tui/chart"
	"onepen/tui/live"
)

// form is the primitive of the settings of a move: a row for each parameter
// with what it means below, or what is wrong with what was typed.
type form struct {
	*tview.Box
	screen   *screen
	settings *settings
	input    *tview.InputField // of the row under the cursor
	at       int
	canvas   chart.Canvas
}

// formWidth is the least width of the form, frame included, formLabel where the
// values begin, and formIndent what frame, margins and indent take of the row of
// a hint [columns].
const (
	formWidth  = 78
	formLabel  = 34
	formIndent = 6
)

// newSettings opens the settings of the move under the cursor, for the lane in
// focus.
func newSettings(s *screen) *dialog {
	f := s.driver.Frame()
	m := &live.Moves()[s.view.move]
	lane := f.Lanes[s.view.laneOf(f)].Name
	inside := &form{Box: tview.NewBox(), screen: s, settings: newSettingsOf(f.Scenario, lane, m)}
	inside.edit(0)
	width := formWidth
	for i := range inside.rows() {
		width = max(width, chart.Width(inside.row(i).hint())+formIndent)
	}
	return &dialog{
		Box: tview.NewBox(), screen: s,
		title: m.Name + " of " + lane + ": Enter applies, " + s.look.plain("↑↓") + " other row, Esc closes",
		w:     width, h: 2*inside.rows() + 3, inside: inside,
	}
}

// rows returns the number of rows of the form, the free one included.
func (f *form) rows() int { return len(f.settings.list) + 1 }

// row returns the setting of a row.
func (f *form) row(i int) *setting {
	if i < len(f.settings.list) {
		return &f.settings.list[i]
	}
	return &f.settings.free
}

// edit puts the cursor into a row.
func (f *form) edit(i int) {
	f.at = (i + f.rows()) % f.rows()
	s := f.row(f.at)
	plain := tcell.StyleDefault
	f.input = tview.NewInputField().SetText(s.typed).
		SetFieldStyle(plain.Reverse(true)).SetLabelStyle(plain).
		SetChangedFunc(func(text string) {
			s.typed = text
			f.settings.check()
		})
	f.input.SetBackgroundColor(tcell.ColorDefault)
	f.input.Focus(func(tview.Primitive) {})
}

// HasFocus reports that the form has it: nothing else of the dialog could.
func (f *form) HasFocus() bool { return true }

// InputHandler moves the cursor, applies, and hands all other keys to the row.
func (f *form) InputHandler() func(*tcell.EventKey, func(tview.Primitive)) {
	return func(event *tcell.EventKey, focus func(tview.Primitive)) {
		switch event.Key() {
		case tcell.KeyUp, tcell.KeyBacktab:
			f.edit(f.at - 1)
		case tcell.KeyDown, tcell.KeyTab:
			f.edit(f.at + 1)
		case tcell.KeyEnter:
			f.apply()
		default:
			f.input.InputHandler()(event, focus)
		}
	}
}

// apply changes the run as typed, unless something is wrong with it.
func (f *form) apply() {
	f.settings.check()
	if !f.settings.sound() {
		return
	}
	change, any := f.settings.change()
	f.screen.close()
	if any {
		f.screen.view.frozen = nil
		f.screen.driver.Send(change)
	}
}

// Draw draws as many rows as fit, that of the cursor among them.
func (f *form) Draw(t tcell.Screen) {
	x, y, w, h := f.GetRect()
	f.canvas.Reset(w, h)
	l := f.screen.look
	visible := max((h-1)/2, 1)
	first := max(min(f.at-visible/2, f.rows()-visible), 0)
	row := 0
	for i := first; i < min(first+visible, f.rows()); i++ {
		s := f.row(i)
		name := chart.Text
		switch {
		case i == f.at:
			name = chart.Key | chart.Bold
		case s.changed():
			name = chart.Marker | chart.Bold
		}
		f.canvas.Fit(0, row, min(formLabel-1, w), name, s.path, l.glyphs)
		f.canvas.Fit(formLabel, row, w-formLabel, chart.Text, s.typed, l.glyphs)
		if s.wrong != "" {
			f.canvas.Fit(2, row+1, w-2, chart.Broken, string(l.glyphs.DownSign)+" "+s.wrong, l.glyphs)
		} else {
			f.canvas.Fit(2, row+1, w-2, chart.Dim, s.hint(), l.glyphs)
		}
		row += 2
	}
	if f.settings.wrong != "" {
		f.canvas.Fit(0, h-1, w, chart.Broken, string(l.glyphs.DownSign)+" "+f.settings.wrong, l.glyphs)
	}
	if l.glyphs.Fold {
		f.canvas.Fold()
	}
	blit(t, &f.canvas, x, y, f.screen.inks)
	if w > formLabel {
		f.input.SetRect(x+formLabel, y+2*(f.at-first), w-formLabel, 1)
		f.input.Draw(t)
	}
}

// card is the primitive of the details of a component; it follows the run.
type card struct {
	*tview.Box
	screen *screen
	canvas chart.Canvas
}

// The size of the details, frame included.
const (
	cardWidth  = 78
	cardHeight = 22
)

// newDetails opens the details of what is picked.
func newDetails(s *screen) *dialog {
	return &dialog{
		Box: tview.NewBox(), screen: s, title: "details: Esc closes",
		w: cardWidth, h: cardHeight, inside: &card{Box: tview.NewBox(), screen: s},
	}
}

// Draw draws the details as they are now.
func (d *card) Draw(t tcell.Screen) {
	x, y, w, h := d.GetRect()
	d.canvas.Reset(w, h)
	s := d.screen
	p := newPicture(&d.canvas, s.view.shows(s.driver.Frame()), &s.view, s.look)
	if p.picked.kind != thingNone {
		of := p.detailsOf(p.picked)
		d.canvas.Text(0, 0, chart.Title|chart.Bold, of.title)
		p.drawDetails(d.canvas.Sub(chart.Rect{Y: 1, W: w, H: h - 1}), of)
	}
	if s.look.glyphs.Fold {
		d.canvas.Fold()
	}
	blit(t, &d.canvas, x, y, s.inks)
}
