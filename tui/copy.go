package tui

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"onepen/tui/chart"
)

// copied returns the panel in focus as text without its frame, or the whole
// screen if none is.
func copied(c *chart.Canvas, s shown, focus panel) (what, text string) {
	for _, p := range s.panels {
		if p.panel == focus {
			return p.title, p.title + "\n" + trimmed(c.Sub(p.inside).String())
		}
	}
	return "the screen", trimmed(c.String())
}

// trimmed ends a text after the last line that says something.
func trimmed(text string) string { return strings.TrimRight(text, " \n") + "\n" }

// copyFile returns the file that holds what was copied last, for terminals
// that have no clipboard to offer or keep it to themselves: none of them says
// so.
func copyFile() (string, error) {
	dir, err := os.UserCacheDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, "onepen", "copied.txt"), nil
}

// saveCopy writes a text to a file, and says what became of it.
func saveCopy(file, what, text string) string {
	lines := strings.Count(text, "\n")
	note := fmt.Sprintf("copied %s, %d lines, to the clipboard", what, lines)
	if file == "" {
		return note
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		return note + "; no file: " + err.Error()
	}
	if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
		return note + "; no file: " + err.Error()
	}
	return note + " if the terminal lets it, and to " + file
}
