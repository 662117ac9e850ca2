package report

import (
	"math"
	"slices"
	"strings"

	"onepen/experiments/human"
	"onepen/experiments/response"
)

// table is a table of the page.
type table struct {
	Caption string
	Head    []string
	Rows    [][]cell // the first cell of each is its head
	Notes   []note
	Remark  string
}

// Left reports whether a column holds texts.
func (t table) Left(column int) bool {
	return len(t.Rows) > 0 && column < len(t.Rows[0]) && t.Rows[0][column].Left
}

// cell is a cell of a table, with the marks of its footnotes.
type cell struct {
	Text  string
	Marks []string
	Left  bool // a text, which stands to the left
}

// note is a footnote.
type note struct{ Mark, Text string }

// words returns a cell that holds a text.
func words(text string) cell { return cell{Text: text, Left: true} }

// estimate returns a cell with a mean, its half-width, and the marks of what is
// held against it.
func (t *table) estimate(v response.Summary, unit string) cell {
	if math.IsNaN(v.Mean) {
		return cell{Text: human.Absent}
	}
	c := cell{Text: human.Value(v.Mean, unit)}
	if !math.IsNaN(v.HalfWidth) {
		c.Text += " ± " + human.Value(v.HalfWidth, unit)
	}
	return t.warned(c, v.Warnings)
}

// warned marks a cell with warnings, which become footnotes.
func (t *table) warned(c cell, w response.Warnings) cell {
	for one := range w.All() {
		c.Marks = append(c.Marks, t.mark(one.Texts()[0]))
	}
	return c
}

// mark returns the mark of a footnote: a letter.
func (t *table) mark(text string) string {
	i := slices.IndexFunc(t.Notes, func(n note) bool { return n.Text == text })
	if i < 0 {
		i = len(t.Notes)
		t.Notes = append(t.Notes, note{string(rune('a' + i)), text})
	}
	return t.Notes[i].Mark
}

// breakable lets the name of a parameter go on in another line after a dot.
func breakable(name string) string { return strings.ReplaceAll(name, ".", ".\u200b") }

// heading writes the name of a measure for people: ack_p99_s is "ack p99".
func heading(measure string) string {
	for _, end := range []string{"_per_s", "_s"} {
		if name, ok := strings.CutSuffix(measure, end); ok {
			measure = name
			break
		}
	}
	return strings.ReplaceAll(measure, "_", " ")
}
