package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"onepen/experiments/figures"
	"onepen/experiments/plot"
	"onepen/experiments/results"
)

// plotFlags are the flags of plot.
type plotFlags struct {
	out         string
	kind        string
	x           string
	y, by       []string
	where, log  []string
	title, size string
	theme       string
}

func (c *cli) plotCommand() *cobra.Command {
	var f plotFlags
	cmd := &cobra.Command{
		Use:   "plot results.csv",
		Short: "Draw a result file as SVG or PNG",
		Long: `plot draws any CSV that run, sweep or compare have written; it knows them by their
columns. What suits them is chosen: a measure against a factor or the offered load,
with 95 % intervals over the replications; a measure over time, with the changes of
the timeline; partitions as columns or as a heat map; the percentiles of latencies; the
differences that moves make. Flags choose otherwise; the kinds are
` + strings.Join(figures.Kinds(), ", ") + `.
Without -o the SVG goes to standard output.`,
		Example: `  onepen run url-shortener --duration 10s --out results
  onepen plot results/timeseries.csv -o time.svg
  onepen plot results/runs.csv --y commit -o latencies.png
  onepen plot results/partitions.csv --y share --where store=links --size 120x70 > share.svg`,
		Args: between(1, 1, "a result file, such as results/runs.csv"),
		RunE: func(_ *cobra.Command, args []string) error { return c.plot(args[0], &f) },
	}
	flags := cmd.Flags()
	flags.StringVarP(&f.out, "output", "o", "", "`file` to write, .svg or .png")
	flags.StringVar(&f.kind, "kind", "", "`kind` of figure, one of those above")
	flags.StringVar(&f.x, "x", "", "`column` along the horizontal axis")
	flags.StringSliceVar(&f.y, "y", nil, "`columns` or measures to draw")
	flags.StringSliceVar(&f.by, "by", nil, "`columns` whose values make a series each")
	flags.StringArrayVar(&f.where, "where", nil, "only rows with a `column=value`; may be repeated")
	flags.StringSliceVar(&f.log, "log", nil, "logarithmic `axes`: x, y or none (default: as the range asks)")
	flags.StringVar(&f.title, "title", "", "`text` above it (default: question or scenario)")
	flags.StringVar(&f.size, "size", "160x100", "`sides` in mm")
	flags.StringVar(&f.theme, "theme", "light", "`ground` it is made for: light or dark")
	return cmd
}

// plot draws a file.
func (c *cli) plot(name string, f *plotFlags) error {
	request, err := f.request()
	if err != nil {
		return err
	}
	look, err := f.look()
	if err != nil {
		return err
	}
	encode, err := c.encoder(f.out)
	if err != nil {
		return err
	}
	table, err := results.Open(name)
	if err != nil {
		return err
	}
	manifest, err := results.ManifestIn(filepath.Dir(name))
	if err != nil {
		return err
	}
	figure, err := figures.Of(table, manifest, request)
	if err != nil {
		return err
	}
	drawing, err := encode(figure, look)
	if errors.Is(err, plot.ErrEmpty) {
		return fmt.Errorf("%s: %w", name, err)
	}
	if err != nil {
		return err
	}
	if f.out == "" {
		_, err = c.stdout.Write(drawing)
	} else {
		err = os.WriteFile(f.out, drawing, 0o666)
	}
	if err != nil {
		return failure{fmt.Errorf("cannot write the figure: %w", err)}
	}
	return nil
}

// request turns the flags into what is asked for.
func (f *plotFlags) request() (figures.Request, error) {
	q := figures.Request{X: f.x, Y: f.y, By: f.by, Title: f.title, Log: f.log}
	if f.kind != "" {
		var err error
		if q.Kind, err = figures.ParseKind(f.kind); err != nil {
			return q, fmt.Errorf("--kind: %w", err)
		}
	}
	for _, axis := range f.log {
		switch axis {
		case "x", "y", "none":
		default:
			return q, fmt.Errorf("--log %q: must be x, y, x,y or none", axis)
		}
	}
	for _, text := range f.where {
		condition, err := figures.ParseCondition(text)
		if err != nil {
			return q, fmt.Errorf("--where %w", err)
		}
		q.Where = append(q.Where, condition)
	}
	return q, nil
}

// look turns the flags into how it is drawn.
func (f *plotFlags) look() (plot.Look, error) {
	var l plot.Look
	if n, err := fmt.Sscanf(f.size+"|", "%gx%g|", &l.Width, &l.Height); n != 2 || err != nil {
		return l, fmt.Errorf("--size %q: must be width x height in mm, such as 160x100", f.size)
	}
	switch f.theme {
	case "light":
	case "dark":
		l.Theme = plot.Dark
	default:
		return l, fmt.Errorf("--theme %q: must be light or dark", f.theme)
	}
	return l, nil
}

// encoder returns what makes the bytes of a file.
func (c *cli) encoder(file string) (func(plot.Figure, plot.Look) ([]byte, error), error) {
	switch strings.ToLower(filepath.Ext(file)) {
	case ".svg":
		return plot.Figure.SVG, nil
	case ".png":
		return plot.Figure.PNG, nil
	}
	if file != "" {
		return nil, fmt.Errorf("-o %s: must end in .svg or .png", file)
	}
	if isTerminal(c.stdout) {
		return nil, errors.New("a figure cannot be shown in a terminal: name a file, such as -o figure.svg")
	}
	return plot.Figure.SVG, nil
}
