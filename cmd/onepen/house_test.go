package main_test

import (
	"bufio"
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
)

// The rules of the house hold for the whole module and are checked here, at
// its top: what stands where and who may import whom (architecture_test.go), how a
// file is written (source_test.go), and how it is found (filelist_test.go).
var houseRules = []rule{
	{"rooms", checkRooms},
	{"imports point down", checkImports},
	{"no clock, no chance, no goroutine inside a simulation", checkDeterminism},
	{"documented", checkDocs},
	{"doc.go says where things are", checkFileLists},
	{"sizes", checkSizes},
	{"names", checkNames},
	{"formatted", checkFormat},
}

// A rule returns one line for each place where a tree breaks it.
type rule struct {
	name  string
	check func(*module) []string
}

// A module is a source tree: its top level and its parsed Go files.
type module struct {
	name    string   // of go.mod
	top     []string // names at the top level, directories with a slash
	files   []*source
	fileset *token.FileSet
}

// A source is one Go file.
type source struct {
	path string // from the module's root, with slashes
	text []byte
	tree *ast.File
	test bool
}

// TestHouse holds the module against the rules.
func TestHouse(t *testing.T) {
	m, err := readModule(os.DirFS("../.."))
	if err != nil {
		t.Fatal(err)
	}
	if len(m.files) < 20 {
		t.Fatalf("only %d Go files found: the wrong tree?", len(m.files))
	}
	for _, r := range houseRules {
		t.Run(r.name, func(t *testing.T) {
			for _, broken := range r.check(m) {
				t.Error(broken)
			}
		})
	}
}

// plant is a tree that breaks no rule, with the given files added or replaced.
func plant(t *testing.T, files map[string]string) *module {
	t.Helper()
	tree := fstest.MapFS{}
	add := func(name, text string) { tree[name] = &fstest.MapFile{Data: []byte(text)} }
	add("go.mod", "module pen\n\ngo 1.26\n")
	add("README.md", "# pen\n")
	add("LICENSE", "free\n")
	add(".gitignore", "# built\n/pen\n/out/\n*.prof\n")
	add(".ci/run", "#!/bin/bash\n")
	add("sim/sim.go", "// Package sim runs.\npackage sim\n")
	add("models/models.go", "// Package models writes.\npackage models\n\nimport _ \"pen/sim\"\n")
	add("cmd/pen/main.go", "// Command pen writes.\npackage main\n\nimport _ \"pen/models\"\n\nfunc main() {}\n")
	for name, text := range files {
		add(name, text)
	}
	m, err := readModule(tree)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

// A planting is a tree with a fault, and what a rule must say of it.
type planting struct {
	name  string
	files map[string]string
	want  []string
}

// checkPlantings reports where a rule is silent, too loud, or displeased with a
// tree without fault.
func checkPlantings(t *testing.T, check func(*module) []string, plantings []planting) {
	t.Helper()
	plantings = append(plantings, planting{name: "no fault"})
	for _, p := range plantings {
		t.Run(p.name, func(t *testing.T) {
			if diff := cmp.Diff(p.want, check(plant(t, p.files))); diff != "" {
				t.Errorf("complaints differ (-want +got):\n%s", diff)
			}
		})
	}
}

// readModule reads and parses a source tree. Directories that the go command
// does not look into are left out, as are those that .gitignore names.
func readModule(tree fs.FS) (*module, error) {
	m := &module{fileset: token.NewFileSet()}
	gomod, err := fs.ReadFile(tree, "go.mod")
	if err != nil {
		return nil, err
	}
	line, _, _ := strings.Cut(string(gomod), "\n")
	m.name = strings.TrimSpace(strings.TrimPrefix(line, "module "))
	if err := m.readTop(tree); err != nil {
		return nil, err
	}
	for _, name := range m.top {
		if dir, ok := strings.CutSuffix(name, "/"); ok && !hidden(dir) {
			if err := fs.WalkDir(tree, dir, m.visit(tree)); err != nil {
				return nil, err
			}
		} else if strings.HasSuffix(name, ".go") {
			if err := m.parse(tree, name); err != nil {
				return nil, err
			}
		}
	}
	return m, nil
}

// readTop lists the top level, without what .gitignore names.
func (m *module) readTop(tree fs.FS) error {
	ignored, err := fs.ReadFile(tree, ".gitignore")
	if err != nil {
		return err
	}
	entries, err := fs.ReadDir(tree, ".")
	if err != nil {
		return err
	}
	for _, e := range entries {
		if ignores(ignored, e.Name()) {
			continue
		}
		name := e.Name()
		if e.IsDir() {
			name += "/"
		}
		m.top = append(m.top, name)
	}
	return nil
}

// ignores reports whether a line of .gitignore matches a name at the top
// level. It knows plain names and patterns, with or without slashes around.
func ignores(gitignore []byte, name string) bool {
	lines := bufio.NewScanner(bytes.NewReader(gitignore))
	for lines.Scan() {
		pattern := strings.Trim(strings.TrimSpace(lines.Text()), "/")
		if pattern == "" || pattern[0] == '#' {
			continue
		}
		if ok, err := path.Match(pattern, name); ok && err == nil {
			return true
		}
	}
	return false
}

// hidden reports whether the go command passes over a directory of this name.
func hidden(name string) bool {
	return name == "testdata" || name == "vendor" || strings.HasPrefix(name, ".") || strings.HasPrefix(name, "_")
}

// visit returns a walk function that parses the Go files it meets.
func (m *module) visit(tree fs.FS) fs.WalkDirFunc {
	return func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && hidden(d.Name()):
			return fs.SkipDir
		case !d.IsDir() && strings.HasSuffix(name, ".go"):
			return m.parse(tree, name)
		}
		return nil
	}
}

func (m *module) parse(tree fs.FS, name string) error {
	text, err := fs.ReadFile(tree, name)
	if err != nil {
		return err
	}
	parsed, err := parser.ParseFile(m.fileset, name, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		return err
	}
	m.files = append(m.files, &source{
		path: name, text: text, tree: parsed, test: strings.HasSuffix(name, "_test.go"),
	})
	return nil
}

// code returns the files that are not tests.
func (m *module) code() []*source {
	var code []*source
	for _, s := range m.files {
		if !s.test {
			code = append(code, s)
		}
	}
	return code
}

// at returns a complaint about a place in a file.
func (m *module) at(node ast.Node, format string, args ...any) string {
	p := m.fileset.Position(node.Pos())
	return fmt.Sprintf("%s:%d: %s", p.Filename, p.Line, fmt.Sprintf(format, args...))
}

func TestIgnores(t *testing.T) {
	gitignore := []byte("# comment\n\n/onepen\n/out/\n*.prof\n")
	for _, c := range []struct {
		name string
		want bool
	}{
		{"onepen", true}, {"out", true}, {"cpu.prof", true},
		{"sim", false}, {"output", false}, {"# comment", false}, {"", false},
	} {
		if got := ignores(gitignore, c.name); got != c.want {
			t.Errorf("ignores(%q) = %v, want %v", c.name, got, c.want)
		}
	}
}
