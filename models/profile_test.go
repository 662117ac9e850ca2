package models

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"onepen/sim"
)

// someProfile draws a profile whose instants lie in the first few seconds.
func someProfile(t *rapid.T) Profile {
	p := Profile{Kind: ProfileKind(rapid.IntRange(0, len(profileKinds)-1).Draw(t, "profile"))}
	switch p.Kind {
	case ProfileSteps, ProfileRamp:
		at := sim.Time(0)
		for range rapid.IntRange(1, 5).Draw(t, "points") {
			p.Points = append(p.Points, ProfilePoint{at, rapid.SampledFrom([]float64{0, 0.25, 1, 3, 10}).Draw(t, "factor")})
			at += sim.Time(rapid.Int64Range(1, int64(2*sim.Second)).Draw(t, "step"))
		}
	case ProfileDaily:
		p.Period = sim.Time(rapid.Int64Range(int64(minPeriod), int64(4*sim.Second)).Draw(t, "period"))
		p.Amplitude = rapid.Float64Range(0, 1).Draw(t, "amplitude")
	}
	return p
}

func TestProfileTextIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := someProfile(t)
		got, err := ParseProfile(p.String())
		if err != nil || !got.equal(&p) {
			t.Errorf("%s was read back as %s, %v", p, got, err)
		}
	})
}

func TestParseProfile(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"constant", "constant"},
		{"steps(10s: 5, 20s: 1)", "steps(10s: 5, 20s: 1)"},
		{"steps( 10s=5 ,20s = 1 )", "steps(10s: 5, 20s: 1)"},
		{"ramp(0s:1, 1500ms:2.5)", "ramp(0s: 1, 1.5s: 2.5)"},
		{"daily(60s, 0.5)", "daily(period=1m, amplitude=0.5)"},
		{"daily(amplitude=1, period=1s)", "daily(period=1s, amplitude=1)"},
	} {
		got, err := ParseProfile(c.text)
		if err != nil || got.String() != mustProfile(t, c.want).String() {
			t.Errorf("ParseProfile(%q) = %v, %v, want %s", c.text, got, err, c.want)
		}
	}
	for _, c := range []struct{ text, problem string }{
		{"", "must be constant, steps("},
		{"step(10s: 5)", "did you mean steps?"},
		{"constant()", "must be constant"},
		{"steps", "must be constant, steps("},
		{"steps(10s: 5", "must be constant, steps("},
		{"steps()", "must list instants and factors"},
		{"steps(10s)", "must list instants and factors"},
		{"steps(10: 5)", "steps: "},
		{"steps(10s: -1)", "a factor must be 0 to 1e+06, got -1"},
		{"ramp(10s: 1, 10s: 2)", "instants must grow, got 10s after 10s"},
		{"daily(60s)", "must be given (period, amplitude)"},
		{"daily(60s, 0.5, 1)", "must be given (period, amplitude)"},
		{"daily(period=60s, period=60s)", "must be given (period, amplitude)"},
		{"daily(60s, 1.5)", "amplitude must be 0 to 1, got 1.5"},
		{"daily(1ms, 0.5)", "period must be 1s to"},
	} {
		if _, err := ParseProfile(c.text); err == nil || !strings.Contains(err.Error(), c.problem) {
			t.Errorf("ParseProfile(%q): error %v, want one that says %q", c.text, err, c.problem)
		}
	}
}

