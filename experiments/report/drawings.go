package report

import (
	"errors"
	"fmt"
	"html/template"

	"onepen/experiments"
	"onepen/experiments/figures"
	"onepen/experiments/plot"
	"onepen/experiments/results"
)

// drawing is a figure of the page.
type drawing struct {
	SVG     template.HTML
	Caption string
}

// maxDrawings is the number of measures of a sweep that get a figure each. The
// others are in the table.
const maxDrawings = 6

// wish is a figure that a folder may get.
type wish struct {
	file    string
	request figures.Request
	caption string
}

// drawings returns the figures of a folder: those of its answer, then what else
// there is to see. A figure that would hold nothing is left out; missing names
// those that cannot be drawn, and why.
func (f *Folder) drawings() (list []drawing, missing []string, err error) {
	for _, w := range f.wishes() {
		figure, err := figures.Of(f.table(w.file), f.Manifest, w.request)
		var unfit *experiments.InputError
		if errors.As(err, &unfit) { // too many series, or a measure that was not written
			missing = append(missing, w.caption+": "+unfit.Problems[0].Message)
			continue
		}
		if err != nil {
			return nil, nil, err
		}
		figure.Title, figure.Subtitle = w.caption, "" // the page has a title
		svg, err := figure.SVG(plot.Look{Inline: true, ID: fmt.Sprintf("figure-%d", len(list)+1)})
		if errors.Is(err, plot.ErrEmpty) {
			continue
		}
		if err != nil {
			return nil, nil, err
		}
		// Package plot has escaped all texts in it.
		list = append(list, drawing{SVG: template.HTML(svg), Caption: figure.Describe()})
	}
	return list, missing, nil
}

// wishes lists the figures that suit a folder.
func (f *Folder) wishes() []wish {
	var list []wish
	if t := f.table(compareFile); t != nil {
		for i, y := range t.Distinct("measure") {
			if i == 2 {
				break
			}
			list = append(list, wish{compareFile, figures.Request{Y: []string{y}}, "Moves: " + heading(y)})
		}
		return list
	}
	if t := f.table(summaryFile); t != nil {
		return f.wishesOfSweep(t)
	}
	list = append(list, wish{runsFile, figures.Request{}, "Latency"})
	if t := f.table(seriesFile); t != nil && len(t.Distinct("config")) == 1 {
		list = append(list,
			wish{seriesFile, figures.Request{}, "Latency over time"},
			wish{seriesFile, figures.Request{Y: []string{"throughput_per_s"}}, "Throughput over time"})
	}
	list = append(list, wish{partitionsFile, figures.Request{}, "Partition heat"})
	return f.present(list)
}

// wishesOfSweep lists a figure for each measure of each component.
func (f *Folder) wishesOfSweep(t *results.Table) []wish {
	var list []wish
	for _, group := range groupsOf(t, "component", "measure") {
		component, measure := t.Text(group[0], "component"), t.Text(group[0], "measure")
		if len(list) == maxDrawings {
			break
		}
		list = append(list, wish{
			summaryFile,
			figures.Request{Y: []string{measure}, Where: []figures.Condition{{Column: "component", Value: component}}},
			component + ": " + heading(measure),
		})
	}
	return list
}

// present leaves out figures of files that are not there.
func (f *Folder) present(list []wish) []wish {
	var some []wish
	for _, w := range list {
		if f.table(w.file) != nil {
			some = append(some, w)
		}
	}
	return some
}
