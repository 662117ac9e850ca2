package experiments

import (
	"math"
	"slices"
	"strconv"

	"onepen/models"
)

// Names of the files that a run is written to.
const (
	runsFile       = "runs.csv"
	seriesFile     = "timeseries.csv"
	storesFile     = "stores.csv"
	partitionsFile = "partitions.csv"
	allocatorsFile = "allocators.csv"
	manifestFile   = "manifest.json"
)

// Column describes a column of a result file.
type Column struct {
	File string // runs.csv
	Name string // ack_p99_s; the base unit stands at the end
	Unit string // "" for pure numbers and texts
	Help string
}

// Columns describes the columns of all result files, in their order.
func Columns() []Column {
	return slices.Concat(
		runsTable().describe(), seriesTable().describe(), storesTable().describe(),
		partitionsTable().describe(), allocatorsTable().describe(),
	)
}

// column is one column of a file whose rows are made from values of type T.
type column[T any] struct {
	name, unit, help string
	text             func(*T) string
}

// table is a file with one row for each value of type T.
type table[T any] struct {
	file    string
	columns []column[T]
}

func (t table[T]) describe() []Column {
	list := make([]Column, len(t.columns))
	for i, c := range t.columns {
		list[i] = Column{File: t.file, Name: c.name, Unit: c.unit, Help: c.help}
	}
	return list
}

func (t table[T]) header() []string {
	names := make([]string, len(t.columns))
	for i, c := range t.columns {
		names[i] = c.name
	}
	return names
}

func (t table[T]) row(v *T) []string {
	texts := make([]string, len(t.columns))
	for i, c := range t.columns {
		texts[i] = c.text(v)
	}
	return texts
}

// origin says which run a row comes from.
type origin struct {
	report *Report
	config string
}

// A row is what it is about, with its origin.
type (
	runRow struct {
		origin
		lane *models.LaneResult
	}
	seriesRow struct {
		origin
		sample *Sample
		lane   *models.LaneSample
	}
	storeRow struct {
		origin
		store *models.StoreResult
	}
	partitionRow struct {
		origin
		store     string
		partition *models.PartitionResult
	}
	allocatorRow struct {
		origin
		allocator *models.AllocatorResult
	}
)

// identity returns the columns that every file begins with.
func identity[T any](of func(*T) origin) []column[T] {
	return []column[T]{
		{"scenario", "", "name of the scenario", func(r *T) string { return of(r).report.Scenario.Name }},
		{"config", "", "hash of all parameters but the seed", func(r *T) string { return of(r).config }},
		{"point", "", "number of the design point, from 0", func(*T) string { return "0" }},
		{"replication", "", "number of the replication, from 0", func(r *T) string { return strconv.Itoa(of(r).report.Replication) }},
		{"seed", "", "seed of the run", func(r *T) string { return strconv.FormatUint(of(r).report.Scenario.Seed, 10) }},
	}
}

// measured turns the declarations of measures into columns.
func measured[T, M any](measures []models.Measure[M], of func(*T) *M) []column[T] {
	columns := make([]column[T], len(measures))
	for i, m := range measures {
		columns[i] = column[T]{m.Name, m.Unit, m.Help, func(r *T) string { return number(m.Of(of(r))) }}
	}
	return columns
}

func runsTable() table[runRow] {
	type R = runRow
	return table[R]{runsFile, slices.Concat(
		identity(func(r *R) origin { return r.origin }),
		[]column[R]{
			{"lane", "", "name of the lane", func(r *R) string { return r.lane.Name }},
			{"from_s", "s", "begin of the window that was measured", func(r *R) string { return number(r.report.Result.From.Seconds()) }},
			{"to_s", "s", "end of that window", func(r *R) string { return number(r.report.Result.To.Seconds()) }},
			{"halted", "", "why the run ended early, if it did", func(r *R) string { return r.report.Result.Halted }},
		},
		measured(models.LaneMeasures(), func(r *R) *models.LaneResult { return r.lane }),
	)}
}

func seriesTable() table[seriesRow] {
	type R = seriesRow
	return table[R]{seriesFile, slices.Concat(
		identity(func(r *R) origin { return r.origin }),
		[]column[R]{
			{"time_s", "s", "simulated time of the sample", func(r *R) string { return number(r.sample.Time.Seconds()) }},
			{"span_s", "s", "time before it that rates, latencies and counts are over", func(r *R) string { return number(r.sample.Span.Seconds()) }},
			{"lane", "", "name of the lane", func(r *R) string { return r.lane.Name }},
		},
		measured(models.SampleMeasures(), func(r *R) *models.LaneSample { return r.lane }),
	)}
}

func storesTable() table[storeRow] {
	type R = storeRow
	return table[R]{storesFile, slices.Concat(
		identity(func(r *R) origin { return r.origin }),
		[]column[R]{
			{"store", "", "name of the store", func(r *R) string { return r.store.Name }},
		},
		measured(models.StoreMeasures(), func(r *R) *models.StoreResult { return r.store }),
	)}
}

func partitionsTable() table[partitionRow] {
	type R = partitionRow
	return table[R]{partitionsFile, slices.Concat(
		identity(func(r *R) origin { return r.origin }),
		[]column[R]{
			{"store", "", "name of the store", func(r *R) string { return r.store }},
			{"partition", "", "number of the partition, from 0", func(r *R) string { return strconv.Itoa(r.partition.Partition) }},
		},
		measured(models.PartitionMeasures(), func(r *R) *models.PartitionResult { return r.partition }),
	)}
}

func allocatorsTable() table[allocatorRow] {
	type R = allocatorRow
	return table[R]{allocatorsFile, slices.Concat(
		identity(func(r *R) origin { return r.origin }),
		[]column[R]{
			{"allocator", "", "name of the allocator", func(r *R) string { return r.allocator.Name }},
			{"strategy", "", "how it handed out IDs at the end", func(r *R) string { return r.allocator.Strategy.String() }},
		},
		measured(models.AllocatorMeasures(), func(r *R) *models.AllocatorResult { return r.allocator }),
	)}
}

// number writes a number as the shortest text that reads back to it, and one
// that does not exist as nothing.
func number(x float64) string {
	if math.IsNaN(x) {
		return ""
	}
	if x == math.Trunc(x) && math.Abs(x) < 1<<53 {
		return strconv.FormatFloat(x, 'f', 0, 64)
	}
	return strconv.FormatFloat(x, 'g', -1, 64)
}
