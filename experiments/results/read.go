package results

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"onepen/experiments"
)

// maxBytes is the largest file that is read, so that a mistaken name does not
// fill the memory.
const maxBytes = 1 << 30

// Open reads a result file.
func Open(name string) (*Table, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxBytes+1))
	if err != nil {
		return nil, fmt.Errorf("cannot read %s: %w", name, err)
	}
	if len(text) > maxBytes {
		return nil, fmt.Errorf("cannot read %s: it is larger than %d MB", name, maxBytes>>20)
	}
	return Parse(name, text)
}

// Parse reads the text of a result file; name stands in messages.
func Parse(name string, text []byte) (*Table, error) {
	text = bytes.TrimPrefix(text, []byte("\ufeff")) // as spreadsheets write it
	r := csv.NewReader(bytes.NewReader(text))
	r.FieldsPerRecord = -1
	header, err := r.Read()
	if errors.Is(err, io.EOF) {
		return nil, refuse(experiments.Problem{File: name, Message: "is empty: it must begin with a header"})
	}
	if err != nil {
		p := broken(name, text, err)
		p.Message = "is no header of a result file: " + p.Message
		return nil, refuse(p)
	}
	kind := kindOf(header)
	if kind == "" {
		return nil, refuse(experiments.Problem{
			File: name, Line: 1, Col: 1, Source: strings.Join(header, ","),
			Message: "is the header of no result file of onepen (" + strings.Join(Kinds(), ", ") + ")",
		})
	}
	t := &Table{Name: name, Kind: kind, Columns: describe(header, kind), Unended: !bytes.HasSuffix(text, []byte("\n"))}
	if p := repeated(name, header); p != nil {
		return nil, refuse(*p)
	}
	if err := t.readRows(r, text); err != nil {
		return nil, err
	}
	return t, nil
}

func refuse(problems ...experiments.Problem) error {
	return &experiments.InputError{Problems: problems}
}

// Kinds lists the names of the files that can be read back.
func Kinds() []string {
	var list []string
	for _, c := range Declared() {
		if !slices.Contains(list, c.File) {
			list = append(list, c.File)
		}
	}
	return list
}

// repeated complains of a column that is there twice.
func repeated(name string, header []string) *experiments.Problem {
	for i, column := range header {
		if slices.Contains(header[:i], column) {
			return &experiments.Problem{
				File: name, Line: 1, Col: len(strings.Join(header[:i], ",")) + 2, Source: strings.Join(header, ","),
				Message: fmt.Sprintf("there are two columns %q", column),
			}
		}
	}
	return nil
}

// readRows reads the rows behind the header.
func (t *Table) readRows(r *csv.Reader, text []byte) error {
	var problems []experiments.Problem
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			// What follows cannot be told apart from it.
			problems = append(problems, broken(t.Name, text, err))
			break
		}
		row := Row{Cells: cells, at: make([]int, len(cells))}
		for i := range cells {
			row.Line, row.at[i] = r.FieldPos(i)
		}
		row.Line, _ = r.FieldPos(0)
		if len(cells) != len(t.Columns) {
			problems = append(problems, experiments.Problem{
				File: t.Name, Line: row.Line, Col: row.at[len(cells)-1], Source: line(text, row.Line),
				Message: t.wrongLength(len(cells), r.InputOffset() == int64(len(text))),
			})
			continue
		}
		t.Rows = append(t.Rows, row)
	}
	if problems != nil {
		return refuse(problems...)
	}
	return nil
}

// wrongLength says what is wrong with the number of a row's fields.
func (t *Table) wrongLength(fields int, last bool) string {
	text := fmt.Sprintf("the row has %d fields and the header %d", fields, len(t.Columns))
	if last && fields < len(t.Columns) {
		text += ": it was not written to its end; without it, the rest can be used"
	}
	return text
}

// broken turns an error of the CSV reader into a problem.
func broken(name string, text []byte, err error) experiments.Problem {
	p := experiments.Problem{File: name, Message: err.Error()}
	var e *csv.ParseError
	if errors.As(err, &e) {
		p.Line, p.Col = e.Line, max(e.Column, 1)
		p.Source = line(text, e.Line)
		p.Message = strings.TrimPrefix(e.Err.Error(), "csv: ")
		if e.StartLine != e.Line { // a quote that is not closed where it should be
			p.Line, p.Col = e.StartLine, 1
			p.Source = line(text, e.StartLine)
			p.Message = "a quoted text in this row does not end in it: " + p.Message
		}
	}
	return p
}

// line returns a line of a text, counted from 1.
func line(text []byte, n int) string {
	lines := bytes.SplitN(text, []byte("\n"), n+1)
	if n < 1 || n > len(lines) {
		return ""
	}
	return strings.TrimRight(string(lines[n-1]), "\r")
}
