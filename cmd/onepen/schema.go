package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"onepen/experiments"
	"onepen/sim/names"
)

func (c *cli) schemaCommand() *cobra.Command {
	kinds := []string{"scenario", "sweep"}
	return &cobra.Command{
		Use:   "schema [scenario|sweep]",
		Short: "Print the JSON Schema of scenario or sweep files, for editors",
		Long: `schema prints a JSON Schema, of scenarios or of sweeps. Editors that know YAML use
it to complete names, to show help and to mark mistakes; most find it by this
first line of a file:

  # yaml-language-server: $schema=onepen.schema.json`,
		Example: `  onepen schema > onepen.schema.json
  onepen schema sweep > sweep.schema.json`,
		Args:      atMost(1),
		ValidArgs: kinds,
		RunE: func(_ *cobra.Command, args []string) error {
			switch kind := strings.Join(args, ""); kind {
			case "", "scenario":
				return experiments.WriteSchema(c.stdout)
			case "sweep":
				return experiments.WriteDesignSchema(c.stdout)
			default:
				return fmt.Errorf("there is a schema of a scenario and one of a sweep, none of a %q%s", kind, meant(names.Nearest(kind, kinds)))
			}
		},
	}
}
