package response

import (
	"iter"
	"slices"
	"strings"
)

// Warnings is a set of what is to be held against a number.
type Warnings uint8

// What can be held against a number.
const (
	Unstable         Warnings = 1 << iota // something was over capacity, or did not keep up
	FewReplications                       // fewer than 5
	WideInterval                          // a half-width over 10 % of the mean
	WarmupNotReached                      // the window began before the system was in its usual state
	BeyondData                            // a percentile above which there are too few observations
	numWarnings      = iota
)

// The bounds beyond which a number is warned of.
const (
	enoughReplications = 5
	wideInterval       = 0.10 // of the mean
	enoughBeyond       = 10   // observations of a run above a percentile
)

// warningWords lists how warnings are written in files.
var warningWords = []string{"unstable", "few_replications", "wide_interval", "warmup_not_reached", "beyond_data"}

// WarningWords lists the words of all warnings, for people.
func WarningWords() string { return strings.Join(warningWords, ", ") }

// warningTexts lists what warnings say to people.
var warningTexts = []string{
	"unstable: something is offered more than it can do, so this depends on how long one looks",
	"fewer than 5 replications: the interval is a rough guess",
	"the half-width is over 10 % of the mean: more replications narrow it",
	"the window begins before the system has settled: a longer warm-up is needed",
	"fewer than 10 observations of a run lie beyond this percentile: run longer",
}

// All yields the warnings of the set one by one.
func (w Warnings) All() iter.Seq[Warnings] {
	return func(yield func(Warnings) bool) {
		for i := range numWarnings {
			if one := Warnings(1 << i); w&one != 0 && !yield(one) {
				return
			}
		}
	}
}

// String writes the set as words with blanks between them, as result files
// have it; "" if it is empty.
func (w Warnings) String() string {
	var words []string
	for i, word := range warningWords {
		if w&(1<<i) != 0 {
			words = append(words, word)
		}
	}
	return strings.Join(words, " ")
}

// ParseWarnings reads what String writes. Words that are no warnings are passed
// over, so that files of later versions can be read.
func ParseWarnings(text string) Warnings {
	var w Warnings
	for _, word := range strings.Fields(text) {
		if i := slices.Index(warningWords, word); i >= 0 {
			w |= 1 << i
		}
	}
	return w
}

// Texts returns a sentence for each warning of the set, for footnotes.
func (w Warnings) Texts() []string {
	var texts []string
	for i, text := range warningTexts {
		if w&(1<<i) != 0 {
			texts = append(texts, text)
		}
	}
	return texts
}
