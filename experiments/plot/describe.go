package plot

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// maxDescribed is the number of series that a description goes through.
const maxDescribed = 12

// Describe says in words what a figure shows.
func (f *Figure) Describe() string {
	if f.Heat != nil {
		return fmt.Sprintf("Heat map of %s, %d columns (%s) by %d rows (%s).",
			f.Heat.Label, len(f.X.Names), f.X.Label, len(f.Y.Names), f.Y.Label)
	}
	xs, ys := f.extents()
	ux, uy := f.X.Unit.scaleFor(xs.hi), f.Y.Unit.scaleFor(ys.hi)
	var b strings.Builder
	if f.Y.Names != nil {
		return f.describeNames(ux)
	}
	fmt.Fprintf(&b, "%s over %s.", upperFirst(uy.label(f.Y.Label)), ux.label(f.X.Label))
	for i, s := range f.Series {
		if i == maxDescribed {
			fmt.Fprintf(&b, " And %d more.", len(f.Series)-i)
			break
		}
		b.WriteString(" " + f.describe(s, ux, uy))
	}
	for _, m := range f.Marks {
		fmt.Fprintf(&b, " At %s: %s.", f.X.word(m.X, ux), m.Label)
	}
	return b.String()
}

// describeNames says what each name on Y has, with its interval.
func (f *Figure) describeNames(ux scaled) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s.", upperFirst(ux.label(f.X.Label)))
	for _, s := range f.Series {
		for i := range s.X {
			if !f.X.shows(s.X[i]) || !f.Y.shows(s.Y[i]) {
				continue
			}
			fmt.Fprintf(&b, " %s: %s", f.Y.word(s.Y[i], scaled{1, ""}), f.X.word(s.X[i], ux))
			if s.XLow != nil && s.XHigh != nil && finite(s.XLow[i]) && finite(s.XHigh[i]) {
				fmt.Fprintf(&b, " (from %s to %s)", f.X.word(s.XLow[i], ux), f.X.word(s.XHigh[i], ux))
			}
			b.WriteString(".")
		}
	}
	return b.String()
}

// describe says where a series begins and ends, and where it is highest.
func (f *Figure) describe(s Series, ux, uy scaled) string {
	name := s.Name
	if name == "" {
		name = "values"
	}
	first, last, top := -1, -1, -1
	for i := range s.X {
		if !f.X.shows(s.X[i]) || !f.Y.shows(s.Y[i]) {
			continue
		}
		if first < 0 {
			first = i
		}
		last = i
		if top < 0 || s.Y[i] > s.Y[top] {
			top = i
		}
	}
	if first < 0 {
		return name + ": no value."
	}
	at := func(i int) string { return f.Y.word(s.Y[i], uy) + " at " + f.X.word(s.X[i], ux) }
	if first == last {
		return fmt.Sprintf("%s: %s.", name, at(first))
	}
	return fmt.Sprintf("%s: from %s to %s, largest %s.", name, at(first), at(last), at(top))
}

// word writes a value of an axis.
func (a *Axis) word(v float64, u scaled) string {
	if i := int(v); a.Names != nil && i >= 0 && i < len(a.Names) {
		return a.Names[i]
	}
	v /= u.factor
	return tickText(v, linearStep(max(math.Abs(v), 1e-300)/100, 2)) + strings.TrimRight(" "+u.name, " ")
}

func upperFirst(s string) string {
	if s == "" {
		return s
	}
	r := []rune(s)
	return strings.ToUpper(string(r[:1])) + string(r[1:])
}

// Word writes a value in the unit that suits it, as short as it can be read back
// by a person: "4 ms", "1.5 k/s", "64"; without a limit it is "unlimited", as in
// a scenario.
func Word(v float64, u Unit) string {
	if math.IsInf(v, 1) {
		return "unlimited"
	}
	s := u.scaleFor(v)
	text := strconv.FormatFloat(v/s.factor, 'g', 4, 64)
	if n := math.Abs(v / s.factor); n >= 1000 && n < 1e7 {
		text = tickText(v/s.factor, 1)
	}
	if strings.HasPrefix(s.name, "/") {
		return text + s.name
	}
	return strings.TrimRight(text+" "+s.name, " ")
}
