package human

import "strings"

// Value writes a number in a base unit: a time, a rate, or a number of whatever
// it is of.
func Value(x float64, unit string) string {
	switch unit {
	case "s":
		return Span(x)
	case "1/s":
		return Rate(x)
	}
	return Number(x)
}

// Signed gives a text that begins with a digit a sign, as differences have one,
// and makes a hyphen a minus.
func Signed(text string) string {
	switch {
	case text == Absent || text == "0":
		return text
	case strings.HasPrefix(text, "-"):
		return "−" + text[1:]
	}
	return "+" + text
}
