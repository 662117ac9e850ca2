package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"

	"onepen/experiments"
	"onepen/experiments/human"
	"onepen/sim"
)

// Exit codes.
const (
	exitDone        = 0
	exitFailed      = 1 // a check or a run failed
	exitUsage       = 2 // bad usage or bad input
	exitInterrupted = 130
)

// cli is what the commands share: where they read and write. Data goes to
// stdout, talk to stderr.
type cli struct {
	stdin          io.Reader
	stdout, stderr io.Writer
}

// run carries out a command line, without the program's name, and returns the
// exit code.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	c := &cli{stdin: stdin, stdout: stdout, stderr: stderr}
	root := c.root()
	root.SetArgs(append([]string{}, args...)) // nil would mean those of the process
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	return c.report(root.ExecuteContext(ctx))
}

// failure marks an error of something that was begun, not of its input.
type failure struct{ error }

func (f failure) Unwrap() error { return f.error }

// interruption is the error of a run that was told to stop.
type interruption struct{ at, of sim.Time }

func (i interruption) Error() string {
	return fmt.Sprintf("interrupted after %s of %s of simulated time", human.Span(i.at.Seconds()), human.Span(i.of.Seconds()))
}

func (i interruption) Unwrap() error { return context.Canceled }

// stopped is the error of work of several runs that was told to stop.
type stopped struct{ error }

func (s stopped) Unwrap() error { return s.error }

// report tells about an error and returns the exit code for it.
func (c *cli) report(err error) int {
	var failed failure
	var interrupted interruption
	var halfway stopped
	switch {
	case err == nil:
		return exitDone
	case errors.As(err, &interrupted):
		fmt.Fprintln(c.stderr, interrupted)
		return exitInterrupted
	case errors.As(err, &halfway):
		fmt.Fprintln(c.stderr, halfway)
		return exitInterrupted
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(c.stderr, "interrupted")
		return exitInterrupted
	case errors.As(err, &failed):
		fmt.Fprintln(c.stderr, err)
		return exitFailed
	}
	fmt.Fprintln(c.stderr, err)
	return exitUsage
}

// refuseArgs refuses any argument; those of a command with subcommands are
// names that are none of them.
func refuseArgs(cmd *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if cmd.HasSubCommands() {
		return noCommand(cmd, args[0])
	}
	return fmt.Errorf("%s takes no argument %q\nsee: %s --help", cmd.CommandPath(), args[0], cmd.CommandPath())
}

// atMost refuses more arguments than n.
func atMost(n int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) > n {
			return fmt.Errorf("%s: one argument too many: %q\nsee: %s --help", cmd.CommandPath(), args[n], cmd.CommandPath())
		}
		return nil
	}
}

// between refuses fewer arguments than lo and more than hi; what names the
// first.
func between(lo, hi int, what string) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) < lo {
			return fmt.Errorf("%s needs %s\nsee: %s --help", cmd.CommandPath(), what, cmd.CommandPath())
		}
		return atMost(hi)(cmd, args)
	}
}

// completeScenario offers the scenarios that come with the program; files are
// offered by the shell.
func completeScenario(_ *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
	if len(args) > 0 {
		return nil, cobra.ShellCompDirectiveNoFileComp
	}
	return listings(experiments.Shipped(), begun), cobra.ShellCompDirectiveDefault
}

// listings returns the names that have begun so, with what they are about, for
// completion.
func listings(all []experiments.Listing, begun string) []string {
	var found []string
	for _, l := range all {
		if strings.HasPrefix(l.Name, begun) {
			found = append(found, l.Name+"\t"+l.Gist)
		}
	}
	return found
}

// version is the version of the program, as the build recorded it.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}
