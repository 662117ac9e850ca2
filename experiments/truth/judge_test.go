package truth

import (
	"math"
	"testing"

	"onepen/experiments/theory"
	"onepen/models"
	"onepen/sim"
)

// samples draws readings whose ratio is 1 in expectation but for an excess, with
// a standard deviation of 1 % each, and a control that explains most of it.
func samples(seed uint64, n int, excess float64, skewed bool) sample {
	s := sim.NewStream(seed, 0, "test", "readings")
	x := sample{readings: make([]reading, n), bent: 1, controls: [][]float64{make([]float64, n)}}
	for i := range n {
		common, own := s.Normal(), s.Normal()
		if skewed {
			own = s.Exp() - 1
		}
		x.controls[0][i] = common
		x.readings[i] = reading{over: 1 + excess + 0.008*common + 0.006*own, per: 1}
	}
	return x
}

// TestFalseAlarms judges many samples without fault at a level of 5 %: as many
// fail, within three binomial standard errors, with and without controls, for
// normal and for skewed readings.
func TestFalseAlarms(t *testing.T) {
	const trials, level = 4000, 0.05
	r := Row{Measure: "x", Exact: 1}
	a := ratio(r, nil)
	for _, c := range []struct {
		name             string
		controls, skewed bool
	}{{"plain", false, false}, {"controlled", true, false}, {"skewed", true, true}} {
		fails := 0
		for seed := range uint64(trials) {
			s := samples(seed, UsualReplications, 0, c.skewed)
			if !c.controls {
				s.controls = nil
			}
			if judge(&Case{}, r, a, s, level).Verdict == Failed {
				fails++
			}
		}
		share, se := float64(fails)/trials, math.Sqrt(level*(1-level)/trials)
		if math.Abs(share-level) > 3*se+0.005 {
			t.Errorf("%s: %v of the samples fail, want %v", c.name, share, level)
		}
	}
}

// TestDetection holds that Outcome.Detects is what it says: an error of that
// size fails nine rows in ten.
func TestDetection(t *testing.T) {
	const trials = 1000
	level := perRow(familyError, 700)
	r := Row{Measure: "x", Exact: 1}
	a := ratio(r, nil)
	var sizes sim.Tally // it is itself an estimate
	for seed := range uint64(100) {
		sizes.Add(judge(&Case{}, r, a, samples(seed, UsualReplications, 0, false), level).Detects)
	}
	detects, fails := sizes.Mean(), 0
	for seed := range uint64(trials) {
		if judge(&Case{}, r, a, samples(seed, UsualReplications, detects, false), level).Verdict == Failed {
			fails++
		}
	}
	if share := float64(fails) / trials; math.Abs(share-power) > 0.04 {
		t.Errorf("an error of %v fails %v of the rows, want about %v", detects, share, power)
	}
}

// TestControlsSharpen holds that a control explains what it can: of a variance
// of 0.8² + 0.6², the second part remains.
func TestControlsSharpen(t *testing.T) {
	s := samples(5, 10_000, 0, false)
	a := ratio(Row{Measure: "x", Exact: 1}, nil)
	with := estimate(a, s)
	s.controls = nil
	without := estimate(a, s)
	if got := with.se / without.se; math.Abs(got-0.6) > 0.02 {
		t.Errorf("controls leave %v of the standard error, want 0.6", got)
	}
	// The same control twice is of no more use, and y itself of none.
	s = samples(5, 1000, 0, false)
	once := estimate(a, s)
	s.controls = append(s.controls, s.controls[0])
	if twice := estimate(a, s); twice.se != once.se || twice.degrees != once.degrees {
		t.Errorf("a control twice: %+v, once: %+v", twice, once)
	}
	s.controls = [][]float64{a.differences(s.readings)}
	if itself := estimate(a, s); itself.shift != 0 || itself.degrees != 999 {
		t.Errorf("controlled by itself: %+v", itself)
	}
}

func TestVerdicts(t *testing.T) {
	r := Row{Measure: "x_ms", Exact: 2}
	level := perRow(familyError, 700)
	fixed := func(value float64) sample {
		return sample{readings: []reading{{over: value, per: 1}, {over: value, per: 1}}, bent: 1}
	}
	for _, c := range []struct {
		name string
		a    answer
		s    sample
		want Verdict
	}{
		{"formula, right", computed(2), sample{}, Passed},
		{"formula, wrong", computed(2.00001), sample{}, Failed},
		{"skipped", skipped("why"), sample{}, NotCovered},
		{"without chance, right", ratio(r, nil), fixed(2e-3), Passed},
		{"without chance, wrong", ratio(r, nil), fixed(2.001e-3), Failed},
		{"below an upper bound", ratio(Row{Measure: "x", Exact: 2}, nil).bounded(), samples(1, 64, 0, false), Passed},
		{"at an upper bound", ratio(Row{Measure: "x", Exact: 1}, nil).bounded(), samples(1, 64, 0, false), Passed},
		{"above an upper bound", ratio(Row{Measure: "x", Exact: 0.9}, nil).bounded(), samples(1, 64, 0, false), Failed},
	} {
		if got := judge(&Case{}, r, c.a, c.s, level).Verdict; got != c.want {
			t.Errorf("%s: %s, want %s", c.name, got, c.want)
		}
	}
}

