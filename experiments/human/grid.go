package human

import (
	"slices"
	"strings"

	"github.com/rivo/uniseg"
)

// Grid lays out rows of texts in columns, wide enough for what is in them and
// with two blanks between them.
type Grid struct {
	Left []int // columns of texts, flush left; the others hold numbers, flush right
	rows [][]string
}

// Add appends a row. Rows may be of different lengths.
func (g *Grid) Add(cells ...string) { g.rows = append(g.rows, cells) }

// String writes the rows, one a line.
func (g *Grid) String() string {
	widths := g.widths()
	var b strings.Builder
	for _, row := range g.rows {
		var line strings.Builder
		for i, cell := range row {
			if i > 0 {
				line.WriteString("  ")
			}
			gap := strings.Repeat(" ", widths[i]-uniseg.StringWidth(cell))
			if slices.Contains(g.Left, i) {
				line.WriteString(cell + gap)
			} else {
				line.WriteString(gap + cell)
			}
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	return b.String()
}

func (g *Grid) widths() []int {
	var widths []int
	for _, row := range g.rows {
		for i, cell := range row {
			if i == len(widths) {
				widths = append(widths, 0)
			}
			widths[i] = max(widths[i], uniseg.StringWidth(cell))
		}
	}
	return widths
}
