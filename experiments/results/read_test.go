package results

import (
	"errors"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"onepen/experiments"
)

// header returns the declared columns of a file.
func header(file string) []string {
	var list []string
	for _, c := range experiments.Columns() {
		if c.File == file {
			list = append(list, c.Name)
		}
	}
	return list
}

// rows writes a file of a kind with the given cells, and nothing in the others.
func rows(file string, factors []string, cells ...map[string]string) string {
	columns := append(header(file), factors...)
	var b strings.Builder
	b.WriteString(strings.Join(columns, ",") + "\r\n")
	for _, row := range cells {
		texts := make([]string, len(columns))
		for i, c := range columns {
			texts[i] = row[c]
		}
		b.WriteString(strings.Join(texts, ",") + "\r\n")
	}
	return b.String()
}

func TestParse(t *testing.T) {
	text := rows("partitions.csv", []string{"stores.links.overhead_s", "stores.links.route"},
		map[string]string{"store": "links", "utilization": "0.5", "stores.links.overhead_s": "0.002", "stores.links.route": "hash"},
		map[string]string{"store": "links", "stores.links.overhead_s": "0.004", "stores.links.route": "hash"})
	table, err := Parse("x.csv", []byte("\ufeff"+text))
	if err != nil {
		t.Fatal(err)
	}
	if table.Kind != "partitions.csv" || len(table.Rows) != 2 || table.Rows[1].Line != 3 || table.Unended {
		t.Errorf("kind %s, %d rows, the second at line %d, unended %v", table.Kind, len(table.Rows), table.Rows[1].Line, table.Unended)
	}
	busy, err := table.Numbers("utilization")
	if err != nil || busy[0] != 0.5 || !math.IsNaN(busy[1]) {
		t.Errorf("utilization %v, %v", busy, err)
	}
	want := []Column{{Name: "stores.links.overhead_s", Unit: "s", Factor: true}}
	if diff := cmp.Diff(want, table.Factors()); diff != "" {
		t.Errorf("factors that vary (-want +got):\n%s", diff)
	}
	if path := want[0].Path(); path != "stores.links.overhead" {
		t.Errorf("path %s", path)
	}
	if c, _ := table.Column("line_mean"); c.Unit != "writes" || c.Help == "" {
		t.Errorf("line_mean is not described: %+v", c)
	}
	some, err := table.Where("utilization", func(text string) bool { return text != "" })
	if err != nil || len(some.Rows) != 1 || len(table.Rows) != 2 {
		t.Errorf("Where leaves %v of %v, %v", some, table, err)
	}
}

// Every file that is declared is known by its header, whole or with a third of
// its columns gone.
func TestEveryFileIsKnown(t *testing.T) {
	for _, file := range Kinds() {
		columns := header(file)
		for _, h := range [][]string{columns, columns[:len(columns)-len(columns)/3]} {
			if got := kindOf(h); got != file {
				t.Errorf("a header of %d of the %d columns of %s is taken for one of %q", len(h), len(columns), file, got)
			}
		}
	}
}

func TestRefused(t *testing.T) {
	whole := rows("runs.csv", nil, map[string]string{"lane": "a", "ack_p99_s": "0.1"}, map[string]string{"lane": "b", "ack_p99_s": "x"})
	end := strings.LastIndex(strings.TrimSuffix(whole, "\r\n"), "\r\n") + 2
	for name, c := range map[string]struct{ text, want string }{
		"nothing":        {"", "runs.csv: is empty"},
		"other file":     {"a,b\n1,2\n", "runs.csv:1:1: is the header of no result file"},
		"no text":        {"\x00\xff\x01", "runs.csv:1:1: is the header of no result file"},
		"open quote":     {strings.Replace(whole, ",a,", ",\"a,", 1), "runs.csv:2:"},
		"half a row":     {whole[:end+20], "runs.csv:3:"},
		"half a row too": {whole[:end+20], "it was not written to its end"},
		"a field more":   {strings.Replace(whole, ",a,", ",a,,", 1), "runs.csv:2:"},
		"two columns":    {strings.Replace(whole, "config", "scenario", 1), `runs.csv:1:10: there are two columns "scenario"`},
	} {
		_, err := Parse("runs.csv", []byte(c.text))
		var input *experiments.InputError
		if !errors.As(err, &input) || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", name, err, c.want)
		}
	}
	table, err := Parse("runs.csv", []byte(strings.TrimSuffix(whole, "\r\n")))
	if err != nil || !table.Unended {
		t.Fatalf("a file without its last line end: unended %v, %v", table.Unended, err)
	}
	if _, err = table.Numbers("ack_p99_s"); err == nil || !strings.Contains(err.Error(), `ack_p99_s: must be a number or empty, got "x"`) ||
		!strings.HasPrefix(err.Error(), "runs.csv:3:") {
		t.Errorf("no number: %v", err)
	}
	if _, err := table.Numbers("ack_p9_s"); err == nil || !strings.Contains(err.Error(), "did you mean ack_p99_s?") && !strings.Contains(err.Error(), "did you mean ack_p90_s?") {
		t.Errorf("misspelt column: %v", err)
	}
}

func TestManifestIn(t *testing.T) {
	folder := t.TempDir()
	if m, err := ManifestIn(folder); m != nil || err != nil {
		t.Errorf("no manifest: %v, %v", m, err)
	}
	write := func(text string) {
		if err := os.WriteFile(filepath.Join(folder, ManifestFile), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	write(`{"command": ["onepen", "run", "a"], "resolved": "lanes: {a: {store: s}}\nstores: {s: {}}\n"}`)
	m, err := ManifestIn(folder)
	if err != nil || m.Scenario == nil || m.Scenario.Lanes[0].Name != "a" || len(m.Command) != 3 {
		t.Errorf("manifest %+v, %v", m, err)
	}
	write(`{"resolved": "lanes: {"}`)
	if m, err := ManifestIn(folder); err != nil || m.Scenario != nil {
		t.Errorf("a scenario that cannot be read: %+v, %v", m, err)
	}
	write(`{`)
	if _, err := ManifestIn(folder); err == nil || !strings.Contains(err.Error(), "is no manifest") {
		t.Errorf("half a manifest: %v", err)
	}
}

// Whatever the text, reading it ends, with a table whose rows are whole or with
// an error that says where.
func FuzzParse(f *testing.F) {
	for _, file := range Kinds() {
		f.Add(rows(file, []string{"lanes.a.arrivals.rate_per_s"}, map[string]string{"lane": "a", "store": "s", "time_s": "1"}))
	}
	f.Add("")
	f.Add("\ufeffa,b\r\n\"1")
	f.Add(rows("runs.csv", nil)[:40])
	f.Fuzz(func(t *testing.T, text string) {
		table, err := Parse("f.csv", []byte(text))
		if err != nil {
			var input *experiments.InputError
			if !errors.As(err, &input) || input.Error() == "" {
				t.Fatalf("%T: %v", err, err)
			}
			return
		}
		for _, row := range table.Rows {
			if len(row.Cells) != len(table.Columns) {
				t.Fatalf("line %d has %d cells of %d", row.Line, len(row.Cells), len(table.Columns))
			}
		}
		for _, c := range table.Columns {
			if _, err := table.Numbers(c.Name); err != nil && table.Numeric(c.Name) {
				t.Fatalf("%s is numeric and has no numbers: %v", c.Name, err)
			}
		}
	})
}
