package reality

import (
	_ "embed"
	"encoding/csv"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
)

//go:embed postgres.csv
var postgresCSV string

// Measurement is what was measured of a workload at a number of clients. Times
// are in seconds; what was not measured is NaN.
type Measurement struct {
	Group      string // "W1"
	Variant    string // "hot_sync"
	Clients    int
	Clean      int     // repetitions that nothing else disturbed
	Throughput float64 // transactions [1/s]
	Mean, P50  float64 // latency [s]
	P99        float64
	Busy       float64 // cores
	Sync       float64 // mean time of a sync of the log [s]
	PerSync    float64 // commits in a sync
}

// name is the workload that was measured.
func (m *Measurement) name() string { return m.Group + " " + m.Variant }

// cpu is the time of a core that a transaction took [s].
func (m *Measurement) cpu() float64 { return m.Busy / m.Throughput }

// Measurements returns all measurements in the order of the file. The file is
// part of the program, so that a mistake in it is a bug: Measurements panics.
func Measurements() []Measurement {
	rows, err := readMeasurements(postgresCSV)
	if err != nil {
		panic("reality: postgres.csv: " + err.Error())
	}
	return rows
}

func readMeasurements(text string) ([]Measurement, error) {
	records, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		return nil, err
	}
	if len(records) == 0 {
		return nil, fmt.Errorf("no header")
	}
	var rows []Measurement
	for line, record := range records[1:] {
		r := reader{header: records[0], record: record}
		m := Measurement{
			Group: r.text("workload"), Variant: r.text("variant"),
			Clients: int(r.number("clients")), Clean: int(r.number("n_clean")), Throughput: r.number("tps"),
			Mean: r.number("lat_mean_ms") / 1e3, P50: r.number("p50") / 1e3, P99: r.number("p99") / 1e3,
			Busy: r.number("cpu_busy_cores"), Sync: r.number("wal_sync_mean_us") / 1e6, PerSync: r.number("commits_per_sync"),
		}
		if r.err != nil {
			return nil, fmt.Errorf("line %d: %w", line+2, r.err)
		}
		rows = append(rows, m)
	}
	return rows, nil
}

// reader reads the cells of a record by the names of their columns and keeps
// the first error.
type reader struct {
	header, record []string
	err            error
}

func (r *reader) text(column string) string {
	i := slices.Index(r.header, column)
	if i < 0 {
		r.err = fmt.Errorf("no column %s", column)
		return ""
	}
	return r.record[i]
}

func (r *reader) number(column string) float64 {
	text := r.text(column)
	if text == "" {
		return math.NaN()
	}
	x, err := strconv.ParseFloat(text, 64)
	if err != nil && r.err == nil {
		r.err = fmt.Errorf("%s: %w", column, err)
	}
	return x
}
