package main_test

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"path"
	"slices"
	"strings"
	"testing"
)

// Greatest sizes, in lines without tables.
const (
	maxCodeLines = 400
	maxTestLines = 600
	maxFuncLines = 90
)

// checkSizes complains of files and functions that are too long to be read in
// one go. Tables do not count: the lines inside a list or map of values, which
// is data that happens to be written in Go.
func checkSizes(m *module) []string {
	var broken []string
	for _, s := range m.files {
		limit := maxCodeLines
		if s.test {
			limit = maxTestLines
		}
		if n := m.fileset.File(s.tree.FileStart).LineCount() - m.tableLines(s.tree); n > limit {
			broken = append(broken, fmt.Sprintf("%s: %d lines without tables, at most %d", s.path, n, limit))
		}
		for _, d := range s.tree.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok || f.Body == nil {
				continue
			}
			if n := m.lines(f) - m.tableLines(f); n > maxFuncLines {
				broken = append(broken, m.at(f, "%s has %d lines without tables, at most %d", f.Name.Name, n, maxFuncLines))
			}
		}
	}
	return broken
}

// lines returns the number of lines a node touches.
func (m *module) lines(n ast.Node) int {
	return m.fileset.Position(n.End()).Line - m.fileset.Position(n.Pos()).Line + 1
}

// tableLines returns the number of lines strictly between the braces of the
// outermost tables in a node.
func (m *module) tableLines(n ast.Node) int {
	sum := 0
	ast.Inspect(n, func(n ast.Node) bool {
		table, ok := n.(*ast.CompositeLit)
		if !ok {
			return true
		}
		switch table.Type.(type) {
		case *ast.ArrayType, *ast.MapType:
			sum += max(0, m.fileset.Position(table.Rbrace).Line-m.fileset.Position(table.Lbrace).Line-1)
			return false
		}
		return true
	})
	return sum
}

// vagueNames lists package names that say nothing of what is inside.
var vagueNames = []string{"base", "common", "helper", "helpers", "lib", "misc", "shared", "types", "util", "utils"}

// checkNames complains of packages with vague names and of getters called Get.
func checkNames(m *module) []string {
	var broken []string
	for _, s := range m.files {
		if name := strings.TrimSuffix(s.tree.Name.Name, "_test"); slices.Contains(vagueNames, name) {
			broken = append(broken, m.at(s.tree.Name, "package %s: the name says nothing of what is inside", name))
		}
		for _, d := range s.tree.Decls {
			f, ok := d.(*ast.FuncDecl)
			if !ok {
				continue
			}
			if rest, ok := strings.CutPrefix(f.Name.Name, "Get"); ok && rest != "" && !startsLower(rest) {
				broken = append(broken, m.at(f.Name, "%s: call it %s", f.Name.Name, rest))
			}
		}
	}
	return broken
}

// startsLower reports whether a name goes on in lower case, as Getaway does.
func startsLower(s string) bool { return s[0] >= 'a' && s[0] <= 'z' }

// checkFormat complains of files that gofmt would change.
func checkFormat(m *module) []string {
	var broken []string
	for _, s := range m.files {
		formatted, err := format.Source(s.text)
		if err != nil {
			broken = append(broken, fmt.Sprintf("%s: %v", s.path, err))
		} else if !bytes.Equal(formatted, s.text) {
			broken = append(broken, fmt.Sprintf("%s: not formatted by gofmt", s.path))
		}
	}
	return broken
}

// checkDocs complains of packages without a package comment, or with several,
// and of exported identifiers without a doc comment that begins with their
// name.
func checkDocs(m *module) []string {
	broken := checkPackageComments(m)
	for _, s := range m.code() {
		for _, d := range s.tree.Decls {
			switch d := d.(type) {
			case *ast.FuncDecl:
				if d.Name.IsExported() && receiverExported(d) && !settled(d) {
					broken = append(broken, m.checkDoc(d.Name, d.Doc)...)
				}
			case *ast.GenDecl:
				broken = append(broken, m.checkDeclaration(d)...)
			}
		}
	}
	return broken
}

