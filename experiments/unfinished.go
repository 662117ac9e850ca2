package experiments

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// unfinished is a file that has another name until it is complete, so that a
// reader never sees half of one and an old one stays until the new one is
// there.
type unfinished struct {
	*bufio.Writer
	folder, name string
	file         *os.File
}

func begin(folder, name string) (*unfinished, error) {
	f, err := os.CreateTemp(folder, "."+name+".*")
	if err != nil {
		return nil, cannotWrite(folder, name, err)
	}
	return &unfinished{Writer: bufio.NewWriter(f), folder: folder, name: name, file: f}, nil
}

// finish gives the file its name.
func (u *unfinished) finish() error {
	err := u.Flush()
	if err == nil {
		err = u.file.Chmod(0o644) // CreateTemp makes files that only their owner can read
	}
	if err == nil {
		err = u.file.Close()
	}
	if err == nil {
		err = os.Rename(u.file.Name(), filepath.Join(u.folder, u.name))
	}
	if err != nil {
		u.abandon()
		return cannotWrite(u.folder, u.name, err)
	}
	return nil
}

// abandon leaves nothing behind.
func (u *unfinished) abandon() {
	u.file.Close()
	os.Remove(u.file.Name())
}

// writeFile writes a file that appears whole or not at all.
func writeFile(folder, name string, write func(io.Writer) error) error {
	u, err := begin(folder, name)
	if err != nil {
		return err
	}
	if err := write(u); err != nil {
		u.abandon()
		return cannotWrite(folder, name, err)
	}
	return u.finish()
}

// cannotWrite names the file that was meant, not the temporary one.
func cannotWrite(folder, name string, err error) error {
	var e *fs.PathError
	if errors.As(err, &e) {
		err = e.Err
	}
	return fmt.Errorf("cannot write %s: %w", filepath.Join(folder, name), err)
}
