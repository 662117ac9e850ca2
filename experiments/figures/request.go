package figures

import (
	"fmt"
	"slices"
	"strings"

	"onepen/experiments/plot"
	"onepen/sim/names"
)

// Request says what to draw of a table. The zero Request leaves the choice to
// the columns of the table.
type Request struct {
	Kind  Kind
	X     string      // column along the horizontal axis; "" = choose
	Y     []string    // columns, or measures of a file in long form; nil = choose
	By    []string    // columns whose values make a series each; nil = choose
	Where []Condition // only the rows that meet all
	Title string      // "" = the question, or the scenario
	Log   []string    // of "x", "y", "none": axes that are logarithmic; nil = choose
}

// Condition holds rows whose cell in a column is a text.
type Condition struct{ Column, Value string }

// ParseCondition reads "lane=mapping".
func ParseCondition(text string) (Condition, error) {
	column, value, ok := strings.Cut(text, "=")
	if !ok || column == "" {
		return Condition{}, fmt.Errorf("%q: must be a column and its value, such as lane=mapping", text)
	}
	return Condition{column, value}, nil
}

// Kind is a kind of figure.
type Kind uint8

// The kinds of figures.
const (
	Choose      Kind = iota // by the columns
	Curve                   // a measure against a factor or a load, with bands
	Time                    // a measure over simulated time
	Columns                 // a measure by component or partition
	Heat                    // a measure over partitions and design points
	Quantiles               // how latencies are distributed
	Differences             // of moves to a base, with intervals
)

var kindNames = []string{"choose", "curve", "time", "columns", "heat", "quantiles", "differences"}

func (k Kind) String() string { return kindNames[k] }

// Kinds lists the names of all kinds.
func Kinds() []string { return kindNames[1:] }

// ParseKind reads the name of a kind.
func ParseKind(name string) (Kind, error) {
	if i := slices.Index(kindNames, name); i >= 0 {
		return Kind(i), nil
	}
	err := fmt.Errorf("there is no kind of figure %q (there are: %s)", name, strings.Join(kindNames[1:], ", "))
	if near := names.Nearest(name, kindNames[1:]); near != "" {
		err = fmt.Errorf("%w; did you mean %s?", err, near)
	}
	return Choose, err
}

// scale returns the scale that is asked for an axis.
func (q *Request) scale(axis string) plot.Scale {
	switch {
	case q.Log == nil:
		return plot.Auto
	case slices.Contains(q.Log, axis):
		return plot.Log
	}
	return plot.Linear
}
