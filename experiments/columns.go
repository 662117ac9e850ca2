package experiments

import (
	"math"
	"slices"
	"strconv"

	"onepen/experiments/breach"
	"onepen/experiments/response"
	"onepen/models"
	"onepen/sim"
)

// Names of result files that others look for.
const (
	ResponsesFile = "responses.csv" // of a sweep: one number of one run in each row
	SummaryFile   = "summary.csv"   // of a sweep: one number of one point in each row
)

// Names of all others.
const (
	runsFile       = "runs.csv"
	seriesFile     = "timeseries.csv"
	storesFile     = "stores.csv"
	partitionsFile = "partitions.csv"
	nodesFile      = "nodes.csv"
	allocatorsFile = "allocators.csv"
	breachesFile   = "breaches.csv"
	compareFile    = "compare.csv"
	capacityFile   = "capacity.csv"
	manifestFile   = "manifest.json"
)

// Column describes a column of a result file.
type Column struct {
	File string // runs.csv
	Name string // ack_p99_s; the base unit stands at the end
	Unit string // "" for pure numbers and texts
	Help string
}

// Columns describes the columns of all result files, in their order. Those of
// the factors of a sweep stand behind seed in addition.
func Columns() []Column {
	return slices.Concat(
		runsTable(nil).describe(), seriesTable(nil).describe(), storesTable(nil).describe(),
		partitionsTable(nil).describe(), nodesTable(nil).describe(), allocatorsTable(nil).describe(), breachesTable(nil).describe(),
		responsesTable(nil).describe(), summaryTable(nil).describe(),
		comparisonTable().describe(), capacityTable(nil).describe(),
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
		name string             // of the lane
		lane *models.LaneResult // nil of a run that failed
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
	nodeRow struct {
		origin
		store string
		node  *models.NodeResult
	}
	breachRow struct {
		origin
		breach *breach.Breach
	}
	allocatorRow struct {
		origin
		allocator *models.AllocatorResult
	}
)

// identity returns the columns that every file begins with, the factors of a
// sweep behind them.
func identity[T any](factors []FactorColumn, of func(*T) origin) []column[T] {
	columns := pointIdentity(factors, of)
	at := slices.IndexFunc(columns, func(c column[T]) bool { return c.name == "seed" })
	return slices.Insert(columns, at,
		column[T]{"replication", "", "number of the replication, from 0", func(r *T) string { return strconv.Itoa(of(r).report.Replication) }})
}

// pointIdentity is identity for what is about all replications of a point.
func pointIdentity[T any](factors []FactorColumn, of func(*T) origin) []column[T] {
	columns := []column[T]{
		{"scenario", "", "name of the scenario", func(r *T) string { return of(r).report.Scenario.Name }},
		{"config", "", "hash of all parameters but the seed", func(r *T) string { return of(r).config }},
		{"point", "", "number of the design point, from 0", func(r *T) string { return strconv.Itoa(of(r).report.Point) }},
		{"seed", "", "seed of the run", func(r *T) string { return strconv.FormatUint(of(r).report.Scenario.Seed, 10) }},
	}
	for _, f := range factors {
		columns = append(columns, column[T]{f.Name(), f.Unit, f.Help, func(r *T) string { return f.text(of(r).report.Scenario) }})
	}
	return columns
}

// measured turns the declarations of measures into columns. What a row does not
// have, nil, was not measured.
func measured[T, M any](measures []models.Measure[M], of func(*T) *M) []column[T] {
	columns := make([]column[T], len(measures))
	for i, m := range measures {
		columns[i] = column[T]{m.Name, m.Unit, m.Help, func(r *T) string {
			if of(r) == nil {
				return ""
			}
			return number(m.Of(of(r)))
		}}
	}
	return columns
}

func runsTable(factors []FactorColumn) table[runRow] {
	type R = runRow
	return table[R]{runsFile, slices.Concat(
		identity(factors, func(r *R) origin { return r.origin }),
		[]column[R]{
			{"lane", "", "name of the lane", func(r *R) string { return r.name }},
			{"from_s", "s", "begin of the window that was measured", func(r *R) string { return r.instant(r.report.Result.From) }},
			{"to_s", "s", "end of that window", func(r *R) string { return r.instant(r.report.Result.To) }},
			{"halted", "", "why the run ended early, if it did", func(r *R) string { return r.report.Result.Halted }},
			{"error", "", "why there is no result, if there is none", func(r *R) string { return r.report.Failure }},
			{"warnings", "", "what is to be held against the numbers: " + response.WarningWords(), func(r *R) string { return r.report.Against.String() }},
		},
		measured(models.LaneMeasures(), func(r *R) *models.LaneResult { return r.lane }),
	)}
}

// instant writes an instant of a run, which one that failed has not.
func (r *runRow) instant(t sim.Time) string {
	if r.lane == nil {
		return ""
	}
	return number(t.Seconds())
}

func seriesTable(factors []FactorColumn) table[seriesRow] {
	type R = seriesRow
	return table[R]{seriesFile, slices.Concat(
		identity(factors, func(r *R) origin { return r.origin }),
		[]column[R]{
			{"time_s", "s", "simulated time of the sample", func(r *R) string { return number(r.sample.Time.Seconds()) }},
			{"span_s", "s", "time before it that rates, latencies and counts are over", func(r *R) string { return number(r.sample.Span.Seconds()) }},
			{"lane", "", "name of the lane", func(r *R) string { return r.lane.Name }},
		},
		measured(models.SampleMeasures(), func(r *R) *models.LaneSample { return r.lane }),
	)}
}

func storesTable(factors []FactorColumn) table[storeRow] {
	type R = storeRow
	return table[R]{storesFile, slices.Concat(
		identity(factors, func(r *R) origin { return r.origin }),
		[]column[R]{
			{"store", "", "name of the store", func(r *R) string { return r.store.Name }},
		},
		measured(models.StoreMeasures(), func(r *R) *models.StoreResult { return r.store }),
	)}
}

func partitionsTable(factors []FactorColumn) table[partitionRow] {
	type R = partitionRow
	return table[R]{partitionsFile, slices.Concat(
		identity(factors, func(r *R) origin { return r.origin }),
		[]column[R]{
			{"store", "", "name of the store", func(r *R) string { return r.store }},
			{"partition", "", "number of the partition, from 0", func(r *R) string { return strconv.Itoa(r.partition.Partition) }},
		},
		measured(models.PartitionMeasures(), func(r *R) *models.PartitionResult { return r.partition }),
	)}
}

func nodesTable(factors []FactorColumn) table[nodeRow] {
	type R = nodeRow
	return table[R]{nodesFile, slices.Concat(
		identity(factors, func(r *R) origin { return r.origin }),
		[]column[R]{
			{"store", "", "name of the store", func(r *R) string { return r.store }},
			{"node", "", "number of the node, from 0", func(r *R) string { return strconv.Itoa(r.node.Node) }},
		},
		measured(models.NodeMeasures(), func(r *R) *models.NodeResult { return r.node }),
	)}
}

func breachesTable(factors []FactorColumn) table[breachRow] {
	type R = breachRow
	return table[R]{breachesFile, slices.Concat(
		identity(factors, func(r *R) origin { return r.origin }),
		[]column[R]{
			{"kind", "", "what broke, the first time of each: " + breach.Names(), func(r *R) string { return r.breach.Kind.String() }},
			{"component", "", "name of the allocator, of the store, or else of the lane", func(r *R) string { return r.breach.Name }},
			{"what", "", "in words", func(r *R) string { return r.breach.What }},
			{"at_s", "s", "when: the sample at which the pile was smallest, or in which the promise was broken", func(r *R) string { return number(r.breach.At.Seconds()) }},
			{"piled", "writes", "piled up when it was certain; of a promise, those that broke it", func(r *R) string { return strconv.FormatUint(r.breach.Piled, 10) }},
		},
	)}
}

func allocatorsTable(factors []FactorColumn) table[allocatorRow] {
	type R = allocatorRow
	return table[R]{allocatorsFile, slices.Concat(
		identity(factors, func(r *R) origin { return r.origin }),
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
