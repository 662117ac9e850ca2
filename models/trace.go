package models

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"

	"onepen/sim"
)

// trace is a recorded sequence of writes.
type trace struct {
	times  []sim.Time // since the first, never decreasing
	keys   []uint32   // from 1; nil if the file has none
	period sim.Time   // after which a repeated trace starts again; 0 = it cannot repeat, as it takes no time
}

// readTrace reads a CSV file with a header and the columns time_s (seconds,
// never decreasing) and, optionally, key (a whole number from 0, which becomes
// key k1). A trace that repeats leaves its mean gap between its end and its
// next start.
func readTrace(r io.Reader) (*trace, error) {
	rows := csv.NewReader(r)
	rows.ReuseRecord = true
	header, err := rows.Read()
	if err != nil {
		return nil, fmt.Errorf("no header: %w", err)
	}
	timeAt, keyAt := slices.Index(header, "time_s"), slices.Index(header, "key")
	if timeAt < 0 {
		return nil, fmt.Errorf("no column time_s among %s", listed(header))
	}
	t := &trace{}
	first, last := 0.0, 0.0
	for {
		row, err := rows.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, err
		}
		line, _ := rows.FieldPos(0)
		at, err := strconv.ParseFloat(row[timeAt], 64)
		if err != nil || math.IsNaN(at) || math.IsInf(at, 0) {
			return nil, fmt.Errorf("line %d: time_s must be a number, got %q", line, row[timeAt])
		}
		if len(t.times) == 0 {
			first, last = at, at
		}
		if at < last {
			return nil, fmt.Errorf("line %d: time_s goes back from %g to %g", line, last, at)
		}
		last = at
		if at-first > maxSpan.Seconds() {
			return nil, fmt.Errorf("line %d: time_s is %g s after the first, must be at most %s", line, at-first, maxSpan)
		}
		t.times = append(t.times, sim.FromSeconds(at-first))
		if keyAt < 0 {
			continue
		}
		key, err := strconv.ParseUint(row[keyAt], 10, 32)
		if err != nil || key >= maxKeys {
			return nil, fmt.Errorf("line %d: key must be a whole number, 0 to %d, got %q", line, maxKeys-1, row[keyAt])
		}
		t.keys = append(t.keys, uint32(key)+1)
	}
	if len(t.times) == 0 {
		return nil, errors.New("no writes")
	}
	span := t.times[len(t.times)-1]
	if n := sim.Time(len(t.times)); span > 0 {
		t.period = span + max((span+(n-1)/2)/(n-1), 1)
	}
	return t, nil
}

// at returns the instant of the n-th write of the trace as recorded, and
// whether there is one.
func (t *trace) at(n uint64, repeat bool) (sim.Time, bool) {
	rounds, i := n/uint64(len(t.times)), n%uint64(len(t.times))
	if rounds > 0 && (!repeat || t.period == 0) {
		return 0, false
	}
	if rounds > 0 && rounds > uint64(sim.Never/t.period)-1 {
		return 0, false
	}
	return sim.Time(rounds)*t.period + t.times[i], true
}
