package main

import (
	"bytes"
	"fmt"
	"os"

	"github.com/spf13/cobra"

	"onepen/experiments/report"
)

func (c *cli) reportCommand() *cobra.Command {
	var out string
	cmd := &cobra.Command{
		Use:   "report folder",
		Short: "Make one page of a folder of results",
		Long: `report turns a folder that run, sweep or compare have written into one HTML file: the
question, a table that answers it, figures, what is to be held against the numbers,
the design, and the commands that make the results again. The file needs nothing
else and can be mailed, printed or pasted from. Without -o it goes to standard output.`,
		Example: `  onepen run url-shortener --duration 10s --out results
  onepen report results -o report.html`,
		Args: between(1, 1, "a folder of results"),
		RunE: func(_ *cobra.Command, args []string) error { return c.writeReport(args[0], out) },
	}
	cmd.Flags().StringVarP(&out, "output", "o", "", "`file` to write")
	return cmd
}

// writeReport writes the page about a folder, whole or not at all.
func (c *cli) writeReport(folder, out string) error {
	f, err := report.Open(folder)
	if err != nil {
		return err
	}
	var page bytes.Buffer
	if err := report.Write(&page, f); err != nil {
		return err
	}
	if out == "" {
		_, err = c.stdout.Write(page.Bytes())
	} else {
		err = os.WriteFile(out, page.Bytes(), 0o666)
	}
	if err != nil {
		return failure{fmt.Errorf("cannot write the report: %w", err)}
	}
	return nil
}
