package tui

import (
	"flag"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"onepen/sim"
	"onepen/tui/chart"
	"onepen/tui/live"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// golden compares a text with a file of testdata, and leaves what it got beside
// it if they differ.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name+".txt")
	got += "\n"
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s (-want +got; see %s.got):\n%s", file, file, diff)
		if err := os.WriteFile(file+".got", []byte(got), 0o644); err != nil {
			t.Error(err)
		}
	}
}

func rendered(f *live.Frame, v *view, l *look, w, h int) string {
	c := chart.NewCanvas(w, h)
	render(c, f, v, l)
	return c.String()
}

// TestScreens draws whole screens; look at the files when they change.
func TestScreens(t *testing.T) {
	unicode, ascii := newLook(PaletteDark, false), newLook(PaletteDark, true)
	shop := func() *live.Frame { return shopFrame(t) }
	for _, test := range []struct {
		name  string
		w, h  int
		look  *look
		lane  int
		large bool
		frame func() *live.Frame
	}{
		{name: "shop-80x24", w: 80, h: 24, look: unicode, frame: shop},
		{name: "shop-120x36", w: 120, h: 36, look: unicode, frame: shop},
		{name: "shop-200x60", w: 200, h: 60, look: unicode, frame: shop},
		{name: "shop-80x50", w: 80, h: 50, look: unicode, frame: shop},
		{name: "shop-ascii-80x24", w: 80, h: 24, look: ascii, frame: shop},
		{name: "shop-ascii-120x36", w: 120, h: 36, look: ascii, frame: shop},
		{name: "empty-lane-80x24", w: 80, h: 24, look: unicode, lane: 1, frame: shop},
		{name: "empty-lane-120x36", w: 120, h: 36, look: unicode, lane: 1, frame: shop},
		{name: "ended-80x24", w: 80, h: 24, look: unicode, frame: func() *live.Frame {
			f := shopFrame(t)
			f.Running, f.Halted = false, "5000000 writes in flight"
			f.Event = live.Event{At: f.Time, Kind: live.EventHalt, Text: "the run ended: 5000000 writes in flight"}
			f.Lanes[0].Now.Totals.AckedLost = 31
			return f
		}},
		{name: "slow-120x36", w: 120, h: 36, look: unicode, frame: func() *live.Frame {
			f := shopFrame(t)
			f.Speed, f.Pace, f.Made, f.Event = 100, 63, nil, live.Event{}
			f.Time = 100 * sim.Hour
			return f
		}},
		{name: "broken-120x36", w: 120, h: 36, look: unicode, frame: func() *live.Frame { return brokenFrame(t) }},
		{name: "broken-large-80x24", w: 80, h: 24, look: unicode, large: true, frame: func() *live.Frame { return brokenFrame(t) }},
		{name: "broken-80x24", w: 80, h: 24, look: newLook(PaletteNone, false), frame: func() *live.Frame { return brokenFrame(t) }},
		{name: "down-120x36", w: 120, h: 36, look: unicode, frame: func() *live.Frame { return downFrame(t) }},
		{name: "down-80x24", w: 80, h: 24, look: unicode, frame: func() *live.Frame { return downFrame(t) }},
		{name: "twin-120x36", w: 120, h: 36, look: unicode, frame: func() *live.Frame { return twinFrame(t) }},
		{name: "twin-80x24", w: 80, h: 24, look: unicode, frame: func() *live.Frame { return twinFrame(t) }},
		{name: "twin-ascii-80x24", w: 80, h: 24, look: ascii, frame: func() *live.Frame { return twinFrame(t) }},
		{name: "too-small-60x20", w: 60, h: 20, look: unicode, frame: shop},
	} {
		t.Run(test.name, func(t *testing.T) {
			got := rendered(test.frame(), &view{lane: test.lane, large: test.large, shipped: shippedForTests}, test.look, test.w, test.h)
			golden(t, test.name, got)
			if test.look.glyphs.Fold {
				for _, r := range got {
					if r > 0x7e {
						t.Errorf("%q is not ASCII", r)
					}
				}
			}
		})
	}
}

