package plot

import (
	"strings"

	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"

	"onepen/experiments/human"
)

// grouped writes a count with its thousands apart, but never on two lines.
func grouped(n uint64) string {
	return strings.ReplaceAll(human.Count(n), " ", "\u00a0")
}

// wrap breaks a text into lines of at most a width, at blanks; a word that is
// longer is cut.
func wrap(s string, style text.Style, width vg.Length) []string {
	var lines []string
	line := ""
	for _, word := range strings.Fields(s) {
		word = fit(word, style, width)
		if line != "" && style.Width(line+" "+word) > width {
			lines = append(lines, line)
			line = ""
		}
		if line != "" {
			line += " "
		}
		line += word
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// fit cuts a text to a width, with a sign that something is missing.
func fit(s string, style text.Style, width vg.Length) string {
	if style.Width(s) <= width {
		return s
	}
	runes := []rune(s)
	for len(runes) > 0 && style.Width(string(runes)+"…") > width {
		runes = runes[:len(runes)-1]
	}
	return string(runes) + "…"
}
