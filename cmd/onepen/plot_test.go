package main

import (
	"bytes"
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// resultsIn runs a scenario for a moment and returns the folder of its results.
func resultsIn(t *testing.T) string {
	t.Helper()
	folder := filepath.Join(t.TempDir(), "results")
	got := onepen(context.Background(), "run", "one-pen", "--duration", "300ms", "--set", "warmup=0s", "--out", folder)
	if got.code != exitDone {
		t.Fatalf("run: %d, %s", got.code, got.stderr)
	}
	return folder
}

func TestPlot(t *testing.T) {
	folder := resultsIn(t)
	series := filepath.Join(folder, "timeseries.csv")
	half := filepath.Join(folder, "half.csv")
	text, err := os.ReadFile(series)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(half, text[:len(text)-40], 0o666); err != nil {
		t.Fatal(err)
	}
	empty := filepath.Join(folder, "empty.csv")
	none := "scenario,point,seed,component,measure,unit,mean,half_width,n,warnings\ns,0,1,lanes.a,ack_p99_s,s,,,0,\n"
	if err := os.WriteFile(empty, []byte(none), 0o666); err != nil {
		t.Fatal(err)
	}
	out := filepath.Join(folder, "x.svg")
	for _, c := range []struct {
		name   string
		args   []string
		code   int
		stderr string
	}{
		{"to a file", []string{series, "-o", out}, exitDone, ""},
		{"no file", nil, exitUsage, "needs a result file"},
		{"file that is not there", []string{filepath.Join(folder, "x.csv")}, exitUsage, "no such file"},
		{"no result file", []string{out}, exitUsage, "is no header of a result file"},
		{"half a row", []string{half}, exitUsage, "it was not written to its end"},
		{"misspelt measure", []string{series, "--y", "ack_p9_s"}, exitUsage, "did you mean ack_p99_s?"},
		{"misspelt kind", []string{series, "--kind", "curves"}, exitUsage, "did you mean curve?"},
		{"other format", []string{series, "-o", "x.pdf"}, exitUsage, "-o x.pdf: must end in .svg or .png"},
		{"bad size", []string{series, "--size", "10"}, exitUsage, `--size "10": must be width x height in mm`},
		{"small size", []string{series, "--size", "10x10"}, exitUsage, "must be 40 to 2000 mm, got 10"},
		{"bad theme", []string{series, "--theme", "blue"}, exitUsage, `--theme "blue": must be light or dark`},
		{"bad axis", []string{series, "--log", "z"}, exitUsage, `--log "z": must be`},
		{"bad condition", []string{series, "--where", "lane"}, exitUsage, `--where "lane": must be a column and its value`},
		{"nothing to draw", []string{empty}, exitUsage, "empty.csv: nothing to draw: there is no value"},
		{"folder that is not there", []string{series, "-o", filepath.Join(folder, "a", "x.svg")}, exitFailed, "cannot write the figure"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := onepen(context.Background(), append([]string{"plot"}, c.args...)...)
			if got.code != c.code || !strings.Contains(got.stderr, c.stderr) || c.stderr == "" && got.stderr != "" {
				t.Errorf("code %d, want %d; %s", got.code, c.code, got.stderr)
			}
		})
	}
	written, err := os.ReadFile(out)
	if err != nil {
		t.Fatal(err)
	}
	printed := onepen(context.Background(), "plot", series)
	if printed.stdout != string(written) || !strings.HasPrefix(printed.stdout, "<svg ") {
		t.Error("standard output and the file differ")
	}
	picture := filepath.Join(folder, "x.png")
	if got := onepen(context.Background(), "plot", series, "-o", picture); got.code != exitDone {
		t.Errorf("PNG: %+v", got)
	}
	if written, _ := os.ReadFile(picture); !bytes.HasPrefix(written, []byte("\x89PNG")) {
		t.Error("a .png is no PNG")
	}
}
