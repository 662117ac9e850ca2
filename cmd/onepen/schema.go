package main

import (
	"github.com/spf13/cobra"

	"onepen/experiments"
)

func (c *cli) schemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "schema",
		Short: "Print the JSON Schema of scenario files, for editors",
		Long: `schema prints a JSON Schema. Editors that know YAML use it to complete names, to
show help and to mark mistakes; most find it by this first line of a scenario:

  # yaml-language-server: $schema=onepen.schema.json`,
		Example: `  onepen schema > onepen.schema.json`,
		Args:    refuseArgs,
		RunE: func(*cobra.Command, []string) error {
			return experiments.WriteSchema(c.stdout)
		},
	}
}