// TestBreachGivesWay: what broke stands on the line of events only as long as it
// is news, where the frame of the path tells it all the time.
func TestBreachGivesWay(t *testing.T) {
	f := brokenFrame(t)
	f.Breaches = f.Breaches[:1]
	f.Made = nil
	f.Event = live.Event{At: f.Time, Kind: live.EventBreach, Text: "broke first: all of it"}
	for _, test := range []struct {
		w, h int
		age  sim.Time
		want string
	}{
		{120, 36, 0, "broke first: all of it"},
		{120, 36, eventLasts + 1, "press 1-6"},
		{80, 24, eventLasts + 1, "broke first: all of it"},
	} {
		f.Event.At = f.Time - test.age
		c := chart.NewCanvas(test.w, test.h)
		render(c, f, &view{}, newLook(PaletteDark, false))
		lines := strings.Split(c.String(), "\n")
		if got := lines[test.h-2]; !strings.Contains(got, test.want) {
			t.Errorf("%d x %d after %v: %q, want %q", test.w, test.h, test.age, got, test.want)
		}
	}
}

func TestHelpText(t *testing.T) {
	lines := help(shopFrame(t), &view{}, helpWidth-4)
	golden(t, "help", strings.Join(lines, "\n"))
	for _, line := range lines {
		if chart.Width(line) > helpWidth-4 {
			t.Errorf("too wide: %q", line)
		}
	}
}

// TestRenderTakesAnything: any size and any number, sensible or not, is drawn
// without a panic, and what can be clicked lies on the screen.
func TestRenderTakesAnything(t *testing.T) {
	odd := []float64{0, -1, 0.5, 1, 1e3, 1e18, math.NaN(), math.Inf(1), math.Inf(-1)}
	rapid.Check(t, func(rt *rapid.T) {
		number := rapid.SampledFrom(odd)
		f := shopFrame(t)
		for i := range f.Lanes {
			l := &f.Lanes[i]
			l.Offered, l.Done, l.InFlight, l.Busy, l.Fill = number.Draw(rt, "x"), number.Draw(rt, "x"), number.Draw(rt, "x"), number.Draw(rt, "x"), number.Draw(rt, "x")
			for stage := range l.Depth {
				l.Depth[stage], l.Parts[stage] = number.Draw(rt, "depth"), number.Draw(rt, "part")
				l.Piled[stage][400] = number.Draw(rt, "piled")
			}
			l.AckP50[100], l.AckP99[200] = number.Draw(rt, "p50"), number.Draw(rt, "p99")
		}
		f.Allocators[0].Utilization, f.Allocators[0].Waiting, f.Allocators[0].Wait = number.Draw(rt, "u"), number.Draw(rt, "w"), number.Draw(rt, "wait")
		f.Stores[0].Partitions[3].Utilization, f.Stores[0].Skew = number.Draw(rt, "u"), number.Draw(rt, "skew")
		f.Pace, f.Speed = number.Draw(rt, "pace"), live.Speed(number.Draw(rt, "speed"))
		v := &view{
			lane: rapid.IntRange(0, 5).Draw(rt, "lane"), shipped: shippedForTests,
			large: rapid.Bool().Draw(rt, "large"), caption: rapid.SampledFrom([]string{"", "Look: " + strings.Repeat("one pen, ", 40)}).Draw(rt, "caption"),
			focus: panel(rapid.IntRange(0, int(panelPath)).Draw(rt, "focus")), move: rapid.IntRange(0, len(live.Moves())-1).Draw(rt, "move"),
		}
		v.picked = rapid.SampledFrom(append(things(f, v.laneOf(f)), thing{}, thing{thingPartition, "gone", 3})).Draw(rt, "picked")
		w, h := rapid.IntRange(0, 220).Draw(rt, "columns"), rapid.IntRange(0, 70).Draw(rt, "rows")
		c := chart.NewCanvas(w, h)
		for _, z := range render(c, f, v, newLook(PaletteDark, rapid.Bool().Draw(rt, "ascii"))).zones {
			if z.at.X < 0 || z.at.Y < 0 || z.at.X+z.at.W > w || z.at.Y+z.at.H > h {
				rt.Fatalf("%s can be clicked at %+v on %d x %d", z.key, z.at, w, h)
			}
		}
	})
}

func BenchmarkRender(b *testing.B) {
	for _, size := range []struct {
		name string
		w, h int
	}{{"80x24", 80, 24}, {"120x36", 120, 36}, {"200x60", 200, 60}} {
		b.Run(size.name, func(b *testing.B) {
			f, v, l := shopFrame(b), &view{}, newLook(PaletteDark, false)
			c := chart.NewCanvas(size.w, size.h)
			b.ReportAllocs()
			for b.Loop() {
				c.Reset(size.w, size.h)
				render(c, f, v, l)
			}
		})
	}
}
