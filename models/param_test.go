package models

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"onepen/sim"
)

// whole is a scenario with two components in each section, so that every
// parameter has a place.
func whole(tb interface {
	Helper()
	Fatal(...any)
}) *Scenario {
	tb.Helper()
	s := NewScenario("whole")
	for section, names := range map[string][]string{
		"lanes": {"mapping", "clicks"}, "allocators": {"codes", "spare"}, "stores": {"links", "events"},
	} {
		for _, name := range names {
			if err := s.Add(section, name); err != nil {
				tb.Fatal(err)
			}
		}
	}
	return s
}

// TestDeclarations checks what every declaration owes to its readers: the
// reference, the editor, the screen.
func TestDeclarations(t *testing.T) {
	s := whole(t)
	seen := map[string]bool{}
	for _, p := range Params() {
		if seen[p.Path] {
			t.Errorf("%s is declared twice", p.Path)
		}
		seen[p.Path] = true
		if p.Help == "" || strings.HasSuffix(p.Help, ".") || strings.Contains(p.Help, "\n") {
			t.Errorf("%s: help must be one line without a full stop, is %q", p.Path, p.Help)
		}
		if p.Allowed == "" {
			t.Errorf("%s does not say what is allowed", p.Path)
		}
		if (p.Kind == KindChoice) != (len(p.Choices) > 0) {
			t.Errorf("%s: kind %v with choices %v", p.Path, p.Kind, p.Choices)
		}
		if p.Kind == KindChoice && !slices.Contains(p.Choices, p.Default) {
			t.Errorf("%s: default %q is none of %v", p.Path, p.Default, p.Choices)
		}
		if unit := map[Kind]string{KindSpan: "s", KindDist: "s", KindRate: "1/s"}[p.Kind]; p.Unit != unit && unit != "" {
			t.Errorf("%s: unit %q of a %v, want %q", p.Path, p.Unit, p.Kind, unit)
		}
		path := p.at(map[string]string{"lanes": "clicks", "allocators": "codes", "stores": "links"}[p.section])
		if p.Path == "name" {
			continue // given to NewScenario
		}
		value, err := s.Value(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := s.Set(path, p.Default); err != nil {
			t.Errorf("%s: default %q: %v", p.Path, p.Default, err)
		}
		if again, _ := s.Value(path); again != value {
			t.Errorf("%s: the default reads %q and, set again, %q", p.Path, value, again)
		}
	}
}

// TestPathsResolve: every path of a scenario leads to a declaration and back,
// whatever the component is called.
func TestPathsResolve(t *testing.T) {
	s := whole(t)
	paths := s.Paths()
	run, lanes, allocators, stores := len(runParams()), len(laneParams()), len(allocatorParams()), len(storeParams())
	if want := run + 2*(lanes+allocators+stores); len(paths) != want {
		t.Errorf("%d paths, want %d", len(paths), want)
	}
	for _, path := range paths {
		p, err := s.Declaration(path)
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		want := path
		if section, rest, found := strings.Cut(path, "."); found && slices.Contains(Sections(), section) {
			_, name, _ := strings.Cut(rest, ".")
			want = section + ".*." + name
		}
		if p.Path != want {
			t.Errorf("%s is declared as %s", path, p.Path)
		}
	}
}

// textForms are valid texts of parameters that take no text but forms of their
// own, with a place for a whole number.
var textForms = map[string][]string{
	"arrivals.profile": {"constant", "steps(%ds: 5, 2000s: 0.1)", "ramp(0s: %d, 10s: 3)", "daily(period=%ds, amplitude=0.5)"},
	"retry.backoff":    {"constant(%dms)", "exponential(%dus)", "exponential(%dms, max=5s)"},
}

// drawValue draws a valid text for a parameter from its whole range.
func drawValue(t *rapid.T, p *Param) string {
	switch p.Kind {
	case KindChoice:
		return rapid.SampledFrom(p.Choices).Draw(t, "choice")
	case KindFlag:
		return rapid.SampledFrom([]string{"true", "false", "on", "off", "yes", "no"}).Draw(t, "flag")
	case KindCount, KindNumber:
		if strings.HasSuffix(p.Allowed, unlimitedText) && rapid.Bool().Draw(t, "no limit") {
			return unlimitedText
		}
		var lo, hi float64
		if _, err := fmt.Sscanf(p.Allowed, "%g to %g", &lo, &hi); err != nil {
			t.Fatalf("%s: range %q: %v", p.Path, p.Allowed, err)
		}
		if p.Kind == KindNumber {
			return formatNumber(rapid.Float64Range(lo, hi).Draw(t, "number"))
		}
		if p.Path == "seed" {
			return fmt.Sprint(rapid.Uint64().Draw(t, "seed"))
		}
		return fmt.Sprint(rapid.IntRange(int(lo), int(hi)).Draw(t, "count"))
	case KindRate:
		if strings.HasSuffix(p.Allowed, unlimitedText) && rapid.Bool().Draw(t, "no limit") {
			return unlimitedText
		}
		unit := rapid.SampledFrom([]string{"/s", "/ms", "/min", "/h", " / s"}).Draw(t, "unit")
		return formatNumber(rapid.Float64Range(1, 1e6).Draw(t, "rate")) + unit
	case KindSpan:
		var low, high string
		if _, err := fmt.Sscanf(p.Allowed, "%s to %s", &low, &high); err != nil {
			t.Fatalf("%s: range %q: %v", p.Path, p.Allowed, err)
		}
		return sim.Time(rapid.Int64Range(int64(parsed(t, low)), int64(parsed(t, high))).Draw(t, "span")).String()
	case KindDist:
		span := sim.Time(rapid.Int64Range(1, int64(sim.Hour)).Draw(t, "mean"))
		return fmt.Sprintf(rapid.SampledFrom([]string{"%v", "exponential(%v)", "lognormal(mean=%v, cv=0.7)", "erlang(3, %v)", "hyperexp(%v, 4)"}).Draw(t, "form"), span)
	case KindSkew:
		s, share := rapid.Float64Range(0, maxExponent).Draw(t, "s"), rapid.Float64Range(0, 1).Draw(t, "share")
		return rapid.SampledFrom([]string{"uniform", "one", "trace", fmt.Sprintf("zipf(%v)", s), fmt.Sprintf("hot(%v, %d)", share, 1+int(s*1e6))}).Draw(t, "skew")
	default:
		if forms := textForms[p.name]; forms != nil {
			number := fmt.Sprint(rapid.IntRange(1, 1000).Draw(t, "number"))
			return strings.ReplaceAll(rapid.SampledFrom(forms).Draw(t, "form"), "%d", number)
		}
		return rapid.StringMatching(`[a-z]{1,8}( [a-z.]{1,8})?`).Draw(t, "text")
	}
}

func parsed(t *rapid.T, text string) sim.Time {
	span, err := sim.ParseTime(text)
	if err != nil {
		t.Fatal(err)
	}
	return span
}

// TestValuesReadBack: a valid text is accepted, Value writes it in its own way,
// and that text is accepted and means the same. Nothing else changes.
func TestValuesReadBack(t *testing.T) {
	untouched := whole(t)
	for _, p := range Params() {
		t.Run(p.Path, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				s := untouched.Clone()
				path := p.at("clicks")
				switch p.section {
				case sectionAllocators:
					path = p.at("codes")
				case sectionStores:
					path = p.at("links")
				}
				text := drawValue(t, &p)
				if err := s.Set(path, text); err != nil {
					t.Fatalf("valid text refused: %v", err)
				}
				readsBack(t, s, path)
				if before, _ := untouched.Value(path); s.Set(path, before) != nil {
					t.Fatalf("%s cannot be set back to %q", path, before)
				}
				if diff := cmp.Diff(untouched, s, sameDists); diff != "" {
					t.Fatalf("%s = %s and back changed\n%s", path, text, diff)
				}
			})
		})
	}
}

