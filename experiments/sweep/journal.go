package sweep

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"onepen/experiments"
	"onepen/experiments/response"
	"onepen/sim"
)

// journalFile is the name of the journal, which is there while a sweep is not
// finished.
const journalFile = "journal.csv"

// entry is a line of the journal: a run whose rows are in the files, and how
// long the files are with them.
type entry struct {
	point, replication int
	warmup             sim.Time // of the point, which may have been found from pilots
	against            response.Warnings
	levels             []experiments.Level // of the run's lanes
	sum                uint32              // CRC-32 of the run's rows, file after file
	sizes              []int64             // of the files with them [bytes]
}

// journalHeader is the first line of a journal.
func journalHeader(sheets []experiments.Sheet) []byte {
	names := []string{"point", "replication", "warmup_ns", "warnings", "levels", "crc32"}
	for _, s := range sheets {
		names = append(names, s.File)
	}
	return []byte(strings.Join(names, ",") + "\n")
}

func (e entry) line() []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "%d,%d,%d,%s,%s,%d", e.point, e.replication, int64(e.warmup), e.against, formatLevels(e.levels), e.sum)
	for _, size := range e.sizes {
		fmt.Fprintf(&b, ",%d", size)
	}
	b.WriteByte('\n')
	return b.Bytes()
}

// parseEntry reads a line of the journal of so many files; ok is false if it is
// not a whole one.
func parseEntry(line string, files int) (e entry, ok bool) {
	fields := strings.Split(line, ",")
	if len(fields) != 6+files {
		return entry{}, false
	}
	numbers := make([]int64, len(fields))
	for i, field := range fields {
		if i == 3 || i == 4 {
			continue
		}
		n, err := strconv.ParseInt(field, 10, 64)
		if err != nil || n < 0 {
			return entry{}, false
		}
		numbers[i] = n
	}
	levels, ok := parseLevels(fields[4])
	e = entry{
		point: int(numbers[0]), replication: int(numbers[1]),
		warmup: sim.Time(numbers[2]), against: response.ParseWarnings(fields[3]),
		levels: levels, sum: uint32(numbers[5]), sizes: numbers[6:],
	}
	// A line that is not written as it is here was damaged, or is another program's.
	return e, ok && string(e.line()) == line+"\n"
}
