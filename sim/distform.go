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
	return []DistForm{
		deterministicForm(),
		exponentialForm(),
		uniformForm(),
		erlangForm(),
		lognormalForm(),
		hyperexponentialForm(),
		balancedHyperexponentialForm(),
		paretoForm(),
		empiricalForm(),
	}
}

// meanArg is the argument that several forms share.
func meanArg() DistArg { return DistArg{Name: "mean", Kind: SpanArg, Meaning: "mean, > 0"} }

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
