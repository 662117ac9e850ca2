//go:build linux || darwin

package tui

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"
	"github.com/gdamore/tcell/v2"
	"golang.org/x/term"

	"onepen/experiments"
)

// planted is the variable that makes this test the program whose screen stops
// with a bug.
const planted = "ONEPEN_TEST_PLANTED"

func TestMain(m *testing.M) {
	if os.Getenv(planted) == "" {
		os.Exit(m.Run())
	}
	scenario, err := experiments.Load(experiments.DefaultScenario)
	if err == nil {
		drawings := 0
		err = Run(context.Background(), scenario, Options{drawn: func(tcell.Screen) {
			if drawings++; drawings == 5 {
				panic("planted")
			}
		}})
	}
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}

// process is the program under a pseudo-terminal.
type process struct {
	t       *testing.T
	cmd     *exec.Cmd
	master  *os.File
	before  *term.State
	started time.Time
	ended   chan error

	mu    sync.Mutex
	more  *sync.Cond
	wrote bytes.Buffer
	over  bool
}

// spawn starts a command on a terminal of its own.
func spawn(t *testing.T, cmd *exec.Cmd) *process {
	t.Helper()
	master, slave, err := pty.Open()
	if err != nil {
		t.Fatal(err)
	}
	p := &process{t: t, cmd: cmd, master: master, ended: make(chan error, 1), started: time.Now()}
	p.more = sync.NewCond(&p.mu)
	p.size(24, 80)
	if p.before, err = term.GetState(int(master.Fd())); err != nil {
		t.Fatal(err)
	}
	cmd.Env = append(cmd.Environ(), "TERM=xterm-256color", "LC_ALL=C.UTF-8", "XDG_CACHE_HOME="+t.TempDir())
	cmd.Stdin, cmd.Stdout, cmd.Stderr = slave, slave, slave
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true, Setctty: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	slave.Close()
	go p.read()
	alarm := time.AfterFunc(patience, p.more.Broadcast)
	go func() { p.ended <- cmd.Wait() }()
	t.Cleanup(func() {
		alarm.Stop()
		_ = cmd.Process.Kill()
		master.Close()
	})
	return p
}

// read gathers what the program writes to its terminal.
func (p *process) read() {
	buf := make([]byte, 1<<16)
	for {
		n, err := p.master.Read(buf)
		p.mu.Lock()
		p.wrote.Write(buf[:n])
		p.over = err != nil
		p.more.Broadcast()
		p.mu.Unlock()
		if err != nil {
			return
		}
	}
}

func (p *process) size(rows, cols uint16) {
	if err := pty.Setsize(p.master, &pty.Winsize{Rows: rows, Cols: cols}); err != nil {
		p.t.Fatal(err)
	}
}

// sees waits until the program has written a text since the last time.
func (p *process) sees(text string) {
	p.t.Helper()
	p.mu.Lock()
	defer p.mu.Unlock()
	for !strings.Contains(p.wrote.String(), text) {
		if p.over || time.Since(p.started) > patience {
			p.t.Fatalf("the program never wrote %q (it ended: %v):\n%q", text, p.over, p.wrote.String())
		}
		p.more.Wait()
	}
	p.wrote.Reset()
}

// patience is how long a test waits for a program that does nothing wrong
// before it gives up.
const patience = 30 * time.Second

func (p *process) press(keys string) {
	if _, err := p.master.WriteString(keys); err != nil {
		p.t.Fatal(err)
	}
}

// restored waits for the end, and fails unless the terminal is as it was found:
// its modes, its first screen, its cursor.
func (p *process) restored(code int) {
	p.t.Helper()
	err := <-p.ended
	var exit *exec.ExitError
	if got := p.cmd.ProcessState.ExitCode(); got != code || err != nil && !errors.As(err, &exit) {
		p.t.Errorf("ended with code %d (%v), want %d", got, err, code)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for !p.over { // what it wrote last may not have been read yet
		p.more.Wait()
	}
	for _, sequence := range []string{"\x1b[?1049l", "\x1b[?25h", "\x1b[?1000l"} { // first screen, cursor, mouse
		if !strings.Contains(p.wrote.String(), sequence) {
			p.t.Errorf("the program ended without %q:\n%q", sequence, p.wrote.String())
		}
	}
	after, err := term.GetState(int(p.master.Fd()))
	if err != nil {
		p.t.Fatal(err)
	}
	if *after != *p.before {
		p.t.Errorf("modes of the terminal: %+v, found %+v", after, p.before)
	}
}

// program builds the program once for all tests of a run.
func program(t *testing.T) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "pen")
	if out, err := exec.Command("go", "build", "-o", file, "../cmd/onepen").CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return file
}

// TestTerminalRestored: however the program ends, the terminal is left as it was
// found.
func TestTerminalRestored(t *testing.T) {
	file := program(t)
	for _, test := range []struct {
		name string
		end  func(p *process)
		code int
	}{
		{"q", func(p *process) { p.press("q") }, 0},
		{"Ctrl-C", func(p *process) { p.press("\x03") }, 0},
		{"SIGINT", func(p *process) { _ = p.cmd.Process.Signal(os.Interrupt) }, 130},
		{"SIGTERM", func(p *process) { _ = p.cmd.Process.Signal(syscall.SIGTERM) }, 130},
		{"SIGHUP", func(p *process) { _ = p.cmd.Process.Signal(syscall.SIGHUP) }, 130},
		{"Ctrl-C in a form", func(p *process) { p.press("\r"); p.sees("applies"); p.press("\x03") }, 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := spawn(t, exec.Command(file, "one-pen"))
			p.sees("fighting")
			test.end(p)
			p.restored(test.code)
		})
	}
	t.Run("a terminal that is closed", func(t *testing.T) {
		p := spawn(t, exec.Command(file, "one-pen"))
		p.sees("fighting")
		p.master.Close()
		if err := <-p.ended; err == nil {
			t.Error("the program ended as if somebody had quit")
		}
	})
}

// TestTerminalRestoredAfterABug: the message about the bug is the last thing
// that is seen, on the screen that was there before.
func TestTerminalRestoredAfterABug(t *testing.T) {
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), planted+"=1")
	p := spawn(t, cmd)
	p.restored(1)
	p.mu.Lock()
	defer p.mu.Unlock()
	text := p.wrote.String()
	if bug, screen := strings.LastIndex(text, "the screen stopped with a bug: planted"), strings.LastIndex(text, "\x1b[?1049l"); bug < screen || bug < 0 {
		t.Errorf("the bug is told at %d, the screen restored at %d of:\n%q", bug, screen, text)
	}
}

// TestTerminalResizes: down to where nothing fits and back, and the program
// still obeys.
func TestTerminalResizes(t *testing.T) {
	p := spawn(t, exec.Command(program(t), "one-pen"))
	p.sees("fighting")
	p.size(5, 20)
	p.sees("needs") // only cells that change are written: blanks are jumped over
	p.size(1, 1)
	p.size(36, 120)
	p.sees("┌")
	p.sees("throughput")
	p.press("5")
	p.sees("Gains")
	p.press("q")
	p.restored(0)
}
