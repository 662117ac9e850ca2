package fit

import (
	"strconv"
	"strings"
)

// pgbenchFields is the least number of fields of a line of pgbench -l:
//
//	client_id transaction_no time script_no time_epoch time_us [schedule_lag] [retries]
//
// time is the latency of the transaction in microseconds, or a word where it
// was skipped or failed.
const pgbenchFields = 6

// isPgbench reports whether a line is one of pgbench -l.
func isPgbench(line string) bool {
	fields := strings.Fields(line)
	if len(fields) < pgbenchFields {
		return false
	}
	for i, field := range fields {
		if _, err := strconv.ParseUint(field, 10, 64); err != nil && i != 2 {
			return false
		}
	}
	return true
}

// readPgbench reads the log of pgbench -l.
func (p *parser) readPgbench() {
	p.samples.Unit = "us"
	number := 0
	for line := range strings.Lines(string(p.content)) {
		number++
		fields := strings.Fields(line)
		if len(fields) == 0 || fields[0][0] == '#' {
			continue
		}
		if !isPgbench(line) {
			p.problem(number, 1, "not a line of pgbench -l: want client, transaction, time in us, script, epoch, us")
			continue
		}
		if fields[2] == "skipped" || fields[2] == "failed" {
			p.samples.Skipped++
			continue
		}
		x, err := sample(fields[2], "us")
		if err != nil {
			p.problem(number, strings.Index(line, fields[2])+1, "%v", err)
			continue
		}
		p.samples.Values = append(p.samples.Values, x)
	}
}
