package tui

import (
	"context"
	"errors"
	"strings"
	"sync"

	"github.com/rivo/tview"

	"onepen/tui/chart"
	"onepen/tui/export"
	"onepen/tui/live"
)

// exporter writes sessions to files, beside the screen and the simulation.
type exporter struct {
	ctx     context.Context // ends with the screen
	folder  string
	version string
	under   sync.WaitGroup
}

// start writes something and tells the driver where it is, or what went wrong.
func (e *exporter) start(d *live.Driver, c export.Content) {
	c.Version = e.version
	e.under.Add(1)
	go func() {
		defer e.under.Done()
		w, err := export.Write(e.ctx, e.folder, c)
		switch {
		case errors.Is(err, context.Canceled):
		case err != nil:
			d.Send(live.Tell{Text: "not exported: " + err.Error(), Refused: true})
		default:
			command := strings.Join(w.Command(), " ")
			if c.Results {
				command += " --out again" // to be compared with what was written
			}
			d.Send(live.Tell{Text: "replay it: " + command})
		}
	}()
}

// wait returns once nothing is being written any more.
func (e *exporter) wait() { e.under.Wait() }

// newExportList offers what can be written.
func newExportList(s *screen) *dialog {
	list := newList(s)
	for i, choice := range []struct {
		name, means     string
		results, screen bool
	}{
		{"session", "a scenario that replays all that was done, to the same numbers", false, false},
		{"session and numbers", "and what was measured, as CSV, in a folder", true, false},
		{"session and screen", "and the screen as it is now, as text, in a folder", false, true},
		{"everything", "session, numbers and screen", true, true},
	} {
		list.AddItem(choice.name, choice.means, shortcut(i), func() {
			s.close()
			f := s.driver.Frame()
			content := export.Content{Session: f.Session.Replay(), Results: choice.results}
			if choice.screen {
				content.Screen = s.text(f)
			}
			s.driver.Send(live.Tell{Text: "exporting the session up to " + chart.Clock(f.Time.Seconds())})
			s.export.start(s.driver, content)
		})
	}
	return &dialog{
		Box: tview.NewBox(), screen: s, title: "export: Enter or a digit writes, Esc closes",
		w: listWidth, h: 2*list.GetItemCount() + 2, inside: list,
	}
}

// text returns the screen as text, without what lies over it.
func (s *screen) text(f *live.Frame) string {
	_, _, w, h := s.pages.GetRect()
	c := chart.NewCanvas(w, h)
	render(c, f, &s.view, s.look)
	return c.String() + "\n"
}
