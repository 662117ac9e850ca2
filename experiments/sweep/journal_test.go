package sweep

import (
	"bytes"
	"math"
	"testing"

	"onepen/experiments"
	"onepen/experiments/response"
	"onepen/sim"
)

// FuzzReadJournal: whatever a journal holds, what is taken from it are whole
// entries, which written again are the bytes that it was taken to have. By these
// a journal is cut before it is appended to.
func FuzzReadJournal(f *testing.F) {
	sheets := []experiments.Sheet{{File: "runs.csv"}, {File: "responses.csv"}}
	header := journalHeader(sheets)
	e := entry{
		point: 1, replication: 2, warmup: 3 * sim.Second, against: response.WideInterval | response.BeyondData,
		levels: []experiments.Level{{First: 1.5, Late: math.NaN()}}, sum: 4, sizes: []int64{50, 60},
	}
	for _, text := range [][]byte{nil, header, e.line(), e.line()[1:], []byte("+1,2,3,,,4,50,60\n"), []byte("1,2,3,,,4294967297,50,60\n"), []byte("1,2,3,,1e0 2,4,50,60\n")} {
		f.Add(text)
		f.Add(bytes.Join([][]byte{header, e.line(), text}, nil))
	}
	f.Fuzz(func(t *testing.T, text []byte) {
		entries, length := readJournal(text, sheets)
		if length == 0 {
			if len(entries) > 0 {
				t.Errorf("%d entries of nothing", len(entries))
			}
			return
		}
		again := bytes.Clone(header)
		for _, e := range entries {
			again = append(again, e.line()...)
		}
		if !bytes.Equal(again, text[:min(length, int64(len(text)))]) {
			t.Errorf("%q is taken for %q", text, again)
		}
	})
}
