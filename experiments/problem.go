package experiments

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/rivo/uniseg"
)

// Problem is one thing that is wrong with what a person wrote, and where.
type Problem struct {
	File       string // "" for an argument of the command line
	Line, Col  int    // counted from 1, columns in characters; 0 where there is no line
	Path       string // of the parameter or section, or ""
	Message    string // "must be 1 to 1000000, got 0"
	Suggestion string // the valid name that was probably meant, or ""
	Source     string // the line, or the argument, as it was written
}

// String says what is wrong in one line, and shows the place in two more
// where there is a line to show:
//
//	file.yaml:14:13: lanes.clicks.batch.size: must be 1 to 1000000, got 0
//	   14 |     batch: {size: 0}
//	      |                   ^
func (p Problem) String() string {
	var b strings.Builder
	switch {
	case p.File == "" && p.Source != "":
		b.WriteString(p.Source + ": ")
	case p.Line > 0:
		fmt.Fprintf(&b, "%s:%d:%d: ", p.File, p.Line, p.Col)
	case p.File != "":
		b.WriteString(p.File + ": ")
	}
	if p.Path != "" && p.File != "" {
		b.WriteString(p.Path + ": ")
	}
	b.WriteString(p.Message)
	if p.Suggestion != "" {
		fmt.Fprintf(&b, "; did you mean %s?", p.Suggestion)
	}
	if p.File != "" && p.Line > 0 {
		text, caret := excerpt(p.Source, p.Col)
		fmt.Fprintf(&b, "\n%5d | %s\n      | %s", p.Line, text, caret)
	}
	return b.String()
}

// maxExcerpt is the longest part of a line that is shown [characters].
const maxExcerpt = 100

// excerpt returns the part of a line around a column, and a second line with a
// caret under that column. Tabs become blanks, so that the caret stands where
// it should whatever the tab stops.
func excerpt(line string, col int) (text, caret string) {
	runes := []rune(strings.ReplaceAll(strings.TrimRight(line, "\r\n"), "\t", " "))
	at := min(max(col-1, 0), len(runes))
	from, before := 0, ""
	if at > maxExcerpt*3/4 {
		from, before = at-maxExcerpt/2, "…"
	}
	to, after := len(runes), ""
	if to > from+maxExcerpt {
		to, after = from+maxExcerpt, "…"
	}
	lead := before + string(runes[from:at])
	text = lead + string(runes[at:to]) + after
	return text, strings.Repeat(" ", uniseg.StringWidth(lead)) + "^"
}

// InputError is everything that is wrong with an input, in the order in which
// it stands there.
type InputError struct {
	Problems []Problem // at least one
}

// maxProblems is the number of problems that are written out.
const maxProblems = 25

// Error writes the problems, one after the other.
func (e *InputError) Error() string {
	var lines []string
	for i, p := range e.Problems {
		if i == maxProblems {
			lines = append(lines, fmt.Sprintf("and %d problems more", len(e.Problems)-i))
			break
		}
		lines = append(lines, p.String())
	}
	return strings.Join(lines, "\n")
}

// inputError returns the problems as an error, sorted by position, or nil if
// there are none.
func inputError(problems []Problem) error {
	if len(problems) == 0 {
		return nil
	}
	slices.SortStableFunc(problems, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Col, b.Col))
	})
	return &InputError{Problems: problems}
}
