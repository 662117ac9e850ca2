package truth

import (
	"context"
	"testing"
)

// suite runs part of the suite and returns how many rows passed and failed.
func suite(t *testing.T, o Options) (passed, failed int) {
	t.Helper()
	o.Seed = 1
	outcomes, err := Run(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range outcomes {
		switch x.Verdict {
		case Passed:
			passed++
		case Failed:
			failed++
			t.Logf("%s %s failed", x.Case, x.Measure)
		}
	}
	return passed, failed
}

func TestCasesPass(t *testing.T) {
	for _, name := range []string{"mm1-r50", "mln-cv2-r60", "mm1k-r90-K5", "onoff-r60", "linger-bal", "closed-5", "lock-4-h20", "timeout-d-r90"} {
		if passed, failed := suite(t, Options{Case: name, Replications: 16}); passed == 0 || failed > 0 {
			t.Errorf("%s: %d rows passed, %d failed", name, passed, failed)
		}
	}
}

// TestPlantedErrorsAreCaught plants a bias of 2 % in the means and of 5 % in the
// 99th percentiles; at the usual number of runs both must fail the case.
func TestPlantedErrorsAreCaught(t *testing.T) {
	for _, text := range []string{"mean", "p99", "service"} {
		plant, err := ParsePlant(text)
		if err != nil {
			t.Fatal(err)
		}
		if _, failed := suite(t, Options{Case: "mm1-r50", Replications: UsualReplications, Plant: plant}); failed == 0 {
			t.Errorf("a planted error of the %s goes unnoticed", text)
		}
	}
}