// checkPackageComments complains of packages that have no package comment or
// more than one.
func checkPackageComments(m *module) []string {
	var dirs []string // in the order met
	comments := map[string][]string{}
	for _, s := range m.code() {
		dir := path.Dir(s.path)
		if _, met := comments[dir]; !met {
			dirs = append(dirs, dir)
			comments[dir] = nil
		}
		if s.tree.Doc != nil {
			comments[dir] = append(comments[dir], path.Base(s.path))
		}
	}
	var broken []string
	for _, dir := range dirs {
		switch found := comments[dir]; len(found) {
		case 0:
			broken = append(broken, fmt.Sprintf("%s: no package comment", dir))
		case 1:
		default:
			broken = append(broken, fmt.Sprintf("%s: package comments in %s", dir, strings.Join(found, ", ")))
		}
	}
	return broken
}

// settled reports whether a function is a method whose meaning fmt.Stringer,
// error or errors.Unwrap has settled, so that a comment would add nothing.
func settled(f *ast.FuncDecl) bool {
	return f.Recv != nil && slices.Contains([]string{"String", "Error", "Unwrap"}, f.Name.Name)
}

// receiverExported reports whether a function has no receiver or one of an
// exported type.
func receiverExported(f *ast.FuncDecl) bool {
	if f.Recv == nil {
		return true
	}
	name := f.Recv.List[0].Type
	for {
		switch n := name.(type) {
		case *ast.StarExpr:
			name = n.X
		case *ast.IndexExpr:
			name = n.X
		case *ast.IndexListExpr:
			name = n.X
		case *ast.Ident:
			return n.IsExported()
		default:
			return true
		}
	}
}

// checkDoc complains unless a comment exists and begins with the name, an
// article before it allowed.
func (m *module) checkDoc(name *ast.Ident, doc *ast.CommentGroup) []string {
	words := strings.Fields(doc.Text())
	if len(words) == 0 {
		return []string{m.at(name, "%s has no doc comment", name.Name)}
	}
	if first := words[0]; len(words) > 1 && slices.Contains([]string{"A", "An", "The"}, first) {
		words = words[1:]
	}
	if !strings.HasPrefix(words[0], name.Name) {
		return []string{m.at(name, "the doc comment of %s does not begin with its name", name.Name)}
	}
	return nil
}

// checkDeclaration complains of exported types, constants and variables
// without doc comment. One comment is enough for a group of constants or
// variables, and then need not begin with a name.
func (m *module) checkDeclaration(d *ast.GenDecl) []string {
	var broken []string
	for _, spec := range d.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			if spec.Name.IsExported() {
				broken = append(broken, m.checkDoc(spec.Name, either(spec.Doc, d.Doc))...)
				broken = append(broken, m.checkMembers(spec)...)
			}
		case *ast.ValueSpec:
			for _, name := range spec.Names {
				switch {
				case !name.IsExported():
				case !d.Lparen.IsValid():
					broken = append(broken, m.checkDoc(name, d.Doc)...)
				case d.Doc == nil && spec.Doc == nil && spec.Comment == nil:
					broken = append(broken, m.at(name, "%s has no doc comment, nor has its group", name.Name))
				}
			}
		}
	}
	return broken
}

// checkMembers complains of methods of an interface without comment. Fields of
// structs may go without: where name and type say it all, a comment would only
// repeat them.
func (m *module) checkMembers(spec *ast.TypeSpec) []string {
	t, ok := spec.Type.(*ast.InterfaceType)
	if !ok {
		return nil
	}
	var broken []string
	for _, f := range t.Methods.List {
		for _, name := range f.Names {
			if name.IsExported() && f.Doc == nil && f.Comment == nil {
				broken = append(broken, m.at(name, "%s.%s has no comment", spec.Name.Name, name.Name))
			}
		}
	}
	return broken
}

func either(a, b *ast.CommentGroup) *ast.CommentGroup {
	if a != nil {
		return a
	}
	return b
}

