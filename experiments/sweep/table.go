package sweep

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/rivo/uniseg"

	"onepen/experiments"
	"onepen/experiments/human"
	"onepen/experiments/response"
)

// tableWidth is the width that a table keeps to; what does not fit beside the
// factors stands below [columns].
const tableWidth = 100

// gap is what stands between two columns.
const gap = "  "

// WriteTable writes what a sweep brought for people: the question, what its
// author says of how to read the answer, a row for each point, the means with the
// half-widths of their 95 % intervals in percent, and footnotes for what is to be
// held against them.
func WriteTable(w io.Writer, r Result) error {
	t := table{result: r}
	left := t.factors()
	var right [][]string
	for i := range r.Design.Responses {
		right = append(right, t.response(i))
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", experiments.Wrap(r.Design.Question, 0, 0))
	if about := strings.TrimSpace(r.Design.About); about != "" {
		fmt.Fprintf(&b, "\n%s\n", about)
	}
	for len(right) > 0 {
		n := fitting(left, right)
		b.WriteByte('\n')
		b.WriteString(layout(left, right[:n]))
		right = right[n:]
	}
	b.WriteString(t.notes())
	_, err := io.WriteString(w, b.String())
	return err
}

// table gathers the footnotes that its cells refer to.
type table struct {
	result Result
	used   response.Warnings
}

// headLines is the number of lines above the values of a column.
const headLines = 2

// factors returns the columns that say which point a row is.
func (t *table) factors() [][]string {
	columns := [][]string{{"", "point"}}
	for i := range t.result.Points {
		columns[0] = append(columns[0], fmt.Sprint(i))
	}
	for i, f := range t.result.Design.Factors {
		owner, name := shortName(f.Path)
		column := []string{owner, name}
		for _, p := range t.result.Design.Points {
			column = append(column, p[i])
		}
		columns = append(columns, column)
	}
	return columns
}

// shortName splits the path of a parameter or of a measure into its component
// and what remains: stores.links, batch.size.
func shortName(path string) (component, name string) {
	parts := strings.SplitN(path, ".", 3)
	if len(parts) < 3 {
		return "", path
	}
	return parts[1], parts[2]
}

// response returns the column of a response.
func (t *table) response(i int) []string {
	r := t.result.Design.Responses[i]
	component, name := shortName(r.Name())
	column := []string{component, withoutUnit(name, r.Unit)}
	for _, p := range t.result.Points {
		column = append(column, t.cell(p.Summaries[i], r.Unit))
	}
	return column
}

// withoutUnit takes the unit from the end of a name, as values for people carry
// their own.
func withoutUnit(name, unit string) string {
	switch unit {
	case "s":
		return strings.TrimSuffix(name, "_s")
	case "1/s":
		return strings.TrimSuffix(name, "_per_s")
	}
	return name
}

// cell writes a mean with its half-width and the marks of its footnotes.
func (t *table) cell(s response.Summary, unit string) string {
	if s.N == 0 {
		return human.Absent
	}
	t.used |= s.Warnings
	text := human.Value(s.Mean, unit)
	if s.N > 1 && s.Mean != 0 {
		text += " ±" + human.Percent(s.RelHalfWidth())
	}
	for w := range s.Warnings.All() {
		text += mark(w)
	}
	return text
}

// marks are those of the footnotes, one for each warning.
var marks = []string{"ᵃ", "ᵇ", "ᶜ", "ᵈ", "ᵉ", "ᶠ", "ᵍ", "ʰ"}

func mark(w response.Warnings) string {
	i := 0
	for w > 1 {
		w >>= 1
		i++
	}
	return marks[i]
}

// notes writes the footnotes, and how to make one run again.
func (t *table) notes() string {
	var b strings.Builder
	for w := range t.used.All() {
		fmt.Fprintf(&b, "\n%s %s", mark(w), experiments.Wrap(w.Texts()[0], 2, 2))
	}
	if t.used != 0 {
		b.WriteByte('\n')
	}
	fmt.Fprintf(&b, "\nmean ± half-width of the 95 %% interval in %% of it; %s\n", replications(t.result))
	return b.String()
}

// replications says how often the points were run.
func replications(r Result) string {
	var counts []int
	for _, p := range r.Points {
		most := 0
		for _, s := range p.Summaries {
			most = max(most, s.N)
		}
		counts = append(counts, most)
	}
	least, most := slices.Min(counts), slices.Max(counts)
	if least == most {
		return fmt.Sprintf("%d points of %d replications", len(counts), most)
	}
	return fmt.Sprintf("%d points of %d to %d replications", len(counts), least, most)
}

// fitting returns how many of the columns fit beside those on the left, at least
// one.
func fitting(left, right [][]string) int {
	width := 0
	for _, c := range left {
		width += widthOf(c) + len(gap)
	}
	n := 0
	for n < len(right) {
		width += widthOf(right[n]) + len(gap)
		if n > 0 && width > tableWidth {
			break
		}
		n++
	}
	return n
}

func widthOf(column []string) int {
	width := 0
	for _, text := range column {
		width = max(width, uniseg.StringWidth(text))
	}
	return width
}

// layout writes columns side by side, all but the heads to the right.
func layout(left, right [][]string) string {
	var b strings.Builder
	columns := slices.Concat(left, right)
	for row := range columns[0] {
		var line strings.Builder
		for i, c := range columns {
			if i > 0 {
				line.WriteString(gap)
			}
			line.WriteString(strings.Repeat(" ", widthOf(c)-uniseg.StringWidth(c[row])) + c[row])
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
		if row == headLines-1 {
			b.WriteString(strings.Repeat("─", min(tableWidth, lineWidth(columns))) + "\n")
		}
	}
	return b.String()
}

func lineWidth(columns [][]string) int {
	width := len(gap) * (len(columns) - 1)
	for _, c := range columns {
		width += widthOf(c)
	}
	return width
}
