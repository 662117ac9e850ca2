package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"onepen/experiments"
	"onepen/models"
	"onepen/sim"
	"onepen/tui"
)

// look is how the live screen looks and how fast it runs.
type look struct {
	speed   float64
	palette string
	ascii   bool
	large   bool
	plain   bool
	every   string
	demo    string
}

func (l *look) register(cmd *cobra.Command) {
	cmd.Flags().Float64Var(&l.speed, "speed", 1, "simulated seconds in a second; inf = at once")
	cmd.Flags().StringVar(&l.palette, "palette", "auto", "colours for a `background`: "+strings.Join(tui.Palettes(), ", "))
	cmd.Flags().BoolVar(&l.ascii, "ascii", false, "draw with ASCII characters alone")
	cmd.Flags().BoolVar(&l.large, "large", false, "fewer and larger panels, for those who sit far away")
	cmd.Flags().StringVar(&l.demo, "demo", "", "show a room a `script`: "+strings.Join(experiments.Demos(), ", ")+" or a file")
	cmd.Flags().BoolVar(&l.plain, "plain", false, "lines of text, for screen readers and logs; Enter after a key")
	cmd.Flags().StringVar(&l.every, "every", "1s", "with --plain: simulated `time` between two blocks")
}

// options returns the options of the screen, or an error about a flag.
func (l *look) options() (tui.Options, error) {
	if !(l.speed > 0) {
		return tui.Options{}, fmt.Errorf("--speed %v: must be more than 0", l.speed)
	}
	palette, err := tui.ParsePalette(l.palette)
	if err != nil {
		return tui.Options{}, fmt.Errorf("--%w", err)
	}
	return tui.Options{
		Shipped: experiments.Shipped(),
		Version: version(),
		Speed:   l.speed,
		Palette: palette,
		ASCII:   l.ascii,
		Large:   l.large,
	}, nil
}

// interval returns the time between two blocks of lines.
func (l *look) interval() (sim.Time, error) {
	every, err := sim.ParseTime(l.every)
	if err == nil && every <= 0 {
		err = errors.New("must be more than 0")
	}
	if err != nil {
		return 0, fmt.Errorf("--every %s: %w", l.every, err)
	}
	return every, nil
}

// tell tells a scenario in lines of text, until its run is complete.
func (c *cli) tell(ctx context.Context, scenario *models.Scenario, options tui.Options, every sim.Time) error {
	plain := tui.PlainOptions{Options: options, Out: c.stdout, Every: every}
	if isTerminal(c.stdin) {
		plain.Keys = c.stdin
	}
	if err := tui.Plain(ctx, scenario, plain); err != nil {
		return failure{err}
	}
	return ctx.Err()
}

// live shows a scenario on the screen until its user quits.
func (c *cli) live(ctx context.Context, scenario *models.Scenario, options tui.Options) error {
	if err := tui.Run(ctx, scenario, options); err != nil {
		return failure{err}
	}
	return nil
}

// keepFor lets the screen keep to the flags: a run whose --duration is given
// is complete then, and a restart reads the scenario with the same values.
func (o *overrides) keepFor(options *tui.Options, name string, scenario *models.Scenario) {
	options.Name = name
	if o.duration != "" {
		options.Until = scenario.Duration
	}
	options.Load = func(other string) (*models.Scenario, error) {
		if other == name {
			return o.load(name, io.Discard)
		}
		return experiments.Load(other)
	}
}
