package pathbench

import (
	"math"
	"testing"
)

// TestRunOffersWhatItIsTold runs each path. Arrivals are Poisson, so the number
// of writes differs from n with a standard deviation of √n.
func TestRunOffersWhatItIsTold(t *testing.T) {
	const n = 100_000
	for _, test := range []struct {
		name string
		path *Path
	}{
		{"full", Full()},
		{"direct", Direct()},
	} {
		before := test.path.Done()
		test.path.Run(n)
		if got := float64(test.path.Done() - before); math.Abs(got-n) > 4*math.Sqrt(n) {
			t.Errorf("%s: Run(%d) offered %v writes", test.name, n, got)
		}
		// In the steady state a write takes some milliseconds: of 200 000/s some
		// thousand are in flight.
		if got := test.path.InFlight(); got < 1 || got > 5_000 {
			t.Errorf("%s: %d writes are in flight", test.name, got)
		}
		if err := test.path.Check(); err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}

func TestStalledKeepsEveryWrite(t *testing.T) {
	const n = 20_000
	for _, test := range []struct {
		name string
		path *Path
	}{
		{"full", FullStalled(n)},
		{"direct", DirectStalled(n)},
	} {
		test.path.Run(n)
		if got := uint64(test.path.InFlight()); got != test.path.Done() || got < n*9/10 {
			t.Errorf("%s: %d of %d writes are in flight", test.name, got, test.path.Done())
		}
		if err := test.path.Check(); err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
	}
}
