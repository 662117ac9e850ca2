package experiments

import (
	"strings"
	"testing"
)

// TestRunSaysWhatDidNotKeepUp: a warning from what was measured needs a path
// that falls behind all the time, not one that is merely busy or bursty.
func TestRunSaysWhatDidNotKeepUp(t *testing.T) {
	const behind = "did not keep up"
	for _, c := range []struct {
		scenario string
		set      []string
		want     bool
	}{
		{"one-pen", nil, false}, // 98 % busy
		{"one-pen", []string{"lanes.orders.arrivals.rate=1200/s", "duration=20s"}, true},
		{"one-pen", []string{"stores.orders.route=time_bucket", "allocators.counter.strategy=range", "duration=30s"}, false},
		{"ad-clicks", nil, true},
		{"ad-clicks", []string{"stores.clicks.route=hash", "lanes.clicks.batch.size=64"}, false},
		{"url-shortener", []string{"duration=20s"}, false},
	} {
		r := mustRun(t, loaded(t, c.scenario, c.set...), Options{})
		if got := strings.Contains(strings.Join(r.Warnings, "\n"), behind); got != c.want {
			l := &r.Result.Lanes[0]
			t.Errorf("%s %v: warned %v, want %v; %d of %d attempts ended\n%q", c.scenario, c.set, got, c.want, l.Counts.Ended(), l.Counts.Attempts(), r.Warnings)
		}
	}
}

// TestRunSaysWhatTheWritersFoughtOver moves the trouble of the first scenario
// about: the counter, then one partition, then nothing.
func TestRunSaysWhatTheWritersFoughtOver(t *testing.T) {
	ranges := "allocators.counter.strategy=range"
	for _, c := range []struct {
		set  []string
		want string
	}{
		{nil, "the allocator `counter`: 9"},
		{[]string{ranges}, "nothing: the path keeps up"},
		{[]string{ranges, "lanes.orders.keys.skew=one"}, "partition P0"},
		{[]string{ranges, "stores.orders.partitions=1", "stores.orders.servers=2"}, "the one partition of `orders`: 9"},
		{[]string{ranges, "lanes.orders.queue.mode=memory", "lanes.orders.queue.workers=1"}, "the one queue worker of `orders`: 100 %"},
	} {
		r := mustRun(t, loaded(t, "one-pen", append(c.set, "duration=20s")...), Options{})
		if got := strings.Join(r.Contention, ", "); !strings.HasPrefix(got, c.want) {
			t.Errorf("%v: fighting over %s, want %s…", c.set, got, c.want)
		}
	}
}

// TestSummaryOfBrokenPromises makes IDs collide: two writers of one machine
// number under snowflake, and unchecked random codes.
func TestSummaryOfBrokenPromises(t *testing.T) {
	for _, set := range [][]string{
		{"allocators.counter.strategy=snowflake", "allocators.counter.same_machine=4"},
		{"allocators.counter.strategy=random", "allocators.counter.checked=false", "allocators.counter.length=3"},
	} {
		r := mustRun(t, loaded(t, "one-pen", append(set, "duration=10s")...), Options{})
		var b strings.Builder
		if err := WriteSummary(&b, r); err != nil {
			t.Fatal(err)
		}
		text := strings.Join(strings.Fields(b.String()), " ")
		if r.Result.Lanes[0].Counts.Collided == 0 || !strings.Contains(text, "BROKEN:") || !strings.Contains(text, " id collisions") || strings.Contains(text, "none was broken") {
			t.Errorf("%v: %d collisions\n%s", set, r.Result.Lanes[0].Counts.Collided, b.String())
		}
	}
}
