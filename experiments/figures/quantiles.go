package figures

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"onepen/experiments/plot"
)

// quantileName is the name of a column of a percentile: ack_p999_s.
var quantileName = regexp.MustCompile(`^(.+)_p(\d{2,})_s$`)

// quantileColumn is a column of a percentile.
type quantileColumn struct {
	name string
	p    float64
}

// quantiles draws how latencies are distributed: the recorded percentiles, on an
// axis that gives each nine the same room.
func (d *drawing) quantiles() error {
	of, latency, err := d.latency()
	if err != nil {
		return err
	}
	d.request.X = ""
	if d.request.By == nil {
		d.request.By = d.usualBy()
	}
	d.figure.X = plot.Axis{Label: "share of the writes", Scale: plot.Tail}
	d.figure.Y = plot.Axis{Label: d.latencyWords(latency), Unit: plot.Seconds, Scale: d.request.scale("y")}
	d.request.Y = []string{of[0].name}
	series := map[string]*plot.Series{}
	var order []string
	for _, c := range of {
		keys, points, err := d.gather(frame{table: d.table, y: c.name, by: d.request.By})
		if err != nil {
			return err
		}
		for _, key := range keys {
			s := series[key]
			if s == nil {
				s = &plot.Series{Name: d.name(key, d.request.By)}
				series[key] = s
				order = append(order, key)
			}
			v := points[key][0].summary
			s.X, s.Y = append(s.X, c.p), append(s.Y, v.Mean)
			s.Low, s.High = append(s.Low, v.Low()), append(s.High, v.High())
		}
	}
	for _, key := range order {
		s := *series[key]
		if allNaN(s.Low) {
			s.Low, s.High = nil, nil
		}
		d.figure.Series = append(d.figure.Series, s)
	}
	return nil
}

// latency returns the percentiles of the latency that is asked for, by its name
// or that of one of its columns, or else of the first that the table has.
func (d *drawing) latency() (of []quantileColumn, name string, err error) {
	all := map[string][]quantileColumn{}
	var found []string
	for _, c := range d.table.Columns {
		match := quantileName.FindStringSubmatch(c.Name)
		if match == nil {
			continue
		}
		p, err := strconv.ParseFloat("0."+match[2], 64)
		if err != nil {
			continue // more digits than a number has
		}
		if !slices.Contains(found, match[1]) {
			found = append(found, match[1])
		}
		all[match[1]] = append(all[match[1]], quantileColumn{c.Name, p})
	}
	if len(found) == 0 {
		return nil, "", trouble(d.table, "", "there are no percentiles of a latency in it; runs.csv has them")
	}
	name = found[0]
	if y := d.request.Y; len(y) > 0 {
		name = y[0]
		if match := quantileName.FindStringSubmatch(name); match != nil {
			name = match[1]
		}
	}
	if all[name] == nil {
		return nil, "", trouble(d.table, "", "there are no percentiles of %q (there are those of: %s)", name, strings.Join(found, ", "))
	}
	return all[name], name, nil
}

// latencyWords says what a latency is, as its columns do before they say which
// percentile they are.
func (d *drawing) latencyWords(name string) string {
	words, _, _ := strings.Cut(d.label(name+"_mean_s"), ":")
	return words
}
