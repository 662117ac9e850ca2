package main_test

import (
	"fmt"
	"go/ast"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// rooms lists the directories of the module from the ground up. A room may
// import itself and those below it.
var rooms = []string{"sim", "models", "experiments", "tui", "cmd"}

// topFiles lists the files that may stand beside the rooms, hidden ones apart.
var topFiles = []string{"go.mod", "go.sum", "README.md", "LICENSE"}

// checkRooms complains of anything at the top level that is not a room, a file
// of topFiles or hidden.
func checkRooms(m *module) []string {
	var broken []string
	for _, name := range m.top {
		dir, isDir := strings.CutSuffix(name, "/")
		switch {
		case strings.HasPrefix(name, "."):
		case isDir && slices.Contains(rooms, dir):
		case !isDir && slices.Contains(topFiles, name):
		default:
			broken = append(broken, fmt.Sprintf("%s: not a room (%s) nor one of %s",
				name, strings.Join(rooms, ", "), strings.Join(topFiles, ", ")))
		}
	}
	return broken
}

// checkImports complains of imports that point up, from one room to a higher
// one, or to no room at all. Tests are held to it too: who may not import a
// package may not test against it either.
func checkImports(m *module) []string {
	var broken []string
	for _, s := range m.files {
		from := room(s.path)
		for _, spec := range s.tree.Imports {
			inside, ok := strings.CutPrefix(importPath(spec)+"/", m.name+"/")
			if !ok {
				continue
			}
			switch to := room(inside); {
			case rank(to) < 0:
				broken = append(broken, m.at(spec, "imports %s, which is in no room", importPath(spec)))
			case rank(to) > rank(from):
				broken = append(broken, m.at(spec, "%s imports %s: imports point down only, %s",
					from, importPath(spec), strings.Join(reversed(rooms), " → ")))
			}
		}
	}
	return broken
}

// outside lists the packages that would bring chance, the wall clock or the
// machine into a simulation.
var outside = []string{
	"crypto/rand", "hash/maphash", "math/rand", "math/rand/v2", "net", "net/http", "os", "time", "unsafe",
}

// checkDeterminism complains of what could make two runs of a simulation
// differ: packages of outside, and goroutines. Tests may use both.
func checkDeterminism(m *module) []string {
	var broken []string
	for _, s := range m.code() {
		if r := room(s.path); r != "sim" && r != "models" {
			continue
		}
		for _, spec := range s.tree.Imports {
			if p := importPath(spec); slices.Contains(outside, p) {
				broken = append(broken, m.at(spec, "imports %s: a simulation has its own clock and streams", p))
			}
		}
		ast.Inspect(s.tree, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.GoStmt:
				broken = append(broken, m.at(n, "starts a goroutine: a simulation runs on one"))
			case *ast.SelectStmt:
				broken = append(broken, m.at(n, "selects: which channel is ready first is not part of the seed"))
			}
			return true
		})
	}
	return broken
}

// room returns the first element of a path.
func room(name string) string {
	first, _, _ := strings.Cut(path.Clean(name), "/")
	return first
}

// rank returns the height of a room, -1 for what is none.
func rank(room string) int { return slices.Index(rooms, room) }

func reversed(names []string) []string {
	names = slices.Clone(names)
	slices.Reverse(names)
	return names
}

// importPath returns what a file imports, without quotes.
func importPath(spec *ast.ImportSpec) string {
	p, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		panic(err) // the parser has accepted it
	}
	return p
}

