package compare

import (
	"fmt"
	"io"
	"math"
	"strings"

	"onepen/experiments"
	"onepen/experiments/human"
	"onepen/experiments/response"
)

// WriteText writes a study for people: the moves, the best first, with what each
// does to the responses, which promises it breaks and what else it costs, and
// what is to be held against the numbers.
func WriteText(w io.Writer, s *Study) error {
	var b strings.Builder
	line := func(indent string, text string) {
		b.WriteString(indent + experiments.Wrap(text, len(indent), len(indent)+2) + "\n")
	}
	line("", s.heading())
	notes := &footnotes{}
	for i := range s.Ranked {
		r := &s.Ranked[i]
		b.WriteString("\n")
		line("", s.title(i))
		b.WriteString(r.table(notes))
		line("   ", "promises: "+r.promises())
		if costs := r.costs(); costs != "" {
			line("   ", "costs: "+costs)
		}
	}
	b.WriteString("\n")
	for _, text := range append(notes.texts(), s.remarks()...) {
		line("", text)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func (s *Study) heading() string {
	return fmt.Sprintf("%s · seed %d · %d replications, the same random numbers under the base and each move",
		s.Base.Name, s.Base.Seed, s.Replications)
}

// title names a move and where it stands.
func (s *Study) title(i int) string {
	r := &s.Ranked[i]
	text := fmt.Sprintf("%d. %s", i+1, r.Label)
	if r.Label != r.Set {
		text += " (" + r.Set + ")"
	}
	if r.Tied {
		text += fmt.Sprintf(" · no difference shown from %d.", i)
	}
	return text
}

// table writes what a move does to each response.
func (r *Result) table(notes *footnotes) string {
	g := human.Grid{Left: []int{0, 5}}
	g.Add("   measure", "base", "with it", "difference", "change", "")
	for i := range r.Rows {
		row := &r.Rows[i]
		unit := row.Response.Unit
		g.Add("   "+row.Response.Name(), human.Value(row.Base.Mean, unit), human.Value(row.Move.Mean, unit),
			row.told(), change(row.Change()), row.Verdict.String()+notes.mark(row.Warnings))
	}
	return g.String()
}

// told writes a difference with its half-width.
func (r *Row) told() string {
	unit := r.Response.Unit
	if r.Verdict == Unmeasured {
		return human.Absent
	}
	return human.Signed(human.Value(r.Difference.Mean, unit)) + " ± " + human.Value(r.Difference.HalfWidth, unit)
}

// change writes a relative difference.
func change(x float64) string {
	switch {
	case math.IsNaN(x):
		return human.Absent
	case math.Abs(x) >= 9.995:
		return fmt.Sprintf("×%s", human.Number(1+x))
	}
	return human.Signed(fmt.Sprintf("%.1f %%", 100*x))
}

// promises says which promises were broken under a move, and how often in a
// run; the base's number stands beside it.
func (r *Result) promises() string {
	var broken []string
	for i := range r.Price {
		if row := &r.Price[i]; row.Broke() {
			broken = append(broken, fmt.Sprintf("BROKEN: %s %s a run (base %s)",
				row.Response.Name(), human.Number(row.Move.Mean), human.Number(row.Base.Mean)))
		}
	}
	if broken == nil {
		return "none was broken"
	}
	return strings.Join(broken, ", ")
}

// costs says what else is more than under the base.
func (r *Result) costs() string {
	var texts []string
	for i := range r.Price {
		if row := &r.Price[i]; row.Costs() {
			unit := row.Response.Unit
			texts = append(texts, fmt.Sprintf("%s %s (base %s)", row.Response.Name(),
				human.Value(row.Move.Mean, unit), human.Value(row.Base.Mean, unit)))
		}
	}
	return strings.Join(texts, ", ")
}

// remarks says what the intervals mean, and what else is to be known.
func (s *Study) remarks() []string {
	text := "± is half of a 95 % interval by Student's t over the pairs of runs"
	if n := len(s.Ranked); n > 1 {
		text += fmt.Sprintf("; those of all %d moves hold together (Bonferroni: %.3g %% each)", n, 100*s.Each)
	}
	texts := append(s.Notes, text)
	switch first := s.Ranked[0].Rows[0].Response.Name(); {
	case s.Until.Size == 0:
	case s.Reached:
		texts = append(texts, fmt.Sprintf("replications were added until every ± of %s was at most %s; intervals that decide when to stop are a little too narrow", first, s.Until))
	default:
		texts = append(texts, fmt.Sprintf("NOT REACHED: after %d replications a ± of %s is still over %s", s.Replications, first, s.Until))
	}
	return texts
}

// footnotes numbers what is to be held against numbers, each text once.
type footnotes struct{ kept []string }

// mark returns the numbers of a set of warnings, to stand behind what they
// concern.
func (f *footnotes) mark(w response.Warnings) string {
	var marks []string
	for _, text := range w.Texts() {
		marks = append(marks, fmt.Sprint(f.number(text)))
	}
	if marks == nil {
		return ""
	}
	return " [" + strings.Join(marks, ",") + "]"
}

func (f *footnotes) number(text string) int {
	for i, kept := range f.kept {
		if kept == text {
			return i + 1
		}
	}
	f.kept = append(f.kept, text)
	return len(f.kept)
}

func (f *footnotes) texts() []string {
	var texts []string
	for i, text := range f.kept {
		texts = append(texts, fmt.Sprintf("[%d] %s", i+1, text))
	}
	return texts
}