// TestYesOrNo judges shares of replications: 128 of 128 is possible where 95 %
// are expected, 100 of 128 is not.
func TestYesOrNo(t *testing.T) {
	r := Row{Measure: "coverage", Exact: 0.95}
	for yes, want := range map[int]Verdict{128: Passed, 122: Passed, 100: Failed} {
		s := sample{readings: make([]reading, 128), bent: 1}
		for i := range s.readings {
			s.readings[i].per = 1
			if i < yes {
				s.readings[i].over = 1
			}
		}
		if o := judge(&Case{}, r, ratio(r, nil).asked(), s, perRow(familyError, 700)); o.Verdict != want {
			t.Errorf("%d of 128: %s with z = %v, want %s", yes, o.Verdict, o.Z, want)
		}
	}
}

func TestPerRow(t *testing.T) {
	// One of 700 rows at this level fails with probability 1 - (1-level)^700.
	level := perRow(0.01, 700)
	if got := 1 - math.Pow(1-level, 700); math.Abs(got-0.01) > 1e-12 {
		t.Errorf("700 rows at %v fail with probability %v, want 0.01", level, got)
	}
}

// TestHistogramShares reads squares and zeros off a histogram.
func TestHistogramShares(t *testing.T) {
	h := new(sim.Histogram)
	for i := range 1000 {
		h.Record(sim.Time(i) * sim.Millisecond)
	}
	if got := zeros(h); got != 1 {
		t.Errorf("zeros: %v, want 1", got)
	}
	want := 0.0
	for i := range 1000 {
		d := float64(i)/1000 - 0.5
		want += d * d
	}
	if got := squares(h, 0.5); math.Abs(got/want-1) > 1e-4 {
		t.Errorf("squares: %v, want %v", got, want)
	}
	if got := zeros(new(sim.Histogram)); got != 0 {
		t.Errorf("an empty histogram holds %v", got)
	}
}

// TestFormulasAgree holds package theory against the cases.
func TestFormulasAgree(t *testing.T) {
	compared := 0
	for _, c := range Cases() {
		var got float64
		var measure string
		switch c.Family {
		case "01-mm1", "02-mmc", "03-mg1":
			d := c.law("service")
			q := theory.Station{ArrivalRate: c.number("lambda"), ArrivalSCV: 1, ServiceTime: d.Mean(), ServiceSCV: d.SCV(), Servers: c.count("c")}
			got, measure = q.WaitingTime()*1e3, "mean_wait_ms"
		case "04-loss":
			if c.law("service").SCV() != 1 {
				continue
			}
			q := theory.Loss{ArrivalRate: c.number("lambda"), ServiceTime: c.law("service").Mean(), Servers: c.count("c"), Room: int(leading(c.field("K")))}
			got, measure = q.Refused(), "loss_prob"
			if wait, said := c.row("mean_wait_accepted_ms"); said && !near(q.WaitingTime()*1e3, wait.Exact, 1e-9) {
				t.Errorf("case %s: a wait of %v ms, want %v", c.ID, q.WaitingTime()*1e3, wait.Exact)
			}
		case "11-closed-loop":
			think, open := c.optional("think")
			if _, single := c.optional("service"); !single || !open {
				continue
			}
			q := theory.Closed{Writers: c.count("N"), Think: law(think).Mean(), ServiceTime: c.law("service").Mean(), Servers: c.count("c")}
			got, measure = q.Throughput(), "throughput_per_s"
		case "18-output-analysis":
			if _, of := c.optional("M/M/1"); of || c.Params[:5] != "M/M/1" {
				continue
			}
			q := theory.MM1{ArrivalRate: c.number("lambda"), ServiceRate: 1 / c.law("service").Mean()}
			got, measure = q.WaitAsymptoticVariance()*1e6, "asym_var_mean_wait_ms2"
		default:
			continue
		}
		compared++
		if want := c.exact(measure); !near(got, want, 1e-9) {
			t.Errorf("case %s: %s = %v by our formula, want %v", c.ID, measure, got, want)
		}
	}
	if compared < 25 {
		t.Errorf("only %d cases compared", compared)
	}
}

// TestCoverage does what an interval is for: 1000 experiments on M/M/1 at ρ =
// 0.8, each of ten replications of about 4000 writes, have 95 % intervals for
// the mean sojourn time, 5 ms; between 93 % and 97 % of them must hold it.
func TestCoverage(t *testing.T) {
	if testing.Short() {
		t.Skip("runs 10 000 replications")
	}
	const experiments, replications, workers = 1000, 10, 4
	c := &Case{ID: "coverage"}
	s := c.scenario(assignments{
		"lanes.w.arrivals.rate", "800/s", "stores.s.overhead", "exponential(1ms)", "warmup", "500ms", "duration", "5500ms",
	})
	covered := make(chan int)
	for w := range workers {
		go func() {
			n := 0
			for e := w; e < experiments; e += workers {
				means := make([]float64, replications)
				for r := range means {
					y, err := models.New(s, e*replications+r)
					if err != nil {
						panic(err)
					}
					y.RunUntil(s.Duration)
					means[r] = y.Result().Lanes[0].Commit.Mean()
				}
				if sim.StudentInterval(means, sim.Confidence).Contains(5e-3) {
					n++
				}
			}
			covered <- n
		}()
	}
	total := 0
	for range workers {
		total += <-covered
	}
	t.Logf("%d of %d intervals hold the exact mean", total, experiments)
	if total < 930 || total > 970 {
		t.Errorf("%d of %d intervals hold the exact mean, want 930 to 970", total, experiments)
	}
}
