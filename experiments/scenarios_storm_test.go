package experiments

import (
	"testing"

	"onepen/models"
	"onepen/sim"
)

// A metastable failure (Huang et al. 2022, "Metastable failures in the wild"):
// what triggered the overload is over, and the overload feeds on itself.
func TestRetryStorm(t *testing.T) {
	t.Parallel()
	const name, lane = "retry-storm", "orders"
	seconds := func(from, to float64) (sim.Time, sim.Time) { return sim.FromSeconds(from), sim.FromSeconds(to) }
	good := func(w *watched, from, to float64) float64 {
		a, b := seconds(from, to)
		return meanOf(w.samples(lane, a, b), func(s *models.LaneSample) float64 { return s.GoodRate })
	}
	base := watch(t, name)
	const load, trigger, ended, shed, back = 1900, 0.5, 5.5, 45, 50
	base.claims("before the burst all is well", good(base, 1, 5) > 0.95*load)
	base.claims("ten times the burst later nothing is answered in time", good(base, ended+1, ended+10*trigger) < 0.01*load)
	base.claims("nor any time later", good(base, ended+10*trigger, shed) < 0.01*load)
	base.claims("although no more writes come than before",
		between(meanOf(base.samples(lane, 6*sim.Second, 45*sim.Second), func(s *models.LaneSample) float64 { return s.OfferedRate }), 0.97*load, 1.03*load))
	base.claims("when writers stay away it recovers", good(base, back+2, 60) > 0.95*load)

	small := watch(t, name, "duration=20s", "lanes.orders.retry.budget=0.02")
	small.claims("with a small budget it never begins", good(small, 15, 20) > 0.95*load)
	large := watch(t, name, "duration=20s", "lanes.orders.retry.budget=0.1")
	large.claims("a tenth is too much for a store with a twentieth to spare", good(large, 15, 20) < 0.01*load)

	during := func(path, value string) *watched {
		w := watchWith(t, name, func(s *models.Scenario) {
			s.Timeline = append(s.Timeline, models.Change{At: 10 * sim.Second, Set: []models.Assignment{{Path: path, Value: value}}})
		}, "duration=25s")
		w.title += " and at 10 s " + path + "=" + value
		return w
	}
	short := during("stores.orders.backlog", "400")
	short.claims("a short line ends the storm", good(short, 15, 25) > 0.9*load)
	short.claims("it refuses what would be too late", short.lane(lane).Counts.Rejected > 0)
	for _, move := range [][2]string{
		{"stores.orders.servers", "40"}, {"lanes.orders.retry.backoff", "exponential(500ms)"}, {"lanes.orders.expired", "discard"},
	} {
		w := during(move[0], move[1])
		w.claims("that does not end it", good(w, 15, 25) < 0.15*load)
	}
}