func TestCheckSizes(t *testing.T) {
	lines := func(n int) string { return strings.Repeat("\t_ = 0\n", n) }
	checkPlantings(t, checkSizes, []planting{
		{
			name:  "long file",
			files: map[string]string{"sim/long.go": "package sim\n" + strings.Repeat("//\n", 400)},
			want:  []string{"sim/long.go: 401 lines without tables, at most 400"},
		},
		{
			name:  "long test",
			files: map[string]string{"sim/long_test.go": "package sim\n" + strings.Repeat("//\n", 600)},
			want:  []string{"sim/long_test.go: 601 lines without tables, at most 600"},
		},
		{
			name:  "long function",
			files: map[string]string{"sim/f.go": "package sim\n\nfunc f() {\n" + lines(89) + "}\n"},
			want:  []string{"sim/f.go:3: f has 91 lines without tables, at most 90"},
		},
		{
			name: "just within",
			files: map[string]string{
				"sim/f.go":         "package sim\n\nfunc f() {\n" + lines(88) + "}\n",
				"sim/long.go":      "package sim\n" + strings.Repeat("//\n", 399),
				"sim/long_test.go": "package sim\n" + strings.Repeat("//\n", 599),
			},
		},
		{
			name: "tables",
			files: map[string]string{
				"sim/t.go":      "package sim\n\nvar t = []int{\n" + strings.Repeat("\t0,\n", 500) + "}\n",
				"sim/t_test.go": "package sim\n\nfunc f() {\n\t_ = map[int]int{\n" + strings.Repeat("\t\t0: 0,\n", 100) + "\t}\n}\n",
			},
		},
	})
}

func TestCheckNames(t *testing.T) {
	checkPlantings(t, checkNames, []planting{
		{
			name:  "vague",
			files: map[string]string{"sim/util/util.go": "// Package util helps.\npackage util\n"},
			want:  []string{"sim/util/util.go:2: package util: the name says nothing of what is inside"},
		},
		{
			name:  "getters",
			files: map[string]string{"sim/get.go": "package sim\n\nfunc GetDepth() {}\nfunc Getaway()  {}\nfunc Get()      {}\n"},
			want:  []string{"sim/get.go:3: GetDepth: call it Depth"},
		},
	})
}

func TestCheckFormat(t *testing.T) {
	checkPlantings(t, checkFormat, []planting{
		{
			name:  "spaces",
			files: map[string]string{"sim/f.go": "package sim\n\nfunc f()  {}\n"},
			want:  []string{"sim/f.go: not formatted by gofmt"},
		},
	})
}

func TestCheckDocs(t *testing.T) {
	checkPlantings(t, checkDocs, []planting{
		{
			name:  "package",
			files: map[string]string{"sim/a/a.go": "package a\n", "sim/a/a_test.go": "// Package a tests.\npackage a\n", "models/more.go": "// Package models again.\npackage models\n"},
			want:  []string{"models: package comments in models.go, more.go", "sim/a: no package comment"},
		},
		{
			name: "functions and methods",
			files: map[string]string{"sim/f.go": `package sim

func F() {}

// Does something.
func G() {}

// An H is fine.
type H struct{}

func (h *H) I() {}

func (h *H) String() string { return "" }

func String() {}

type j[K any] struct{}

func (j[K]) L() {}
`},
			want: []string{
				"sim/f.go:3: F has no doc comment",
				"sim/f.go:6: the doc comment of G does not begin with its name",
				"sim/f.go:11: I has no doc comment",
				"sim/f.go:15: String has no doc comment",
			},
		},
		{
			name: "types and methods of interfaces",
			files: map[string]string{"sim/t.go": `package sim

type A struct{}

// B is fine without comments on its fields.
type B struct{ X int }

// C is an interface.
type C interface {
	D()

	// E is explained.
	E()
	F() // explained
	g()
}
`},
			want: []string{
				"sim/t.go:3: A has no doc comment",
				"sim/t.go:10: C.D has no comment",
			},
		},
		{
			name: "constants and variables",
			files: map[string]string{"sim/v.go": `package sim

const A = 1

// It is the wrong name.
var B = 1

// What follows is explained together.
const (
	C = 1
	D = 2
)

const (
	E = 1
	F = 2 // explained
)
`},
			want: []string{
				"sim/v.go:3: A has no doc comment",
				"sim/v.go:6: the doc comment of B does not begin with its name",
				"sim/v.go:15: E has no doc comment, nor has its group",
			},
		},
	})
}
