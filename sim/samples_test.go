package sim

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"testing"
)

// sampleFiles are the files that tests open.
var sampleFiles = map[string]string{
	"five.csv":       "5ms\n1ms\n2ms\n10ms\n2ms\n",
	"seconds.csv":    "0.001\n2.5e-3\n0\n",
	"header.csv":     "write_us\n1500\n20\n",
	"table.csv":      "# measured on a quiet day\nread,write_ms\n1,2.5\n3,0.0000004\n",
	"quoted.csv":     "\"a, b\",plain\n1,2\n",
	"empty.csv":      "",
	"only header":    "write_us\n",
	"negative.csv":   "1\n-1\n",
	"nan.csv":        "NaN\n",
	"words.csv":      "ms\n1\ntwo\n",
	"ragged.csv":     "a,b\n1,2\n3\n",
	"years.csv":      "1e10\n",
	"bad quotes.csv": "\"1\n",
}

// openSamples opens a sampleFile.
func openSamples(name string) (io.ReadCloser, error) {
	text, ok := sampleFiles[name]
	if !ok {
		return nil, fmt.Errorf("no file %s", name)
	}
	return io.NopCloser(strings.NewReader(text)), nil
}

func TestReadSamples(t *testing.T) {
	const us, ms = Microsecond, Millisecond
	for _, test := range []struct {
		source SampleSource
		want   []Time
		err    string
	}{
		{source: SampleSource{File: "five.csv"}, want: []Time{ms, 2 * ms, 2 * ms, 5 * ms, 10 * ms}},
		{source: SampleSource{File: "seconds.csv"}, want: []Time{0, ms, 2500 * us}},
		{source: SampleSource{File: "seconds.csv", Unit: "ms"}, want: []Time{0, us, 2500}},
		// The header's ending is the unit, unless another is given.
		{source: SampleSource{File: "header.csv"}, want: []Time{20 * us, 1500 * us}},
		{source: SampleSource{File: "header.csv", Unit: "ns"}, want: []Time{20, 1500}},
		{source: SampleSource{File: "header.csv", Column: "write_us"}, want: []Time{20 * us, 1500 * us}},
		{source: SampleSource{File: "table.csv", Column: "read"}, want: []Time{Second, 3 * Second}},
		// 0.4 ns is rounded to 0.
		{source: SampleSource{File: "table.csv", Column: "write_ms"}, want: []Time{0, 2500 * us}},
		{source: SampleSource{File: "quoted.csv", Column: "a, b"}, want: []Time{Second}},

		{source: SampleSource{File: "empty.csv"}, err: "empirical: empty.csv holds no samples"},
		{source: SampleSource{File: "only header"}, err: "empirical: only header holds no samples"},
		{source: SampleSource{File: "negative.csv"}, err: `empirical: negative.csv:2: sample "-1": must be 0 to 73 years`},
		{source: SampleSource{File: "nan.csv"}, err: `empirical: nan.csv:1: sample "NaN": must be 0 to 73 years`},
		{source: SampleSource{File: "years.csv"}, err: `empirical: years.csv:1: sample "1e10": must be 0 to 73 years`},
		{source: SampleSource{File: "words.csv"}, err: `empirical: words.csv:3: time "two"`},
		{source: SampleSource{File: "ragged.csv", Column: "a"}, err: "empirical: ragged.csv: record on line 3: wrong number of fields"},
		{source: SampleSource{File: "bad quotes.csv"}, err: "empirical: bad quotes.csv: "},
		{
			source: SampleSource{File: "table.csv", Column: "write"},
			err:    `empirical: table.csv has no column "write": did you mean write_ms? (columns: read, write_ms)`,
		}, {
			source: SampleSource{File: "table.csv"},
			err:    "empirical: table.csv has 2 columns: say which with column=NAME (the first line reads: read, write_ms)",
		}, {
			source: SampleSource{File: "five.csv", Unit: "usx"},
			err:    `empirical: unknown unit "usx": did you mean us? (known: s, ms, us, ns)`,
		},
	} {
		d, err := ReadSamples(strings.NewReader(sampleFiles[test.source.File]), test.source)
		switch {
		case test.err != "":
			if err == nil || !strings.HasPrefix(err.Error(), test.err) {
				t.Errorf("ReadSamples(%+v):\n got error %v\nwant error %s", test.source, err, test.err)
			}
		case err != nil:
			t.Errorf("ReadSamples(%+v): %v", test.source, err)
		case !slices.Equal(d.sorted, test.want):
			t.Errorf("ReadSamples(%+v) = %v, want %v", test.source, d.sorted, test.want)
		}
	}
}

// FuzzReadSamples: whatever a file holds, its samples are spans in their order, or
// it is refused with the name of the file or the unit.
func FuzzReadSamples(f *testing.F) {
	for _, text := range sampleFiles {
		f.Add(text, "", "")
		f.Add(text, "write_ms", "us")
	}
	f.Fuzz(func(t *testing.T, text, column, unit string) {
		d, err := ReadSamples(strings.NewReader(text), SampleSource{File: "f.csv", Column: column, Unit: unit})
		switch {
		case err != nil:
			if !strings.Contains(err.Error(), "f.csv") && !strings.Contains(err.Error(), "unit") {
				t.Errorf("refused without a place: %v", err)
			}
		case len(d.sorted) == 0 || !slices.IsSorted(d.sorted) || d.sorted[0] < 0:
			t.Errorf("samples %v", d.sorted)
		}
	})
}

// Ranks, not positions between ranks: the median of four samples is the
// second.
func TestEmpiricalQuantile(t *testing.T) {
	d, err := ReadSamples(strings.NewReader("40\n10\n30\n20\n"), SampleSource{File: "x"})
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct{ p, want float64 }{
		{0, 10}, {0.1, 10}, {0.25, 10}, {math.Nextafter(0.25, 1), 20}, {0.5, 20}, {0.51, 30}, {0.75, 30}, {0.76, 40}, {1, 40},
	} {
		if got := d.Quantile(test.p); got != test.want {
			t.Errorf("Quantile(%v) = %v, want %v", test.p, got, test.want)
		}
	}
}

// Samples that are all alike, and all zero, have SCV 0.
func TestEmpiricalConstant(t *testing.T) {
	for _, text := range []string{"0\n0\n", "0.1\n0.1\n0.1\n"} {
		d, err := ReadSamples(strings.NewReader(text), SampleSource{File: "x"})
		if err != nil {
			t.Fatal(err)
		}
		if d.SCV() != 0 {
			t.Errorf("SCV of %q = %v, want 0", text, d.SCV())
		}
	}
}
