package plot

// Figure is what a picture says. It needs a series or a heat map; everything
// else may be left out.
type Figure struct {
	Title    string // the question, or what is shown
	Subtitle string
	X, Y     Axis
	Series   []Series
	Heat     *Heat // instead of series
	Marks    []Mark
	Refs     []Reference
	Notes    []string // below the figure: warnings, where the data are from
}

// Axis says what an axis measures.
type Axis struct {
	Label string
	Unit  Unit // of the values
	Scale Scale

	// Names makes it an axis of names: value i stands for Names[i]. On a
	// vertical axis the first is at the top.
	Names []string
}

// Scale is how values become distances.
type Scale uint8

const (
	// Auto is Log if all values are positive and the largest is a hundred times
	// the smallest or more, else Linear.
	Auto   Scale = iota
	Linear       // equal differences are equally far apart
	Log          // equal ratios are; values that are not positive are left out
	// Tail is for probabilities: p is at log 1/(1-p), so that 90 %, 99 % and
	// 99.9 % are equally far apart.
	Tail
)

// Form is how a series is drawn.
type Form uint8

const (
	Line   Form = iota // points joined by a line; an interval is a band
	Points             // markers only; an interval is a bar
	Steps              // each value holds until the next
	Bars               // columns from zero
)

// Series is one sequence of values. X and Y are equally long; either may hold
// NaN, which leaves a gap.
type Series struct {
	Name string
	Form Form
	X, Y []float64

	// Low and High are the ends of the interval of each Y; nil for none, NaN
	// where there is none.
	Low, High []float64
	// XLow and XHigh are those of each X.
	XLow, XHigh []float64

	// Muted draws the series in grey, as a background for others.
	Muted bool
}

// Mark is a vertical line at a value of X, such as the instant of a change.
type Mark struct {
	X     float64
	Label string
}

// Reference is the line y = Level + Slope·x, to compare with.
type Reference struct {
	Name         string
	Level, Slope float64
}

// Heat is a map of values over two axes of names: Values[row][column], with rows
// along Y and columns along X.
type Heat struct {
	Label  string
	Unit   Unit
	Values [][]float64
}
