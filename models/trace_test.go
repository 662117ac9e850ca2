package models

import (
	"io"
	"slices"
	"strings"
	"testing"

	"onepen/sim"
)

func TestReadTrace(t *testing.T) {
	tr, err := readTrace(strings.NewReader("key,source,time_s\n0,a,10\n41,b,10.25\n0,a,10.25\n7,c,11.5\n"))
	if err != nil {
		t.Fatal(err)
	}
	if want := []sim.Time{0, 250 * sim.Millisecond, 250 * sim.Millisecond, 1500 * sim.Millisecond}; !slices.Equal(tr.times, want) {
		t.Errorf("times %v, want %v", tr.times, want)
	}
	if want := []uint32{1, 42, 1, 8}; !slices.Equal(tr.keys, want) {
		t.Errorf("keys %v, want %v", tr.keys, want)
	}
	if tr, err = readTrace(strings.NewReader("time_s\n-2\n0\n")); err != nil || tr.keys != nil || !slices.Equal(tr.times, []sim.Time{0, 2 * sim.Second}) {
		t.Errorf("without keys: %v, %v", tr, err)
	}
}

func TestReadTraceRefuses(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"nothing", "", "no header"},
		{"no rows", "time_s,key\n", "no writes"},
		{"no times", "at,key\n1,1\n", "no column time_s among at, key"},
		{"a word for a time", "time_s\n1\nsoon\n", `line 3: time_s must be a number, got "soon"`},
		{"an empty time", "time_s,key\n1,1\n,2\n", `line 3: time_s must be a number, got ""`},
		{"not a number", "time_s\nNaN\n", `line 2: time_s must be a number, got "NaN"`},
		{"infinite", "time_s\n+Inf\n", `line 2: time_s must be a number, got "+Inf"`},
		{"backwards", "time_s\n1\n3\n2.5\n", "line 4: time_s goes back from 3 to 2.5"},
		{"a name for a key", "time_s,key\n1,1\n2,alice\n", `line 3: key must be a whole number, 0 to 999999999, got "alice"`},
		{"a negative key", "time_s,key\n1,-1\n", `line 2: key must be a whole number, 0 to 999999999, got "-1"`},
		{"a key too many", "time_s,key\n1,1000000000\n", `line 2: key must be a whole number, 0 to 999999999, got "1000000000"`},
		{"a field too few", "time_s,key\n1,1\n2\n", "line 3: wrong number of fields"},
		{"a quote that stays open", "time_s,key\n1,\"1\n", "line 2"},
		// Nanoseconds since 1970 taken for seconds: ten of them are 300 years.
		{"longer than the clock", "time_s\n1.7e18\n1.70000001e18\n", "line 3: "},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := readTrace(strings.NewReader(c.text))
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want one with %q", err, c.want)
			}
		})
	}
}

// FuzzReadTrace: whatever a file holds, it is a trace that can be run, or refused
// with a reason.
func FuzzReadTrace(f *testing.F) {
	for _, seed := range []string{
		"", "time_s\n1\n", "key,time_s\n0,1\n3,1.5\n", "time_s\n-1e308\n1e308\n", "time_s,key\n1,1\n2\n", "time_s\n\"1\n2\"\n", "time_s,time_s\n1,0\n1,0\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		tr, err := readTrace(strings.NewReader(text))
		if err != nil {
			return
		}
		switch {
		case len(tr.times) == 0 || tr.times[0] != 0 || !slices.IsSorted(tr.times) || tr.times[len(tr.times)-1] > maxSpan:
			t.Errorf("times %v", tr.times)
		case tr.keys != nil && len(tr.keys) != len(tr.times):
			t.Errorf("%d keys at %d times", len(tr.keys), len(tr.times))
		case slices.Contains(tr.keys, 0):
			t.Error("a key k0")
		case tr.period < 0 || tr.period > 0 && tr.period < tr.times[len(tr.times)-1]:
			t.Errorf("starts again after %v and ends at %v", tr.period, tr.times[len(tr.times)-1])
		}
	})
}

// TestTraceRepeats: a trace that repeats leaves its mean gap between its end
// and its next start, so that its rate stays what it was: n writes in n gaps.
func TestTraceRepeats(t *testing.T) {
	tr, err := readTrace(strings.NewReader("time_s\n5\n6\n7\n"))
	if err != nil {
		t.Fatal(err)
	}
	for n := range uint64(12) {
		at, ok := tr.at(n, true)
		if want := sim.Time(n) * sim.Second; !ok || at != want {
			t.Fatalf("write %d comes at %v (%v), want %v", n, at, ok, want)
		}
	}
	if at, ok := tr.at(3, false); ok {
		t.Errorf("a trace of three that does not repeat has a fourth write, at %v", at)
	}
}

// TestTraceWithoutSpanDoesNotFlood: all of its writes come at one instant, so
// that there is no mean gap to leave. It is refused, or replayed once; not
// again and again at every tick of the clock.
func TestTraceWithoutSpanDoesNotFlood(t *testing.T) {
	s := replayed(t, "5,1\n", "duration", "1s")
	y, err := New(s, 0)
	if err != nil {
		if !strings.Contains(err.Error(), "repeat") {
			t.Errorf("error %q does not say what to change", err)
		}
		return
	}
	y.RunUntil(sim.Millisecond)
	if got := y.Result().Lanes[0].Counts.Offered; got != 1 {
		t.Errorf("a trace of one write offers %d in the first millisecond", got)
	}
}

// TestKeysOfATraceChosenLater: the keys of a trace may be chosen while it
// runs, if it has any.
func TestKeysOfATraceChosenLater(t *testing.T) {
	set := []Assignment{{Path: "lanes.w.keys.skew", Value: "trace"}}
	for rows, want := range map[string]string{"time_s,key\n0,3\n0.5,900\n1,900\n": "", "time_s\n0\n0.5\n1\n": "no column key"} {
		s := built(t, "lanes.w.arrivals.process", "trace", "lanes.w.arrivals.trace", "t.csv", "lanes.w.keys.space", "10")
		s.Open = func(string) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(rows)), nil }
		y := start(t, s, 0)
		y.RunUntil(sim.Second)
		if err := y.Apply(set); (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %q in it", rows, err, want)
		}
		y.RunUntil(3 * sim.Second)
		mustHold(t, y)
	}
}
