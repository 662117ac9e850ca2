package response_test

import (
	"context"
	"math"
	"slices"
	"testing"

	"onepen/experiments"
	"onepen/experiments/response"
	"onepen/sim"
)

func find(t *testing.T, scenario string, name string, texts ...string) (*response.Sample, []experiments.Report) {
	t.Helper()
	s := loaded(t, scenario, texts...)
	r, err := response.Find(s, name)
	if err != nil {
		t.Fatal(err)
	}
	sample := response.NewSample(r)
	var reports []experiments.Report
	for replication := range 5 {
		report, err := experiments.Run(context.Background(), s, experiments.Options{Replication: replication})
		if err != nil {
			t.Fatal(err)
		}
		sample.Add(&report)
		reports = append(reports, report)
	}
	return sample, reports
}

func TestSummaryIsStudentsInterval(t *testing.T) {
	sample, reports := find(t, "one-pen", "commit_mean_s", "duration=3s", "warmup=1s")
	var values []float64
	for _, report := range reports {
		values = append(values, report.Result.Lanes[0].Commit.Mean())
	}
	if !slices.Equal(sample.Values(), values) {
		t.Errorf("values %v, want %v", sample.Values(), values)
	}
	if got, want := sample.Summary().Interval, sim.StudentInterval(values, 0.95); got != want {
		t.Errorf("summary %v, want %v", got, want)
	}
}

func TestWarnings(t *testing.T) {
	tests := []struct {
		name     string
		scenario string
		measure  string
		texts    []string
		want     response.Warnings
	}{
		{"nothing", "one-pen", "committed", []string{"duration=5s", "warmup=1s", "lanes.orders.arrivals.rate=500/s"}, 0},
		{"offered above capacity", "one-pen", "committed", []string{"duration=5s", "warmup=1s", "lanes.orders.arrivals.rate=5000/s"}, response.Unstable},
		{"percentile beyond the data", "one-pen", "ack_p999_s", []string{"duration=5s", "warmup=1s", "lanes.orders.arrivals.rate=500/s"}, response.BeyondData},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			sample, _ := find(t, test.scenario, test.measure, test.texts...)
			if got := sample.Summary().Warnings &^ response.WideInterval; got != test.want {
				t.Errorf("warnings %q, want %q", got, test.want)
			}
		})
	}
}

func TestSummarizeWarns(t *testing.T) {
	tests := []struct {
		values []float64
		want   response.Warnings
	}{
		{nil, 0},
		{[]float64{1}, response.FewReplications},
		{[]float64{1, 1, 1, 1}, response.FewReplications},
		{[]float64{1, 1.01, 1, 1, 1}, 0},
		{[]float64{1, 1.5, 1, 1, 1}, response.WideInterval},
		{[]float64{-1, -1.5, -1, -1, -1}, response.WideInterval},
		{[]float64{0, 0, 0, 0, 0}, 0},
		{[]float64{1, 2}, response.FewReplications | response.WideInterval},
	}
	for _, test := range tests {
		if got := response.Summarize(test.values).Warnings; got != test.want {
			t.Errorf("Summarize(%v) warns %q, want %q", test.values, got, test.want)
		}
	}
}

func TestNothingMeasuredIsNothingSaid(t *testing.T) {
	sample, _ := find(t, "one-pen", "ack_mean_s", "duration=2s", "warmup=1s", "lanes.orders.arrivals.rate=0.000001/s")
	if s := sample.Summary(); s.N != 0 || !math.IsNaN(s.Mean) || !math.IsNaN(s.HalfWidth) || s.Warnings != 0 {
		t.Errorf("summary %+v of no writes, want no mean, no half-width and no warning", s)
	}
}
