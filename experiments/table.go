package experiments

import (
	"slices"
	"strings"

	"github.com/rivo/uniseg"
)

// pageWidth is the width that text for people keeps to [columns].
const pageWidth = 80

// grid lays out rows of texts in columns, wide enough for what is in them and
// with two blanks between them.
type grid struct {
	rows [][]string
	left []int // columns of texts, flush left; the others hold numbers, flush right
}

func (g *grid) add(cells ...string) { g.rows = append(g.rows, cells) }

// String writes the rows, one a line.
func (g *grid) String() string {
	var widths []int
	for _, row := range g.rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], uniseg.StringWidth(cell))
		}
	}
	var b strings.Builder
	for _, row := range g.rows {
		var line strings.Builder
		for i, cell := range row {
			if i > 0 {
				line.WriteString("  ")
			}
			gap := strings.Repeat(" ", widths[i]-uniseg.StringWidth(cell))
			if slices.Contains(g.left, i) {
				line.WriteString(cell + gap)
			} else {
				line.WriteString(gap + cell)
			}
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	return b.String()
}

// Wrap breaks a text that begins at column first, counted from 0, into lines of
// at most 80 columns; those after the first are indented by rest blanks. Words
// are kept whole.
func Wrap(text string, first, rest int) string {
	var b strings.Builder
	column := first
	for i, word := range strings.Fields(text) {
		width := uniseg.StringWidth(word)
		switch {
		case i == 0:
		case column+1+width > pageWidth:
			b.WriteString("\n" + strings.Repeat(" ", rest))
			column = rest
		default:
			b.WriteByte(' ')
			column++
		}
		b.WriteString(word)
		column += width
	}
	return b.String()
}

// cut shortens a text to a width, with a sign that something is missing.
func cut(text string, width int) string {
	if uniseg.StringWidth(text) <= width {
		return text
	}
	runes := []rune(text)
	for len(runes) > 0 && uniseg.StringWidth(string(runes)) > width-1 {
		runes = runes[:len(runes)-1]
	}
	return string(runes) + "…"
}
