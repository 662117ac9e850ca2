package capacity

import (
	"strings"
	"testing"

	"onepen/experiments"
	"onepen/models"
)

func shortener(tb testing.TB) *models.Scenario {
	tb.Helper()
	s, err := experiments.Load("url-shortener")
	if err != nil {
		tb.Fatal(err)
	}
	return s
}

func TestParseObjective(t *testing.T) {
	s := shortener(t)
	for _, c := range []struct {
		text  string
		names string // of the objectives
		limit float64
		above bool
	}{
		{"p99<50ms", "lanes.mapping.ack_p99_s<50ms, lanes.clicks.ack_p99_s<50ms", 0.05, false},
		{" lanes.mapping.p99 <= 1.5 s", "lanes.mapping.ack_p99_s<=1.5s", 1.5, false},
		{"lanes.mapping.commit_p99_s<50ms", "lanes.mapping.commit_p99_s<50ms", 0.05, false},
		{"lanes.mapping.commit_p99<50ms", "lanes.mapping.commit_p99_s<50ms", 0.05, false},
		{"lanes.mapping.loss<0.1%", "lanes.mapping.loss<0.1%", 0.001, false},
		{"lanes.clicks.goodput>3.5k/s", "lanes.clicks.goodput_per_s>3.5k/s", 3500, true},
		{"allocators.codes.utilization<0.8", "allocators.codes.utilization<0.8", 0.8, false},
		{"lanes.clicks.queue_max<1e4", "lanes.clicks.queue_max<1e4", 1e4, false},
		{"lanes.clicks.acked_lost<=0", "lanes.clicks.acked_lost<=0", 0, false},
	} {
		got, err := ParseObjective(s, c.text)
		if err != nil {
			t.Errorf("%q: %v", c.text, err)
			continue
		}
		var names []string
		for _, o := range got {
			names = append(names, o.String())
			if o.Limit != c.limit || o.Above != c.above {
				t.Errorf("%q: limit %v, above %v", c.text, o.Limit, o.Above)
			}
		}
		if all := strings.Join(names, ", "); all != c.names {
			t.Errorf("%q is read as %s, want %s", c.text, all, c.names)
		}
	}
}

func TestParseObjectiveSaysWhatIsWrong(t *testing.T) {
	s := shortener(t)
	for _, c := range []struct{ text, want string }{
		{"", ": column 1: a measure, < or >, and a limit, such as p99<50ms"},
		{"p99", "p99: column 4: a measure, < or >, and a limit"},
		{"<50ms", "<50ms: column 1: a measure is missing"},
		{"p98<50ms", "p98<50ms: column 1: there is no such measure"},
		{"p9<50ms", "(onepen params --measures lists them; of the time to an ack there are mean, p50, p90, p99, p999, max); did you mean p90?"},
		{"goodput<900ms", "column 9: the limit of goodput_per_s must be a rate"},
		{"los<1%", "did you mean loss?"},
		{"lanes.maping.p99<50ms", "there is no lanes.maping to measure"},
		{"lanes.mapping.ack_p9_s<1s", "did you mean lanes.mapping.ack_p90_s?"},
		{"utilization<0.8", "did you mean allocators.codes.utilization?"},
		{"p99<50", `p99<50: column 5: the limit of ack_p99_s must be a time such as 50ms, 0 or more, got "50"`},
		{"p99<", `the limit of ack_p99_s must be a time such as 50ms, 0 or more, got ""`},
		{"p99<never", "must be a time"},
		{"goodput>900", "must be a rate such as 900/s"},
		{"loss<1x", "must be a number or a share such as 0.1%"},
		{"loss<-1%", "0 or more"},
		{"p99>50ms", "p99>50ms: column 4: ack_p99_s is the better the lower it is; did you mean p99<50ms?"},
		{" goodput <= 900/s", "column 10: goodput_per_s is the better the higher it is; did you mean goodput>=900/s?"},
		{"p99<1s<2s", "must be a time"},
		{"lanes.mapping.queue_max<5%", "must be a number of writes"},
	} {
		got, err := ParseObjective(s, c.text)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q: %v, %v; want %q", c.text, got, err, c.want)
		}
	}
}

// FuzzParseObjective: whatever is written, there are objectives that read back
// to themselves, or an error that names a column of the text or just behind it.
func FuzzParseObjective(f *testing.F) {
	for _, seed := range []string{"p99<50ms", "lanes.mapping.loss<=0.1%", "goodput > 900/s", "a<b", "<", ">=", "p99<1e9h", ".<1", "lanes..p99<1s", "loss<NaN", "utilization<1"} {
		f.Add(seed)
	}
	s := shortener(f)
	f.Fuzz(func(t *testing.T, text string) {
		got, err := ParseObjective(s, text)
		if err != nil {
			e, ok := err.(*SyntaxError)
			if !ok || e.Column < 1 || e.Column > len(text)+1 || e.Problem == "" {
				t.Errorf("%q: %#v", text, err)
			}
			return
		}
		for _, o := range got {
			again, err := ParseObjective(s, o.String())
			if err != nil || len(again) != 1 || again[0].String() != o.String() || again[0].Limit != o.Limit || !(o.Limit >= 0) {
				t.Errorf("%q is read as %s, and that as %v, %v", text, o, again, err)
			}
		}
	})
}