// sameDists compares distributions by their text, which is all that they are.
var sameDists = cmp.Comparer(func(a, b sim.Dist) bool {
	return (a == nil) == (b == nil) && (a == nil || a.String() == b.String())
})

// readsBack fails unless the value at a path is read back from its text.
func readsBack(tb interface{ Fatalf(string, ...any) }, s *Scenario, path string) {
	value, err := s.Value(path)
	if err != nil {
		tb.Fatalf("%s: %v", path, err)
	}
	copied := s.Clone()
	if err := copied.Set(path, value); err != nil {
		tb.Fatalf("%s: its own text %q is refused: %v", path, value, err)
	}
	if again, _ := copied.Value(path); again != value {
		tb.Fatalf("%s: %q reads back as %q", path, value, again)
	}
}

// TestBadValues holds the words of refusals: what, where, what is allowed.
func TestBadValues(t *testing.T) {
	for _, c := range []struct{ path, text, want string }{
		{"lanes.clicks.batch.size", "0", "lanes.clicks.batch.size: must be 1 to 1000000, got 0"},
		{"lanes.clicks.batch.size", "1000001", "must be 1 to 1000000, got 1000001"},
		{"lanes.clicks.batch.size", "1.5", `must be a whole number, 1 to 1000000, got "1.5"`},
		{"lanes.clicks.batch.size", "many", `must be a whole number, 1 to 1000000, got "many"`},
		{"lanes.clicks.batch.size", "", `must be a whole number, 1 to 1000000, got ""`},
		{"lanes.clicks.batch.size", "NaN", `must be a whole number`},
		{"lanes.clicks.batch.size", "Inf", `must be a whole number`},
		{"lanes.clicks.batch.size", "1e400", `must be`},
		{"lanes.clicks.arrivals.rate", "900", `got "900"; did you mean 900/s?`},
		{"lanes.clicks.arrivals.rate", "-1/s", "must be 0/s to 1000000000/s, got -1/s"},
		{"lanes.clicks.arrivals.rate", "2e9/s", "must be 0/s to 1000000000/s, got 2e9/s"},
		{"lanes.clicks.arrivals.rate", "NaN/s", `got "NaN/s"`},
		{"lanes.clicks.arrivals.rate", "5/fortnight", "must be a rate per s, ms, min or h"},
		{"lanes.clicks.arrivals.rate", "5ms", "must be a rate such as 900/s"},
		{"lanes.clicks.batch.linger", "5", "no unit"},
		{"lanes.clicks.batch.linger", "-5ms", "must not be negative"},
		{"lanes.clicks.batch.linger", "2h", "must be 0 to 1h, got 2h"},
		{"lanes.clicks.batch.linger", "5/s", "unit"},
		{"lanes.clicks.queue.mode", "durabel", `must be one of none, memory, durable, got "durabel"; did you mean durable?`},
		{"lanes.clicks.queue.mode", "", `must be one of none, memory, durable, got ""`},
		{"lanes.clicks.arrivals.repeat", "maybe", `must be true or false, got "maybe"`},
		{"lanes.clicks.arrivals.think", "exponential(0s)", "mean must be > 0"},
		{"lanes.clicks.arrivals.think", "exponentail(1ms)", "exponential"},
		{"lanes.clicks.arrivals.think", "empirical(file=x.csv)", "no files"},
		{"lanes.clicks.keys.skew", "zipf", "zipf needs its arguments, as in zipf(0.9)"},
		{"lanes.clicks.keys.skew", "zpif(1)", "did you mean zipf(1)?"},
		{"allocators.codes.prefetch", "1.1", "must be 0 to 1, got 1.1"},
		{"allocators.codes.prefetch", "half", `must be a number, 0 to 1, got "half"`},
		{"stores.links.backlog", "-1", "must be 0 to 1000000000, got -1 (or unlimited)"},
		{"stores.links.partitions", "65537", "must be 1 to 65536, got 65537"},
		{"seed", "-1", `must be a whole number, 0 to 18446744073709551615, got "-1"`},
		{"duration", "0s", "must be 1ms to"},
	} {
		t.Run(c.path+" "+c.text, func(t *testing.T) {
			s := whole(t)
			before, _ := s.Value(c.path)
			err := s.Set(c.path, c.text)
			var p *ParamError
			if !errors.As(err, &p) || p.Path != c.path {
				t.Fatalf("error %v, want a *ParamError with that path", err)
			}
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %q does not say %q", err, c.want)
			}
			if after, _ := s.Value(c.path); after != before {
				t.Errorf("refused, but changed from %q to %q", before, after)
			}
		})
	}
}

