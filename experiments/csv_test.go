package experiments

import (
	"encoding/csv"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"onepen/models"
)

// records reads a CSV file as rows by column.
func records(t *testing.T, text string) []map[string]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var list []map[string]string
	for _, row := range rows[1:] {
		r := make(map[string]string)
		for i, name := range rows[0] {
			r[name] = row[i]
		}
		list = append(list, r)
	}
	return list
}

func TestFilesHoldTheMeasures(t *testing.T) {
	s := loaded(t, "url-shortener", "duration=2s", "warmup=500ms", "sample=500ms", `name=a "quoted", name`)
	report := mustRun(t, s, Options{Series: true})
	texts := files(t, s, 0)

	runs := records(t, texts[runsFile])
	if len(runs) != 2 {
		t.Fatalf("runs.csv has %d rows, want one for each of 2 lanes", len(runs))
	}
	for i, row := range runs {
		if row["scenario"] != s.Name || row["lane"] != s.Lanes[i].Name || row["seed"] != "42" || row["from_s"] != "0.5" || row["to_s"] != "2" {
			t.Errorf("row %d: %v", i, row)
		}
		for _, m := range models.LaneMeasures() {
			want := m.Of(&report.Result.Lanes[i])
			if math.IsNaN(want) {
				if row[m.Name] != "" {
					t.Errorf("%s was not measured and is %q", m.Name, row[m.Name])
				}
				continue
			}
			// The text reads back to the same float.
			if got, err := strconv.ParseFloat(row[m.Name], 64); err != nil || got != want {
				t.Errorf("%s is %q, want %v", m.Name, row[m.Name], want)
			}
		}
	}
	if got, want := len(records(t, texts[seriesFile])), 4*2; got != want {
		t.Errorf("timeseries.csv has %d rows, want %d", got, want)
	}
	stores := records(t, texts[storesFile])
	if len(stores) != 2 {
		t.Fatalf("stores.csv has %d rows, want one for each of 2 stores", len(stores))
	}
	for i, row := range stores {
		store := &report.Result.Stores[i]
		if row["store"] != store.Name || row["active"] != strconv.Itoa(store.Active) || row["skew"] != number(store.Skew) {
			t.Errorf("%s has %d active partitions, skew %v, and the row %v", store.Name, store.Active, store.Skew, row)
		}
	}
	if got, want := len(records(t, texts[partitionsFile])), 4+8; got != want {
		t.Errorf("partitions.csv has %d rows, want %d", got, want)
	}
	if got, want := len(records(t, texts[allocatorsFile])), 1; got != want {
		t.Errorf("allocators.csv has %d rows, want %d", got, want)
	}
	for name, text := range texts {
		if strings.HasSuffix(name, ".csv") && strings.Count(text, "\n") != strings.Count(text, "\r\n") {
			t.Errorf("%s has lines that do not end as RFC 4180 says", name)
		}
	}
}

func TestManifestRepeatsTheRun(t *testing.T) {
	s := loaded(t, "web-clicks", "duration=2s", "warmup=0s")
	texts := files(t, s, 3)
	var m manifest
	if err := json.Unmarshal([]byte(texts[manifestFile]), &m); err != nil {
		t.Fatal(err)
	}
	if m.Version != "v1" || m.Seed != 1 || !slices.Equal(m.Replications, []int{3}) || m.Scenario != "web-clicks" {
		t.Errorf("manifest: %+v", m)
	}
	if len(m.Inputs) != 1 || m.Inputs[0].Name != "web-clicks.csv" || len(m.Inputs[0].SHA256) != 64 {
		t.Errorf("inputs: %+v", m.Inputs)
	}
	again, err := ReadScenario("again.yaml", []byte(m.Resolved), s.Open)
	if err != nil {
		t.Fatal(err)
	}
	if files(t, again, 3)[runsFile] != texts[runsFile] {
		t.Error("the resolved scenario runs to other numbers")
	}
	for _, name := range append(m.Files, manifestFile) {
		if _, found := texts[name]; !found {
			t.Errorf("%s is not there", name)
		}
	}
	if len(texts) != len(m.Files)+1 {
		t.Errorf("the folder holds %d files, want %d", len(texts), len(m.Files)+1)
	}
}

