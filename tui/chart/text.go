package chart

import (
	"unicode/utf8"

	"github.com/rivo/uniseg"
)

// Width reports the columns that s takes on a canvas.
func Width(s string) int {
	w := 0
	for _, r := range s {
		w += runeWidth(r)
	}
	return w
}

// runeWidth reports the columns a rune takes by itself: 0 for what a cell
// cannot hold (control characters, combining marks, joiners), else 1 or 2.
func runeWidth(r rune) int {
	switch {
	case r < 0x20 || r == 0x7f:
		return 0
	case r < 0x7f:
		return 1
	case r < 0xa0:
		return 0
	case r < 0x300 && r != 0xad, r >= 0x2500 && r < 0x2600, r >= 0x2800 && r < 0x2900:
		// Latin; boxes, blocks and shapes; braille: the fast way for what this
		// package draws. Shapes that some fonts widen count as narrow, as they
		// do for the terminals.
		return 1
	case r == 0xad || r == 0xfe0e || r == 0xfe0f:
		return 0
	}
	var buf [utf8.UTFMax]byte
	n := utf8.EncodeRune(buf[:], r)
	_, _, w, _ := uniseg.FirstGraphemeCluster(buf[:n], -1)
	return min(max(w, 0), 2)
}

// cut reports the longest head of s of at most w columns, and its columns.
func cut(s string, w int) (string, int) {
	used := 0
	for i, r := range s {
		rw := runeWidth(r)
		if used+rw > w {
			return s[:i], used
		}
		used += rw
	}
	return s, used
}

// Fit writes s into exactly w columns from column x of row y: padded with
// blanks on the right, or cut and ended with the ellipsis of g. It reports the
// column after them.
func (c *Canvas) Fit(x, y, w int, style Style, s string, g Glyphs) int {
	if w <= 0 {
		return x
	}
	end := x + w
	if Width(s) <= w {
		x = c.Text(x, y, style, s)
	} else {
		head, _ := cut(s, w-1)
		x = c.Text(x, y, style, head)
		c.Set(x, y, style, g.Ellipsis)
		x++
	}
	for ; x < end; x++ {
		c.put(x, y, style, ' ')
	}
	return end
}

// FitRight is Fit with the blanks on the left.
func (c *Canvas) FitRight(x, y, w int, style Style, s string, g Glyphs) int {
	for pad := w - Width(s); pad > 0; pad-- {
		c.put(x, y, style, ' ')
		x++
		w--
	}
	return c.Fit(x, y, w, style, s, g)
}

// foldRune reports the ASCII sign nearest to a rune outside ASCII.
func foldRune(r rune) rune {
	switch r {
	case '–', '—', '─', '‐', '−', '┈', '╌':
		return '-'
	case '·', '•', '░', '⋅':
		return '.'
	case '…':
		return '~'
	case '▲':
		return '^'
	case '✗', '×':
		return 'x'
	case '▶', '→', '▸':
		return '>'
	case '◀', '←':
		return '<'
	case '↑':
		return '^'
	case '↓', '▼':
		return 'v'
	case '│', '┊', '╎':
		return '|'
	case '┌', '┐', '└', '┘', '├', '┤', '┬', '┴', '┼':
		return '+'
	case '█', '▓', '▒':
		return '#'
	case '≥':
		return '>'
	case '≤':
		return '<'
	case 'µ', 'μ':
		return 'u'
	case '±':
		return '+'
	case '“', '”':
		return '"'
	case '‘', '’':
		return '\''
	case '\u00a0', '\u202f', '\u2009':
		return ' '
	}
	return '?'
}
