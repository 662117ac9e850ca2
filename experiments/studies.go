package experiments

import (
	"embed"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"onepen/models"
	"onepen/sim/names"
)

//go:embed studies
var embeddedStudies embed.FS

// studies returns the names of the studies that come with the program, in the
// order in which they are best read.
func studies() []string {
	return []string{
		"batch-size-against-linger", "how-many-partitions-at-this-skew", "id-strategy-against-writers",
		"queue-against-burst-length", "ack-promise-against-loss", "salting-against-read-width",
		"retry-budget-and-metastability", "range-block-against-waste",
	}
}

// Studies lists the studies that come with the program: designs of sweeps, each
// with its question as the gist.
func Studies() []Listing {
	var list []Listing
	for _, name := range studies() {
		d, err := LoadDesign(name)
		if err != nil {
			panic(err) // a test reads them all
		}
		list = append(list, Listing{Name: name, Gist: d.Question, About: d.About})
	}
	return list
}

// StudySource returns the file of a study that comes with the program, as it was
// written, and whether there is one of that name.
func StudySource(name string) ([]byte, bool) {
	text, err := embeddedStudies.ReadFile("studies/" + name + ".yaml")
	return text, err == nil
}

// LoadDesign reads the design of a sweep: a study that comes with the program, by
// its name, or a file, by its path, as Load does for scenarios.
func LoadDesign(arg string) (*Design, error) {
	if !looksLikePath(arg) {
		if text, found := StudySource(arg); found {
			return ReadDesign(arg+".yaml", text, loadShipped, openShipped)
		}
		if info, err := os.Stat(arg); err != nil || !info.Mode().IsRegular() {
			return nil, unknownStudy(arg)
		}
	}
	source, err := readSource(arg)
	if err != nil {
		return nil, fmt.Errorf("cannot read the sweep: %w", err)
	}
	directory := filepath.Dir(arg)
	beside := func(name string) string {
		if filepath.IsAbs(name) {
			return name
		}
		return filepath.Join(directory, name)
	}
	load := func(base string) (*models.Scenario, error) {
		if _, shipped := Source(base); shipped && !looksLikePath(base) {
			return loadShipped(base)
		}
		return Load(beside(base))
	}
	return ReadDesign(arg, source, load, func(name string) (io.ReadCloser, error) { return os.Open(beside(name)) })
}

// unknownStudy is the error about a name that is none.
func unknownStudy(arg string) error {
	if _, scenario := Source(arg); scenario {
		return fmt.Errorf("%s is a scenario; a sweep is a file that says what of it to vary, such as the study %s\nsee: onepen studies", arg, studies()[0])
	}
	text := fmt.Sprintf("there is no study %q", arg)
	if near := names.Nearest(arg, studies()); near != "" {
		text += fmt.Sprintf("; did you mean %s?", near)
	}
	there := fmt.Sprintf("there are: %s; or give the path of a .yaml file", strings.Join(studies(), ", "))
	return fmt.Errorf("%s\n%s", text, Wrap(there, 0, 2))
}
