package tui

import (
	"testing"

	"onepen/models"
	"onepen/sim"
	"onepen/tui/chart"
	"onepen/tui/live"
)

// TestHelped: whether a move helped is told by what the writers fight over, as
// a latency wanders by itself.
func TestHelped(t *testing.T) {
	hot := live.Verdict{Place: live.PlaceStore, Name: "shelf", Partition: 7}
	for _, test := range []struct {
		name   string
		change func(f *live.Frame)
		want   string
	}{
		{"another place", func(*live.Frame) {}, "Moved on: from the allocator `numbers` to partition P07 of `shelf`."},
		{"the same", func(f *live.Frame) { f.Made.Fought = hot }, "No relief: still partition P07 of `shelf`."},
		{"the same key, which is in another partition now", func(f *live.Frame) {
			f.Made.Fought = hot
			f.Made.Fought.Partition, f.Made.Fought.Why = 3, "key k42"
		}, "No relief: still key k42, in partition P07 of `shelf`."},
		{"the lock of a key that has moved", func(f *live.Frame) {
			f.Stores[0].Partitions[7].Utilization, f.Lanes[0].Depth = 0.4, [models.NumStages]float64{models.StageKeyLock: 30}
			f.Lanes[0].Busy, f.Lanes[0].Parts = 0.1, [models.NumStages]float64{models.StageKeyLock: 0.5}
			f.Made.Fought = live.Verdict{Place: live.PlaceStore, Name: "shelf", Partition: 3, Why: "key k42", Lock: true, Piled: 30}
		}, "No relief: still the lock of key k42 in partition P07 of `shelf`."},
		{"the same, with more in flight than all it stored since", func(f *live.Frame) {
			f.Made.Fought, f.Lanes[0].InFlight = hot, 150e3
		}, "No relief: still partition P07 of `shelf`."},
		{"the same, which stores what was in flight before", func(f *live.Frame) {
			f.Made.Fought, f.Made.InFlight = hot, 1+int(f.Lanes[0].Now.Totals.Committed)
		}, "No relief yet: still partition P07 of `shelf`. What it stores now came before the move."},
		{"the same, with a fraction of the writes", func(f *live.Frame) { f.Made.Fought, f.Made.Fought.Piled = hot, 20000 },
			"Eased: still partition P07 of `shelf`, with 1 514 writes waiting instead of 20 000."},
		{"nothing any more", func(f *live.Frame) {
			f.Stores[0].Partitions[7].Utilization, f.Lanes[0].Depth, f.Lanes[0].Busy = 0.4, [models.NumStages]float64{}, 0.1
			f.Made.Fought.Piled = 34.6
		}, "Relief: the path keeps up, where 35 writes waited for the allocator `numbers`."},
		{"nothing any more, as what was down has come back", func(f *live.Frame) {
			f.Stores[0].Partitions[7].Utilization, f.Lanes[0].Depth, f.Lanes[0].Busy = 0.4, [models.NumStages]float64{}, 0.1
			f.Made.Fought.Down = 1
		}, ""},
		{"still down", func(f *live.Frame) {
			f.Stores[0].Partitions[7].Down = true
			f.Made.Fought = live.Verdict{Place: live.PlaceStore, Name: "shelf", Partition: 7, Down: 1, Piled: 10}
		}, "No relief: still partition P07 of `shelf`."},
		{"nothing before", func(f *live.Frame) { f.Made.Fought.Place = live.PlaceNone }, ""},
		{"too early", func(f *live.Frame) { f.Made.At = f.Time - sim.Second/2 }, ""},
		{"made in an older run", func(f *live.Frame) { f.Made.At, f.Made.Age = 0, f.Time+sim.Second },
			"Too early to compare: the move was made at 00:43.3 of the run before."},
	} {
		f := shopFrame(t)
		test.change(f)
		p := newPicture(chart.NewCanvas(0, 0), f, &view{}, newLook(PaletteDark, false))
		if got := p.helped(f.Made); got != test.want {
			t.Errorf("%s: %q, want %q", test.name, got, test.want)
		}
		if told := len(p.changes(f.Made)) > 0; told != (f.Time >= f.Made.Age) {
			t.Errorf("%s: before and after compared: %v", test.name, told)
		}
	}
}
