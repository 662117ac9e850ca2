// Package export writes what somebody saw on the live screen to files: the
// session as a scenario that replays it, the numbers as CSV, the screen as text.
//
// A session alone is one file; with anything beside it, such as data that the
// scenario reads, it is a folder. Names are made from that of the scenario and
// are the first that are free: nothing that is there is ever overwritten.
package export

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"onepen/experiments"
	"onepen/models"
)

// Content is what is to be written.
type Content struct {
	Session *models.Scenario // replays what was done, up to where it was watched
	Results bool             // what it measured, as CSV
	Screen  string           // as text; "" = none
	Version string           // of the program, for the manifest of the results
}

// Written says where something was written.
type Written struct {
	Path    string // of the file or the folder
	Session string // of the file that replays
}

// Command returns the command that replays what was written.
func (w Written) Command() []string { return []string{"onepen", "run", w.Session} }

// The names of files in a folder.
const (
	sessionFile = "session.yaml"
	screenFile  = "screen.txt"
)

// Write writes a session into a folder, which must be there; "" is the current
// one. It runs the session anew to write its results, for as long as the context
// lasts. If something goes wrong on the way, what was written until then stays.
func Write(ctx context.Context, folder string, c Content) (Written, error) {
	data := experiments.Files(c.Session)
	if !c.Results && c.Screen == "" && len(data) == 0 {
		path, err := claim(folder, c.Session.Name, ".yaml", func(path string) error {
			return writeNew(path, sessionText(c.Session, path))
		})
		return Written{Path: path, Session: path}, err
	}
	path, err := claim(folder, c.Session.Name, "", func(path string) error { return os.Mkdir(path, 0o777) })
	if err != nil {
		return Written{}, err
	}
	w := Written{Path: path, Session: filepath.Join(path, sessionFile)}
	return w, fill(ctx, w, c, data)
}

// fill writes everything into a folder.
func fill(ctx context.Context, w Written, c Content, data []string) error {
	for _, name := range data {
		if err := copyData(w.Path, c.Session, name); err != nil {
			return err
		}
	}
	if err := writeNew(w.Session, sessionText(c.Session, w.Session)); err != nil {
		return err
	}
	if c.Screen != "" {
		if err := writeNew(filepath.Join(w.Path, screenFile), []byte(c.Screen)); err != nil {
			return err
		}
	}
	if !c.Results {
		return nil
	}
	// What was written is run, not what is in memory: it is what others will
	// run, and a name of a file in it means the copy.
	session, err := experiments.Load(w.Session)
	if err != nil {
		return err
	}
	report, err := experiments.Run(ctx, session, experiments.Options{Series: true})
	if err != nil {
		return err
	}
	about := experiments.Origin{Version: c.Version, Command: w.Command()}
	return experiments.WriteFiles(w.Path, about, []experiments.Report{report})
}

// sessionText writes a session, with what it is above it.
func sessionText(session *models.Scenario, path string) []byte {
	changes := "no changes"
	switch n := len(session.Timeline); n {
	case 0:
	case 1:
		changes = "one change"
	default:
		changes = fmt.Sprintf("%d changes", n)
	}
	head := fmt.Sprintf("# What was watched live up to %v, with %s on the timeline. To replay it:\n#\n#   onepen run %s\n\n",
		session.Duration, changes, path)
	return append([]byte(head), experiments.Format(session)...)
}

// copyData copies a file that a scenario reads to where a session reads it.
func copyData(folder string, session *models.Scenario, name string) error {
	if filepath.IsAbs(name) {
		return nil // is found from everywhere
	}
	if !filepath.IsLocal(name) {
		return fmt.Errorf("the scenario reads %s, which lies outside its folder: a session could not read it", name)
	}
	text, err := experiments.ReadFile(session, name)
	if err != nil {
		return err
	}
	path := filepath.Join(folder, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return err
	}
	return writeNew(path, text)
}

// maxTries is the number of names that are tried before it is given up.
const maxTries = 10000

// claim makes something under the first name that is free, and returns its path.
func claim(folder, scenario, extension string, make func(path string) error) (string, error) {
	for n := 1; n <= maxTries; n++ {
		base := filepath.Join(folder, fmt.Sprintf("%s-session-%d", safe(scenario), n))
		if taken(base) || taken(base+".yaml") {
			continue
		}
		path := base + extension
		err := make(path)
		if errors.Is(err, fs.ErrExist) {
			continue // somebody was faster
		}
		return path, err
	}
	return "", fmt.Errorf("there are %d sessions of %s already", maxTries, scenario)
}

func taken(path string) bool {
	_, err := os.Lstat(path)
	return err == nil
}

// writeNew writes a file that must not be there yet.
func writeNew(path string, text []byte) error {
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	_, err = f.Write(text)
	return errors.Join(err, f.Close())
}

// safe returns a name without what file systems and shells take ill.
func safe(name string) string {
	plain := strings.Map(func(r rune) rune {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '_', r == '.':
			return r
		}
		return '-'
	}, name)
	if plain = strings.Trim(plain, "-."); plain == "" {
		return "onepen"
	}
	return plain
}
