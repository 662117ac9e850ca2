package figures

import (
	"fmt"
	"strings"

	"onepen/experiments/plot"
	"onepen/models"
)

// time draws measures over simulated time, with the changes of the timeline.
func (d *drawing) time() error {
	if err := d.curve(); err != nil {
		return err
	}
	d.figure.X.Scale = plot.Linear
	d.figure.X.Label = "simulated time"
	if d.manifest == nil || d.manifest.Scenario == nil {
		return nil
	}
	last := 0.0
	for _, p := range d.points {
		last = max(last, p.x)
	}
	for _, c := range d.manifest.Scenario.Timeline {
		if at := c.At.Seconds(); at <= last {
			d.figure.Marks = append(d.figure.Marks, plot.Mark{X: at, Label: changeLabel(c)})
		}
	}
	return nil
}

// changeLabel says what a change does.
func changeLabel(c models.Change) string {
	var parts []string
	for _, a := range c.Set {
		parts = append(parts, lastParts(a.Path)+" = "+a.Value)
	}
	if c.Fault.Kind != models.NoFault {
		parts = append(parts, fmt.Sprintf("%v %s", c.Fault.Kind, lastParts(c.Fault.Target)))
	}
	text := strings.Join(parts, ", ")
	if c.For > 0 {
		text += " for " + c.For.String()
	}
	return text
}
