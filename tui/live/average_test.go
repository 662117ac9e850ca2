package live

import (
	"math"
	"testing"

	"onepen/sim"
)

// TestAverage compares with the definition, Σ d·w·x / Σ d·w where d is
// exp(-age/memory): one memory ago counts 1/e.
func TestAverage(t *testing.T) {
	var a average
	if got := a.value(); !math.IsNaN(got) {
		t.Errorf("average of nothing: got %v, want NaN", got)
	}
	fade := decay(memory)
	a.add(10, 2, fade)
	a.add(math.NaN(), 5, fade) // not measured: only time passes
	a.add(4, 3, fade)
	d := math.Exp(-1)
	want := (10*2*d*d + 4*3) / (2*d*d + 3)
	if got := a.value(); math.Abs(got-want) > 1e-12 {
		t.Errorf("average: got %v, want %v", got, want)
	}
	for range 20 {
		a.add(0, 0, fade)
	}
	if got := a.value(); !math.IsNaN(got) {
		t.Errorf("average of what is 20 memories ago: got %v, want NaN", got)
	}
}

// TestAverageOfABusyServer: a server busy all the time shows 100 %, not 99 %
// for as long as its idle past has not faded from the last digit of a float64.
func TestAverageOfABusyServer(t *testing.T) {
	var a average
	a.add(0, 0.1, 1)
	for range 40 { // 4 s of samples
		a.add(1, 0.1, decay(100*sim.Millisecond))
	}
	if a.value() == 1 {
		t.Fatal("the idle past has left no trace: the test shows nothing")
	}
	if got := a.fraction(); got != 1 {
		t.Errorf("fraction: got %v, want 1", got)
	}
}
