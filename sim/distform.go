package sim

import (
	"fmt"
	"io"
	"slices"
	"strings"
)

// ArgKind says how an argument of a distribution is written.
type ArgKind uint8

// The kinds of arguments.
const (
	SpanArg   ArgKind = iota // a span of time with its unit: 2ms
	NumberArg                // a decimal number: 0.7
	CountArg                 // a whole number: 4
	TextArg                  // a name, in double quotes if it holds ( ) , = or a space
)

// String returns the name of the kind.
func (k ArgKind) String() string {
	switch k {
	case SpanArg:
		return "span"
	case NumberArg:
		return "number"
	case CountArg:
		return "count"
	case TextArg:
		return "text"
	}
	return fmt.Sprintf("ArgKind(%d)", uint8(k))
}

// DistArg describes one argument of a distribution.
type DistArg struct {
	Name     string
	Kind     ArgKind
	Optional bool // only after arguments that are not
	Meaning  string
}

// DistForm describes one way to write a distribution. A distribution of two
// forms has two entries of the same name.
type DistForm struct {
	Name    string
	Args    []DistArg // in the order in which they may stand without names
	Meaning string
	Example string

	build func(distArgs) (Dist, error)
}

// Usage returns the form with the names of its arguments, optional ones in
// brackets: empirical(file [, column] [, unit]).
func (f DistForm) Usage() string {
	var b strings.Builder
	b.WriteString(f.Name + "(")
	for i, arg := range f.Args {
		switch {
		case arg.Optional:
			fmt.Fprintf(&b, " [, %s]", arg.Name)
		case i > 0:
			b.WriteString(", " + arg.Name)
		default:
			b.WriteString(arg.Name)
		}
	}
	return b.String() + ")"
}

// argNames returns the names of the arguments, in order.
func (f DistForm) argNames() []string {
	var list []string
	for _, arg := range f.Args {
		list = append(list, arg.Name)
	}
	return list
}

