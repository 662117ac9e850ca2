package main

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"onepen/experiments"
)

// root is the command without a subcommand: the live screen.
func (c *cli) root() *cobra.Command {
	var given overrides
	var look look
	cmd := &cobra.Command{
		Use:   "onepen [scenario|file.yaml]",
		Short: "See what the writers of a distributed system fight over",
		Long: `onepen simulates the write path of a distributed system and shows it live: where
the writes pile up, what the writers fight over, and what a change of strategy
brings and costs. Without an argument it begins with the scenario ` + experiments.DefaultScenario + `.`,
		Example: `  onepen
  onepen url-shortener
  onepen --large ad-clicks
  onepen --demo hot-partition
  onepen --plain --speed inf --duration 10s one-pen
  onepen my-system.yaml --set lanes.orders.arrivals.rate=2k/s
  onepen run one-pen --duration 30s`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) > 1 {
				if err := notACommand(cmd, args[0]); err != nil {
					return err
				}
			}
			return atMost(1)(cmd, args)
		},
		ValidArgsFunction: completeScenario,
		SilenceErrors:     true,
		SilenceUsage:      true,
		CompletionOptions: cobra.CompletionOptions{DisableDefaultCmd: true},
	}
	given.register(cmd)
	look.register(cmd)
	cmd.RunE = func(cmd *cobra.Command, args []string) error {
		if look.demo != "" {
			return c.demonstrate(cmd, &look, &given, args)
		}
		name := experiments.DefaultScenario
		if len(args) > 0 {
			name = args[0]
		}
		scenario, err := given.load(name, c.stderr)
		if err != nil {
			if other := notACommand(cmd, name); other != nil {
				return other
			}
			return err
		}
		options, err := look.options()
		if err != nil {
			return err
		}
		given.keepFor(&options, name, scenario)
		every, err := look.interval()
		switch {
		case err != nil:
			return err
		case look.plain:
			return c.tell(cmd.Context(), scenario, options, every)
		case cmd.Flags().Changed("every"):
			return errors.New("--every: goes with --plain")
		}
		if why := c.noScreen(); why != "" {
			command := append([]string{"onepen", "run", name}, given.args()...)
			return fmt.Errorf("%s, use: %s", why, strings.Join(command, " "))
		}
		return c.live(cmd.Context(), scenario, options)
	}
	cmd.PersistentPreRunE = func(cmd *cobra.Command, _ []string) error { return refuseEmptyFlags(cmd) }
	cmd.SetFlagErrorFunc(flagError)
	cmd.Version = version()
	cmd.SetVersionTemplate(versionLine())
	help := c.helpCommand()
	cmd.SetHelpCommand(help)
	cmd.AddCommand(
		c.runCommand(), c.sweepCommand(), c.compareCommand(), c.capacityCommand(), c.plotCommand(),
		c.reportCommand(), c.studiesCommand(), c.fitCommand(), c.scenariosCommand(), c.paramsCommand(), c.schemaCommand(),
		c.verifyCommand(), c.benchCommand(), c.completionCommand(), help, c.versionCommand(),
	)
	return cmd
}

// notACommand returns an error if a name is neither a scenario nor a file but
// looks like a subcommand.
func notACommand(cmd *cobra.Command, name string) error {
	if _, found := experiments.Source(name); found || strings.ContainsAny(name, `./\`) {
		return nil
	}
	if _, err := os.Stat(name); err == nil {
		return nil
	}
	near := nearestCommand(cmd, name)
	if near == "" {
		return nil
	}
	return fmt.Errorf("there is no command and no scenario %q%s", name, meant(near))
}

// noScreen says why nothing can be shown live, or "".
func (c *cli) noScreen() string {
	switch {
	case !isTerminal(c.stdin) || !isTerminal(c.stdout):
		return "the live screen needs a terminal; without one"
	case os.Getenv("TERM") == "dumb":
		return "the live screen needs a terminal that can place text, and TERM is dumb; without one"
	}
	return ""
}

// isTerminal reports whether a stream is one that a screen can be drawn on.
func isTerminal(stream any) bool {
	f, ok := stream.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}
