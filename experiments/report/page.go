package report

import (
	_ "embed" // for the template and the style
	"fmt"
	"html/template"
	"io"
	"regexp"
	"strings"

	"onepen/experiments/plot"
	"onepen/experiments/response"
)

var (
	//go:embed page.html
	pageText string
	//go:embed page.css
	styleText string
)

// page is what the template is filled with.
type page struct {
	Title     string
	About     []string // paragraphs
	Style     template.CSS
	Tables    []table
	Drawings  []drawing
	Missing   []string // figures that there are not, and why
	Facts     []fact
	Warnings  []string
	Commands  []string
	Resolved  string
	NoCommand bool
}

// Write writes the page about a folder. The error says what in the files is
// wrong, or that writing failed.
func Write(w io.Writer, f *Folder) error {
	p, err := f.page()
	if err != nil {
		return err
	}
	t, err := template.New("page").Parse(pageText)
	if err != nil {
		return fmt.Errorf("the template of the page: %w", err)
	}
	return t.Execute(w, p)
}

func (f *Folder) page() (*page, error) {
	tables, err := f.answers()
	if err != nil {
		return nil, err
	}
	drawings, missing, err := f.drawings()
	if err != nil {
		return nil, err
	}
	p := &page{
		Title: f.title(), About: f.about(), Style: style(), Tables: tables, Drawings: drawings, Missing: missing,
		Facts: f.facts(), Warnings: f.warnings(), Commands: f.commands(),
	}
	p.NoCommand = p.Commands == nil
	if f.Manifest != nil {
		p.Resolved = f.Manifest.Resolved
	}
	return p, nil
}

// style is the style sheet, with the inks of both themes.
func style() template.CSS {
	return template.CSS(strings.NewReplacer(
		"/*light*/", plot.Light.Variables(), "/*dark*/", plot.Dark.Variables()).Replace(styleText))
}

func (f *Folder) title() string {
	if f.Manifest != nil && f.Manifest.Question != "" {
		return f.Manifest.Question
	}
	title := strings.Join(f.any().Distinct("scenario"), ", ")
	if f.table(compareFile) != nil {
		title += ": which move helps?"
	}
	return title
}

// about returns what the study, or else the scenario, says of itself.
func (f *Folder) about() []string {
	if f.Manifest == nil {
		return nil
	}
	text := f.Manifest.About
	if text == "" && f.Manifest.Scenario != nil {
		text = f.Manifest.Scenario.About
	}
	return paragraphs(text)
}

// cue is the word that a line of its own begins with: "It costs: …".
var cue = regexp.MustCompile(`^[A-Z][A-Za-z ]{0,20}: `)

// paragraphs breaks a text at empty lines and before cues; the other line ends
// are those of the file that it stood in.
func paragraphs(text string) []string {
	var list []string
	begin := true
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch {
		case line == "":
			begin = true
			continue
		case begin || cue.MatchString(line):
			list = append(list, line)
		default:
			list[len(list)-1] += " " + line
		}
		begin = false
	}
	return list
}

// answers returns the tables that answer.
func (f *Folder) answers() ([]table, error) {
	if t := f.table(compareFile); t != nil {
		return comparisonTables(t)
	}
	tabulate := runsTable
	t := f.table(runsFile)
	if summary := f.table(summaryFile); summary != nil {
		t, tabulate = summary, summaryTable
	}
	if t == nil {
		return nil, nil
	}
	made, err := tabulate(t)
	if err != nil {
		return nil, err
	}
	return []table{*made}, nil
}

// warnings returns what is to be held against the results as a whole: each kind
// of warning, and how many rows have it.
func (f *Folder) warnings() []string {
	t := f.any()
	count := map[response.Warnings]int{}
	var all response.Warnings
	failed := 0
	for i := range t.Rows {
		w := response.ParseWarnings(t.Text(i, "warnings"))
		for one := range w.All() {
			count[one]++
		}
		all |= w
		if t.Text(i, "error") != "" {
			failed++
		}
	}
	var texts []string
	for one := range all.All() {
		texts = append(texts, fmt.Sprintf("%d of %d rows of %s: %s", count[one], len(t.Rows), t.Kind, one.Texts()[0]))
	}
	if failed > 0 {
		texts = append(texts, fmt.Sprintf("%d of %d rows of %s: the run failed and has no numbers", failed, len(t.Rows), t.Kind))
	}
	for _, halted := range t.Distinct("halted") {
		if halted != "" {
			texts = append(texts, "a run ended early: "+halted)
		}
	}
	if t.Unended {
		texts = append(texts, "the last row of "+t.Kind+" has no line end: its last number may be cut off")
	}
	return texts
}
