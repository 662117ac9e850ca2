package results

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"onepen/experiments"
	"onepen/models"
)

// ManifestFile is the name of the manifest in a folder of results.
const ManifestFile = "manifest.json"

// Manifest is what a manifest tells of the files beside it. Those of runs, of
// sweeps and of comparisons differ; what one does not tell is empty.
type Manifest struct {
	Version  string   `json:"version"`
	Command  []string `json:"command"`
	Question string   `json:"question"` // of a study
	About    string   `json:"about"`    // how to read the answer
	Seed     uint64   `json:"seed"`
	Resolved string   `json:"resolved"` // the scenario, with every parameter

	// Scenario is the resolved one; nil if it cannot be read, such as one with
	// a trace that is not at hand.
	Scenario *models.Scenario `json:"-"`
}

// ManifestIn reads the manifest in a folder; nil if there is none.
func ManifestIn(folder string) (*Manifest, error) {
	name := filepath.Join(folder, ManifestFile)
	text, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	m := new(Manifest)
	if err := json.Unmarshal(text, m); err != nil {
		return nil, fmt.Errorf("%s is no manifest: %w", name, err)
	}
	open := func(file string) (io.ReadCloser, error) { return os.Open(filepath.Join(folder, file)) }
	if s, err := experiments.ReadScenario(name, []byte(m.Resolved), open); err == nil {
		m.Scenario = s
	}
	return m, nil
}
