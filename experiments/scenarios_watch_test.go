package experiments

import (
	"math"
	"strings"
	"testing"

	"onepen/models"
	"onepen/sim"
)

// watched is a run of a shipped scenario with some values changed, as the
// claims of its text look at it. All runs of a scenario share its seed, so a
// move meets the same writes.
type watched struct {
	Report
	t     *testing.T
	title string
}

// watch runs a scenario with some values changed. What its timeline would do
// after a shorter duration is left out.
func watch(t *testing.T, name string, texts ...string) *watched {
	t.Helper()
	return watchWith(t, name, func(*models.Scenario) {}, texts...)
}

// watchWith is watch for a scenario that is also changed in another way. The
// samples are kept.
func watchWith(t *testing.T, name string, change func(*models.Scenario), texts ...string) *watched {
	t.Helper()
	s, err := Load(name)
	if err != nil {
		t.Fatal(err)
	}
	end := s.Duration
	for _, text := range texts {
		if value, found := strings.CutPrefix(text, "duration="); found {
			if end, err = sim.ParseTime(value); err != nil {
				t.Fatal(err)
			}
		}
	}
	for n := len(s.Timeline); n > 0 && s.Timeline[n-1].At > end; n-- {
		s.Timeline = s.Timeline[:n-1]
	}
	change(s)
	if err := Assign(s, set(texts...)); err != nil {
		t.Fatal(err)
	}
	return &watched{
		Report: mustRun(t, s, Options{Series: true}),
		t:      t, title: strings.Join(append([]string{name}, texts...), " "),
	}
}

// claims fails the test unless what a text says of the run is so.
func (w *watched) claims(what string, holds bool) {
	w.t.Helper()
	if holds {
		return
	}
	var b strings.Builder
	if err := WriteSummary(&b, w.Report); err != nil {
		w.t.Error(err)
	}
	w.t.Errorf("%s: does not hold: %s\n%s", w.title, what, b.String())
}

func (w *watched) lane(name string) *models.LaneResult {
	w.t.Helper()
	for i := range w.Result.Lanes {
		if w.Result.Lanes[i].Name == name {
			return &w.Result.Lanes[i]
		}
	}
	w.t.Fatalf("%s: no lane %s", w.title, name)
	return nil
}

// p50 and p99 are the times to the answer [s]; late is the 99th percentile
// of the time to the commit.
func (w *watched) p50(lane string) float64  { return w.lane(lane).Ack.Quantile(0.5) }
func (w *watched) p99(lane string) float64  { return w.lane(lane).Ack.Quantile(0.99) }
func (w *watched) late(lane string) float64 { return w.lane(lane).Commit.Quantile(0.99) }

// throughput is the number of writes stored per second.
func (w *watched) throughput(lane string) float64 {
	l := w.lane(lane)
	return perSecond(l.Counts.Committed, l.Window)
}

// share is the part of the time to the commit that goes to a stage.
func (w *watched) share(lane string, stage models.Stage) float64 {
	l := w.lane(lane)
	return l.Parts[stage] / l.Commit.Mean()
}

// busy returns the utilization of the hottest partition of the first store, and
// the mean of all.
func (w *watched) busy() (hot, mean float64) {
	p, mean := hottest(&w.Result.Stores[0])
	return p.Utilization, mean
}

// samples returns the lane's samples that end within (from, to].
func (w *watched) samples(lane string, from, to sim.Time) []models.LaneSample {
	w.t.Helper()
	var found []models.LaneSample
	for _, sample := range w.Series {
		for _, l := range sample.Lanes {
			if l.Name == lane && sample.Time > from && sample.Time <= to {
				found = append(found, l)
			}
		}
	}
	if len(found) == 0 {
		w.t.Fatalf("%s: no samples of %s from %s to %s", w.title, lane, from, to)
	}
	return found
}

// meanOf is the mean of a measure over samples, those without it left out.
func meanOf(samples []models.LaneSample, measure func(*models.LaneSample) float64) float64 {
	sum, n := 0.0, 0
	for i := range samples {
		if x := measure(&samples[i]); !math.IsNaN(x) {
			sum, n = sum+x, n+1
		}
	}
	return sum / float64(n)
}

// between reports whether x lies in [lo, hi].
func between(x, lo, hi float64) bool { return lo <= x && x <= hi }
