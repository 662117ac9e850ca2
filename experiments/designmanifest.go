package experiments

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// designManifest is the content of manifest.json beside the results of a sweep.
type designManifest struct {
	Version      string   `json:"version"`
	Command      []string `json:"command"`
	Question     string   `json:"question"`
	About        string   `json:"about"`
	Design       string   `json:"design"` // hash of all that decides about the results
	Scenario     string   `json:"scenario"`
	Seed         uint64   `json:"seed"`
	Points       int      `json:"points"`
	Replications [2]int   `json:"replications"` // of each point, at least and at most
	Factors      []string `json:"factors"`      // their columns
	Measures     []string `json:"measures"`
	Inputs       []input  `json:"inputs"`
	Files        []string `json:"files"`
	Resolved     string   `json:"resolved"` // the base with every parameter written out
}

// WriteManifest writes manifest.json to a folder for the results of the design.
func (d *Design) WriteManifest(folder string, about Origin) error {
	hash, err := d.Hash()
	if err != nil {
		return err
	}
	inputs, err := hashInputs(d.Base)
	if err != nil {
		return err
	}
	m := designManifest{
		Version: about.Version, Command: about.Command,
		Question: d.Question, About: d.About, Design: hash,
		Scenario: d.Base.Name, Seed: d.Base.Seed,
		Points: len(d.Points), Replications: [2]int{d.Replications.Min, d.Replications.Max},
		Inputs: inputs, Resolved: string(FormatAll(d.Base)),
	}
	for _, c := range d.Columns() {
		m.Factors = append(m.Factors, c.Name())
	}
	for _, r := range d.Responses {
		m.Measures = append(m.Measures, r.Name())
	}
	for _, s := range d.Sheets() {
		m.Files = append(m.Files, s.File)
	}
	m.Files = append(m.Files, SummaryFile)
	return writeJSON(folder, manifestFile, m)
}

// Held is what a folder holds of the results of a sweep.
type Held struct {
	Version string // of the program that made them
	Design  string // hash of the design; "" of other results
}

// HeldBy looks at the manifest of a folder. ok is false if there is none.
func HeldBy(folder string) (held Held, ok bool, err error) {
	text, err := os.ReadFile(filepath.Join(folder, manifestFile))
	if errors.Is(err, fs.ErrNotExist) {
		return Held{}, false, nil
	}
	if err != nil {
		return Held{}, false, fmt.Errorf("cannot read the manifest of earlier results: %w", err)
	}
	var m designManifest
	if err := json.Unmarshal(text, &m); err != nil {
		return Held{}, false, fmt.Errorf("%s is no manifest: %w", filepath.Join(folder, manifestFile), err)
	}
	return Held{Version: m.Version, Design: m.Design}, true, nil
}
