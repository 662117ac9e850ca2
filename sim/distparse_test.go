package sim

import (
	"fmt"
	"strings"
	"testing"
)

func TestParseDist(t *testing.T) {
	for _, test := range []struct {
		text, want string // want is how it prints
	}{
		{"2ms", "2ms"},
		{"0", "0"},
		{" 0.5ms ", "500us"},
		{"deterministic(2ms)", "2ms"},
		{"deterministic(value=2ms)", "2ms"},
		{"exponential(1.0ms)", "exponential(1ms)"},
		{"exponential(mean=1ms)", "exponential(1ms)"},
		{"exponential ( mean = 1ms )", "exponential(1ms)"},
		{"uniform(1ms, 3ms)", "uniform(1ms, 3ms)"},
		{"uniform(hi=3ms, lo=1ms)", "uniform(1ms, 3ms)"},
		{"uniform(1ms,hi=3ms)", "uniform(1ms, 3ms)"},
		{"erlang(4, 2ms)", "erlang(k=4, mean=2ms)"},
		{"lognormal(2ms, 0.70)", "lognormal(mean=2ms, cv=0.7)"},
		{"hyperexp(0.9, 1ms, 10ms)", "hyperexp(p=0.9, a=1ms, b=10ms)"},
		{"hyperexp(2ms, 5)", "hyperexp(mean=2ms, scv=5)"},
		{"hyperexp(scv=5, mean=2ms)", "hyperexp(mean=2ms, scv=5)"},
		{"hyperexp(2ms, scv=5)", "hyperexp(mean=2ms, scv=5)"},
		{"pareto(1.5, 1ms, 1s)", "pareto(alpha=1.5, lo=1ms, hi=1s)"},
		{"empirical(five.csv)", "empirical(file=five.csv)"},
		{`empirical("five.csv", unit=us)`, "empirical(file=five.csv, unit=us)"},
		{`empirical(quoted.csv, "a, b")`, `empirical(file=quoted.csv, column="a, b")`},
	} {
		d, err := ParseDist(test.text, openSamples)
		if err != nil {
			t.Errorf("ParseDist(%q): %v", test.text, err)
		} else if d.String() != test.want {
			t.Errorf("ParseDist(%q) prints as %s, want %s", test.text, d, test.want)
		}
	}
}

func TestParseDistErrors(t *testing.T) {
	const known = "(known: deterministic, exponential, uniform, erlang, lognormal, hyperexp, pareto, empirical)"
	for _, test := range []struct {
		text, want string
	}{
		{"", "empty text: want a span such as 2ms or a distribution such as exponential(2ms)"},
		{"expnential(1ms)", `unknown distribution "expnential": did you mean exponential? ` + known},
		{"weibull(1ms)", `unknown distribution "weibull" ` + known},
		{"exponential", "exponential needs arguments: exponential(mean), as in exponential(1ms)"},
		{"exponential()", "exponential: mean is missing: want exponential(mean), as in exponential(1ms)"},
		{"exponential(1ms", `"exponential(1ms": want ) at the end`},
		{"exponential(1ms) x", `"exponential(1ms) x": want ) at the end`},
		{"exponential(1ms, 2ms)", "exponential: 2 arguments, want exponential(mean)"},
		{"exponential(1ms,)", `"exponential(1ms,)": nothing follows the last comma`},
		{"exponential(,1ms)", `"exponential(,1ms)": an argument is empty`},
		{"exponential(=1ms)", `"exponential(=1ms)": no name before "=1ms"`},
		{"exponential((1ms))", `"exponential((1ms))": unexpected '(' in "(1ms)"`},
		{"exponential(mean=1ms=2ms)", `"exponential(mean=1ms=2ms)": unexpected '=' in "1ms=2ms"`},
		{"exponential(1)", `exponential: mean: time "1"`},
		{"exponential(0)", "exponential: mean must be > 0, got 0"},
		{"exponential(never)", "exponential: mean must be at most 73 years, got never"},
		{"exponential(-1ms)", `exponential: mean: time "-1ms": must not be negative`},
		{"exponential(meen=1ms)", `exponential: unknown argument "meen": did you mean mean? (want exponential(mean))`},
		{"5mz", `time "5mz"`},
		{"-5ms", `time "-5ms": must not be negative`},
		{"600000000000h", `time "600000000000h"`},
		{"900000h", "deterministic: value must be 0 to 73 years, got 900000h"},
		{"uniform(3ms, 1ms)", "uniform: hi must be above lo = 3ms, got 1ms"},
		{"uniform(lo=1ms, 3ms)", `uniform: "3ms" needs a name, as it follows an argument with a name (want uniform(lo, hi))`},
		{"uniform(1ms, lo=3ms)", "uniform: lo is given twice"},
		{"erlang(k=0, mean=1ms)", "erlang: k must be 1 to 1000000, got 0"},
		{"erlang(k=2.5, mean=1ms)", `erlang: k: want a whole number such as 4, got "2.5"`},
		{"lognormal(2ms, -1)", "lognormal: cv must be ≥ 0, got -1"},
		{"lognormal(2ms, NaN)", `lognormal: cv: want a number such as 0.7, got "NaN"`},
		{"lognormal(2ms, 1e7)", "lognormal: cv must be at most 1e6, got 1e+07"},
		{"hyperexp(p=1.5, a=1ms, b=1ms)", "hyperexp: p must be 0 to 1, got 1.5"},
		{"hyperexp(2ms, 0.5)", "hyperexp: scv must be ≥ 1, got 0.5"},
		{"hyperexp(mean=2ms, p=0.5)", "hyperexp: want hyperexp(p, a, b) or hyperexp(mean, scv)"},
		{"hyperexp(1ms)", "hyperexp: want hyperexp(p, a, b) or hyperexp(mean, scv)"},
		{"hyperexp(p=0.5, a=1ms)", "hyperexp: b is missing: want hyperexp(p, a, b), as in hyperexp(p=0.9, a=1ms, b=10ms)"},
		{"hyperexp(mean=2ms, csv=5)", `hyperexp: unknown argument "csv": did you mean scv? (want hyperexp(p, a, b) or hyperexp(mean, scv))`},
		{"pareto(0, 1ms, 1s)", "pareto: alpha must be 0.01 to 100, got 0"},
		{"pareto(1, 1s, 1ms)", "pareto: hi must be above lo = 1s, got 1ms"},
		{"empirical(none.csv)", "empirical: no file none.csv"},
		{`empirical("")`, "empirical: file: want a name, got an empty text"},
		{`empirical("five.csv)`, `"empirical(\"five.csv)": want a closing " in "\"five.csv"`},
		{`empirical("five.csv" x)`, `"empirical(\"five.csv\" x)": want a comma before "x"`},
	} {
		d, err := ParseDist(test.text, openSamples)
		if err == nil {
			t.Errorf("ParseDist(%q) = %v, want an error", test.text, d)
			continue
		}
		if d != nil {
			t.Errorf("ParseDist(%q) returns a distribution with its error", test.text)
		}
		if !strings.HasPrefix(err.Error(), test.want) {
			t.Errorf("ParseDist(%q):\n got error %v\nwant error %s", test.text, err, test.want)
		}
	}
	if _, err := ParseDist("empirical(five.csv)", nil); err == nil {
		t.Error("a file was read without a way to open it")
	}
}

