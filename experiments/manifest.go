package experiments

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"

	"onepen/models"
)

// Origin says what made the results in a folder.
type Origin struct {
	Version string   // of the program
	Command []string // that repeats the runs
}

// manifest is the content of manifest.json.
type manifest struct {
	Version      string   `json:"version"`
	Command      []string `json:"command"`
	Scenario     string   `json:"scenario"`
	Config       string   `json:"config"`
	Seed         uint64   `json:"seed"`
	Replications []int    `json:"replications"`
	Inputs       []input  `json:"inputs"`           // files that the scenario names
	Files        []string `json:"files"`            // beside the manifest
	Resolved     string   `json:"resolved"`         // the scenario with every parameter written out
	Points       []point  `json:"points,omitempty"` // of a study: what differs from it
}

// point is a design point of a study.
type point struct {
	Point  int    `json:"point"`
	Label  string `json:"label"`
	Set    string `json:"set"`
	Config string `json:"config"`
}

type input struct {
	Name   string `json:"name"`
	SHA256 string `json:"sha256"`
}

func writeManifest(folder string, about Origin, origins []origin) error {
	first := origins[0].report.Scenario
	inputs, err := hashInputs(first)
	if err != nil {
		return err
	}
	m := manifest{
		Version:  about.Version,
		Command:  about.Command,
		Scenario: first.Name,
		Config:   origins[0].config,
		Seed:     first.Seed,
		Inputs:   inputs,
		Files:    []string{runsFile, seriesFile, storesFile, partitionsFile, nodesFile, allocatorsFile, breachesFile},
		Resolved: string(FormatAll(first)),
	}
	for _, o := range origins {
		m.Replications = append(m.Replications, o.report.Replication)
	}
	return m.write(folder)
}

// writeStudyManifest writes the manifest of a study: a scenario, replications
// of it, and points that differ from it.
func writeStudyManifest(folder string, about Origin, s *models.Scenario, replications int, points []point, files ...string) error {
	inputs, err := hashInputs(s)
	if err != nil {
		return err
	}
	m := manifest{
		Version:  about.Version,
		Command:  about.Command,
		Scenario: s.Name,
		Config:   ConfigHash(s),
		Seed:     s.Seed,
		Inputs:   inputs,
		Files:    files,
		Resolved: string(FormatAll(s)),
		Points:   points,
	}
	for r := range replications {
		m.Replications = append(m.Replications, r)
	}
	return m.write(folder)
}

func (m *manifest) write(folder string) error { return writeJSON(folder, manifestFile, m) }

// writeJSON writes a value to a file, indented for people.
func writeJSON(folder, name string, v any) error {
	return writeFile(folder, name, func(w io.Writer) error { return EncodeJSON(w, v) })
}

// ConfigHash returns a short hash of all parameters of a scenario but its seed:
// runs that differ in nothing else share it.
func ConfigHash(s *models.Scenario) string {
	c := s.Clone()
	c.Seed = 0
	sum := sha256.Sum256(FormatAll(c))
	return hex.EncodeToString(sum[:6])
}

// Files returns the names of the files that a scenario reads, each once, in
// alphabetical order.
func Files(s *models.Scenario) []string {
	var found []string
	c := s.Clone()
	c.Open = func(name string) (io.ReadCloser, error) {
		found = append(found, name)
		if s.Open == nil {
			return nil, fmt.Errorf("cannot read %s", name)
		}
		return s.Open(name)
	}
	// Giving every parameter its own value again opens what it reads.
	for _, path := range c.Paths() {
		if value, err := c.Value(path); err == nil {
			_ = c.Set(path, value) // a file that is gone by now is still one it reads
		}
	}
	for i := range c.Lanes {
		if a := &c.Lanes[i].Arrivals; a.Process == models.Trace && a.Trace != "" {
			found = append(found, a.Trace)
		}
	}
	slices.Sort(found)
	return slices.Compact(found)
}

func hashInputs(s *models.Scenario) ([]input, error) {
	list := []input{}
	for _, name := range Files(s) {
		content, err := ReadFile(s, name)
		if err != nil {
			return nil, fmt.Errorf("cannot hash an input: %w", err)
		}
		sum := sha256.Sum256(content)
		list = append(list, input{Name: name, SHA256: hex.EncodeToString(sum[:])})
	}
	return list, nil
}

// ReadFile reads a file that a scenario names.
func ReadFile(s *models.Scenario, name string) ([]byte, error) {
	if s.Open == nil {
		return nil, fmt.Errorf("cannot read %s: this scenario has no files", name)
	}
	f, err := s.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(f)
}
