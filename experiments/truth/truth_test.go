package truth

import (
	"bytes"
	"context"
	"encoding/csv"
	"math"
	"slices"
	"strings"
	"testing"

	"onepen/models"
)

// TestEveryRowHasAnAnswer plans all cases: none may be forgotten, and what is
// left out says why and is less than 3 %.
func TestEveryRowHasAnAnswer(t *testing.T) {
	cases := Cases()
	rows, skips := 0, 0
	var families []string
	for _, c := range cases {
		families = append(families, c.Family)
		p := planFor(&c)
		for _, r := range c.Rows {
			rows++
			a, planned := p.answers[r.Measure]
			switch {
			case !planned:
				t.Errorf("case %s: %s is not planned", c.ID, r.Measure)
			case a.method == Skipped && strings.HasPrefix(a.reason, "no "):
				t.Errorf("case %s: %s", c.ID, a.reason)
			case a.method == Skipped:
				skips++
			case a.method != Computed && a.read == nil:
				t.Errorf("case %s: %s is read from nothing", c.ID, r.Measure)
			}
		}
	}
	if len(cases) != 130 || rows != 765 || len(slices.Compact(families)) != 20 {
		t.Errorf("%d cases with %d rows in %d families, want 130, 765 and 20", len(cases), rows, len(slices.Compact(families)))
	}
	if share := float64(skips) / float64(rows); share >= 0.03 {
		t.Errorf("%d rows of %d are skipped, %.1f %%", skips, rows, 100*share)
	}
}

// TestScenariosAreOrdinary holds that every scenario of the suite is one that
// could be typed: it validates, and nothing in it is over capacity unless the
// model says so.
func TestScenariosAreOrdinary(t *testing.T) {
	scenarios, err := Scenarios(Options{Seed: 7})
	if err != nil {
		t.Fatal(err)
	}
	if len(scenarios) < 120 {
		t.Errorf("only %d scenarios", len(scenarios))
	}
	for _, s := range scenarios {
		if problems := s.Validate(); len(problems) > 0 {
			t.Errorf("case %s: %v", s.Name, problems)
		}
		if s.Seed != 7 {
			t.Errorf("case %s has seed %d", s.Name, s.Seed)
		}
	}
}

// failing returns the cases in which rows fail.
func failing(outcomes []Outcome) []string {
	var list []string
	for _, o := range outcomes {
		if o.Verdict == Failed {
			list = append(list, o.Case+" "+o.Measure)
		}
	}
	return list
}

// TestSampleOfTheSuite runs a case of each family with a quarter of the usual
// replications.
func TestSampleOfTheSuite(t *testing.T) {
	for _, name := range []string{
		"mm1-r50", "mmc-2-r50", "md1-r50", "mm1k-r90-K5", "e2m1-r70", "onoff-r30", "bulk-b4-r50", "linger-n2", "zipf-1.2-mod",
		"jsq2-r50", "closed-5", "q-2of3", "lease-20-tight", "retry-fb-p30-cap3", "lock-4-h20", "usl-16", "tandem-2-low",
		"ar1-0.5", "trans-r50", "drain-noarr",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			outcomes, err := Run(context.Background(), Options{Case: name, Seed: 1, Replications: UsualReplications / 4, Workers: 1})
			if err != nil {
				t.Fatal(err)
			}
			if list := failing(outcomes); list != nil {
				t.Errorf("rows fail: %v", list)
			}
		})
	}
}

// TestPlantedErrorsAreFound makes each error on purpose: in cases that it
// concerns, rows fail; which are fine without it.
func TestPlantedErrorsAreFound(t *testing.T) {
	if testing.Short() {
		t.Skip("runs three cases with the usual replications, several times")
	}
	for _, c := range []struct {
		plant Plant
		name  string
		want  string // a row that must fail
	}{
		{PlantMean, "closed-20", "mean_response_ms"},
		{PlantMean, "q-3of5s", "mean_latency_ms"},
		{PlantP99, "q-3of5s", "p99_latency_ms"},
		{PlantP99, "closed-20", "p99_response_ms"},
		{PlantService, "closed-20", "util"},
		{PlantService, "mm1-r80", "util"},
	} {
		for _, plant := range []Plant{PlantNone, c.plant} {
			outcomes, err := Run(context.Background(), Options{Case: c.name, Seed: 1, Plant: plant})
			if err != nil {
				t.Fatal(err)
			}
			found := slices.Contains(failing(outcomes), c.name+" "+c.want)
			if found != (plant != PlantNone) {
				t.Errorf("error %q planted in %s: %s fails: %v", plant, c.name, c.want, found)
			}
		}
	}
}

// TestWorkersDoNotMatter holds that outcomes are the same, bit for bit, however
// many runs go on at a time.
func TestWorkersDoNotMatter(t *testing.T) {
	var tables [2]bytes.Buffer
	for i, workers := range []int{1, 3} {
		outcomes, err := Run(context.Background(), Options{Case: "gc-low", Seed: 3, Replications: 6, Workers: workers})
		if err != nil {
			t.Fatal(err)
		}
		if err := WriteCSV(&tables[i], outcomes); err != nil {
			t.Fatal(err)
		}
	}
	if tables[0].String() != tables[1].String() {
		t.Errorf("one worker:\n%s\nthree workers:\n%s", &tables[0], &tables[1])
	}
}

