package experiments

import (
	"encoding/json"
	"flag"
	"math"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rivo/uniseg"

	"onepen/experiments/breach"
	"onepen/models"
	"onepen/sim"
)

var update = flag.Bool("update", false, "write the files in testdata anew")

// fixed returns a report with made-up numbers, among them long names, large
// counts and things that were not measured.
func fixed(t *testing.T) Report {
	t.Helper()
	s, err := ReadScenario("fixed.yaml", []byte(sound), nil)
	if err != nil {
		t.Fatal(err)
	}
	const window = 55 * sim.Second
	busy, idle := new(sim.Histogram), new(sim.Histogram)
	for i := range 1000 {
		busy.Record(sim.Time(i+1) * sim.Millisecond)
	}
	nothing := [models.NumStages]float64{}
	for i := range nothing {
		nothing[i] = math.NaN()
	}
	lane := models.LaneResult{
		Name: "clicks", Window: window, InFlight: 1234,
		Counts: models.Counts{Offered: 5_500_000, Admitted: 5_400_000, Acked: 5_400_000, Committed: 5_000_000, Rejected: 12_345, Dropped: 7_654_321, AckedLost: 7_654_321, Collided: 12, Inversions: 5, OutOfOrder: 3, Erred: 40, Retried: 4321, TimedOut: 4000},
		Ack:    busy, Commit: busy, Lag: idle,
	}
	lane.Parts[models.StageAllocator] = 0.3
	lane.Parts[models.StageKeyLock] = 0.15
	lane.Parts[models.StageService] = 0.0505
	lane.Parts[models.StageLine] = 0.0001
	return Report{
		Scenario:    s,
		Replication: 2,
		Warnings:    []string{"store events, P03 is offered 440 % of its capacity: its line will grow as long as the run lasts"},
		Breaches: []breach.Breach{
			{Kind: breach.HotKey, What: "key k42 in partition P01 of `events`", At: 12300 * sim.Millisecond},
			{Kind: breach.Consumers, What: "the consumers of `clicks`", At: 14 * sim.Second},
			{Kind: breach.Durability, What: "the promise to keep what was acked of `clicks`", At: 15 * sim.Second},
		},
		Contention: []string{"partition P01 of `events`: 99 % busy", "key k42 is 38 % of it", "310 writes wait"},
		Result: models.Result{
			From: 5 * sim.Second, To: 60 * sim.Second, Halted: "5000000 writes in flight at 60s: the limit max_in_flight is reached",
			Lanes: []models.LaneResult{
				lane,
				{Name: "a-lane-with-a-long-name", Window: window, Ack: idle, Commit: idle, Lag: idle, Parts: nothing},
			},
			Allocators: []models.AllocatorResult{
				{Name: "codes", Strategy: models.Range, Window: window, Issued: 5_500_000, Utilization: 0.984, WaitMean: 0.0041, WaitingMean: 41.3, WaitingMax: 12_000, Wasted: 1500, Reordered: 5_400_000},
				{Name: "unused", Window: window, WaitMean: math.NaN(), WaitingMean: 0},
			},
			Stores: []models.StoreResult{
				{Name: "events", Window: window, Active: 2, Skew: 1.5, ReadWidth: 2, KeysMoved: 1500, Moving: 0.25, Partitions: []models.PartitionResult{
					{Partition: 0, Window: window, Writes: 10, Share: 0.25, Utilization: 0.2},
					{Partition: 1, Window: window, Writes: 30, Share: 0.75, Utilization: 0.998, LineMean: 310, LineMax: 500, TopKey: 42, TopShare: 0.38},
				}},
			},
		},
	}
}

func TestSummary(t *testing.T) {
	var b strings.Builder
	if err := WriteSummary(&b, fixed(t)); err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(b.String()) {
		if n := uniseg.StringWidth(strings.TrimSuffix(line, "\n")); n > pageWidth {
			t.Errorf("line of %d columns: %s", n, line)
		}
	}
	golden(t, "testdata/summary.txt", b.String())
}

func golden(t *testing.T, file, got string) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got; rewrite with -update):\n%s", file, diff)
	}
}

func TestSummaryOfShippedScenariosFits(t *testing.T) {
	for _, name := range shipped() {
		var b strings.Builder
		if err := WriteSummary(&b, watch(t, name, "duration=6s").Report); err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(b.String()) {
			if n := uniseg.StringWidth(strings.TrimSuffix(line, "\n")); n > pageWidth {
				t.Errorf("%s: line of %d columns: %s", name, n, line)
			}
		}
	}
}

func TestSummaryOfARunThatEndedInItsWarmup(t *testing.T) {
	r := mustRun(t, loaded(t, "ad-clicks", "max_in_flight=10"), Options{})
	var b strings.Builder
	if err := WriteSummary(&b, r); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(b.String(), "ended early: 10 writes in flight") {
		t.Errorf("got\n%s", b.String())
	}
	if strings.Contains(b.String(), "NaN") || strings.Contains(b.String(), "Inf") {
		t.Errorf("numbers that are none:\n%s", b.String())
	}
}

func TestJSON(t *testing.T) {
	var b strings.Builder
	if err := WriteJSON(&b, Origin{Version: "v1"}, fixed(t)); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Version    string
		Seed       uint64
		Halted     string
		Warnings   []string
		Lanes      []map[string]any
		Allocators []map[string]any
		Stores     []struct {
			Store      string
			Skew       float64
			Partitions []map[string]any
		}
	}
	if err := json.Unmarshal([]byte(b.String()), &got); err != nil {
		t.Fatal(err)
	}
	if got.Version != "v1" || got.Seed != 1 || got.Halted == "" || len(got.Warnings) != 1 {
		t.Errorf("%+v", got)
	}
	busy, idle := got.Lanes[0], got.Lanes[1]
	if busy["lane"] != "clicks" || busy["offered"] != 5.5e6 || busy["offered_per_s"] != 1e5 {
		t.Errorf("lane: %v", busy)
	}
	if v, there := idle["ack_p99_s"]; !there || v != nil {
		t.Errorf("what was not measured is %v, want null", v)
	}
	for _, m := range models.LaneMeasures() {
		if _, there := busy[m.Name]; !there {
			t.Errorf("there is no %s", m.Name)
		}
	}
	if got.Stores[0].Partitions[1]["top_key"] != 42.0 || got.Allocators[0]["strategy"] != "range" {
		t.Errorf("%+v", got)
	}
}