// TestUnknownPaths holds the nearest right names.
func TestUnknownPaths(t *testing.T) {
	for _, c := range []struct{ path, problem, nearest string }{
		{"lanes.clicks.batch.sise", "there is no such parameter", "lanes.clicks.batch.size"},
		{"lanes.clicks.batchsize", "there is no such parameter", "lanes.clicks.batch.size"},
		{"lanes.click.batch.size", `there is no lane "click" (there are: mapping, clicks)`, "lanes.clicks.batch.size"},
		{"lanes.other.batch.size", `there is no lane "other"`, ""},
		{"allocators.code.block", `there is no allocator "code" (there are: codes, spare)`, "allocators.codes.block"},
		{"store.links.partitions", "there is no such parameter", "stores.links.partitions"},
		{"sed", "there is no such parameter", "seed"},
		{"lanes.click", `there is no lane "click"`, "lanes.clicks"},
		{"lanes", "holds parameters and is none itself", ""},
		{"", "there is no such parameter", ""},
	} {
		t.Run(c.path, func(t *testing.T) {
			err := whole(t).Set(c.path, "1")
			var p *ParamError
			if !errors.As(err, &p) {
				t.Fatalf("error %v, want a *ParamError", err)
			}
			if p.Path != c.path || !strings.Contains(p.Problem, c.problem) || p.Nearest != c.nearest {
				t.Errorf("got %q: %q, nearest %q; want %q, nearest %q", p.Path, p.Problem, p.Nearest, c.problem, c.nearest)
			}
		})
	}
}

