package fit

import (
	"bytes"
	"fmt"
	"math"
	"strings"
	"testing"

	"onepen/sim"
)

// drawn returns samples of a law, as a file of them would be read.
func drawn(t *testing.T, text string, n int) *Samples {
	t.Helper()
	d, err := sim.ParseDist(text, nil)
	if err != nil {
		t.Fatal(err)
	}
	stream := sim.NewStream(7, 0, text, "fit")
	s := &Samples{File: "drawn.csv", Readable: true}
	for range n {
		s.Values = append(s.Values, d.Sample(&stream).Seconds())
	}
	s.sort()
	return s
}

// TestLawsAreRecovered draws samples from known laws. The law is found among
// all candidates and fits, its mean is within four standard errors, and laws
// that differ from it are refused.
func TestLawsAreRecovered(t *testing.T) {
	const n = 4000
	for _, c := range []struct {
		text, name string
		refused    []string
	}{
		{"exponential(2ms)", "exponential", []string{"pareto", "uniform", "lognormal"}},
		{"erlang(k=4, mean=2ms)", "erlang", []string{"exponential", "pareto", "uniform"}},
		{"lognormal(mean=2ms, cv=0.7)", "lognormal", []string{"exponential", "pareto", "uniform", "erlang"}},
		{"lognormal(mean=100us, cv=0.2)", "lognormal", []string{"exponential", "pareto", "uniform"}},
		{"hyperexp(p=0.9, a=1ms, b=20ms)", "hyperexp", []string{"exponential", "lognormal", "pareto", "erlang"}},
		{"pareto(alpha=1.5, lo=1ms, hi=1s)", "pareto", []string{"exponential", "lognormal", "erlang", "uniform"}},
		{"uniform(1ms, 3ms)", "uniform", []string{"exponential", "lognormal", "pareto"}},
	} {
		t.Run(c.text, func(t *testing.T) {
			s := drawn(t, c.text, n)
			choice, err := Latencies(s)
			if err != nil {
				t.Fatal(err)
			}
			best := &choice.Laws[0]
			if best.Name != c.name || choice.Quality != Fits {
				t.Fatalf("best is %v, which %v", best.Dist, choice.Quality)
			}
			truth, _ := sim.ParseDist(c.text, nil)
			if off, se := best.Dist.Mean()-truth.Mean(), truth.Mean()*math.Sqrt(truth.SCV()/n); math.Abs(off) > 4*se {
				t.Errorf("%v: mean is off by %g s, standard error %g s", best.Dist, off, se)
			}
			if _, err := sim.ParseDist(choice.Text(), nil); err != nil {
				t.Errorf("what is printed cannot be read: %v", err)
			}
			for i := range choice.Laws {
				if l := &choice.Laws[i]; contains(c.refused, l.Name) && choice.Of(l) == Fits {
					t.Errorf("%v passes for %s, distance %.4f", l.Dist, c.text, l.Distance)
				}
			}
		})
	}
}

func contains(list []string, text string) bool {
	for _, s := range list {
		if s == text {
			return true
		}
	}
	return false
}

// TestParametersAreRecovered holds single parameters against the asymptotic
// standard errors of maximum likelihood.
func TestParametersAreRecovered(t *testing.T) {
	const n = 20_000
	// Lognormal: the variance v of the logarithm has standard error v·√(2/n).
	m := momentsOf(drawn(t, "lognormal(mean=2ms, cv=0.7)", n).Values)
	e, _ := lognormal(m)
	d, err := sim.ParseDist(e.text, nil)
	if err != nil {
		t.Fatal(err)
	}
	want := math.Log1p(0.49)
	if got := math.Log1p(d.SCV()); math.Abs(got-want) > 4*want*math.Sqrt(2.0/n) {
		t.Errorf("variance of the logarithm %v, want %v", got, want)
	}
	// Erlang: the number of steps is whole, and known exactly with so many samples.
	if e, _ := erlang(momentsOf(drawn(t, "erlang(k=4, mean=2ms)", n).Values)); !strings.HasPrefix(e.text, "erlang(k=4,") {
		t.Errorf("got %s, want 4 steps", e.text)
	}
	// Pareto, far from its upper end: the exponent has standard error α/√n.
	e, _ = pareto(momentsOf(drawn(t, "pareto(alpha=1.5, lo=1ms, hi=1h)", n).Values))
	var alpha float64
	if _, err := fmt.Sscanf(e.text, "pareto(alpha=%f,", &alpha); err != nil || math.Abs(alpha-1.5) > 4*1.5/math.Sqrt(n) {
		t.Errorf("%s: want alpha 1.5", e.text)
	}
}

