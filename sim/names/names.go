// Package names helps with names that people type: parameters, scenarios,
// distributions, components.
package names

import (
	"strings"

	"github.com/agnivade/levenshtein"
)

// Nearest returns the entry of known that name most probably stands for, or ""
// if none is near. Case is ignored. A name is near
//
//   - within one edit for every three characters it has, and at least one,
//     where an edit inserts, deletes or replaces a character (Levenshtein 1966)
//     or, once, swaps two neighbours; or else
//   - when it is the beginning, two characters or more, of exactly one entry; or
//     else
//   - when exactly one entry, of three characters or more, is its beginning.
//
// Among equally near entries the earliest wins.
func Nearest(name string, known []string) string {
	folded := strings.ToLower(name)
	best, bestEdits := "", max(1, len([]rune(folded))/3)+1
	for _, candidate := range known {
		length := len([]rune(candidate))
		// To replace every character is no likeness.
		if n := edits(folded, strings.ToLower(candidate)); n < bestEdits && n < length {
			best, bestEdits = candidate, n
		}
	}
	if best != "" {
		return best
	}
	if short := only(known, func(candidate string) bool { return len(folded) >= 2 && strings.HasPrefix(candidate, folded) }); short != "" {
		return short
	}
	return only(known, func(candidate string) bool { return len(candidate) >= 3 && strings.HasPrefix(folded, candidate) })
}

// edits returns the number of edits that turn a into b.
func edits(a, b string) int {
	if swapped([]rune(a), []rune(b)) {
		return 1
	}
	return levenshtein.ComputeDistance(a, b)
}

// swapped reports whether a is b with two neighbouring characters swapped.
func swapped(a, b []rune) bool {
	if len(a) != len(b) {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	return i+1 < len(a) && a[i] == b[i+1] && a[i+1] == b[i] && string(a[i+2:]) == string(b[i+2:])
}

// only returns the one entry of known, in lower case, that matches; "" if there
// is none or more than one.
func only(known []string, matches func(folded string) bool) string {
	found := ""
	for _, candidate := range known {
		if !matches(strings.ToLower(candidate)) {
			continue
		}
		if found != "" {
			return ""
		}
		found = candidate
	}
	return found
}
