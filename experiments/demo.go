package experiments

import (
	"embed"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"strings"

	"onepen/models"
	"onepen/sim"
	"onepen/sim/names"
)

//go:embed demos
var embeddedDemos embed.FS

// Demo is a scenario that is shown to a room: what is said and asked, and what
// is changed, at which simulated time.
type Demo struct {
	Name     string
	About    string // one line
	Scenario *models.Scenario
	Speed    float64 // simulated seconds per second
	Large    bool    // in large print
	Steps    []DemoStep
}

// DemoStep is a point of a demo. If it asks something, the run waits for an
// answer before the change is made and the rest is said.
type DemoStep struct {
	Ask    string        // "" = it asks nothing
	Say    string        // stays until the next step
	Change models.Change // its At is when the step comes; it may change nothing
}

// Changes reports whether a step changes the run.
func (s *DemoStep) Changes() bool {
	return len(s.Change.Set) > 0 || s.Change.Fault.Kind != models.NoFault
}

// Headless returns a scenario that makes the changes of the demo without a
// screen, and runs until the last step.
func (d *Demo) Headless() *models.Scenario {
	s := d.Scenario.Clone()
	for i := range d.Steps {
		if d.Steps[i].Changes() {
			s.Timeline = append(s.Timeline, d.Steps[i].Change)
		}
	}
	s.Duration = max(d.Steps[len(d.Steps)-1].Change.At, s.Warmup+sim.Second)
	return s
}

// Demos lists the names of the demos that come with the program.
func Demos() []string { return []string{"one-pen", "hot-partition", "allocator"} }

// LoadDemo reads a demo: one that comes with the program, by its name, or a
// file, by its path.
func LoadDemo(arg string) (*Demo, error) {
	if !looksLikePath(arg) {
		if source, err := embeddedDemos.ReadFile(path.Join("demos", arg+".yaml")); err == nil {
			return ReadDemo(arg+".yaml", source, Load)
		}
		if info, err := os.Stat(arg); err != nil || !info.Mode().IsRegular() {
			text := fmt.Sprintf("there is no demo %q", arg)
			if near := names.Nearest(arg, Demos()); near != "" {
				text += fmt.Sprintf("; did you mean %s?", near)
			}
			return nil, fmt.Errorf("%s\nthere are: %s; or give the path of a .yaml file", text, strings.Join(Demos(), ", "))
		}
	}
	source, err := readSource(arg)
	if err != nil {
		return nil, fmt.Errorf("cannot read the demo: %w", err)
	}
	return ReadDemo(arg, source, func(name string) (*models.Scenario, error) {
		if looksLikePath(name) && !filepath.IsAbs(name) {
			name = filepath.Join(filepath.Dir(arg), name)
		}
		return Load(name)
	})
}
