package sweep

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A disk that is full when a sweep begins: the error says which file, and when
// there is room the sweep goes on.
func TestDiskThatIsFull(t *testing.T) {
	const policy = "replications: 2\n"
	want := contents(t, swept(t, design(t, policy), Options{}))
	folder := t.TempDir()
	full := filepath.Join(folder, "stores.csv")
	if err := os.Symlink("/dev/full", full); err != nil {
		t.Fatal(err)
	}
	_, err := Run(context.Background(), design(t, policy), Options{Folder: folder})
	var unwritten *WriteError
	if !errors.As(err, &unwritten) || unwritten.Name != full || !errors.Is(err, syscall.ENOSPC) {
		t.Fatalf("error %v, want one that %s cannot be written, no space left", err, full)
	}
	if err := os.Remove(full); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, contents(t, swept(t, design(t, policy), Options{Folder: folder, Resume: true}))); diff != "" {
		t.Errorf("files (-at once +after the disk was full):\n%s", diff)
	}
}

// A disk that fills up on the way: what was finished before is kept, and when
// there is room the sweep goes on from it. It needs the right to mount.
func TestDiskThatFillsUp(t *testing.T) {
	const policy = "replications: 12\n"
	want := contents(t, swept(t, design(t, policy), Options{}))
	disk := t.TempDir()
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=80k"); err != nil {
		t.Skipf("no right to mount a small disk: %v", err)
	}
	defer func() {
		if err := syscall.Unmount(disk, 0); err != nil {
			t.Error(err)
		}
	}()
	folder := filepath.Join(disk, "out")
	_, err := Run(context.Background(), design(t, policy), Options{Folder: folder})
	var unwritten *WriteError
	if !errors.As(err, &unwritten) || !errors.Is(err, syscall.ENOSPC) {
		t.Fatalf("error %v, want one about no space left", err)
	}
	if err := syscall.Mount("tmpfs", disk, "tmpfs", syscall.MS_REMOUNT, "size=10m"); err != nil {
		t.Fatal(err)
	}
	result, err := Run(context.Background(), design(t, policy), Options{Folder: folder, Resume: true})
	if err != nil || result.Kept == 0 {
		t.Errorf("going on: %v, %d runs kept, want some", err, result.Kept)
	}
	if diff := cmp.Diff(want, contents(t, folder)); diff != "" {
		t.Errorf("files (-at once +after the disk was full):\n%s", diff)
	}
}
