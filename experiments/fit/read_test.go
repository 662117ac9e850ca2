package fit

import (
	"math"
	"strings"
	"testing"
)

func TestReadSamples(t *testing.T) {
	const log = "0 1 1234 0 1700000000 123456\n1 1 900 0 1700000000 123999\n0 2 skipped 0 1700000001 5\n"
	for _, c := range []struct {
		name, text string
		source     Source
		want       []float64 // [s], ascending
	}{
		{"unit of the column", "t_end_us,lat_us\n0,322\n5,120\n", Source{}, []float64{120e-6, 322e-6}},
		{"milliseconds", "id,latency_ms\n1,2.5\n", Source{}, []float64{2.5e-3}},
		{"the only column with a unit", "id,took_ms\n1,2.5\n", Source{}, []float64{2.5e-3}},
		{"chosen column and unit", "a,b\n1,2\n3,4\n", Source{Column: "b", Unit: "s"}, []float64{2, 4}},
		{"unit over name", "lat_us\n3\n", Source{Unit: "ms"}, []float64{3e-3}},
		{"one column of spans", "2ms\n1.5us\n", Source{}, []float64{1.5e-6, 2e-3}},
		{"one column of numbers", "2\n1\n", Source{Unit: "ms"}, []float64{1e-3, 2e-3}},
		{"remarks and CRLF", "# every 10th\r\nlat_us\r\n7\r\n# more\r\n8\r\n", Source{}, []float64{7e-6, 8e-6}},
		{"zeros", "lat_us\n0\n10\n", Source{}, []float64{5e-6, 10e-6}},
		{"pgbench -l", log, Source{}, []float64{900e-6, 1234e-6}},
		{"pgbench -l with lag and retries", "0 1 5 0 1700000000 1 44 0\n", Source{}, []float64{5e-6}},
	} {
		s, err := ReadSamples("f", []byte(c.text), c.source)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		if len(s.Values) != len(c.want) {
			t.Errorf("%s: %v, want %v", c.name, s.Values, c.want)
			continue
		}
		for i, x := range s.Values {
			if math.Abs(x-c.want[i]) > 1e-12 {
				t.Errorf("%s: %v, want %v", c.name, s.Values, c.want)
			}
		}
	}
	if s, _ := ReadSamples("f", []byte(log), Source{}); s.Skipped != 1 {
		t.Errorf("%d skipped, want 1", s.Skipped)
	}
}

func TestBadFiles(t *testing.T) {
	for _, c := range []struct {
		name, text string
		source     Source
		want       string
	}{
		{"empty", "", Source{}, "f: no samples"},
		{"a header alone", "lat_us\n", Source{}, "f: no samples"},
		{"a word", "lat_us\n5\nfast\n", Source{}, "f:3:1: a sample must be a number of 0 or more, or a span such as 2.5ms, got \"fast\""},
		{"negative", "lat_us\n-5\n", Source{}, "f:2:1: a sample must be"},
		{"not a number", "lat_us\nNaN\n", Source{}, "f:2:1: a sample must be"},
		{"too long", "lat_s\n1e30\n", Source{}, "f:2:1: a sample must be"},
		{"never", "lat\nnever\n", Source{}, "f:2:1: a sample must be"},
		{"no unit", "latency\n5\n", Source{}, "--unit s, ms, us or ns"},
		{"no such unit", "lat\n5\n", Source{Unit: "min"}, "unit must be s, ms, us or ns, got \"min\""},
		{"no such column", "lat_us,b\n5,1\n", Source{Column: "lat_u"}, "did you mean lat_us?"},
		{"which column", "a,b\n5,1\n", Source{}, "f:1:1: which column holds the samples? Say --column (there are: a, b)"},
		{"two columns, no header", "5,1\n6,2\n", Source{}, "2 columns without a header"},
		{"ragged", "a_us,b\n5,1\n6\n", Source{Column: "a_us"}, "f:3:1: wrong number of fields"},
		{"quotes", "lat_us\n\"5\n", Source{}, "f:2:"},
		{"a log that breaks off", "0 1 5 0 1700000000 1\n0 2 6\n", Source{}, "f:2:1: not a line of pgbench -l"},
		{"a log with a word", "0 1 5 0 1700000000 1\n0 2 slow 0 1700000000 9\n", Source{}, "f:2:5: a sample must be"},
	} {
		_, err := ReadSamples("f", []byte(c.text), c.source)
		if err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: want %q, got %v", c.name, c.want, err)
		}
	}
	_, err := ReadSamples("f", []byte("lat_us\nx\ny\n"), Source{})
	if err == nil || !strings.Contains(err.Error(), "f:2:1") || !strings.Contains(err.Error(), "f:3:1") {
		t.Errorf("want both mistakes, got %v", err)
	}
}

func TestBadArrivals(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"empty", "", "f: no arrivals"},
		{"no times", "key\n1\n", "f:1:1: no column time_s"},
		{"a word", "time_s\nnoon\n", "f:2:1: time_s must be a number of seconds, got \"noon\""},
		{"back in time", "time_s,key\n2,0\n1,0\n", "f:3:1: time_s must not go back, got 1 after 2"},
		{"too few", "time_s\n1\n2\n", "f: 2 arrivals are too few"},
		{"ragged", "time_s,key\n1\n", "f:2:1: wrong number of fields"},
	} {
		if _, err := ReadArrivals("f", []byte(c.text)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: want %q, got %v", c.name, c.want, err)
		}
	}
	all := "time_s\n" + strings.Repeat("3\n", 12)
	trace, err := ReadArrivals("f", []byte(all))
	if err != nil {
		t.Fatal(err)
	}
	if p := Arrivals(trace); !math.IsNaN(p.Rate) { // all at once
		t.Errorf("rate %v", p.Rate)
	}
}

// FuzzReadSamples: whatever a file holds, it is read as samples that laws can be
// fitted to, or refused with a reason.
func FuzzReadSamples(f *testing.F) {
	for _, seed := range []string{
		"t_end_us,lat_us\n0,322\n5,120\n", "2ms\n1.5us\n", "0 1 1234 0 1700000000 123456\n", "lat_us\n0\n\"5\"\n", "# x\n\nlat_s\n1e300\n",
		"lat_us\n" + strings.Repeat("5\n6\n0\n", 10), "time_s,key\n" + strings.Repeat("5,a\n", 10),
	} {
		f.Add([]byte(seed), "", "")
	}
	f.Fuzz(func(t *testing.T, content []byte, column, unit string) {
		if IsTrace(content) {
			if trace, err := ReadArrivals("f", content); err == nil {
				p := Arrivals(trace)
				if p.Keys > 0 && !(p.TopShare > 0 && p.TopShare <= 1) {
					t.Errorf("%+v", p)
				}
			}
		}
		s, err := ReadSamples("f", content, Source{Column: column, Unit: unit})
		if err != nil {
			if err.Error() == "" {
				t.Error("refused without a reason")
			}
			return
		}
		for i, x := range s.Values {
			if !(x >= 0 && x <= longest) || i > 0 && x < s.Values[i-1] {
				t.Fatalf("sample %d is %v", i, x)
			}
		}
		if c, err := Latencies(s); err == nil && c.Text() == "" {
			t.Error("no law")
		}
	})
}
