package report

import (
	"math"

	"onepen/experiments/response"
	"onepen/experiments/results"
)

// runMeasures lists what a table of plain runs shows: what came, what was
// stored, what was lost, and how long writers waited.
var runMeasures = []string{
	"offered_per_s", "throughput_per_s", "goodput_per_s", "loss", "ack_p50_s", "ack_p99_s", "ack_p999_s", "commit_p99_s",
}

// runsTable makes a row of each lane and configuration.
func runsTable(t *results.Table) (*table, error) {
	out := &table{Caption: "What each lane saw", Head: []string{"lane"}}
	configs := len(t.Distinct("config")) > 1
	if configs {
		out.Head = append(out.Head, "config")
		for _, f := range t.Factors() {
			out.Head = append(out.Head, breakable(f.Path()))
		}
	}
	if len(t.Distinct("replication")) > 1 {
		out.Caption += ": means over the replications, ± half of a 95 % interval"
	}
	groups := groupsOf(t, "config", "lane")
	for _, g := range groups {
		row := []cell{words(t.Text(g[0], "lane"))}
		if configs {
			row = append(row, words(t.Text(g[0], "config")))
			for _, f := range t.Factors() {
				row = append(row, level(f, t.Text(g[0], f.Name)))
			}
		}
		out.Rows = append(out.Rows, row)
	}
	for _, name := range runMeasures {
		if !t.Has(name) {
			continue
		}
		if err := out.addMeasure(t, name, groups); err != nil {
			return nil, err
		}
	}
	return out, nil
}

// addMeasure adds a column with a measure of each group of rows.
func (t *table) addMeasure(of *results.Table, name string, groups [][]int) error {
	c, err := of.Column(name)
	if err != nil {
		return err
	}
	values, err := of.Numbers(name)
	if err != nil {
		return err
	}
	warnings := of.Texts("warnings")
	t.Head = append(t.Head, heading(name))
	for i, group := range groups {
		var sample []float64
		var w response.Warnings
		for _, row := range group {
			if !math.IsNaN(values[row]) {
				sample = append(sample, values[row])
			}
			if warnings != nil {
				w |= response.ParseWarnings(warnings[row])
			}
		}
		v := response.Summarize(sample)
		v.Warnings |= w
		if len(sample) == 1 {
			v.Warnings &^= response.FewReplications // there is no interval to doubt
		}
		t.Rows[i] = append(t.Rows[i], t.estimate(v, c.Unit))
	}
	return nil
}

// groupsOf returns the rows that agree in some columns, in the order met.
func groupsOf(t *results.Table, columns ...string) [][]int {
	var groups [][]int
	at := map[string]int{}
	for i := range t.Rows {
		key := ""
		for _, c := range columns {
			key += t.Text(i, c) + "\x00"
		}
		g, met := at[key]
		if !met {
			g = len(groups)
			at[key] = g
			groups = append(groups, nil)
		}
		groups[g] = append(groups[g], i)
	}
	return groups
}