// The table is what help is made of: complete, and its examples work.
func TestDistForms(t *testing.T) {
	for _, form := range DistForms() {
		if form.Name == "" || form.Meaning == "" || len(form.Args) == 0 {
			t.Errorf("incomplete form %+v", form)
		}
		optional := false
		for _, arg := range form.Args {
			if arg.Name == "" || arg.Meaning == "" || strings.HasPrefix(arg.Kind.String(), "ArgKind") {
				t.Errorf("%s: incomplete argument %+v", form.Name, arg)
			}
			if optional && !arg.Optional {
				t.Errorf("%s: %s is required after an optional argument", form.Name, arg.Name)
			}
			optional = arg.Optional
		}
		example := form.Example
		if form.Name == "empirical" {
			sampleFiles["samples.csv"] = "write_us\n1\n"
		}
		if d := mustParse(t, example); d.String() != example {
			t.Errorf("the example %s prints as %s", example, d)
		}
	}
	// What the caller does to the table is the caller's own.
	DistForms()[0].Args[0].Name = "changed"
	if got := DistForms()[0].Args[0].Name; got != "value" {
		t.Errorf("a caller changed the table: %s", got)
	}
}

func ExampleParseDist() {
	d, err := ParseDist("lognormal(mean=2ms, cv=0.7)", nil)
	if err != nil {
		fmt.Println(err)
		return
	}
	s := NewStream(42, 0, "stores.links", "overhead")
	fmt.Printf("%v: mean %v s, scv %.2f, p99 %.4f s, a sample %v\n",
		d, d.Mean(), d.SCV(), d.Quantile(0.99), d.Sample(&s))

	_, err = ParseDist("lognormal(mean=2ms, vc=0.7)", nil)
	fmt.Println(err)
	// Output:
	// lognormal(mean=2ms, cv=0.7): mean 0.002 s, scv 0.49, p99 0.0071 s, a sample 7206447ns
	// lognormal: unknown argument "vc": did you mean cv? (want lognormal(mean, cv))
}

// What parses prints, reads back to the same distribution, and can be sampled.
func FuzzParseDist(f *testing.F) {
	for _, c := range distCases {
		f.Add(c.text)
	}
	for _, form := range DistForms() {
		f.Add(form.Example)
		f.Add(form.Usage())
	}
	f.Add(`empirical("quoted.csv", column="a, b", unit=ns)`)
	f.Add("hyperexp(p=-0, a=1ns, b=1ns)")
	f.Add("lognormal(1ns, 1e-320)")
	f.Fuzz(func(t *testing.T, text string) {
		d, err := ParseDist(text, openSamples)
		if err != nil {
			if d != nil || err.Error() == "" {
				t.Fatalf("ParseDist(%q) = %v, %v", text, d, err)
			}
			return
		}
		again, err := ParseDist(d.String(), openSamples)
		if err != nil {
			t.Fatalf("%q prints as %q, which does not read back: %v", text, d, err)
		}
		if !sameDist(d, again) || d.String() != again.String() {
			t.Fatalf("%q prints as %q, which reads back as %q", text, d, again)
		}
		s := NewStream(1, 0, "fuzz", "")
		for range 10 {
			if x := d.Sample(&s); x < 0 || x > maxSpan {
				t.Fatalf("%v: sample %d", d, int64(x))
			}
		}
		if mean, scv := d.Mean(), d.SCV(); !(mean >= 0) || !(scv >= 0) {
			t.Fatalf("%v: mean %v, scv %v", d, mean, scv)
		}
		if low, high := d.Quantile(0.1), d.Quantile(0.9); !(low <= high) {
			t.Fatalf("%v: p10 %v above p90 %v", d, low, high)
		}
	})
}
