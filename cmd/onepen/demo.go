package main

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"onepen/experiments"
)

// demonstrate shows a demo. It brings its own scenario, so nothing else may name
// or change one.
func (c *cli) demonstrate(cmd *cobra.Command, look *look, given *overrides, args []string) error {
	switch {
	case len(args) > 0:
		return fmt.Errorf("--demo %s: brings its own scenario, and %s is another one", look.demo, args[0])
	case len(given.list()) > 0:
		return fmt.Errorf("%s: does not go with --demo, whose script has values of its own", given.args()[0])
	case look.plain:
		return errors.New("--plain: does not go with --demo, which waits for answers at the screen")
	}
	demo, err := experiments.LoadDemo(look.demo)
	if err != nil {
		return err
	}
	options, err := look.options()
	if err != nil {
		return err
	}
	options.Demo, options.Load = demo, experiments.Load
	options.Large = look.large || demo.Large
	if !cmd.Flags().Changed("speed") {
		options.Speed = demo.Speed
	}
	if why := c.noScreen(); why != "" {
		return fmt.Errorf("%s, use: onepen run", why)
	}
	return c.live(cmd.Context(), demo.Scenario, options)
}
