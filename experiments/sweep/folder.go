package sweep

import (
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"onepen/experiments"
)

// folder is where results go: files to which whole rows are appended, and a
// journal of how long they are. A nil folder keeps nothing.
type folder struct {
	path    string
	sheets  []experiments.Sheet
	files   []*os.File // of the sheets, and the journal behind them
	sizes   []int64    // of the sheets' files, as far as they are whole [bytes]
	journal *os.File
	syncer  *syncer
}

// createFolder makes the files of a sweep that begins, with their headers.
func createFolder(path string, sheets []experiments.Sheet) (*folder, error) {
	f := &folder{path: path, sheets: sheets, sizes: make([]int64, len(sheets))}
	if err := f.open(os.O_CREATE | os.O_TRUNC | os.O_WRONLY); err != nil {
		return nil, err
	}
	for i, s := range sheets {
		if err := f.write(i, s.Header()); err != nil {
			return f, err
		}
	}
	return f, f.note(journalHeader(sheets))
}

// reopenFolder opens the files of an interrupted sweep and cuts them, and the
// journal, where they were whole last.
func reopenFolder(path string, sheets []experiments.Sheet, sizes []int64, journal int64) (*folder, error) {
	f := &folder{path: path, sheets: sheets, sizes: sizes}
	if err := f.open(os.O_WRONLY); err != nil {
		return nil, err
	}
	for i, file := range f.files {
		size := journal
		if i < len(sizes) {
			size = sizes[i]
		}
		if err := file.Truncate(size); err != nil {
			return f, cannotWrite(file.Name(), err)
		}
	}
	if _, err := f.journal.Seek(0, io.SeekEnd); err != nil {
		return f, cannotWrite(f.journal.Name(), err)
	}
	return f, nil
}

// open opens the files of all sheets, and the journal.
func (f *folder) open(mode int) error {
	names := []string{}
	for _, s := range f.sheets {
		names = append(names, s.File)
	}
	for _, name := range append(names, journalFile) {
		file, err := os.OpenFile(filepath.Join(f.path, name), mode, 0o644)
		if err != nil {
			return errors.Join(cannotWrite(filepath.Join(f.path, name), err), f.close())
		}
		f.files = append(f.files, file)
	}
	f.journal = f.files[len(f.sheets)]
	f.syncer = startSyncer(f.files)
	return nil
}

// append adds the rows of a run to all files, and notes in the journal that
// they are there. It does not wait until they are on the disk.
func (f *folder) append(r *experiments.Report, e entry) error {
	if f == nil {
		return nil
	}
	sum := crc32.NewIEEE()
	for i, text := range experiments.SheetRows(f.sheets, r) {
		sum.Write(text)
		if err := f.write(i, text); err != nil {
			return err
		}
	}
	e.sum, e.sizes = sum.Sum32(), f.sizes
	if err := f.note(e.line()); err != nil {
		return err
	}
	return f.syncer.wake()
}

// write appends a text to the file of a sheet.
func (f *folder) write(sheet int, text []byte) error {
	if _, err := f.files[sheet].WriteAt(text, f.sizes[sheet]); err != nil {
		return cannotWrite(f.files[sheet].Name(), err)
	}
	f.sizes[sheet] += int64(len(text))
	return nil
}

// note adds a line to the journal.
func (f *folder) note(line []byte) error {
	if _, err := f.journal.Write(line); err != nil {
		return cannotWrite(f.journal.Name(), err)
	}
	return nil
}

// finish removes the journal: what is there is all there will be.
func (f *folder) finish() error {
	if f == nil {
		return nil
	}
	if err := f.close(); err != nil {
		return err
	}
	return os.Remove(f.journal.Name())
}

// close sees to it that all is on the disk and closes all files that are open. It
// may be called twice.
func (f *folder) close() error {
	if f == nil {
		return nil
	}
	all := f.syncer.stop()
	for _, file := range f.files {
		if err := file.Close(); err != nil && !errors.Is(err, fs.ErrClosed) {
			all = errors.Join(all, cannotWrite(file.Name(), err))
		}
	}
	return all
}

// WriteError is a failure to write results. What was written before is whole,
// and a sweep can go on with it.
type WriteError struct {
	Name string // of the file
	Err  error
}

func (e *WriteError) Error() string { return fmt.Sprintf("cannot write %s: %v", e.Name, e.Err) }

// Unwrap returns what the system says of it.
func (e *WriteError) Unwrap() error { return e.Err }

func cannotWrite(name string, err error) error {
	var e *fs.PathError
	if errors.As(err, &e) {
		err = e.Err
	}
	return &WriteError{name, err}
}
