package experiments

import (
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"onepen/models"
	"onepen/sim/names"
)

//go:embed scenarios
var embedded embed.FS

// DefaultScenario is the name of the scenario to begin with.
const DefaultScenario = "one-pen"

// shipped returns the names of the scenarios that come with the program, in
// the order in which they are best looked at.
func shipped() []string {
	return []string{
		DefaultScenario, "url-shortener", "ad-clicks", "web-clicks",
		"url-shortener-mixed-lanes", "chat-messages", "notifications", "feed-fanout", "video-processing",
		"flash-sale", "sequential-keys", "noisy-tenant", "linger", "group-commit", "double-buffer",
		"slow-consumer", "broker-crash", "clock-step", "retry-storm",
		"first-to-break-storage-cpu", "first-to-break-hot-key", "first-to-break-ordering",
		"first-to-break-durability", "first-to-break-consumers",
	}
}

// Listing is an entry in the list of scenarios that come with the program.
type Listing struct {
	Name  string
	Gist  string // what it is about, in a line
	About string // what one sees, what to try, what it costs
}

// Shipped lists the scenarios that come with the program, in the order in which
// they are best looked at.
func Shipped() []Listing {
	var list []Listing
	for _, name := range shipped() {
		s, err := loadShipped(name)
		if err != nil {
			panic(err) // a test reads them all
		}
		gist, _, _ := strings.Cut(s.About, "\n")
		list = append(list, Listing{Name: name, Gist: gist, About: s.About})
	}
	return list
}

// Source returns the file of a scenario that comes with the program, as it was
// written, and whether there is one of that name.
func Source(name string) ([]byte, bool) {
	text, err := embedded.ReadFile("scenarios/" + name + ".yaml")
	return text, err == nil
}

// Load reads a scenario: one that comes with the program, by its name, or a
// file, by its path. An argument that ends in .yaml or .yml or has a slash is a
// path; so is one that is no name but an existing file. Files that the scenario
// names are found relative to it.
func Load(arg string) (*models.Scenario, error) {
	if !looksLikePath(arg) {
		if _, found := Source(arg); found {
			return loadShipped(arg)
		}
		if info, err := os.Stat(arg); err != nil || !info.Mode().IsRegular() {
			return nil, unknownScenario(arg)
		}
	}
	source, err := readSource(arg)
	if err != nil {
		return nil, fmt.Errorf("cannot read the scenario: %w", err)
	}
	directory := filepath.Dir(arg)
	return ReadScenario(arg, source, func(name string) (io.ReadCloser, error) {
		if !filepath.IsAbs(name) {
			name = filepath.Join(directory, name)
		}
		return os.Open(name)
	})
}

func looksLikePath(arg string) bool {
	extension := strings.ToLower(filepath.Ext(arg))
	return extension == ".yaml" || extension == ".yml" || strings.ContainsAny(arg, `/\`)
}

func loadShipped(name string) (*models.Scenario, error) {
	source, err := embedded.ReadFile("scenarios/" + name + ".yaml")
	if err != nil {
		return nil, unknownScenario(name)
	}
	return ReadScenario(name+".yaml", source, openShipped)
}

// openShipped opens a file that a scenario of the program names.
func openShipped(name string) (io.ReadCloser, error) {
	f, err := embedded.Open(path.Join("scenarios", name))
	if err != nil {
		var e *fs.PathError
		if errors.As(err, &e) {
			err = e.Err
		}
		return nil, fmt.Errorf("cannot read %s: %w", name, err)
	}
	return f, nil
}

// unknownScenario is the error about a name that is none.
func unknownScenario(arg string) error {
	text := fmt.Sprintf("there is no scenario %q", arg)
	for _, extension := range []string{".yaml", ".yml"} {
		if _, err := os.Stat(arg + extension); err == nil {
			return fmt.Errorf("%s; did you mean the file %s?", text, arg+extension)
		}
	}
	if near := names.Nearest(arg, shipped()); near != "" {
		text += fmt.Sprintf("; did you mean %s?", near)
	}
	there := fmt.Sprintf("there are: %s; or give the path of a .yaml file", strings.Join(shipped(), ", "))
	return fmt.Errorf("%s\n%s", text, Wrap(there, 0, 2))
}

// readSource reads a file, but no more of it than shows that it is too long.
func readSource(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return io.ReadAll(io.LimitReader(f, maxSource+1))
}
