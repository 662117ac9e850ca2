package sim

import (
	"math"
	"math/big"
	"testing"

	"pgregory.net/rapid"
)

// step is a change of level after a span.
type step struct {
	After Time
	Level int64
}

// steps draws changes whose instants stay far below Never.
func steps(limit Time, level int64) *rapid.Generator[[]step] {
	return rapid.SliceOfN(rapid.Custom(func(t *rapid.T) step {
		return step{
			After: Time(rapid.Int64Range(0, int64(limit)).Draw(t, "after")),
			Level: rapid.Int64Range(0, level).Draw(t, "level"),
		}
	}), 0, 100)
}

// play applies changes from instant start on and returns the last instant, the
// exact area in level·ns and the greatest level.
func play(w *TimeWeighted, start Time, changes []step) (end Time, area *big.Int, highest int64) {
	area = new(big.Int)
	level := w.Level()
	highest = level
	end = start
	for _, c := range changes {
		area.Add(area, new(big.Int).Mul(big.NewInt(level), big.NewInt(int64(c.After))))
		end += c.After
		w.Set(end, c.Level)
		level = c.Level
		highest = max(highest, level)
	}
	return end, area, highest
}

// The area is exact for levels and spans whose product overflows 64 bits.
func TestTimeWeightedAreaIsExact(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		changes := steps(Never/200, math.MaxInt64).Draw(t, "changes")
		var w TimeWeighted
		end, want, highest := play(&w, 0, changes)
		if got := w.area.big(); got.Cmp(want) != 0 {
			t.Fatalf("area = %v level·ns, want %v", got, want)
		}
		if w.Max() != highest {
			t.Fatalf("Max() = %v, want %v", w.Max(), highest)
		}
		exact, _ := new(big.Rat).SetFrac(want, big.NewInt(int64(Second))).Float64()
		if got := w.Area(end); math.Abs(got-exact) > 1e-15*exact {
			t.Fatalf("Area(%v) = %v level·s, want %v", end, got, exact)
		}
		mean := w.Mean(end)
		if end == 0 {
			if !math.IsNaN(mean) {
				t.Fatalf("Mean over no time = %v, want NaN", mean)
			}
			return
		}
		wantMean, _ := new(big.Rat).SetFrac(want, big.NewInt(int64(end))).Float64()
		if math.Abs(mean-wantMean) > 1e-15*wantMean {
			t.Fatalf("Mean(%v) = %v, want %v", end, mean, wantMean)
		}
	})
}

// Asking between changes neither needs a change nor makes one.
func TestTimeWeightedBetweenChanges(t *testing.T) {
	var w TimeWeighted
	w.Set(2*Second, 3)
	before := w
	// Area 3 · 4 s over 6 s.
	if got := w.Area(6 * Second); got != 12 {
		t.Errorf("Area(6s) = %v level·s, want 12", got)
	}
	if got := w.Mean(6 * Second); got != 2 {
		t.Errorf("Mean(6s) = %v, want 2", got)
	}
	if w != before {
		t.Errorf("asking changed %+v to %+v", before, w)
	}
}

// A level that is left in the instant it is reached has no area, yet is the
// maximum.
func TestTimeWeightedMaxOfAnInstant(t *testing.T) {
	var w TimeWeighted
	w.Add(Second, 7)
	w.Add(Second, -7)
	if w.Max() != 7 || w.Mean(2*Second) != 0 || w.Level() != 0 {
		t.Errorf("max %v, mean %v, level %v, want 7, 0, 0", w.Max(), w.Mean(2*Second), w.Level())
	}
}

// After Reset, w is what a fresh one would be that began at that instant with
// the level reached.
func TestTimeWeightedResetForgets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var w TimeWeighted
		warm, _, _ := play(&w, 0, steps(Hour, 100).Draw(t, "warm-up"))
		warm += Second
		w.Reset(warm)
		if !math.IsNaN(w.Mean(warm)) || w.Area(warm) != 0 {
			t.Fatalf("after Reset: mean %v, area %v, want NaN and 0", w.Mean(warm), w.Area(warm))
		}
		end, area, highest := play(&w, warm, steps(Hour, 100).Draw(t, "changes"))
		if w.area.big().Cmp(area) != 0 || w.Max() != highest {
			t.Fatalf("area %v, max %v, want %v and %v", w.area.big(), w.Max(), area, highest)
		}
		if span := w.watched(); span != end-warm {
			t.Fatalf("watched %v, want %v", span, end-warm)
		}
	})
}

// Merging replications pools their time: the mean is the sum of their areas
// over the sum of their spans.
func TestTimeWeightedMergePools(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		runs := rapid.SliceOfN(steps(Hour, 1000), 1, 5).Draw(t, "runs")
		var pool TimeWeighted
		area := new(big.Int)
		var span Time
		var highest int64
		for _, changes := range runs {
			var w TimeWeighted
			end, a, h := play(&w, 0, changes)
			end += Second
			area.Add(area, a).Add(area, new(big.Int).Mul(big.NewInt(w.Level()), big.NewInt(int64(Second))))
			span += end
			highest = max(highest, h)
			pool.Merge(&w, end)
		}
		if pool.area.big().Cmp(area) != 0 || pool.watched() != span || pool.Max() != highest {
			t.Fatalf("pool: area %v, span %v, max %v, want %v, %v, %v",
				pool.area.big(), pool.watched(), pool.Max(), area, span, highest)
		}
	})
}

// Ten spans in a system: the area under the number inside equals the sum of the
// spans, to the bit, in whatever order they overlap (Little 1961).
func TestTimeWeightedAreaEqualsSumOfSojourns(t *testing.T) {
	var inside TimeWeighted
	var sojourns Histogram
	const n = 10
	for i := range Time(n) {
		inside.Add(i*1_234_567_891, 1)
	}
	for i := range Time(n) {
		out := n*1_234_567_891 + i*987_654_321
		inside.Add(out, -1)
		sojourns.Record(out - i*1_234_567_891)
	}
	end := 100 * Second
	if area, sum := inside.Area(end), sojourns.Sum(); area != sum {
		t.Errorf("area %v, sum of sojourns %v: want them equal", area, sum)
	}
}

func TestTimeWeightedRefuses(t *testing.T) {
	mustPanic(t, "a change before the last", func() {
		var w TimeWeighted
		w.Set(2*Second, 1)
		w.Set(Second, 2)
	})
	mustPanic(t, "a negative level", func() {
		var w TimeWeighted
		w.Add(Second, -1)
	})
	mustPanic(t, "a question about the past", func() {
		var w TimeWeighted
		w.Set(2*Second, 1)
		w.Mean(Second)
	})
}

// mustPanic fails t unless f panics.
func mustPanic(t *testing.T, what string, f func()) {
	t.Helper()
	defer func() {
		t.Helper()
		if recover() == nil {
			t.Errorf("%s: no panic", what)
		}
	}()
	f()
}

func BenchmarkTimeWeightedSet(b *testing.B) {
	b.ReportAllocs()
	var w TimeWeighted
	now := Time(0)
	for b.Loop() {
		w.Set(now, int64(now&15))
		now += 1000
	}
}
