package truth

import (
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// WriteTable writes outcomes for people, one line for each row, and a summary.
func WriteTable(w io.Writer, outcomes []Outcome) error {
	rows := [][]string{{"case", "measure", "exact", "simulated", "± 95 %", "z", "verdict"}}
	for i := range outcomes {
		o := &outcomes[i]
		rows = append(rows, []string{o.Case, o.Measure, figure(o.Exact), figure(o.Simulated), figure(o.HalfWidth), deviate(o.Z), o.told()})
	}
	var b strings.Builder
	writeGrid(&b, rows)
	b.WriteString("\n")
	for _, line := range summary(outcomes) {
		b.WriteString(line + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// told is the verdict, with what is particular about the row.
func (o *Outcome) told() string {
	told := o.Verdict.String()
	if o.Method != Sampled && o.Method != Skipped {
		told += ", " + o.Method.String()
	}
	if o.Verdict == NotCovered {
		told += ": " + o.Remark
	}
	return told
}

// writeGrid writes rows in columns: the first two and the last flush left.
func writeGrid(b *strings.Builder, rows [][]string) {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			gap := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
			if i < 2 || i == len(row)-1 {
				line.WriteString(cell + gap)
			} else {
				line.WriteString(gap + cell)
			}
			line.WriteString("  ")
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
}

// figure writes a value with six significant digits.
func figure(x float64) string {
	if math.IsNaN(x) {
		return ""
	}
	return strconv.FormatFloat(x, 'g', 6, 64)
}

func deviate(z float64) string {
	if math.IsNaN(z) {
		return ""
	}
	return strconv.FormatFloat(z, 'f', 2, 64)
}

// Failures counts the rows that failed.
func Failures(outcomes []Outcome) int {
	n := 0
	for i := range outcomes {
		if outcomes[i].Verdict == Failed {
			n++
		}
	}
	return n
}

// summary says in a few lines what came of all rows.
func summary(outcomes []Outcome) []string {
	cases := make(map[string]bool)
	var passed, failed, skipped int
	for i := range outcomes {
		o := &outcomes[i]
		cases[o.Case] = true
		switch o.Verdict {
		case Passed:
			passed++
		case Failed:
			failed++
		case NotCovered:
			skipped++
		}
	}
	return []string{
		fmt.Sprintf("%d cases, %d rows: %d pass, %d fail, %d skipped (%.1f %%)", len(cases), len(outcomes),
			passed, failed, skipped, 100*float64(skipped)/float64(len(outcomes))),
		fmt.Sprintf("a suite without a fault fails with probability at most %g %%, over the choice of its seed", 100*familyError),
		detection("mean_", plantedMean, "a mean", outcomes),
		detection("p99_", plantedP99, "a p99", outcomes),
	}
}

// detection says how many rows of a kind would show an error of a size.
func detection(prefix string, size float64, what string, outcomes []Outcome) string {
	rows, seen := 0, 0
	for i := range outcomes {
		if o := &outcomes[i]; strings.HasPrefix(o.Measure, prefix) && o.Method == Sampled {
			rows++
			if o.Detects <= size {
				seen++
			}
		}
	}
	return fmt.Sprintf("an error of %g %% in %s fails its row with probability %g or more in %d of %d rows", 100*size, what, power, seen, rows)
}

// WriteCSV writes outcomes for programs: full precision, nothing where there is
// no value.
func WriteCSV(w io.Writer, outcomes []Outcome) error {
	c := csv.NewWriter(w)
	c.UseCRLF = true
	// What goes wrong on the way is kept by the writer until the flush.
	_ = c.Write([]string{"case_id", "family", "measure", "method", "exact", "simulated", "half_width", "z", "detects", "verdict", "remark"})
	for i := range outcomes {
		o := &outcomes[i]
		_ = c.Write([]string{o.Case, o.Family, o.Measure, o.Method.String(), full(o.Exact), full(o.Simulated),
			full(o.HalfWidth), full(o.Z), full(o.Detects), strings.ToLower(o.Verdict.String()), o.Remark})
	}
	c.Flush()
	return c.Error()
}

func full(x float64) string {
	if math.IsNaN(x) {
		return ""
	}
	return strconv.FormatFloat(x, 'g', -1, 64)
}
