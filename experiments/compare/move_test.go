package compare

import (
	"math"
	"strings"
	"testing"

	"onepen/experiments/response"
)

func TestParseMove(t *testing.T) {
	base := station(t, "")
	for _, c := range []struct {
		written, label, set string
		values              []string // path, value, …
	}{
		{"stores.station.servers=2", "stores.station.servers=2", "stores.station.servers=2", []string{"stores.station.servers", "2"}},
		{" more : stores.station.servers=2, lanes.writes.arrivals.rate=2k/s ", "more", "stores.station.servers=2, lanes.writes.arrivals.rate=2k/s",
			[]string{"stores.station.servers", "2", "lanes.writes.arrivals.rate", "2000/s"}},
		{"stores.station.overhead=lognormal(mean=2ms, cv=0.7),stores.station.servers=3", "stores.station.overhead=lognormal(mean=2ms, cv=0.7),stores.station.servers=3",
			"stores.station.overhead=lognormal(mean=2ms, cv=0.7),stores.station.servers=3",
			[]string{"stores.station.overhead", "lognormal(mean=2ms, cv=0.7)", "stores.station.servers", "3"}},
		{"name=a: b", "name=a: b", "name=a: b", []string{"name", "a: b"}},
	} {
		m, err := ParseMove(base, c.written)
		if err != nil {
			t.Errorf("%q: %v", c.written, err)
			continue
		}
		if m.Label != c.label || m.Set != c.set {
			t.Errorf("%q: label %q, set %q", c.written, m.Label, m.Set)
		}
		for i := 0; i < len(c.values); i += 2 {
			if got, err := m.Scenario.Value(c.values[i]); err != nil || got != c.values[i+1] {
				t.Errorf("%q: %s is %q, %v", c.written, c.values[i], got, err)
			}
		}
	}
	if got, _ := base.Value("stores.station.servers"); got != "1" {
		t.Errorf("the base was changed: %s servers", got)
	}
}

// FuzzParseMove: whatever is written, there is a valid scenario or an error.
func FuzzParseMove(f *testing.F) {
	for _, seed := range []string{"", ":", "=", "a:b=c", "stores.station.servers=2,", "x: stores.station.overhead=exponential(1ms),,", "stores.station.servers=((2,3", ")),(", "seed=9"} {
		f.Add(seed)
	}
	base := station(f, "")
	f.Fuzz(func(t *testing.T, written string) {
		m, err := ParseMove(base, written)
		if err == nil && (len(m.Scenario.Validate()) > 0 || m.Label == "") {
			t.Errorf("%q is taken for %+v", written, m)
		}
	})
}

func TestParsePrecision(t *testing.T) {
	base := station(t, "")
	latency, rate, loss, count := find(t, base, "ack_p99_s")[0], find(t, base, "goodput_per_s")[0], find(t, base, "loss")[0], find(t, base, "queue_max")[0]
	for _, c := range []struct {
		text string
		of   response.Response
		size float64 // 0 = refused
		rel  bool
	}{
		{"5%", latency, 0.05, true}, {"0.5 %", loss, 0.005, true}, {"10ms", latency, 0.01, false}, {"5/s", rate, 5, false}, {"7", rate, 7, false},
		{"0.001", loss, 0.001, false}, {"3", count, 3, false},
		{"", latency, 0, false}, {"5", latency, 0, false}, {"0%", latency, 0, false}, {"-5%", latency, 0, false}, {"NaN%", latency, 0, false},
		{"Inf", loss, 0, false}, {"0s", latency, 0, false}, {"5ms", rate, 0, false}, {"%", loss, 0, false},
	} {
		p, err := ParsePrecision(c.text, c.of)
		if c.size == 0 {
			if err == nil || !strings.Contains(err.Error(), c.of.Name()) {
				t.Errorf("%q of %s: %+v, %v", c.text, c.of.Name(), p, err)
			}
		} else if err != nil || p.Size < 0.999*c.size || p.Size > 1.001*c.size || p.Relative != c.rel || p.String() != c.text {
			t.Errorf("%q of %s: %+v, %v", c.text, c.of.Name(), p, err)
		}
	}
}

// FuzzParsePrecision: whatever is written, the precision is one that can be
// reached, or refused.
func FuzzParsePrecision(f *testing.F) {
	for _, seed := range []string{"5%", "10ms", "5/s", "0.02", "", "%", "1e-400%", "1e999", "0x1p-2", "1_0", "5 /s"} {
		f.Add(seed)
	}
	responses := find(f, station(f, ""), "ack_p99_s", "goodput_per_s", "loss", "queue_max")
	f.Fuzz(func(t *testing.T, text string) {
		for _, of := range responses {
			if p, err := ParsePrecision(text, of); err == nil && !(p.target(1) > 0 && !math.IsInf(p.target(1), 0)) {
				t.Errorf("%q of %s is taken for %+v", text, of.Name(), p)
			}
		}
	})
}
