package response_test

import (
	"strings"
	"testing"

	"onepen/experiments"
	"onepen/experiments/response"
	"onepen/models"
)

func loaded(t *testing.T, name string, texts ...string) *models.Scenario {
	t.Helper()
	s, err := experiments.Load(name)
	if err != nil {
		t.Fatal(err)
	}
	var overrides []experiments.Override
	for _, text := range texts {
		overrides = append(overrides, experiments.Override{Written: text, Text: text})
	}
	if err := experiments.Assign(s, overrides); err != nil {
		t.Fatal(err)
	}
	return s
}

func TestFind(t *testing.T) {
	tests := []struct {
		scenario, name string
		want           string // full name
		problem        string // or part of the error
	}{
		{"one-pen", "ack_p99_s", "lanes.orders.ack_p99_s", ""},
		{"one-pen", "lanes.orders.ack_p99_s", "lanes.orders.ack_p99_s", ""},
		{"one-pen", "utilization", "allocators.counter.utilization", ""},
		{"one-pen", "read_width", "stores.orders.read_width", ""},
		{"one-pen", "stores.orders.partitions.1.utilization", "stores.orders.partitions.1.utilization", ""},
		{"url-shortener", "allocators.codes.wasted", "allocators.codes.wasted", ""},
		{"url-shortener", "ack_p99_s", "", "several components; write which one: lanes.mapping.ack_p99_s, lanes.clicks.ack_p99_s"},
		{"url-shortener", "lanes.mapping.ack_p9_s", "", "max); did you mean lanes.mapping.ack_p90_s?"},
		{"url-shortener", "lanes.maping.ack_p99_s", "", "there is no lanes.maping to measure (there are: lanes.mapping, lanes.clicks, stores.links, stores.events, allocators.codes); did you mean lanes.mapping.ack_p99_s?"},
		{"url-shortener", "stores.links.partitions.4.writes", "", "there is no stores.links.partitions.4"},
		{"one-pen", "throughput", "lanes.orders.throughput_per_s", ""},
		{"one-pen", "ack_p99", "lanes.orders.ack_p99_s", ""},
		{"one-pen", "p99", "lanes.orders.ack_p99_s", ""},
		{"one-pen", "lanes.orders.p99", "lanes.orders.ack_p99_s", ""},
		{"url-shortener", "p99", "", "several components; write which one: lanes.mapping.ack_p99_s, lanes.clicks.ack_p99_s"},
		{"one-pen", "p9", "", "there is no such measure (onepen params --measures lists them; of the time to an ack there are mean, p50, p90, p99, p999, max); did you mean p90?"},
		{"one-pen", "lanes.orders.commit_p98", "", "did you mean lanes.orders.commit_p90?"},
		{"one-pen", "lanes.order.p99", "", "did you mean lanes.orders.p99?"},
		{"one-pen", "stores.orders.read_with", "", "no such measure of stores.orders (onepen params --measures lists them); did you mean stores.orders.read_width?"},
		{"one-pen", ".p99", "", "there is no such measure"},
		{"url-shortener", "", "", "there is no such measure"},
		{"url-shortener", ".", "", "there is no such measure"},
		{"url-shortener", "lanes.mapping", "", "is a component, not a measure of it; write lanes.mapping.offered, for example"},
	}
	for _, test := range tests {
		t.Run(test.scenario+" "+test.name, func(t *testing.T) {
			r, err := response.Find(loaded(t, test.scenario), test.name)
			if test.problem == "" {
				if err != nil || r.Name() != test.want {
					t.Errorf("Find(%q) = %q, %v, want %q", test.name, r.Name(), err, test.want)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), test.problem) {
				t.Errorf("Find(%q) = %q, %v, want an error with %q", test.name, r.Name(), err, test.problem)
			}
		})
	}
}

// Every declared measure can be asked for by a name of its own.
func TestEveryMeasureHasAName(t *testing.T) {
	s := loaded(t, "url-shortener")
	all := response.All(s)
	want := 2*len(models.LaneMeasures()) + 2*len(models.StoreMeasures()) + len(models.AllocatorMeasures())
	if len(all) != want {
		t.Errorf("%d responses, want %d", len(all), want)
	}
	for _, r := range all {
		if found, err := response.Find(s, r.Name()); err != nil || found.Name() != r.Name() || r.Help == "" {
			t.Errorf("Find(%q) = %q, %v", r.Name(), found.Name(), err)
		}
	}
}
