package experiments

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// maxSource is the largest scenario file that is read [bytes]; those people
// write have a few thousand.
const maxSource = 1 << 20

// document is a scenario file on its way to a scenario: its lines, and what was
// found wrong with it so far.
type document struct {
	file     string
	kind     string // what the file is to hold: scenario
	hint     string // what one of them has: lanes and stores
	form     string // what it is a mapping of: parameters and sections
	lines    []string
	problems []Problem
}

// position is a place in a document, counted from 1; columns in characters.
type position struct{ line, col int }

func positionOf(n *yaml.Node) position { return position{n.Line, n.Column} }

// shifted returns the position n characters further in the same line.
func (p position) shifted(n int) position { return position{p.line, p.col + n} }

func newDocument(file string, source []byte) *document {
	text := strings.TrimPrefix(string(source), "\ufeff")
	text = strings.ReplaceAll(text, "\r\n", "\n")
	text = strings.ReplaceAll(text, "\r", "\n")
	return &document{file: file, kind: "scenario", hint: "lanes and stores", form: "parameters and sections", lines: strings.Split(text, "\n")}
}

// complain adds a problem at a position.
func (d *document) complain(at position, path, suggestion, format string, args ...any) {
	p := Problem{
		File: d.file, Line: at.line, Col: at.col,
		Path: path, Suggestion: suggestion, Message: fmt.Sprintf(format, args...),
	}
	if at.line >= 1 && at.line <= len(d.lines) {
		p.Source = d.lines[at.line-1]
	}
	d.problems = append(d.problems, p)
}

// parse returns the top mapping of a file, or nil if the file is not YAML of
// the kind that scenarios are written in; the reasons are then among the
// problems. Plain values, lists and mappings are read. Anchors, aliases, merge
// keys and tags are refused: a scenario is meant to be read by people from top
// to bottom, and a short file must not unfold into a large one.
func (d *document) parse(source []byte) *yaml.Node {
	if !d.checkText(source) {
		return nil
	}
	loader, err := yaml.NewLoader(bytes.NewReader(source))
	if err != nil {
		panic(err) // there are no options that could be wrong
	}
	var root yaml.Node
	if err := loader.Load(&root); err != nil {
		d.refuseSyntax(err)
		return nil
	}
	var second yaml.Node
	if err := loader.Load(&second); err == nil {
		d.complain(positionOf(&second), "", "", "a file holds one %s; a second document begins here", d.kind)
	} else if !errors.Is(err, io.EOF) {
		d.refuseSyntax(err)
	}
	top := content(&root)
	switch {
	case top.Kind == yaml.MappingNode:
	case isNull(top):
		d.complain(position{1, 1}, "", "", "the file is empty; a %s has %s", d.kind, d.hint)
	default:
		d.complain(positionOf(top), "", "", "a %s must be a mapping of %s, got %s", d.kind, d.form, describe(top))
	}
	if d.refuseReferences(top); len(d.problems) > 0 {
		return nil
	}
	rejoin(top)
	return top
}

// content returns what a document node holds; of nothing, a null.
func content(n *yaml.Node) *yaml.Node {
	switch {
	case n.Kind != yaml.DocumentNode && n.Kind != 0:
		return n
	case len(n.Content) == 1:
		return n.Content[0]
	}
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null", Line: 1, Column: 1}
}

// checkText reports whether the source is UTF-8 text of reasonable size.
func (d *document) checkText(source []byte) bool {
	if len(source) > maxSource {
		d.complain(position{}, "", "", "the file has %d bytes; a %s has at most %d", len(source), d.kind, maxSource)
		return false
	}
	line, col := 1, 1
	for rest := source; len(rest) > 0; {
		r, size := utf8.DecodeRune(rest)
		at := position{line, col}
		switch {
		case r == utf8.RuneError && size == 1:
			d.complain(at, "", "", "byte 0x%02x is not UTF-8; scenario files are UTF-8 text", rest[0])
			return false
		case r == '\n' || r == '\r' && !bytes.HasPrefix(rest, []byte("\r\n")):
			line, col = line+1, 0
		case r == '\r':
			col--
		case r < ' ' && r != '\t', r >= 0x7f && r <= 0x9f, r == '\u2028', r == '\u2029':
			d.complain(at, "", "", "control character U+%04X; write it as an escape in double quotes", r)
			return false
		case r == '\ufeff' && line == 1 && col == 1:
			col-- // a byte order mark takes no column
		}
		rest, col = rest[size:], col+1
	}
	return true
}

// refuseSyntax turns an error of the YAML parser into a problem.
func (d *document) refuseSyntax(err error) {
	var at *yaml.LoadError
	if errors.Is(err, io.EOF) {
		d.complain(position{1, 1}, "", "", "the file is empty; a %s has %s", d.kind, d.hint)
		return
	}
	if !errors.As(err, &at) || at.Mark.Line == 0 {
		d.complain(position{1, 1}, "", "", "not YAML: %v", err)
		return
	}
	where := position{at.Mark.Line, at.Mark.Column}
	if where.line <= len(d.lines) && strings.HasPrefix(from(d.lines[where.line-1], where.col), "\t") {
		d.complain(where, "", "", "a tab cannot indent YAML; use spaces")
		return
	}
	message := at.Message
	if at.ContextMsg != "" {
		message += " " + at.ContextMsg
		if at.ContextMark.Line > 0 && at.ContextMark.Line != where.line {
			message += fmt.Sprintf(" that begins in line %d", at.ContextMark.Line)
		}
	}
	d.complain(where, "", "", "not YAML: %s", message)
}

// from returns the part of a line from a column on.
func from(line string, col int) string {
	runes := []rune(line)
	return string(runes[min(max(col-1, 0), len(runes)):])
}

// refuseReferences complains about anchors, aliases, merge keys and tags.
func (d *document) refuseReferences(n *yaml.Node) {
	at := positionOf(n)
	switch {
	case n.Kind == yaml.AliasNode:
		d.complain(at, "", "", "aliases such as *%s are not read in scenarios; write the value out", n.Value)
		return // what it stands for is complained about where it stands
	case n.Anchor != "":
		d.complain(at, "", "", "anchors such as &%s are not read in scenarios; write the value out where it is needed", n.Anchor)
	case n.Tag == "!!merge":
		d.complain(at, "", "", "merge keys (<<) are not read in scenarios; write the values out")
	case n.Style&yaml.TaggedStyle != 0:
		d.complain(at, "", "", "tags such as %s are not read in scenarios", n.Tag)
	}
	for _, child := range n.Content {
		d.refuseReferences(child)
	}
}
