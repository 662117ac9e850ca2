package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"onepen/experiments"
	"onepen/models"
	"onepen/sim/names"
)

func (c *cli) paramsCommand() *cobra.Command {
	var measures bool
	cmd := &cobra.Command{
		Use:   "params [path]",
		Short: "The reference of all parameters, and of all measures",
		Long: `params lists every parameter of a scenario with its default, or says everything
about one. A path may name a component, as in a scenario (lanes.clicks.batch.size),
or any of them (lanes.*.batch.size); the beginning of a path names a group. The
timeline, which changes parameters and lets things fail during the run, is
described at the end. params sweep describes the files that onepen sweep reads.`,
		Example: `  onepen params
  onepen params 'lanes.*.batch.size'
  onepen params lanes.clicks.queue
  onepen params timeline
  onepen params sweep
  onepen params --measures`,
		Args: atMost(1),
		ValidArgsFunction: func(_ *cobra.Command, args []string, begun string) ([]string, cobra.ShellCompDirective) {
			var found []string
			for _, p := range models.Params() {
				if len(args) == 0 && strings.HasPrefix(p.Path, begun) {
					found = append(found, p.Path+"\t"+p.Help)
				}
			}
			return found, cobra.ShellCompDirectiveNoFileComp
		},
		RunE: func(_ *cobra.Command, args []string) error {
			path := strings.Join(args, "")
			if measures {
				return c.listMeasures(path)
			}
			return c.listParams(path)
		},
	}
	cmd.Flags().BoolVar(&measures, "measures", false, "list the columns of the result files instead")
	return cmd
}

// listParams prints all parameters, those of a group, or one in detail.
func (c *cli) listParams(path string) error {
	if path == "sweep" {
		c.design()
		return nil
	}
	wanted := template(path)
	var found []models.Param
	for _, p := range models.Params() {
		if p.Path == wanted {
			c.detail(p)
			return nil
		}
		if wanted == "" || strings.HasPrefix(p.Path, wanted+".") {
			found = append(found, p)
		}
	}
	if begins := experiments.TimelineSection; path == begins || strings.HasPrefix(path, begins+".") {
		c.timeline()
		return nil
	}
	if len(found) == 0 {
		return fmt.Errorf("there is no parameter %q; onepen params lists them%s", path, meant(nearestPath(wanted)))
	}
	c.table(found)
	if wanted == "" {
		fmt.Fprintln(c.stdout)
		c.timeline()
	}
	fmt.Fprintln(c.stdout, "\n* cannot change while the system runs. All about one: onepen params PATH")
	return nil
}

// timeline prints what a change in the timeline is made of.
func (c *cli) timeline() {
	fmt.Fprintln(c.stdout, experiments.TimelineSection+": a list of changes, such as")
	fmt.Fprintln(c.stdout, "  - {at: 20s, set: {lanes.x.batch.size: 64}}\n  - {at: 40s, fault: {crash: stores.x.partitions.2, for: 3s}}")
	fmt.Fprintln(c.stdout, "what comes and goes is a change for a span:")
	for _, e := range experiments.TimelineExamples() {
		fmt.Fprintf(c.stdout, "  %-13s %s\n", e.Name, e.Entry)
	}
	for _, p := range experiments.TimelineParts() {
		fmt.Fprintf(c.stdout, "  %-12s %-18s %s\n", p.Name, p.Type, experiments.Wrap(p.Help, 34, 34))
	}
	fmt.Fprintln(c.stdout, "targets of faults, n counted from 0")
	for _, f := range models.FaultForms() {
		target := strings.Replace(f.Target, "*", "<name>", 1)
		fmt.Fprintf(c.stdout, "  %-5s %-26s %s\n", f.Kind, target, experiments.Wrap(f.Help, 35, 35))
	}
}

// design prints what the design of a sweep is made of.
func (c *cli) design() {
	fmt.Fprintln(c.stdout, "a sweep: a file such as those of onepen studies, with")
	for _, p := range experiments.DesignParts() {
		fmt.Fprintf(c.stdout, "  %-19s %s\n      %s\n", p.Name, p.Type, experiments.Wrap(p.Help, 6, 6))
	}
	fmt.Fprintln(c.stdout, "all measures: onepen params --measures")
}

// table prints parameters, a line or two for each.
func (c *cli) table(params []models.Param) {
	section := "–"
	for _, p := range params {
		head, name := "", p.Path
		if before, after, inside := strings.Cut(p.Path, ".*."); inside {
			head, name = before+".<name>.", after
		}
		if head != section {
			if section != "–" {
				fmt.Fprintln(c.stdout)
			}
			section = head
			fmt.Fprintln(c.stdout, cmp.Or(head, "the run"))
		}
		mark := " "
		if !p.Live {
			mark = "*"
		}
		fmt.Fprintf(c.stdout, "  %-20s %-9s%s %s\n", name, cmp.Or(p.Default, "–"), mark, experiments.Wrap(p.Help, 34, 34))
	}
}

// detail prints everything about one parameter.
func (c *cli) detail(p models.Param) {
	fmt.Fprintf(c.stdout, "%s\n  %s\n\n", p.Path, experiments.Wrap(p.Help, 2, 2))
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(c.stdout, "  %-9s %s\n", name, experiments.Wrap(value, 12, 12))
		}
	}
	line("type", p.Kind.String())
	line("unit", p.Unit)
	line("default", p.Default)
	line("allowed", p.Allowed)
	live := "while the system runs"
	if !p.Live {
		live = "only before the run"
	}
	line("changes", live)
}

// template turns the path of a parameter of a component into that of the
// parameter of any component.
func template(path string) string {
	parts := strings.Split(strings.TrimSuffix(path, "."), ".")
	for _, section := range models.Sections() {
		if parts[0] == section && len(parts) > 1 {
			parts[1] = "*"
		}
	}
	return strings.Join(parts, ".")
}

// nearestPath returns the parameter, group or chapter that a path probably
// means: the only one that ends in it, or one that looks like it; "" if there is none.
func nearestPath(path string) string {
	known, ends := []string{experiments.TimelineSection, "sweep"}, []string(nil)
	for _, p := range models.Params() {
		for i := range p.Path {
			if p.Path[i] == '.' && !slices.Contains(known, p.Path[:i]) {
				known = append(known, p.Path[:i])
			}
		}
		known = append(known, p.Path)
	}
	for _, k := range known {
		if strings.HasSuffix(k, "."+path) {
			ends = append(ends, k)
		}
	}
	if len(ends) == 1 {
		return ends[0]
	}
	return names.Nearest(path, known)
}

// listMeasures prints the columns of the result files, or of those whose name
// contains a text.
func (c *cli) listMeasures(part string) error {
	file := ""
	for _, col := range experiments.Columns() {
		if !strings.Contains(col.Name, part) {
			continue
		}
		if col.File != file {
			if file != "" {
				fmt.Fprintln(c.stdout)
			}
			file = col.File
			fmt.Fprintln(c.stdout, file)
		}
		fmt.Fprintf(c.stdout, "  %-20s %-11s %s\n", col.Name, col.Unit, experiments.Wrap(col.Help, 35, 35))
	}
	if file == "" {
		return fmt.Errorf("no measure has %q in its name; onepen params --measures lists them%s", part, meant(names.Nearest(part, columnNames())))
	}
	return nil
}

// columnNames returns the names of the columns of the result files.
func columnNames() []string {
	var all []string
	for _, col := range experiments.Columns() {
		all = append(all, col.Name)
	}
	return all
}