func TestCheckRooms(t *testing.T) {
	checkPlantings(t, checkRooms, []planting{
		{
			name:  "a sixth room",
			files: map[string]string{"internal/x.go": "package internal\n"},
			want:  []string{"internal/: not a room (sim, models, experiments, tui, cmd) nor one of go.mod, go.sum, README.md, LICENSE"},
		},
		{
			name:  "a stray file",
			files: map[string]string{"main.go": "package main\n"},
			want:  []string{"main.go: not a room (sim, models, experiments, tui, cmd) nor one of go.mod, go.sum, README.md, LICENSE"},
		},
		{
			name:  "a file in the place of a room",
			files: map[string]string{"tui": "text\n"},
			want:  []string{"tui: not a room (sim, models, experiments, tui, cmd) nor one of go.mod, go.sum, README.md, LICENSE"},
		},
		{
			name:  "ignored and hidden",
			files: map[string]string{"pen": "\x7fELF", "out/runs.csv": "a\n", "cpu.prof": "", ".golangci.yml": ""},
		},
	})
}

func TestCheckImports(t *testing.T) {
	checkPlantings(t, checkImports, []planting{
		{
			name:  "up by one",
			files: map[string]string{"sim/up.go": "package sim\n\nimport _ \"pen/models\"\n"},
			want:  []string{"sim/up.go:3: sim imports pen/models: imports point down only, cmd → tui → experiments → models → sim"},
		},
		{
			name:  "from a sub-package, to a sub-package",
			files: map[string]string{"experiments/csv/up.go": "package csv\n\nimport _ \"pen/tui/chart\"\n"},
			want:  []string{"experiments/csv/up.go:3: experiments imports pen/tui/chart: imports point down only, cmd → tui → experiments → models → sim"},
		},
		{
			name:  "in a test",
			files: map[string]string{"models/up_test.go": "package models_test\n\nimport _ \"pen/experiments\"\n"},
			want:  []string{"models/up_test.go:3: models imports pen/experiments: imports point down only, cmd → tui → experiments → models → sim"},
		},
		{
			name:  "to the root",
			files: map[string]string{"cmd/pen/root.go": "package main\n\nimport _ \"pen\"\n"},
			want:  []string{"cmd/pen/root.go:3: imports pen, which is in no room"},
		},
		{
			name: "down, sideways, and to another module with the name as prefix",
			files: map[string]string{
				"tui/down.go":      "package tui\n\nimport (\n\t_ \"pen/experiments\"\n\t_ \"pen/sim/names\"\n\t_ \"pen/tui/chart\"\n)\n",
				"sim/elsewhere.go": "package sim\n\nimport (\n\t_ \"fmt\"\n\t_ \"pencil/models\"\n)\n",
			},
		},
		{
			name:  "not built by the go command",
			files: map[string]string{"sim/testdata/up.go": "package sim\n\nimport _ \"pen/models\"\n"},
		},
	})
}

func TestCheckDeterminism(t *testing.T) {
	checkPlantings(t, checkDeterminism, []planting{
		{
			name:  "global chance",
			files: map[string]string{"models/keys.go": "package models\n\nimport (\n\t_ \"math\"\n\t_ \"math/rand/v2\"\n)\n"},
			want:  []string{"models/keys.go:5: imports math/rand/v2: a simulation has its own clock and streams"},
		},
		{
			name:  "wall clock in a sub-package",
			files: map[string]string{"sim/pace/pace.go": "package pace\n\nimport _ \"time\"\n"},
			want:  []string{"sim/pace/pace.go:3: imports time: a simulation has its own clock and streams"},
		},
		{
			name:  "goroutine",
			files: map[string]string{"sim/go.go": "package sim\n\nfunc f() {\n\tgo f()\n\tselect {}\n}\n"},
			want: []string{
				"sim/go.go:4: starts a goroutine: a simulation runs on one",
				"sim/go.go:5: selects: which channel is ready first is not part of the seed",
			},
		},
		{
			name: "allowed above, and in tests",
			files: map[string]string{
				"tui/pace.go":      "package tui\n\nimport _ \"time\"\n\nfunc f() { go f() }\n",
				"sim/race_test.go": "package sim\n\nimport _ \"time\"\n\nfunc f() { go f() }\n",
			},
		},
	})
}
