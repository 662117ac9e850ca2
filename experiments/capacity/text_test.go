package capacity

import (
	"regexp"
	"strings"
	"testing"

	"onepen/experiments/response"
)

// TestWideIntervalsAtAValueThatIsKnown: how wide the intervals beside a value
// are is no reproach once its own is as narrow as wanted. Where it is not, what
// the warning is about and what helps is told.
func TestWideIntervalsAtAValueThatIsKnown(t *testing.T) {
	precise := sought(t, station(t, "1", "200ms", "1200ms"), Options{From: "600/s", To: "900/s", Precision: 0.5, Replications: 5, Most: 5}, "p99<20ms")
	if against := precise.There.measured("lanes.writes.ack_p99_s").Warnings; !precise.Precise || against&response.WideInterval == 0 {
		t.Fatalf("precise: %v, against the percentile: %q; this system is to show a wide interval beside a precise value", precise.Precise, against)
	}
	vague := *precise
	vague.Precise = false
	for _, c := range []struct {
		r    *Result
		want bool
	}{{precise, false}, {&vague, true}} {
		var b strings.Builder
		if err := WriteText(&b, c.r); err != nil {
			t.Fatal(err)
		}
		text := strings.Join(strings.Fields(b.String()), " ")
		want := regexp.MustCompile(`warning: what was measured at \d{3}\.\d/s: lanes\.writes\.ack_p99_s.*: the half-width is over 10 % of the mean: more replications narrow it`)
		if got := want.MatchString(text); got != c.want {
			t.Errorf("precise: %v, a warning of wide intervals: %v, want %v:\n%s", c.r.Precise, got, c.want, b.String())
		}
	}
}

// TestLookingAtIsForPeople: the values a search tells of on its way are rounded.
func TestLookingAtIsForPeople(t *testing.T) {
	var told []string
	sought(t, station(t, "1", "200ms", "1200ms"), Options{
		From: "600/s", To: "900/s", Precision: 0.2, Replications: 3, Most: 3,
		OnProbe: func(value string, _ int) { told = append(told, value) },
	}, "p99<20ms")
	for _, value := range told {
		if digits := strings.Trim(strings.ReplaceAll(value, ".", ""), "/s"); len(digits) > 4 {
			t.Errorf("looking at %s, want at most four digits", value)
		}
	}
	if len(told) < 3 {
		t.Errorf("looking at %v", told)
	}
}
