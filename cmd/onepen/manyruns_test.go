package main

import (
	"context"
	"maps"
	"path/filepath"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// whateverTheWorkers runs a command with 1, 2 and 8 workers. What it prints and
// writes is to be the same to the byte; it is returned.
func whateverTheWorkers(t *testing.T, args ...string) (stdout string, files map[string]string) {
	t.Helper()
	for _, workers := range []string{"1", "2", "8"} {
		folder := filepath.Join(t.TempDir(), "results")
		got := onepen(context.Background(), slices.Concat(args, []string{"--workers", workers, "--out", folder})...)
		if got.code != exitDone {
			t.Fatalf("%s workers: %+v", workers, got)
		}
		written := filesOf(t, folder)
		if files == nil {
			stdout, files = got.stdout, written
		}
		if stdout != got.stdout || !maps.Equal(files, written) {
			t.Errorf("%s workers say or write other bytes than one (-one +these):\n%s%s", workers, cmp.Diff(stdout, got.stdout), cmp.Diff(files, written))
		}
	}
	return stdout, files
}
