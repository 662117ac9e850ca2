package main_test

import (
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// mostUnlisted is how many files a package may have besides its doc.go before
// that must say what is in which.
const mostUnlisted = 12

var (
	fileName = regexp.MustCompile(`[\w*]+\.go\b`)
	listItem = regexp.MustCompile(`(?m)^//   - .*\w\.go\b`)
)

// checkFileLists complains of a doc.go that names a file which is not there, and
// of one that lists files and leaves some out: whoever adds, renames or deletes a
// file tells there. A pattern such as router_*.go names a family.
func checkFileLists(m *module) []string {
	var broken []string
	for _, s := range m.code() {
		if path.Base(s.path) != "doc.go" {
			continue
		}
		dir := path.Dir(s.path)
		files, named := m.filesIn(dir), fileName.FindAllString(string(s.text), -1)
		for _, name := range named {
			if !slices.ContainsFunc(files, func(file string) bool { return matches(name, file) }) {
				broken = append(broken, fmt.Sprintf("%s: names %s, which is not there", s.path, name))
			}
		}
		var unnamed []string
		for _, file := range files {
			if !slices.ContainsFunc(named, func(name string) bool { return matches(name, file) }) {
				unnamed = append(unnamed, file)
			}
		}
		switch lists := listItem.Match(s.text); {
		case lists && len(unnamed) > 0:
			broken = append(broken, fmt.Sprintf("%s: lists files, but not %s", s.path, strings.Join(unnamed, ", ")))
		case !lists && len(files) > mostUnlisted:
			broken = append(broken, fmt.Sprintf("%s: says not what is in which of %d files", s.path, len(files)))
		}
	}
	return broken
}

// filesIn returns the names of the files of a package that are neither tests
// nor its doc.go.
func (m *module) filesIn(dir string) []string {
	var files []string
	for _, s := range m.code() {
		if name := path.Base(s.path); path.Dir(s.path) == dir && name != "doc.go" {
			files = append(files, name)
		}
	}
	return files
}

// matches reports whether a file is the one named, or of the family.
func matches(name, file string) bool {
	ok, err := path.Match(name, file)
	return ok && err == nil
}

func TestCheckFileLists(t *testing.T) {
	many := map[string]string{"sim/many/doc.go": "// Package many says nothing.\npackage many\n"}
	for i := range mostUnlisted + 1 {
		many[fmt.Sprintf("sim/many/f%d.go", i)] = "package many\n"
	}
	doc := func(list string) string { return "// Package a is listed.\n//\n" + list + "package a\n" }
	checkPlantings(t, checkFileLists, []planting{
		{
			name:  "gone",
			files: map[string]string{"sim/a/doc.go": doc("//   - b.go, c.go: what it has\n"), "sim/a/b.go": "package a\n"},
			want:  []string{"sim/a/doc.go: names c.go, which is not there"},
		},
		{
			name:  "gone, in a sentence",
			files: map[string]string{"sim/a/doc.go": doc("// The clock is read in c.go alone.\n"), "sim/a/b.go": "package a\n"},
			want:  []string{"sim/a/doc.go: names c.go, which is not there"},
		},
		{
			name:  "left out",
			files: map[string]string{"sim/a/doc.go": doc("//   - b.go: what it has\n"), "sim/a/b.go": "package a\n", "sim/a/ab.go": "package a\n", "sim/a/b_test.go": "package a\n"},
			want:  []string{"sim/a/doc.go: lists files, but not ab.go"},
		},
		{
			name:  "a family",
			files: map[string]string{"sim/a/doc.go": doc("//   - b.go with b_*.go: what it has\n"), "sim/a/b.go": "package a\n", "sim/a/b_near.go": "package a\n"},
		},
		{
			name:  "too many to go without",
			files: many,
			want:  []string{"sim/many/doc.go: says not what is in which of 13 files"},
		},
	})
}