func TestColumnsNameTheirUnits(t *testing.T) {
	form := regexp.MustCompile(`^[a-z0-9]+(_[a-z0-9]+)*$`)
	seen := make(map[string]bool)
	for _, c := range Columns() {
		if !form.MatchString(c.Name) || c.Help == "" {
			t.Errorf("%s: column %+v", c.File, c)
		}
		if seen[c.File+c.Name] {
			t.Errorf("%s has two columns %s", c.File, c.Name)
		}
		seen[c.File+c.Name] = true
		if suffix := map[string]string{"s": "_s", "1/s": "_per_s"}[c.Unit]; !strings.HasSuffix(c.Name, suffix) {
			t.Errorf("%s: column %s in %s does not end in %s", c.File, c.Name, c.Unit, suffix)
		}
	}
}

func TestNumber(t *testing.T) {
	for x, want := range map[float64]string{
		0: "0", 3: "3", -2: "-2", 0.1: "0.1", 1e15: "1000000000000000", 1.0 / 3: "0.3333333333333333", 1e-7: "1e-07", 1e300: "1e+300",
	} {
		if got := number(x); got != want {
			t.Errorf("number(%v) = %q, want %q", x, got, want)
		}
	}
	if got := number(math.NaN()); got != "" {
		t.Errorf("number(NaN) = %q, want nothing", got)
	}
}

func TestWriteFilesSaysWhatItCannotWrite(t *testing.T) {
	report := mustRun(t, loaded(t, "one-pen", "duration=1s", "warmup=0s"), Options{})
	folder := t.TempDir()
	file := write(t, folder, "file", "x")
	for _, bad := range []string{file, filepath.Join(file, "below")} {
		if err := WriteFiles(bad, Origin{}, []Report{report}); err == nil || !strings.Contains(err.Error(), file) {
			t.Errorf("into %s: %v", bad, err)
		}
		if err := CheckFolder(bad); err == nil || !strings.Contains(err.Error(), file) {
			t.Errorf("CheckFolder(%s): %v", bad, err)
		}
	}
	// A folder where a file should be: the error names it, nothing half-written stays.
	if err := os.Mkdir(filepath.Join(folder, runsFile), 0o777); err != nil {
		t.Fatal(err)
	}
	err := WriteFiles(folder, Origin{}, []Report{report})
	if err == nil || !strings.Contains(err.Error(), runsFile) {
		t.Errorf("got %v", err)
	}
	left, _ := filepath.Glob(filepath.Join(folder, ".*"))
	if len(left) > 0 {
		t.Errorf("left behind: %v", left)
	}
}

// TestFilesOfNodesAndBreaches: machines that partitions share have rows of
// their own, and so has what broke.
func TestFilesOfNodesAndBreaches(t *testing.T) {
	folder := t.TempDir()
	r := mustRun(t, loaded(t, "first-to-break-storage-cpu", "duration=20s"), Options{})
	if err := WriteFiles(folder, Origin{}, []Report{r}); err != nil {
		t.Fatal(err)
	}
	rows := func(file string) []map[string]string {
		text, err := os.ReadFile(filepath.Join(folder, file))
		if err != nil {
			t.Fatal(err)
		}
		return records(t, string(text))
	}
	nodes := rows(nodesFile)
	if len(nodes) != 2 || nodes[1]["node"] != "1" || nodes[1]["utilization"] != number(r.Result.Stores[0].Nodes[1].Utilization) {
		t.Errorf("nodes.csv: %v, want rows of 2 nodes", nodes)
	}
	breaches := rows(breachesFile)
	if len(breaches) == 0 || breaches[0]["kind"] != "storage" || breaches[0]["component"] != "orders" || breaches[0]["at_s"] != number(r.Breaches[0].At.Seconds()) {
		t.Errorf("breaches.csv: %v, want storage first", breaches)
	}
}
