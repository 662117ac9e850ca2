package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"onepen/experiments"
)

func (c *cli) scenariosCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "scenarios",
		Short: "List, show and export the scenarios that come with the program",
		Example: `  onepen scenarios
  onepen scenarios show one-pen
  onepen scenarios export one-pen my-system.yaml`,
		Args: refuseArgs,
		RunE: func(*cobra.Command, []string) error {
			c.list(experiments.Shipped())
			return nil
		},
	}
	cmd.AddCommand(c.showCommand(), c.exportCommand())
	return cmd
}

// list prints names and what they are about.
func (c *cli) list(all []experiments.Listing) {
	column := 0 // of the gists
	for _, l := range all {
		column = max(column, len(l.Name)+2)
	}
	for _, l := range all {
		fmt.Fprintf(c.stdout, "%-*s%s\n", column, l.Name, experiments.Wrap(l.Gist, column, column))
	}
}

func (c *cli) showCommand() *cobra.Command {
	var all bool
	cmd := &cobra.Command{
		Use:   "show scenario|file.yaml",
		Short: "Print a scenario",
		Example: `  onepen scenarios show one-pen
  onepen scenarios show one-pen --all`,
		Args:              between(1, 1, "a scenario or a file"),
		ValidArgsFunction: completeScenario,
		RunE: func(_ *cobra.Command, args []string) error {
			scenario, err := experiments.Load(args[0])
			if err != nil {
				return err
			}
			text, shipped := experiments.Source(args[0])
			switch {
			case all:
				text = experiments.FormatAll(scenario)
			case !shipped:
				text = experiments.Format(scenario)
			}
			_, err = c.stdout.Write(text)
			return err
		},
	}
	cmd.Flags().BoolVar(&all, "all", false, "write every parameter out, those at their defaults too")
	return cmd
}

func (c *cli) exportCommand() *cobra.Command {
	var force bool
	cmd := &cobra.Command{
		Use:   "export scenario [file.yaml]",
		Short: "Write a scenario to a file, to change it and run it",
		Long: `export writes a scenario that comes with the program to a file, and the data files
that it reads beside it. Files that are there already are kept, unless --force.`,
		Example: `  onepen scenarios export one-pen
  onepen scenarios export web-clicks my-site.yaml --force`,
		Args:              between(1, 2, "a scenario"),
		ValidArgsFunction: completeScenario,
		RunE: func(_ *cobra.Command, args []string) error {
			file := args[0] + ".yaml"
			if len(args) > 1 {
				file = args[1]
			}
			return c.export(args[0], file, force)
		},
	}
	cmd.Flags().BoolVar(&force, "force", false, "replace files that are there already")
	return cmd
}

// export writes a scenario and its data files.
func (c *cli) export(name, file string, force bool) error {
	text, shipped := experiments.Source(name)
	scenario, err := experiments.Load(name)
	if err != nil {
		return err
	}
	if !shipped {
		return fmt.Errorf("%s is a file already", name)
	}
	outputs := []output{{file, text}}
	for _, data := range experiments.Files(scenario) {
		text, err := experiments.ReadFile(scenario, data)
		if err != nil {
			return err
		}
		outputs = append(outputs, output{filepath.Join(filepath.Dir(file), data), text})
	}
	return c.writeNew(outputs, force)
}

// output is a file to write.
type output struct {
	path string
	text []byte
}

// writeNew writes files; those that are there already are kept, unless force.
func (c *cli) writeNew(outputs []output, force bool) error {
	for _, o := range outputs {
		if _, err := os.Lstat(o.path); !force && !errors.Is(err, fs.ErrNotExist) {
			return fmt.Errorf("%s is there already; --force replaces it", o.path)
		}
	}
	for _, o := range outputs {
		if err := os.WriteFile(o.path, o.text, 0o666); err != nil {
			return err
		}
		fmt.Fprintf(c.stderr, "wrote %s\n", o.path)
	}
	return nil
}