func TestAddRefuses(t *testing.T) {
	for _, c := range []struct{ section, name, want string }{
		{"lanes", "clicks", "is there already"},
		{"lanes", "none", `"none" is the word for having none`},
		{"lanes", "", "a name is made of"},
		{"lanes", "Clicks", "a name is made of"},
		{"lanes", "a.b", "a name is made of"},
		{"stores", "-x", "a name is made of"},
		{"lane", "x", `there is no section "lane"`},
	} {
		if err := whole(t).Add(c.section, c.name); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("Add(%q, %q): error %v, want one with %q", c.section, c.name, err, c.want)
		}
	}
}

// TestMisfits: values that are valid alone but do not fit each other are
// refused with the path of the one to change.
func TestMisfits(t *testing.T) {
	for _, c := range []struct {
		name string
		set  []string
		want string
	}{
		{"no store", []string{"lanes.w.store", ""}, "lanes.w.store: must name a store (there are: s)"},
		{"unknown store", []string{"lanes.w.store", "links"}, `lanes.w.store: there is no store "links"`},
		{"unknown allocator", []string{"lanes.w.ids", "b"}, `lanes.w.ids: there is no allocator "b" (there are: a, none)`},
		{"peak above the load", []string{"lanes.w.arrivals.process", "onoff", "lanes.w.arrivals.on", "1s", "lanes.w.arrivals.off", "3s", "lanes.w.arrivals.peak", "401/s"},
			"lanes.w.arrivals.peak: must be at most 400/s"},
		{"periods without length", []string{"lanes.w.arrivals.process", "onoff", "lanes.w.arrivals.on", "0s"}, "lanes.w.arrivals.on: "},
		{"trace without a file", []string{"lanes.w.arrivals.process", "trace"}, "lanes.w.arrivals.trace: the process trace needs a file"},
		{"keys of no trace", []string{"lanes.w.keys.skew", "trace"}, "lanes.w.keys.skew: needs arrivals.process: trace, got poisson"},
		{"more hot keys than keys", []string{"lanes.w.keys.space", "3", "lanes.w.keys.skew", "hot(0.5, 4)"}, "lanes.w.keys.skew: there cannot be more hot keys than keys"},
		{"a loop without time", []string{"lanes.w.arrivals.process", "closed", "lanes.w.ack", "accept"}, "lanes.w.arrivals.think: must be above 0"},
		{"a loop around nothing seen", []string{"lanes.w.arrivals.process", "closed", "lanes.w.ack", "visible", "stores.s.overhead", "0s"}, "lanes.w.arrivals.think: must be above 0"},
		{"a loop around nothing", []string{"lanes.w.arrivals.process", "closed", "stores.s.overhead", "0s"}, "lanes.w.arrivals.think: must be above 0"},
		{"more writers than machines", []string{"lanes.w.ids", "a", "lanes.w.arrivals.writers", "3", "allocators.a.strategy", "snowflake", "allocators.a.machine_bits", "1"},
			"allocators.a.machine_bits: must tell 3 writers apart"},
		{"no bits for the time", []string{"lanes.w.ids", "a", "allocators.a.strategy", "snowflake", "allocators.a.machine_bits", "20", "allocators.a.sequence_bits", "30"}, "allocators.a.sequence_bits: "},
		{"warm-up as long as the run", []string{"duration", "5s", "warmup", "5s"}, "warmup: must be shorter than the duration, 5s, got 5s"},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := built(t, c.set...)
			_, err := New(s, 0)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("error %v, want one with %q", err, c.want)
			}
		})
	}
}

