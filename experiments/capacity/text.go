package capacity

import (
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"

	"onepen/experiments"
	"onepen/experiments/human"
	"onepen/experiments/response"
	"onepen/models"
)

// WriteText writes a result for people: the value with its interval, what binds
// there, what was measured there, the knee, and all values that were looked at.
func WriteText(w io.Writer, r *Result) error {
	var b strings.Builder
	line := func(text string) { b.WriteString(experiments.Wrap(text, 0, 2) + "\n") }
	line(fmt.Sprintf("%s · seed %d · %s", r.Base.Name, r.Base.Seed, r.question()))
	b.WriteString("\n")
	line(r.answer())
	if r.Knee != nil {
		line(fmt.Sprintf("knee: %s ± %s; beyond it latency grows faster than load (greatest load per latency, Kleinrock 1979)",
			r.value(r.Knee.Mean), r.value(r.Knee.HalfWidth)))
	}
	b.WriteString("\n" + r.there() + "\n" + r.curve() + "\n")
	for _, note := range r.Notes {
		line(note)
	}
	for _, text := range r.warnings() {
		line("warning: " + text)
	}
	line("± is half of a 95 % interval by Student's t over the replications")
	_, err := io.WriteString(w, b.String())
	return err
}

// question says what was searched.
func (r *Result) question() string {
	var limits []string
	for _, o := range r.Objectives {
		limits = append(limits, o.String())
	}
	which := "largest"
	if !r.Rising {
		which = "smallest"
	}
	return fmt.Sprintf("the %s %s with %s", which, r.Path, strings.Join(limits, " and "))
}

// answer says what was found.
func (r *Result) answer() string {
	at := r.value(r.Value.Mean)
	switch r.Border {
	case Always:
		return fmt.Sprintf("KEPT EVERYWHERE: the objectives are kept at all values looked at, up to %s; look further with --from and --to", at)
	case Never:
		return fmt.Sprintf("KEPT NOWHERE: the objectives are kept at no value looked at, not even at %s, where %s is broken", at, r.Objectives[r.Binding])
	}
	text := fmt.Sprintf("capacity: %s", at)
	if !r.named() {
		text = fmt.Sprintf("%s: %s", r.Path, at)
	}
	if !math.IsNaN(r.Low) {
		text += fmt.Sprintf(" (95 %%: %s to %s)", r.value(r.Low), r.value(r.High))
	}
	return text + fmt.Sprintf("; beyond it %s is broken first; %d replications", r.Objectives[r.Binding], r.Replications)
}

// named reports whether the value is a load, whose largest is a capacity.
func (r *Result) named() bool { return r.Rising && r.Param.Unit == "1/s" }

// value writes a value of the parameter.
func (r *Result) value(x float64) string { return valueOf(r.Param, x) }

// valueOf writes a value of a parameter. Loads have four digits, as neighbours
// would look alike with three.
func valueOf(p models.Param, x float64) string {
	switch {
	case math.IsNaN(x):
		return human.Absent
	case p.Kind == models.KindCount:
		return human.Count(uint64(math.Round(x)))
	case p.Unit == "1/s":
		rounded, _ := strconv.ParseFloat(strconv.FormatFloat(x, 'g', 4, 64), 64) // a formatted number parses
		return strconv.FormatFloat(rounded, 'f', -1, 64) + "/s"
	}
	return human.Value(x, p.Unit)
}

// there writes what was measured at the value.
func (r *Result) there() string {
	g := human.Grid{Left: []int{0}}
	g.Add("measured at "+r.value(r.There.Value), "mean", "± 95 %")
	for _, m := range r.There.Responses {
		g.Add("  "+m.Name(), human.Value(m.Mean, m.Unit), human.Value(m.HalfWidth, m.Unit))
	}
	return g.String()
}

// curve writes the objectives' responses at every value that was looked at.
func (r *Result) curve() string {
	g := human.Grid{}
	header := []string{"value"}
	for _, o := range r.Objectives {
		header = append(header, o.Response.Name(), "")
	}
	g.Add(header...)
	for _, p := range r.Points {
		row := []string{r.value(p.Value)}
		for i, o := range r.Objectives {
			m := p.measured(o.Response.Name())
			row = append(row, human.Value(m.Mean, m.Unit), p.Verdicts[i].String())
		}
		g.Add(row...)
	}
	return g.String()
}

// measured returns what was measured of a response, by its name.
func (p *Point) measured(name string) Measured {
	for _, m := range p.Responses {
		if m.Name() == name {
			return m
		}
	}
	panic("capacity: no response " + name) // the responses of the objectives are among them
}

// warnings returns what is to be held against what was measured at the value,
// each text once, with the names of what it is about unless that is all. The
// intervals there are no matter if that of the value is as narrow as wanted.
func (r *Result) warnings() []string {
	var texts []string
	names := make(map[response.Warnings][]string)
	all := response.Warnings(0)
	for _, m := range r.There.Responses {
		against := m.Warnings
		if r.Precise {
			against &^= response.WideInterval
		}
		all |= against
		for one := range against.All() {
			names[one] = append(names[one], m.Name())
		}
	}
	for one := range all.All() {
		text := one.Texts()[0]
		if len(names[one]) < len(r.There.Responses) {
			text = strings.Join(names[one], ", ") + ": " + text
		}
		texts = append(texts, fmt.Sprintf("what was measured at %s: %s", r.value(r.There.Value), text))
	}
	return texts
}