// mustProfile reads a profile that is known to be right.
func mustProfile(t *testing.T, text string) Profile {
	t.Helper()
	p, err := ParseProfile(text)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestProfileFactors(t *testing.T) {
	const s = float64(sim.Second)
	for _, c := range []struct {
		profile string
		at      float64 // [s]
		want    float64
	}{
		{"steps(10s: 5, 20s: 1)", 0, 1},
		{"steps(10s: 5, 20s: 1)", 9.999, 1},
		{"steps(10s: 5, 20s: 1)", 10, 5}, // from that instant on
		{"steps(10s: 5, 20s: 0)", 1e6, 0},
		{"ramp(10s: 1, 20s: 3)", 0, 1},
		{"ramp(10s: 1, 20s: 3)", 15, 2},
		{"ramp(10s: 1, 20s: 3)", 20, 3},
		{"ramp(10s: 2, 20s: 0)", 17.5, 0.5},
		{"daily(period=60s, amplitude=0.5)", 0, 1},
		{"daily(period=60s, amplitude=0.5)", 15, 1.5},
		{"daily(period=60s, amplitude=0.5)", 45 + 60*60, 0.5},
	} {
		p := mustProfile(t, c.profile)
		if got := p.stretch(c.at * s).factor; math.Abs(got-c.want) > 1e-9 {
			t.Errorf("%s at %g s: factor %v, want %v", c.profile, c.at, got, c.want)
		}
	}
}

// TestDailyIsNearlyASine holds the polygon to its stated error and mean, over
// a period that does not divide evenly, near the start and after 40 days.
func TestDailyIsNearlyASine(t *testing.T) {
	const amplitude = 0.9
	p := Profile{Kind: ProfileDaily, Period: 7*sim.Second + 13, Amplitude: amplitude}
	bound := amplitude * math.Pow(2*math.Pi/dailyCorners, 2) / 8
	period := float64(p.Period)
	for _, start := range []float64{0, math.Round(1000*3600e9/period) * period} {
		for k := range 1000 {
			at := start + float64(k)*period/1000
			want := 1 + amplitude*math.Sin(2*math.Pi*float64(k)/1000)
			if got := p.stretch(at).factor; math.Abs(got-want) > bound+1e-6 {
				t.Fatalf("at %v of the period from %v ns: factor %v, want %v within %v", float64(k)/1000, start, got, want, bound)
			}
		}
	}
	if got := p.mean(5 * p.Period); math.Abs(got-1) > 1e-12 {
		t.Errorf("mean factor over five periods is %v, want 1", got)
	}
	for k := range int64(2 * dailyCorners) {
		if got, want := dailySine(k), math.Sin(2*math.Pi*float64(k)/dailyCorners); math.Abs(got-want) > 2e-15 {
			t.Errorf("dailySine(%d) = %v, want %v", k, got, want)
		}
	}
}

// TestStretchesCoverAllTime walks through a profile: every stretch ends later
// than it begins, and reach undoes area.
func TestStretchesCoverAllTime(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := someProfile(t)
		at := 0.0
		for range 200 {
			s := p.stretch(at)
			if !(s.end > at) || s.factor < 0 {
				t.Fatalf("%s at %v: stretch %+v", p, at, s)
			}
			length := min(s.end-at, 1e9)
			d := length * rapid.Float64Range(0.01, 0.99).Draw(t, "part")
			if area := s.area(d); area > 0 {
				// Where the factor falls to 0 the area says little about the
				// place: a relative error of 2^-52 there is one of 2^-26 here.
				if got := s.reach(area); math.Abs(got-d) > 1e-6*length {
					t.Fatalf("%s: area of %v ns is %v, whose reach is %v", p, d, area, got)
				}
			}
			if math.IsInf(s.end, 1) {
				return
			}
			at = s.end
		}
	})
}

func TestProfileMaxAndMean(t *testing.T) {
	for _, c := range []struct {
		profile   string
		max, mean float64 // over 20 s
	}{
		{"constant", 1, 1},
		{"steps(10s: 5)", 5, 3},
		{"steps(0s: 0.5)", 1, 0.5}, // the largest factor counts the time before the first instant, whether or not there is any
		{"ramp(0s: 1, 20s: 3)", 3, 2},
		{"daily(period=10s, amplitude=0.5)", 1.5, 1},
	} {
		p := mustProfile(t, c.profile)
		if got := p.max(); got != c.max {
			t.Errorf("%s: max %v, want %v", p, got, c.max)
		}
		if got := p.mean(20 * sim.Second); math.Abs(got-c.mean) > 1e-12 {
			t.Errorf("%s: mean %v, want %v", p, got, c.mean)
		}
	}
}
