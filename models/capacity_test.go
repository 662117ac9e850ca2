package models

import (
	"strings"
	"testing"
)

// TestWarnings: a component that is over capacity by the scenario's own numbers
// is named, with its load in percent; a stable system has no warning.
func TestWarnings(t *testing.T) {
	zipf := []string{"lanes.w.keys.skew", "zipf(1.5)", "lanes.w.keys.space", "1000", "stores.s.partitions", "8"}
	for _, c := range []struct {
		name string
		set  []string
		want []string // one warning each; parts that it must have, by |
	}{
		// 900/s of 1 ms is 90 %.
		{"stable store", []string{"lanes.w.arrivals.rate", "900/s"}, nil},
		{"store just above", []string{"lanes.w.arrivals.rate", "1010/s"}, []string{"store s, P00|101 %"}},
		{"overloaded store", []string{"lanes.w.arrivals.rate", "1500/s"}, []string{"store s, P00|150 %"}},
		{"two servers", []string{"lanes.w.arrivals.rate", "1500/s", "stores.s.servers", "2"}, nil},
		{"service that varies", []string{"lanes.w.arrivals.rate", "1500/s", "stores.s.overhead", "hyperexp(mean=1ms, scv=9)"}, []string{"store s|150 %"}},
		// A batch of 10 shares the overhead but not the work of its records: 0.1 + 0.05 ms.
		{"batches", []string{"lanes.w.arrivals.rate", "5000/s", "lanes.w.batch.size", "10", "stores.s.per_record", "50us"}, nil},
		{"records alone", []string{"lanes.w.arrivals.rate", "5000/s", "lanes.w.batch.size", "1000", "stores.s.per_record", "300us"}, []string{"store s|150 %"}},
		// All of now is one partition, however many there are.
		{"time bucket", []string{"lanes.w.arrivals.rate", "2000/s", "stores.s.partitions", "16", "stores.s.route", "time_bucket"}, []string{"store s, partition of the moment|200 %"}},
		{"spread by hash", []string{"lanes.w.arrivals.rate", "2000/s", "stores.s.partitions", "16"}, nil},
		// k1 alone has 1/Σk^-1.5 = 39 % of the writes, and k1 belongs to partition
		// 1 of 8 (splitmix64(1) mod 8 = 1), with 42 % in all.
		{"hot partition", append([]string{"lanes.w.arrivals.rate", "2500/s"}, zipf...), []string{"store s, P01|"}},
		{"the same at less", append([]string{"lanes.w.arrivals.rate", "2000/s"}, zipf...), nil},
		{"one key", []string{"lanes.w.arrivals.rate", "1100/s", "lanes.w.keys.skew", "one", "stores.s.partitions", "8"}, []string{"store s, P01|110 %"}},
		{"hot keys", []string{"lanes.w.arrivals.rate", "2000/s", "lanes.w.keys.skew", "hot(share=0.9, count=1)", "stores.s.partitions", "64"}, []string{"store s, P"}},
		{"central counter", []string{"lanes.w.arrivals.rate", "900/s", "lanes.w.ids", "a", "allocators.a.service", "2ms"}, []string{"allocator a|180 %"}},
		{"leases", []string{"lanes.w.arrivals.rate", "900/s", "lanes.w.ids", "a", "allocators.a.service", "2ms", "allocators.a.strategy", "range", "allocators.a.block", "10"}, nil},
		{"leases of one", []string{"lanes.w.arrivals.rate", "900/s", "lanes.w.ids", "a", "allocators.a.service", "2ms", "allocators.a.strategy", "range", "allocators.a.block", "1"}, []string{"allocator a|180 %"}},
		{"no counter", []string{"lanes.w.arrivals.rate", "900/s", "lanes.w.ids", "a", "allocators.a.service", "2ms", "allocators.a.strategy", "snowflake"}, nil},
		{"both", []string{"lanes.w.arrivals.rate", "3000/s", "lanes.w.ids", "a"}, []string{"allocator a|300 %", "store s|300 %"}},
		{"mean load of bursts", []string{"lanes.w.arrivals.process", "onoff", "lanes.w.arrivals.rate", "900/s"}, nil},
		{"closed loop", []string{"lanes.w.arrivals.process", "closed", "lanes.w.arrivals.writers", "100", "lanes.w.arrivals.rate", "1M/s"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := built(t, c.set...).Warnings()
			if len(got) != len(c.want) {
				t.Fatalf("%d warnings, want %d:\n%s", len(got), len(c.want), strings.Join(got, "\n"))
			}
			for i, parts := range c.want {
				for part := range strings.SplitSeq(parts, "|") {
					if !strings.Contains(got[i], part) {
						t.Errorf("warning %q does not say %q", got[i], part)
					}
				}
			}
		})
	}
}

// TestWarningsAddUpLanes: lanes share what they share.
func TestWarningsAddUpLanes(t *testing.T) {
	s := built(t, "lanes.w.arrivals.rate", "600/s", "lanes.w.ids", "a")
	if got := s.Warnings(); len(got) > 0 {
		t.Fatalf("one lane: %v", got)
	}
	if err := s.Add("lanes", "v"); err != nil {
		t.Fatal(err)
	}
	assign(t, s, "lanes.v.arrivals.rate", "600/s", "lanes.v.store", "s", "lanes.v.ids", "a")
	if got := s.Warnings(); len(got) != 2 || !strings.Contains(got[0], "120 %") || !strings.Contains(got[1], "120 %") {
		t.Errorf("two lanes: %v", got)
	}
}

// TestWarningsComeTrue: what a warning says is what a run shows. At 110 % the
// line grows by a tenth of the load, at 90 % it does not.
func TestWarningsComeTrue(t *testing.T) {
	for _, c := range []struct {
		rate string
		grow bool
	}{{"900/s", false}, {"1100/s", true}} {
		s := built(t, "lanes.w.arrivals.rate", c.rate, "duration", "20s")
		if warned := len(s.Warnings()) > 0; warned != c.grow {
			t.Errorf("%s: warned is %v", c.rate, warned)
		}
		if left := finish(t, s).Lanes[0].InFlight; left > 1000 != c.grow {
			t.Errorf("%s: %d writes left after 20 s", c.rate, left)
		}
	}
}
