package sweep

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"onepen/experiments"
	"onepen/experiments/response"
)

// resume goes on with what a folder holds: the schedule learns what finished
// runs said, and the files are cut behind the last of them.
func resume(path string, s *schedule) (*folder, error) {
	sheets := s.design.Sheets()
	name := filepath.Join(path, journalFile)
	text, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return createFolder(path, sheets) // interrupted before there was a journal
	}
	if err != nil {
		return nil, cannotRead(name, err)
	}
	entries, length := readJournal(text, sheets)
	entries, length = whole(path, sheets, entries, length)
	if len(entries) == 0 {
		return createFolder(path, sheets)
	}
	sizes := entries[len(entries)-1].sizes
	if err := relive(s, path, sizes[sheetNumber(sheets, experiments.ResponsesFile)], entries); err != nil {
		return nil, err
	}
	return reopenFolder(path, sheets, sizes, length)
}

func sheetNumber(sheets []experiments.Sheet, file string) int {
	return slices.IndexFunc(sheets, func(s experiments.Sheet) bool { return s.File == file })
}

// finished reports whether a folder holds all results of a sweep.
func finished(path string) bool {
	_, journal := os.Stat(filepath.Join(path, journalFile))
	_, summary := os.Stat(filepath.Join(path, experiments.SummaryFile))
	return errors.Is(journal, fs.ErrNotExist) && summary == nil
}

// readJournal returns the whole entries of a journal, and how long it is with
// them [bytes].
func readJournal(text []byte, sheets []experiments.Sheet) (entries []entry, length int64) {
	header := string(journalHeader(sheets))
	rest, found := strings.CutPrefix(string(text), header)
	if !found {
		return nil, 0
	}
	length = int64(len(header))
	for {
		line, more, whole := strings.Cut(rest, "\n")
		e, ok := parseEntry(line, len(sheets))
		if !whole || !ok {
			return entries, length
		}
		entries = append(entries, e)
		length += int64(len(line)) + 1
		rest = more
	}
}

// whole leaves out the entries from the first on whose rows are not in the files
// as they were written: they are cut, were changed, or the disk has lost what it
// had not been asked yet to keep.
func whole(path string, sheets []experiments.Sheet, entries []entry, length int64) ([]entry, int64) {
	n := intact(path, sheets, entries)
	for _, e := range entries[n:] {
		length -= int64(len(e.line()))
	}
	return entries[:n], length
}

// intact returns how many of the entries have their rows in the files.
func intact(path string, sheets []experiments.Sheet, entries []entry) int {
	files := make([]*bufio.Reader, len(sheets))
	sizes := make([]int64, len(sheets)) // read so far
	for i, s := range sheets {
		file, err := os.Open(filepath.Join(path, s.File))
		if err != nil {
			return 0
		}
		defer file.Close()
		files[i] = bufio.NewReader(file)
		header := make([]byte, len(s.Header()))
		if _, err := io.ReadFull(files[i], header); err != nil || !bytes.Equal(header, s.Header()) {
			return 0
		}
		sizes[i] = int64(len(header))
	}
	for n, e := range entries {
		sum := crc32.NewIEEE()
		for i := range files {
			if e.sizes[i] < sizes[i] {
				return n // files only grow
			}
			if _, err := io.CopyN(sum, files[i], e.sizes[i]-sizes[i]); err != nil {
				return n
			}
			sizes[i] = e.sizes[i]
		}
		if sum.Sum32() != e.sum {
			return n
		}
	}
	return len(entries)
}

// relive hands what the first so many bytes of responses.csv say of finished
// runs to the schedule. Entries, if there are any, are those of the same runs
// and tell the warm-ups of their points.
func relive(s *schedule, path string, size int64, entries []entry) error {
	name := filepath.Join(path, experiments.ResponsesFile)
	file, err := os.Open(name)
	if err != nil {
		return cannotRead(name, err)
	}
	defer file.Close()
	rows := csv.NewReader(io.LimitReader(file, size))
	header, err := rows.Read()
	if err != nil {
		return cannotRead(name, err)
	}
	r := &responseReader{
		rows:  rows,
		point: slices.Index(header, "point"), replication: slices.Index(header, "replication"),
		value: slices.Index(header, "value"), warnings: slices.Index(header, "warnings"),
	}
	for i := 0; ; i++ {
		if i < len(entries) {
			e := entries[i]
			if e.point >= len(s.points) {
				return fmt.Errorf("%s tells of point %d, and the design has %d", filepath.Join(path, journalFile), e.point, len(s.points))
			}
			s.settle(e.point, e.warmup, e.against)
			s.points[e.point].settling.add(e.levels)
		}
		err := r.run(s)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return cannotRead(name, err)
		}
	}
}

// responseReader reads responses.csv, run by run.
type responseReader struct {
	rows                                *csv.Reader
	point, replication, value, warnings int // numbers of columns
}

// run reads the responses of one run into the schedule; io.EOF behind the last.
func (r *responseReader) run(s *schedule) error {
	var of *point
	number := 0
	for i := range s.design.Responses {
		row, err := r.rows.Read()
		if err != nil {
			return err
		}
		if i == 0 {
			if number, err = strconv.Atoi(row[r.point]); err != nil || number < 0 || number >= len(s.points) {
				return fmt.Errorf("there is no point %q", row[r.point])
			}
			of = &s.points[number]
			if row[r.replication] != strconv.Itoa(of.taken) {
				return fmt.Errorf("replication %s of point %d stands where replication %d should", row[r.replication], number, of.taken)
			}
		}
		x, err := parseValue(row[r.value])
		if err != nil {
			return err
		}
		of.samples[i].AddValue(x, response.ParseWarnings(row[r.warnings]))
	}
	s.count(number)
	return nil
}

// parseValue reads a number, which may be absent.
func parseValue(text string) (float64, error) {
	if text == "" {
		return math.NaN(), nil
	}
	return strconv.ParseFloat(text, 64)
}

func cannotRead(name string, err error) error {
	var e *fs.PathError
	if errors.As(err, &e) {
		err = e.Err
	}
	return fmt.Errorf("cannot go on with earlier results: cannot read %s: %w", name, err)
}
