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
//   - within one edit (insertion, deletion, substitution; Levenshtein 1966)
//     for every three characters it has, at least one; or else
//   - when it is the beginning, two characters or more, of exactly one entry.
//
// Among equally near entries the earliest wins.
func Nearest(name string, known []string) string {
	folded := strings.ToLower(name)
	best, bestEdits := "", max(1, len([]rune(folded))/3)+1
	for _, candidate := range known {
		edits := levenshtein.ComputeDistance(folded, strings.ToLower(candidate))
		// A name is never near to one it shares no character with.
		if edits < bestEdits && edits < len([]rune(candidate)) {
			best, bestEdits = candidate, edits
		}
	}
	if best != "" {
		return best
	}
	return abbreviated(folded, known)
}

// abbreviated returns the only entry of known that begins with prefix, which
// is in lower case, or "" if there is none or more than one.
func abbreviated(prefix string, known []string) string {
	if len(prefix) < 2 {
		return ""
	}
	found := ""
	for _, candidate := range known {
		if !strings.HasPrefix(strings.ToLower(candidate), prefix) {
			continue
		}
		if found != "" {
			return ""
		}
		found = candidate
	}
	return found
}
