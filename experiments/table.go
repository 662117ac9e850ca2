package experiments

import (
	"strings"

	"github.com/rivo/uniseg"
)

// pageWidth is the width that text for people keeps to [columns].
const pageWidth = 80

// Wrap breaks a text that begins at column first, counted from 0, into lines of
// at most 80 columns; those after the first are indented by rest blanks. Words
// are kept whole.
func Wrap(text string, first, rest int) string {
	var b strings.Builder
	column := first
	for i, word := range words(text) {
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

// words splits a text at its blanks, but for those between a number and its %.
func words(text string) []string {
	var words []string
	for _, word := range strings.Fields(text) {
		if last := len(words) - 1; last >= 0 && strings.HasPrefix(word, "%") {
			words[last] += " " + word
			continue
		}
		words = append(words, word)
	}
	return words
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