// TestNoLaw: two lumps are no law of the candidates, and equal samples are a
// constant.
func TestNoLaw(t *testing.T) {
	s := &Samples{File: "two lumps.csv", Column: "lat_us", Unit: "us", Readable: true}
	for i := range 1000 {
		s.Values = append(s.Values, 17e-6+float64(i%7)*1e-7, 68e-6+float64(i%11)*1e-7)
	}
	s.sort()
	c, err := Latencies(s)
	if err != nil || c.Quality != None {
		t.Fatalf("%v, %v", c.Quality, err)
	}
	if want := `empirical("two lumps.csv", column=lat_us)`; c.Text() != want {
		t.Errorf("got %s, want %s", c.Text(), want)
	}
	var b bytes.Buffer
	if err := s.WriteSamples(&b); err != nil {
		t.Fatal(err)
	}
	if again, err := ReadSamples("again.csv", b.Bytes(), Source{}); err != nil || len(again.Values) != 2000 || again.Values[0] != s.Values[0] {
		t.Errorf("written samples do not read back: %v", err)
	}
	same, err := ReadSamples("same.csv", []byte(strings.Repeat("2ms\n", 20)), Source{})
	if err != nil {
		t.Fatal(err)
	}
	if c, err = Latencies(same); err != nil || c.Text() != "2ms" {
		t.Errorf("got %v, %v", c, err)
	}
}

// TestDistance: by hand, and the limit law at its tabled 5 % point.
func TestDistance(t *testing.T) {
	line := func(x float64) float64 { return x }
	if got := distance([]float64{0.2, 0.2, 0.9}, line); math.Abs(got-(2.0/3-0.2)) > 1e-12 {
		t.Errorf("distance %v", got)
	}
	if got := Probability(1.358/1e3, 1e6); math.Abs(got-0.05) > 1e-3 { // Smirnov 1948
		t.Errorf("probability %v, want 0.05", got)
	}
}

// TestZipf recovers exponents where all keys are seen often; with one key there
// is none.
func TestZipf(t *testing.T) {
	for _, s := range []float64{0, 0.5, 1, 1.5} {
		z, stream := sim.NewZipf(50, s), sim.NewStream(3, 0, "zipf", "fit")
		keys := make([]string, 200_000)
		for i := range keys {
			keys[i] = fmt.Sprint(z.Sample(&stream))
		}
		// Ranks by frequency, not by key, make a small exponent a little larger.
		if got := zipf(frequencies(keys)); math.Abs(got-s) > 0.03 {
			t.Errorf("exponent %v, want %v", got, s)
		}
	}
	if got := zipf([]int{5}); !math.IsNaN(got) {
		t.Errorf("of one key: %v", got)
	}
}

// TestArrivals: a Poisson process is one, a regular one is not.
func TestArrivals(t *testing.T) {
	stream := sim.NewStream(5, 0, "arrivals", "fit")
	var random, regular strings.Builder
	random.WriteString("time_s,key\n")
	regular.WriteString("time_s\n")
	at := 0.0
	for i := range 20_000 {
		at += stream.Exp() / 50
		fmt.Fprintf(&random, "%v,%d\n", at, i%3)
		fmt.Fprintf(&regular, "%v\n", float64(i)/50)
	}
	for name, c := range map[string]struct{ text, want string }{
		"poisson": {random.String(), "process: poisson, rate: "},
		"regular": {regular.String(), "process: trace"},
	} {
		if !IsTrace([]byte(c.text)) {
			t.Errorf("%s: not known as arrivals", name)
		}
		trace, err := ReadArrivals(name+".csv", []byte(c.text))
		if err != nil {
			t.Fatal(err)
		}
		p := Arrivals(trace)
		if math.Abs(p.Rate-50) > 50*4/math.Sqrt(20_000) || !strings.Contains(p.yaml(), c.want) {
			t.Errorf("%s: %+v\n%s", name, p.Rate, p.yaml())
		}
	}
}
