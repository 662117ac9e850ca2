package experiments

import (
	"bytes"
	"io"
	"math"

	"onepen/experiments/response"
)

// Sheet is one file of a sweep's results, to which runs are appended one after
// the other: what it holds of a run depends on that run alone.
type Sheet struct {
	File   string // runs.csv
	header []string
	rows   func(origin) [][]string
}

// Sheets returns the files that the runs of the design are written to:
// runs.csv, stores.csv, partitions.csv, nodes.csv, allocators.csv, breaches.csv
// and responses.csv.
func (d *Design) Sheets() []Sheet {
	factors := d.Columns()
	return []Sheet{
		sheetOf(runsTable(factors), runRows),
		sheetOf(storesTable(factors), storeRows),
		sheetOf(partitionsTable(factors), partitionRows),
		sheetOf(nodesTable(factors), nodeRows),
		sheetOf(allocatorsTable(factors), allocatorRows),
		sheetOf(breachesTable(factors), breachRows),
		sheetOf(responsesTable(factors), d.responseRows),
	}
}

func sheetOf[T any](t table[T], rows func(origin, func(*T))) Sheet {
	return Sheet{t.file, t.header(), func(o origin) [][]string {
		var texts [][]string
		rows(o, func(v *T) { texts = append(texts, t.row(v)) })
		return texts
	}}
}

// responseRows hands over a row for each response; of a run that failed, without
// a value.
func (d *Design) responseRows(o origin, emit func(*responseRow)) {
	for _, r := range d.Responses {
		row := responseRow{origin: o, response: r, value: math.NaN()}
		if o.report.Failure == "" {
			row.value, row.warnings = r.Observe(o.report)
		}
		emit(&row)
	}
}

// Header returns the first line of the file.
func (s Sheet) Header() []byte { return lines([][]string{s.header}) }

// SheetRows returns, for each of the sheets, the whole lines that tell of a run.
func SheetRows(sheets []Sheet, r *Report) [][]byte {
	o := originOf(r)
	texts := make([][]byte, len(sheets))
	for i, s := range sheets {
		texts[i] = lines(s.rows(o))
	}
	return texts
}

// lines writes rows as lines of CSV.
func lines(rows [][]string) []byte {
	var b bytes.Buffer
	c := newCSV(&b)
	_ = c.WriteAll(rows) // a buffer takes everything
	return b.Bytes()
}

// PointSummary is what the replications of one point say together.
type PointSummary struct {
	Report    Report             // of any of them
	Summaries []response.Summary // of the design's responses
}

// WriteSummaryFile writes summary.csv to a folder: a row for each point and
// response, in their order.
func (d *Design) WriteSummaryFile(folder string, points []PointSummary) error {
	t := summaryTable(d.Columns())
	return writeFile(folder, t.file, func(w io.Writer) error {
		c := newCSV(w)
		_ = c.Write(t.header()) // the writer keeps what goes wrong until the flush
		for i := range points {
			o := originOf(&points[i].Report)
			for j, r := range d.Responses {
				_ = c.Write(t.row(&summaryRow{o, r, points[i].Summaries[j]}))
			}
		}
		c.Flush()
		return c.Error()
	})
}