func TestInterruptedSuite(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Run(ctx, Options{Family: "1"}); err != context.Canceled {
		t.Errorf("an interrupted suite returns %v", err)
	}
}

func TestSelection(t *testing.T) {
	for _, c := range []struct {
		o    Options
		want int // cases
	}{
		{Options{}, 130},
		{Options{Family: "3"}, 9},
		{Options{Family: "03"}, 9},
		{Options{Family: "mg1"}, 9},
		{Options{Family: "03-mg1"}, 9},
		{Options{Case: "mm1-*"}, 3},
		{Options{Case: "mm1-r80"}, 1},
		{Options{Family: "2", Case: "mm1-*"}, 0},
		{Options{Case: "["}, 0},
	} {
		if selected, _ := choose(c.o); len(selected) != c.want {
			t.Errorf("family %q, case %q: %d cases, want %d", c.o.Family, c.o.Case, len(selected), c.want)
		}
	}
	_, err := Run(context.Background(), Options{Case: "mm2"})
	if err == nil || !strings.Contains(err.Error(), `no case fits case "mm2"`) {
		t.Errorf("error %v", err)
	}
}

func TestWriting(t *testing.T) {
	nan := math.NaN()
	outcomes := []Outcome{
		{Case: "a", Family: "f", Row: Row{Measure: "mean_wait_ms", Exact: 4}, Simulated: 4.01, HalfWidth: 0.02, Z: 0.98, Detects: 0.01},
		{Case: "a", Family: "f", Row: Row{Measure: "p99_wait_ms", Exact: 9}, Simulated: 12, HalfWidth: 0.1, Z: 30, Detects: 0.06, Verdict: Failed},
		{Case: "b", Family: "f", Row: Row{Measure: "sigma", Exact: 0.1}, Method: Computed, Simulated: 0.1, HalfWidth: nan, Z: nan, Detects: nan},
		{Case: "b", Family: "f", Row: Row{Measure: "x", Exact: 1}, Method: Skipped, Simulated: nan, HalfWidth: nan, Z: nan, Detects: nan, Verdict: NotCovered, Remark: "a reason"},
	}
	var table bytes.Buffer
	if err := WriteTable(&table, outcomes); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"a     mean_wait_ms      4       4.01    0.02   0.98  pass\n",
		"a     p99_wait_ms       9         12     0.1  30.00  FAIL\n",
		"b     sigma           0.1        0.1                 pass, formula\n",
		"skip: a reason\n",
		"2 cases, 4 rows: 2 pass, 1 fail, 1 skipped (25.0 %)\n",
		"an error of 2 % in a mean fails its row with probability 0.9 or more in 1 of 1 rows\n",
		"an error of 5 % in a p99 fails its row with probability 0.9 or more in 0 of 1 rows\n",
	} {
		if !strings.Contains(table.String(), want) {
			t.Errorf("the table lacks %q:\n%s", want, table.String())
		}
	}
	var file bytes.Buffer
	if err := WriteCSV(&file, outcomes); err != nil {
		t.Fatal(err)
	}
	records, err := csv.NewReader(&file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := []string{"a", "f", "p99_wait_ms", "run", "9", "12", "0.1", "30", "0.06", "fail", ""}
	if len(records) != 5 || !slices.Equal(records[2], want) {
		t.Errorf("CSV rows %q, want the third to be %q", records, want)
	}
	if n := Failures(outcomes); n != 1 {
		t.Errorf("%d failures, want 1", n)
	}
}

// TestPhrases reads each kind of description that the cases use.
func TestPhrases(t *testing.T) {
	for phrase, want := range map[string]string{
		"exp mean 2ms whatever the size":          "exponential(2ms)",
		"deterministic 10us":                      "10us",
		"deterministic mean 10ms":                 "10ms",
		"Erlang-4 mean 1ms":                       "erlang(k=4, mean=1ms)",
		"lognormal mean 2ms cv 0.5":               "lognormal(mean=2ms, cv=0.5)",
		"hyperexp p=0.9 mean 0.5ms else mean 5ms": "hyperexp(p=0.9, a=500us, b=5ms)",
		"bounded Pareto alpha=1.5 L=1ms H=300ms":  "pareto(alpha=1.5, lo=1ms, hi=300ms)",
		"uniform[0.5,1.5]ms":                      "uniform(500us, 1.5ms)",
	} {
		if got := law(phrase).String(); got != want {
			t.Errorf("%q is read as %s, want %s", phrase, got, want)
		}
	}
}

// TestSplitKeys holds that four keys get the shares asked for.
func TestSplitKeys(t *testing.T) {
	c := &Case{ID: "split"}
	s := c.scenario(splitKeys("0.4,0.3,0.2,0.1"), assignments{"duration", "100s", "lanes.w.arrivals.rate", "10000/s", "stores.s.overhead", "0s"})
	y, err := models.New(s, 0)
	if err != nil {
		t.Fatal(err)
	}
	y.RunUntil(s.Duration)
	want := []float64{0.4, 0.2, 0.1, 0.3}
	for i, p := range y.Result().Stores[0].Partitions {
		// Of a million writes a share of a half has a standard error of 0.0005.
		if math.Abs(p.Share-want[i]) > 0.002 {
			t.Errorf("partition %d has a share of %v, want %v", i, p.Share, want[i])
		}
	}
}
