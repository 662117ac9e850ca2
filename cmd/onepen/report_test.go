package main

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestReport(t *testing.T) {
	folder := resultsIn(t)
	out := filepath.Join(folder, "report.html")
	for _, c := range []struct {
		name   string
		args   []string
		code   int
		stderr string
	}{
		{"to a file", []string{folder, "-o", out}, exitDone, ""},
		{"no folder", nil, exitUsage, "needs a folder of results"},
		{"folder that is not there", []string{filepath.Join(folder, "none")}, exitUsage, "no such file"},
		{"folder without results", []string{t.TempDir()}, exitUsage, "there are no results in"},
		{"file that cannot be written", []string{folder, "-o", filepath.Join(folder, "none", "x.html")}, exitFailed, "cannot write the report"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := onepen(context.Background(), append([]string{"report"}, c.args...)...)
			if got.code != c.code || !strings.Contains(got.stderr, c.stderr) || c.stderr == "" && got.stderr != "" {
				t.Errorf("code %d, want %d; %s", got.code, c.code, got.stderr)
			}
		})
	}
	written, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	if printed := onepen(context.Background(), "report", folder); printed.stdout != string(written) || !strings.Contains(printed.stdout, "<h1>one-pen</h1>") {
		t.Error("standard output and the file differ, or the page has no title")
	}
}
