package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"onepen/sim/names"
)

func (c *cli) completionCommand() *cobra.Command {
	shells := []string{"bash", "zsh", "fish", "powershell"}
	return &cobra.Command{
		Use:   "completion shell",
		Short: "Print a script that lets a shell complete commands, scenarios and paths",
		Long:  "completion prints a script for one of the shells " + strings.Join(shells, ", ") + ".",
		Example: `  onepen completion bash > ~/.local/share/bash-completion/completions/onepen
  onepen completion zsh > "${fpath[1]}/_onepen"
  onepen completion fish > ~/.config/fish/completions/onepen.fish
  onepen completion powershell | Out-String | Invoke-Expression`,
		Args:      between(1, 1, "a shell: "+strings.Join(shells, ", ")),
		ValidArgs: shells,
		RunE: func(cmd *cobra.Command, args []string) error {
			root := cmd.Root()
			switch slices.Index(shells, args[0]) {
			case 0:
				return root.GenBashCompletionV2(c.stdout, true)
			case 1:
				return root.GenZshCompletion(c.stdout)
			case 2:
				return root.GenFishCompletion(c.stdout, true)
			case 3:
				return root.GenPowerShellCompletionWithDesc(c.stdout)
			}
			return fmt.Errorf("there is no completion for %q (there are: %s)%s", args[0], strings.Join(shells, ", "), meant(names.Nearest(args[0], shells)))
		},
	}
}
