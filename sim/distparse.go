package sim

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
)

// ParseDist reads a distribution: a bare span, 2ms, or one of DistForms, where
// each argument stands by name or at its place: lognormal(mean=2ms, cv=0.7) or
// lognormal(2ms, 0.7). An argument without a name may not follow one with a
// name. Files are opened with open, which may be nil where none can be read.
//
// The error says what is wrong, what is allowed, and the nearest right name.
func ParseDist(text string, open func(name string) (io.ReadCloser, error)) (Dist, error) {
	name, args, err := splitCall(text)
	if err != nil {
		return nil, err
	}
	if args == nil && looksNumeric(name) {
		value, err := ParseTime(name)
		if err != nil {
			return nil, err
		}
		return asDist(NewDeterministic(value))
	}
	forms := formsNamed(name)
	if len(forms) == 0 {
		known := distNames()
		return nil, fmt.Errorf("unknown distribution %q%s (known: %s)",
			name, didYouMean(name, known), strings.Join(known, ", "))
	}
	if args == nil {
		return nil, fmt.Errorf("%s needs arguments: %s, as in %s", name, usages(forms), forms[0].Example)
	}
	form, err := chooseForm(forms, args)
	if err != nil {
		return nil, err
	}
	values, err := bindArgs(form, args)
	if err != nil {
		return nil, err
	}
	return asDist(form.build(distArgs{form, values, open}))
}

// asDist keeps a failed constructor's zero value from becoming a Dist that is
// not nil.
func asDist[D Dist](d D, err error) (Dist, error) {
	if err != nil {
		return nil, err
	}
	return d, nil
}

// distNames returns the names of the distributions, each once.
func distNames() []string {
	var list []string
	for _, form := range DistForms() {
		list = append(list, form.Name)
	}
	return slices.Compact(list)
}

// formsNamed returns the forms of the distribution of that name.
func formsNamed(name string) []DistForm {
	return slices.DeleteFunc(DistForms(), func(f DistForm) bool { return f.Name != name })
}

// usages returns the ways to write a distribution.
func usages(forms []DistForm) string {
	var list []string
	for _, form := range forms {
		list = append(list, form.Usage())
	}
	return strings.Join(list, " or ")
}

// chooseForm returns the form that the arguments are meant for: the only one,
// the one that knows every name given, or the one of that many arguments.
func chooseForm(forms []DistForm, args []callArg) (DistForm, error) {
	if len(forms) == 1 {
		return forms[0], nil
	}
	fits := slices.DeleteFunc(slices.Clone(forms), func(f DistForm) bool {
		return slices.ContainsFunc(args, func(arg callArg) bool {
			return arg.name != "" && !slices.Contains(f.argNames(), arg.name)
		})
	})
	if len(fits) > 1 {
		fits = slices.DeleteFunc(fits, func(f DistForm) bool { return len(f.Args) != len(args) })
	}
	if len(fits) == 1 {
		return fits[0], nil
	}
	var known []string
	for _, form := range forms {
		known = append(known, form.argNames()...)
	}
	for _, arg := range args {
		if arg.name != "" && !slices.Contains(known, arg.name) {
			return DistForm{}, unknownArg(forms, arg.name, known)
		}
	}
	return DistForm{}, fmt.Errorf("%s: want %s", forms[0].Name, usages(forms))
}

// unknownArg returns the error about an argument that no form knows.
func unknownArg(forms []DistForm, name string, known []string) error {
	return fmt.Errorf("%s: unknown argument %q%s (want %s)",
		forms[0].Name, name, didYouMean(name, known), usages(forms))
}

// bindArgs reads the arguments as the form asks for.
func bindArgs(form DistForm, args []callArg) ([]distValue, error) {
	values := make([]distValue, len(form.Args))
	named := false
	for place, arg := range args {
		i := place
		switch {
		case arg.name != "":
			named = true
			i = slices.Index(form.argNames(), arg.name)
			if i < 0 {
				return nil, unknownArg([]DistForm{form}, arg.name, form.argNames())
			}
		case named:
			return nil, fmt.Errorf("%s: %q needs a name, as it follows an argument with a name (want %s)",
				form.Name, arg.text, form.Usage())
		case place >= len(form.Args):
			return nil, fmt.Errorf("%s: %d arguments, want %s", form.Name, len(args), form.Usage())
		}
		if values[i].given {
			return nil, fmt.Errorf("%s: %s is given twice", form.Name, form.Args[i].Name)
		}
		value, err := readArg(form.Args[i].Kind, arg)
		if err != nil {
			return nil, fmt.Errorf("%s: %s: %w", form.Name, form.Args[i].Name, err)
		}
		values[i] = value
	}
	for i, arg := range form.Args {
		if !values[i].given && !arg.Optional {
			return nil, fmt.Errorf("%s: %s is missing: want %s, as in %s",
				form.Name, arg.Name, form.Usage(), form.Example)
		}
	}
	return values, nil
}

// readArg reads the text of one argument.
func readArg(kind ArgKind, arg callArg) (value distValue, err error) {
	value.given = true
	switch kind {
	case SpanArg:
		value.span, err = ParseTime(arg.text)
	case NumberArg:
		value.number, err = strconv.ParseFloat(arg.text, 64)
		if err != nil || math.IsNaN(value.number) || math.IsInf(value.number, 0) {
			err = fmt.Errorf("want a number such as 0.7, got %q", arg.text)
		}
	case CountArg:
		value.count, err = strconv.Atoi(arg.text)
		if err != nil {
			err = fmt.Errorf("want a whole number such as 4, got %q", arg.text)
		}
	case TextArg:
		value.text = arg.text
		if arg.text == "" {
			err = fmt.Errorf("want a name, got an empty text")
		}
	default:
		panic(fmt.Sprintf("sim: argument of kind %v", kind))
	}
	return value, err
}
