package reality

import (
	"bytes"
	"context"
	"encoding/csv"
	"errors"
	"math"
	"strings"
	"testing"
)

// TestPredictionsKeepTheirBounds predicts everything, as the command does.
func TestPredictionsKeepTheirBounds(t *testing.T) {
	if testing.Short() {
		t.Skip("seconds of two cores")
	}
	predictions, err := Predict(context.Background(), Usual, Options{})
	if err != nil {
		t.Fatal(err)
	}
	if s := Summarize(predictions); s.Points < 70 || !s.Good() {
		t.Errorf("beyond the bounds: %+v", s)
	}
	for i := range predictions {
		// What a scenario is made of it must give back, but for what a sync and the work share.
		if p := &predictions[i]; p.Measured.Clients == 1 && math.Abs(p.Error()) > 0.12 {
			t.Errorf("%s at one client: %.0f/s predicted, %.0f/s measured", p.Workload.Name, p.Throughput, p.Measured.Throughput)
		}
	}
}

// TestNothingIsTunedToACase fits the machine without each workload, and each
// group of workloads, and predicts it.
func TestNothingIsTunedToACase(t *testing.T) {
	if testing.Short() {
		t.Skip("a minute of two cores")
	}
	fit, err := FitMachines(context.Background(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if best := fit.Machines[fit.Best(func(*Workload) bool { return false })]; best != Usual {
		t.Errorf("the machine that fits best is %v, not Usual, %v", best, Usual)
	}
	for _, byGroup := range []bool{false, true} {
		if without, with := Overall(fit.LeaveOneOut(byGroup)); without > 1.5*with {
			t.Errorf("by group %v: error %.3f of what is left out, %.3f of the same with all in", byGroup, without, with)
		}
	}
}

// TestShapes: where a workload saturates and which move helps is as measured.
func TestShapes(t *testing.T) {
	throughput := map[string]map[int]Prediction{}
	predictions, err := Predict(context.Background(), Usual, Options{Short: true})
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range predictions {
		if throughput[p.Workload.Name] == nil {
			throughput[p.Workload.Name] = map[int]Prediction{}
		}
		throughput[p.Workload.Name][p.Measured.Clients] = p
	}
	for _, c := range []struct {
		what               string
		workload           string
		clients            int
		other              string
		otherClients       int
		atLeast, lessThan  float64
		predicted, measure float64
	}{
		{what: "a hot row gets slower with more clients", workload: "W1 hot_sync", clients: 64, other: "W1 hot_sync", otherClients: 1, atLeast: 0.3, lessThan: 0.6},
		{what: "and is no faster with two", workload: "W1 hot_sync", clients: 2, other: "W1 hot_sync", otherClients: 1, atLeast: 0.8, lessThan: 1},
		{what: "two clients on spread rows share the log in turn", workload: "W2 uni1000_sync", clients: 2, other: "W2 uni1000_sync", otherClients: 1, atLeast: 0.8, lessThan: 1.1},
		{what: "many share its syncs", workload: "W2 uni10000_sync", clients: 64, other: "W2 uni10000_sync", otherClients: 1, atLeast: 3, lessThan: 5},
		{what: "skewed keys scale and then fall", workload: "W2 zipf1.01_sync", clients: 64, other: "W2 zipf1.01_sync", otherClients: 8, atLeast: 0.4, lessThan: 0.8},
		{what: "splitting a hot counter in four helps", workload: "W3 slots4_sync", clients: 32, other: "W3 slots1_sync", otherClients: 32, atLeast: 1.5, lessThan: 2.5},
		{what: "in sixteen more so", workload: "W3 slots16_sync", clients: 32, other: "W3 slots4_sync", otherClients: 32, atLeast: 1.5, lessThan: 2.5},
		{what: "a leased range relieves the counter row", workload: "W5 ins_lease100", clients: 32, other: "W5 ins_row_1txn", otherClients: 32, atLeast: 8, lessThan: 20},
		{what: "longer holds cost", workload: "W8 hold_plus_4select", clients: 2, other: "W8 hold_begin_commit", otherClients: 2, atLeast: 0.3, lessThan: 0.6},
	} {
		p, q := throughput[c.workload][c.clients], throughput[c.other][c.otherClients]
		c.predicted, c.measure = p.Throughput/q.Throughput, p.Measured.Throughput/q.Measured.Throughput
		for name, ratio := range map[string]float64{"predicted": c.predicted, "measured": c.measure} {
			if !(ratio >= c.atLeast && ratio < c.lessThan) {
				t.Errorf("%s: %s ratio %.2f, want %g to %g", c.what, name, ratio, c.atLeast, c.lessThan)
			}
		}
	}
}

// TestPredictionsAreTheSameWhoeverMakesThem: number of workers or not.
func TestPredictionsAreTheSameWhoeverMakesThem(t *testing.T) {
	var files []string
	for _, workers := range []int{1, 3} {
		predictions, err := Predict(context.Background(), Usual, Options{Case: "W1 *", Short: true, Workers: workers})
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		if err := WriteCSV(&b, predictions); err != nil {
			t.Fatal(err)
		}
		files = append(files, b.String())
	}
	if files[0] != files[1] {
		t.Errorf("one worker:\n%s\nthree:\n%s", files[0], files[1])
	}
	rows, err := csv.NewReader(strings.NewReader(files[0])).ReadAll()
	if err != nil || len(rows) != 1+7 {
		t.Errorf("%d rows, %v", len(rows), err)
	}
}

// TestWork: the formula of Calibrate, by hand.
func TestWork(t *testing.T) {
	m := Machine{Rousing: 0.25}
	// 40 us of work; 20 us of waiting, of which 5 us are busy.
	if got := m.work(60e-6, 45e-6); math.Abs(got-40e-6) > 1e-12 {
		t.Errorf("work %g s, want 40 us", got)
	}
	// Busy for longer than it takes: part of it beside the transaction.
	if got := m.work(30e-6, 45e-6); got != 45e-6 {
		t.Errorf("work %g s, want 45 us", got)
	}
	if got := m.work(500e-6, 45e-6); got != least {
		t.Errorf("work %g s, want the least", got)
	}
}

func TestSpread(t *testing.T) {
	// A lognormal law of σ = 1/2: 99th percentile at e^(σ z), cv √(e^σ² - 1).
	if got, want := spread(1, math.Exp(z99/2)), math.Sqrt(math.Expm1(0.25)); math.Abs(got-want) > 1e-12 {
		t.Errorf("cv %v, want %v", got, want)
	}
	for _, q := range [][2]float64{{0, 1}, {1, 1}, {math.NaN(), 1}} {
		if got := spread(q[0], q[1]); got != 1 {
			t.Errorf("of quantiles that no law has: %v, want 1", got)
		}
	}
}

func TestMeasurements(t *testing.T) {
	rows := Measurements()
	if len(rows) != 114 {
		t.Errorf("%d measurements, want 114", len(rows))
	}
	for _, m := range rows {
		if !(m.Throughput > 0 && m.Mean > 0 && m.Busy > 0) {
			t.Errorf("%+v", m)
		}
	}
	for text, want := range map[string]string{
		"":                 "no header",
		"workload\nW1\n":   "no column",
		"workload\n\"W1\n": "quote",
		postgresCSV[:len("workload,variant,clients,rate,n_clean,tps_min")]: "",
	} {
		if _, err := readMeasurements(text); want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%q: want %q, got %v", text, want, err)
		}
	}
}

func TestNoSuchWorkload(t *testing.T) {
	var none *NoWorkloadError
	if _, err := Predict(context.Background(), Usual, Options{Case: "W9*"}); !errors.As(err, &none) {
		t.Errorf("got %v", err)
	}
}

// TestFigures draws a workload, the same bytes each time.
func TestFigures(t *testing.T) {
	predictions, err := Predict(context.Background(), Usual, Options{Case: "W1 *", Short: true})
	if err != nil {
		t.Fatal(err)
	}
	figures := Figures(predictions)
	if len(figures) != 1 || len(figures[0].Series) != 2 || len(figures[0].Series[0].X) != 7 {
		t.Fatalf("%+v", figures)
	}
}