// TestSnowflakeHasRoomForTheTime: the ticks of the whole run must fit beside
// the machine and the sequence, or IDs come up again.
func TestSnowflakeHasRoomForTheTime(t *testing.T) {
	// 40 bits of machine and sequence leave 22 for the time, 4.2 s of
	// microseconds.
	s := built(t, "duration", "20s", "lanes.w.arrivals.rate", "20000/s", "lanes.w.ids", "a", "stores.s.overhead", "0s", "allocators.a.strategy", "snowflake",
		"allocators.a.tick", "1us", "allocators.a.machine_bits", "20", "allocators.a.sequence_bits", "20")
	y, err := New(s, 0)
	if err != nil {
		return // refused: as good
	}
	seen := map[uint64]bool{}
	y.onCommit = func(w *write, _ *operation) {
		if seen[w.id] {
			t.Fatalf("at %v ID %d is given again", y.Now(), w.id)
		}
		seen[w.id] = true
	}
	y.RunUntil(s.Duration)
}

// TestHugeTimesDoNotOverflow: the longest times that can be written are
// decades; sums of them must not wrap around.
func TestHugeTimesDoNotOverflow(t *testing.T) {
	for _, set := range [][]string{
		{"stores.s.per_record", "600000h", "lanes.w.batch.size", "5"},
		{"stores.s.per_record", "uniform(500000h, 600000h)", "lanes.w.batch.size", "5"},
		{"stores.s.overhead", "600000h"},
		{"stores.s.overhead", "600000h", "stores.s.servers", "9", "stores.s.contention", "1", "stores.s.crosstalk", "1"},
		{"stores.s.replicas", "2", "stores.s.quorum", "2", "stores.s.replication", "600000h", "stores.s.slow_replica", "1e6"},
		{"lanes.w.timeout", "600000h"},
		{"lanes.w.consumers.workers", "1", "lanes.w.consumers.service", "600000h"},
		{"lanes.w.ids", "a", "allocators.a.service", "600000h"},
		{"lanes.w.queue.mode", "durable", "lanes.w.queue.append", "600000h"},
		{"lanes.w.arrivals.process", "onoff", "lanes.w.arrivals.on", "600000h", "lanes.w.arrivals.off", "600000h"},
		{"lanes.w.arrivals.process", "closed", "lanes.w.arrivals.think", "600000h"},
	} {
		t.Run(strings.Join(set, " "), func(t *testing.T) {
			defer func() {
				if problem := recover(); problem != nil {
					t.Errorf("panic: %v", problem)
				}
			}()
			y := start(t, built(t, append([]string{"lanes.w.arrivals.rate", "1000/s", "duration", "1s"}, set...)...), 0)
			y.RunUntil(sim.Second)
			mustHold(t, y)
		})
	}
}

// FuzzSet: no text makes Set panic, and what it accepts reads back.
func FuzzSet(f *testing.F) {
	for i, text := range []string{"1", "1e6", "900/s", "5ms", "lognormal(mean=2ms, cv=0.7)", "zipf(0.9)", "unlimited", "true", "hot(0.5, 3)", "-0", "0x1p-2/s", "1e308k", "∞", ""} {
		f.Add(i, text)
	}
	f.Fuzz(func(t *testing.T, which int, text string) {
		s := whole(t)
		paths := s.Paths()
		path := paths[int(uint(which)%uint(len(paths)))]
		if err := s.Set(path, text); err != nil {
			var p *ParamError
			if !errors.As(err, &p) {
				t.Fatalf("%s = %q: error %v is no *ParamError", path, text, err)
			}
			return
		}
		readsBack(t, s, path)
	})
}

// TestFormatsReadBack: numbers and rates are written so that they read back to
// the same float.
func TestFormatsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		x := rapid.Float64Range(0, math.MaxFloat64/1e6).Draw(t, "x")
		if got, err := parseNumber(formatNumber(x)); err != nil || got != x {
			t.Fatalf("%v reads back as %v, %v", x, got, err)
		}
		if got, err := parseRate(formatRate(x)); err != nil || got != x {
			t.Fatalf("%v/s reads back as %v, %v", x, got, err)
		}
	})
}
