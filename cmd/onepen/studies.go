package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"onepen/experiments"
)

func (c *cli) studiesCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "studies",
		Short: "List, show and export the studies that come with the program",
		Long: `studies lists designs of sweeps that each answer a question. onepen sweep runs
them, and a study that is exported is a good beginning for a sweep of one's own.`,
		Example: `  onepen studies
  onepen studies show batch-size-against-linger
  onepen studies export batch-size-against-linger my-sweep.yaml
  onepen sweep batch-size-against-linger`,
		Args: refuseArgs,
		RunE: func(*cobra.Command, []string) error {
			c.list(experiments.Studies())
			return nil
		},
	}
	cmd.AddCommand(c.showStudyCommand(), c.exportStudyCommand())
	return cmd
}

func (c *cli) showStudyCommand() *cobra.Command {
	return &cobra.Command{
		Use:               "show study",
		Short:             "Print a study",
		Example:           `  onepen studies show batch-size-against-linger`,
		Args:              between(1, 1, "a study"),
		ValidArgsFunction: completeStudy,
		RunE: func(_ *cobra.Command, args []string) error {
			text, err := studySource(args[0])
			if err != nil {
				return err
			}
			_, err = c.stdout.Write(text)
			return err
		},
	}
}

func (c *cli) exportStudyCommand() *cobra.Command {
	var force bool
	cmd := &cobra.Command{
		Use:   "export study [file.yaml]",
		Short: "Write a study to a file, to change it and run it",
		Example: `  onepen studies export batch-size-against-linger
  onepen studies export batch-size-against-linger my-sweep.yaml --force`,
		Args:              between(1, 2, "a study"),
		ValidArgsFunction: completeStudy,
		RunE: func(_ *cobra.Command, args []string) error {
			text, err := studySource(args[0])
			if err != nil {
				return err
			}
			file := args[0] + ".yaml"
			if len(args) > 1 {
				file = args[1]
			}
			return c.writeNew([]output{{file, text}}, force)
		},
	}
	cmd.Flags().BoolVar(&force, "force", false, "replace a file that is there already")
	return cmd
}

// studySource returns the file of a study that comes with the program.
func studySource(name string) ([]byte, error) {
	if text, found := experiments.StudySource(name); found {
		return text, nil
	}
	if _, err := experiments.LoadDesign(name); err != nil {
		return nil, err
	}
	return nil, fmt.Errorf("%s is a file already", name)
}
