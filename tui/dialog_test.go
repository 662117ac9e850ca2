package tui

import (
	"testing"

	"onepen/experiments"
	"onepen/tui/chart"
	"onepen/tui/live"
)

// TestFaultsFit: what a fault does, or why it cannot happen, is read to its end
// in the list of faults.
func TestFaultsFit(t *testing.T) {
	for _, listed := range experiments.Shipped() {
		scenario, err := experiments.Load(listed.Name)
		if err != nil {
			t.Fatal(err)
		}
		d, err := live.NewDriver(scenario, live.Options{})
		if err != nil {
			t.Fatal(err)
		}
		f := d.Frame()
		for i := range f.Lanes {
			for _, incident := range f.Incidents(f.Lanes[i].Name, live.Aim{}) {
				if text := faultText(&incident); chart.Width(text) > listWidth-listIndent {
					t.Errorf("%s, %s: %d columns, want %d: %s", listed.Name, incident.Name, chart.Width(text), listWidth-listIndent, text)
				}
			}
		}
	}
}
