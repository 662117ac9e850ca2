package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"onepen/sim/names"
)

// helpCommand is the help of a command as a command.
func (c *cli) helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "help [command]",
		Short: "Say all about a command",
		Example: `  onepen help run
  onepen help scenarios export`,
		ValidArgsFunction: func(cmd *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
			var found []string
			about, rest, _ := cmd.Root().Find(args) // what is not found is left over
			for _, sub := range about.Commands() {
				if len(rest) == 0 && sub.IsAvailableCommand() && strings.HasPrefix(sub.Name(), begun) {
					found = append(found, sub.Name()+"\t"+sub.Short)
				}
			}
			return found, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			about, rest, err := cmd.Root().Find(args)
			if err != nil {
				return err
			}
			if len(rest) > 0 {
				return noCommand(about, rest[0])
			}
			about.InitDefaultHelpFlag()
			about.InitDefaultVersionFlag()
			return about.Help()
		},
	}
}

// noCommand is the error about a name that is no command below another.
func noCommand(above *cobra.Command, name string) error {
	return fmt.Errorf("there is no command %q under %s%s\nsee: %s --help",
		name, above.CommandPath(), meant(nearestCommand(above, name)), above.CommandPath())
}

// nearestCommand returns the command below another that a name probably means;
// "" if there is none.
func nearestCommand(above *cobra.Command, name string) string {
	var known []string
	for _, sub := range above.Commands() {
		known = append(known, sub.Name())
	}
	return names.Nearest(name, known)
}
