package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"onepen/experiments/human"
	"onepen/experiments/results"
)

// fact is one line of the design.
type fact struct{ Name, Text string }

// facts says what was run.
func (f *Folder) facts() []fact {
	t := f.any()
	list := []fact{{"scenario", strings.Join(t.Distinct("scenario"), ", ")}}
	for _, c := range t.Factors() {
		var levels []string
		for _, text := range t.Distinct(c.Name) {
			levels = append(levels, level(c, text).Text)
		}
		list = append(list, fact{"factor " + c.Path(), strings.Join(levels, ", ")})
	}
	for _, set := range t.Distinct("set") {
		list = append(list, fact{"move " + moveOf(t, set), set})
	}
	if n := len(t.Distinct("point")); n > 1 {
		list = append(list, fact{"points", human.Count(uint64(n))})
	}
	list = append(list, fact{"replications of each point", replications(t)})
	if m := f.Manifest; m != nil && m.Scenario != nil {
		s := m.Scenario
		list = append(list, fact{"measured", fmt.Sprintf("%s of simulated time after a warm-up of %s",
			human.Span((s.Duration - s.Warmup).Seconds()), human.Span(s.Warmup.Seconds()))})
	}
	list = append(list, fact{"seed", strings.Join(t.Distinct("seed"), ", ")})
	if configs := t.Distinct("config"); len(configs) == 1 {
		list = append(list, fact{"configuration", configs[0]})
	}
	if f.Manifest != nil {
		list = append(list, fact{"made by", strings.TrimSpace("onepen " + f.Manifest.Version)})
	}
	return list
}

func moveOf(t *results.Table, set string) string {
	i := slices.Index(t.Texts("set"), set)
	return t.Text(i, "move")
}

// replications says how many runs of each point a file rests on.
func replications(t *results.Table) string {
	if runs := t.Distinct("replication"); runs != nil {
		return human.Count(uint64(len(runs)))
	}
	// What was not measured in any run says nothing of how many there were.
	counts := slices.DeleteFunc(t.Distinct("n"), func(n string) bool { return n == "0" || n == "" })
	slices.SortFunc(counts, func(a, b string) int { return cmp.Or(cmp.Compare(len(a), len(b)), cmp.Compare(a, b)) })
	if len(counts) == 0 {
		return human.Absent
	}
	if len(counts) > 1 {
		return counts[0] + " to " + counts[len(counts)-1]
	}
	return counts[0]
}

// commands returns the command lines that make the results, a table and this
// page again.
func (f *Folder) commands() []string {
	if f.Manifest == nil || len(f.Manifest.Command) == 0 {
		return nil
	}
	run := slices.Clone(f.Manifest.Command)
	if !slices.Contains(run, "--out") {
		run = append(run, "--out", "results")
	}
	return []string{shell(run), "onepen report results -o report.html"}
}

// shell writes a command so that a shell reads the same words.
func shell(command []string) string {
	words := make([]string, len(command))
	for i, w := range command {
		words[i] = w
		if w == "" || strings.ContainsFunc(w, unsafe) {
			words[i] = "'" + strings.ReplaceAll(w, "'", `'\''`) + "'"
		}
	}
	return strings.Join(words, " ")
}

// unsafe reports whether a shell may read a character as more than itself.
func unsafe(r rune) bool {
	const safe = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_=+./:,%@"
	return !strings.ContainsRune(safe, r)
}
