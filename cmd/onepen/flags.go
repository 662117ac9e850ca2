package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"onepen/sim/names"
)

// flagError adds to an error about a flag the one that was perhaps meant, and
// where to read on.
func flagError(cmd *cobra.Command, err error) error {
	text := err.Error()
	if name, unknown := strings.CutPrefix(text, "unknown flag: --"); unknown {
		var known []string
		cmd.Flags().VisitAll(func(f *pflag.Flag) { known = append(known, f.Name) })
		if near := names.Nearest(name, known); near != "" {
			text += fmt.Sprintf("; did you mean --%s?", near)
		}
	}
	return fmt.Errorf("%s\nsee: %s --help", text, cmd.CommandPath())
}

// refuseEmptyFlags refuses flags that are given nothing: to ignore them would
// hide that a variable of a script is not set.
func refuseEmptyFlags(cmd *cobra.Command) error {
	var err error
	cmd.Flags().Visit(func(f *pflag.Flag) {
		if f.Value.Type() == "string" && f.Value.String() == "" && err == nil {
			err = fmt.Errorf("--%s: must not be empty\nsee: %s --help", f.Name, cmd.CommandPath())
		}
	})
	return err
}
