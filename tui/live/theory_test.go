package live

import (
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// TestFramesPredict: theory stands beside what was measured, for what it knows
// a formula, and says so when the run was changed. The counter of the pen is an
// M/M/1 station: 950 writes/s at 1 ms make it 95 % busy.
func TestFramesPredict(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		d := drive(t, penScenario(t), 10, nil)
		f := d.pass(10 * time.Second)
		ids := f.Allocators[0].Name
		p, known := f.Predicted("allocators", ids)
		if !known || p.Model != "M/M/1" || p.Intensity < 0.9 || p.Intensity > 1 || p.Expected <= 0 || p.Measured <= 0 || len(p.Not) > 0 {
			t.Errorf("predicted %+v (%v), want M/M/1 at 0.95 with nothing against it", p, known)
		}
		if _, known := f.Predicted("stores", "nowhere"); known {
			t.Error("a prediction for a store that is not there")
		}
		d.ask(MakeMove{Lane: "orders", Move: 2})
		f = d.pass(2 * time.Second)
		if p, _ := f.Predicted("allocators", ids); !strings.Contains(strings.Join(p.Not, " "), "the run was changed") {
			t.Errorf("predicted %+v after a move, want to be told that it need not hold", p)
		}
		d.end()
	})
}