// DistForms returns every form that ParseDist reads, in the order of the
// reference. The deterministic one may also be written as the bare span.
func DistForms() []DistForm {
	mean := DistArg{Name: "mean", Kind: SpanArg, Meaning: "mean, > 0"}
	return []DistForm{
		{
			Name:    "deterministic",
			Args:    []DistArg{{Name: "value", Kind: SpanArg, Meaning: "the value, ≥ 0"}},
			Meaning: "always the same span; the bare span means the same",
			Example: "2ms",
			build:   func(a distArgs) (Dist, error) { return NewDeterministic(a.span("value")) },
		}, {
			Name:    "exponential",
			Args:    []DistArg{mean},
			Meaning: "memoryless, SCV 1",
			Example: "exponential(1ms)",
			build:   func(a distArgs) (Dist, error) { return NewExponential(a.span("mean")) },
		}, {
			Name: "uniform",
			Args: []DistArg{
				{Name: "lo", Kind: SpanArg, Meaning: "least value, ≥ 0"},
				{Name: "hi", Kind: SpanArg, Meaning: "greatest value, > lo"},
			},
			Meaning: "every value between two bounds equally likely",
			Example: "uniform(1ms, 3ms)",
			build:   func(a distArgs) (Dist, error) { return NewUniform(a.span("lo"), a.span("hi")) },
		}, {
			Name: "erlang",
			Args: []DistArg{
				{Name: "k", Kind: CountArg, Meaning: "number of steps, 1 to 1000000"},
				mean,
			},
			Meaning: "sum of k like exponential steps, SCV 1/k",
			Example: "erlang(k=4, mean=2ms)",
			build:   func(a distArgs) (Dist, error) { return NewErlang(a.count("k"), a.span("mean")) },
		}, {
			Name: "lognormal",
			Args: []DistArg{
				mean,
				{Name: "cv", Kind: NumberArg, Meaning: "coefficient of variation, 0 to 1e6"},
			},
			Meaning: "mostly quick, a few very slow; SCV cv²",
			Example: "lognormal(mean=2ms, cv=0.7)",
			build:   func(a distArgs) (Dist, error) { return NewLognormal(a.span("mean"), a.number("cv")) },
		}, {
			Name: "hyperexp",
			Args: []DistArg{
				{Name: "p", Kind: NumberArg, Meaning: "probability of the first kind, 0 to 1"},
				{Name: "a", Kind: SpanArg, Meaning: "mean of the first kind, > 0"},
				{Name: "b", Kind: SpanArg, Meaning: "mean of the second kind, > 0"},
			},
			Meaning: "exponential of mean a with probability p, else of mean b",
			Example: "hyperexp(p=0.9, a=1ms, b=10ms)",
			build: func(a distArgs) (Dist, error) {
				return NewHyperexponential(a.number("p"), a.span("a"), a.span("b"))
			},
		}, {
			Name: "hyperexp",
			Args: []DistArg{
				mean,
				{Name: "scv", Kind: NumberArg, Meaning: "squared coefficient of variation, 1 to 1e9"},
			},
			Meaning: "two exponential kinds that contribute equally to the mean",
			Example: "hyperexp(mean=2ms, scv=5)",
			build: func(a distArgs) (Dist, error) {
				return NewBalancedHyperexponential(a.span("mean"), a.number("scv"))
			},
		}, {
			Name: "pareto",
			Args: []DistArg{
				{Name: "alpha", Kind: NumberArg, Meaning: "exponent of the tail, 0.01 to 100; the smaller the heavier"},
				{Name: "lo", Kind: SpanArg, Meaning: "least value, > 0"},
				{Name: "hi", Kind: SpanArg, Meaning: "greatest value, > lo"},
			},
			Meaning: "bounded power law: heavy-tailed work",
			Example: "pareto(alpha=1.5, lo=1ms, hi=1s)",
			build: func(a distArgs) (Dist, error) {
				return NewPareto(a.number("alpha"), a.span("lo"), a.span("hi"))
			},
		}, {
			Name: "empirical",
			Args: []DistArg{
				{Name: "file", Kind: TextArg, Meaning: "CSV file, one sample per line"},
				{Name: "column", Kind: TextArg, Optional: true, Meaning: "header of the column; default the only one"},
				{Name: "unit", Kind: TextArg, Optional: true, Meaning: "unit of bare numbers: s, ms, us, ns; default as the header's ending says, or s"},
			},
			Meaning: "samples of a file, drawn uniformly with replacement",
			Example: "empirical(file=samples.csv, column=write_us)",
			build:   buildEmpirical,
		},
	}
}

// buildEmpirical opens and reads the file of an empirical distribution.
func buildEmpirical(a distArgs) (d Dist, err error) {
	source := SampleSource{File: a.text("file"), Column: a.text("column"), Unit: a.text("unit")}
	if a.open == nil {
		return nil, fmt.Errorf("empirical: %s: files cannot be read here", source.File)
	}
	file, err := a.open(source.File)
	if err != nil {
		return nil, fmt.Errorf("empirical: %w", err)
	}
	defer func() { err = firstError(err, file.Close()) }()
	return ReadSamples(file, source)
}

// distArgs are the arguments of one distribution, checked against its form.
type distArgs struct {
	form   DistForm
	values []distValue // in the order of form.Args
	open   func(name string) (io.ReadCloser, error)
}

// distValue is an argument read as the kind that its form asks for; an
// optional argument left out is the zero value.
type distValue struct {
	given  bool
	span   Time
	number float64
	count  int
	text   string
}

func (a distArgs) value(name string) distValue {
	return a.values[slices.Index(a.form.argNames(), name)]
}

func (a distArgs) span(name string) Time      { return a.value(name).span }
func (a distArgs) number(name string) float64 { return a.value(name).number }
func (a distArgs) count(name string) int      { return a.value(name).count }
func (a distArgs) text(name string) string    { return a.value(name).text }
