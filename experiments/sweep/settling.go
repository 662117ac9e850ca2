package sweep

import (
	"math"
	"strconv"
	"strings"

	"onepen/experiments"
	"onepen/sim"
)

// settling gathers, over the replications of a point, how the number of writes
// in flight at the begin of the window differs from that in its second half: by
// chance alone if the warm-up was long enough. Replications are independent, so
// their differences have an interval by Student's t, however much the writes of
// one run depend on each other (after the comparison of Geweke 1992, "Evaluating
// the accuracy of sampling-based approaches to the calculation of posterior
// moments", which has to make do with one run).
type settling struct {
	differences [][]float64 // by lane and replication
	late        []sim.Tally // by lane
}

// When a difference means that the warm-up was too short.
const (
	settlingConfidence = 0.999 // of the interval that does not hold 0
	settlingShare      = 0.10  // of the later level, at least
	settlingRuns       = 3     // replications, at least
)

// add takes the levels of one more replication; none if its load is not steady.
func (s *settling) add(levels []experiments.Level) {
	if s.differences == nil {
		s.differences = make([][]float64, len(levels))
		s.late = make([]sim.Tally, len(levels))
	}
	for i, l := range levels {
		if d := l.First - l.Late; i < len(s.differences) && !math.IsNaN(d) {
			s.differences[i] = append(s.differences[i], d)
			s.late[i].Add(l.Late)
		}
	}
}

// reached reports whether nothing speaks against the warm-up.
func (s *settling) reached() bool {
	for i, x := range s.differences {
		if len(x) < settlingRuns {
			continue
		}
		v := sim.StudentInterval(x, settlingConfidence)
		if !v.Contains(0) && math.Abs(v.Mean) > settlingShare*s.late[i].Mean() {
			return false
		}
	}
	return true
}

// formatLevels writes levels for the journal, parseLevels reads them.
func formatLevels(levels []experiments.Level) string {
	var words []string
	for _, l := range levels {
		for _, x := range []float64{l.First, l.Late} {
			words = append(words, strconv.FormatFloat(x, 'g', -1, 64))
		}
	}
	return strings.Join(words, " ")
}

func parseLevels(text string) (levels []experiments.Level, ok bool) {
	words := strings.Fields(text)
	if len(words)%2 != 0 {
		return nil, false
	}
	for i := 0; i < len(words); i += 2 {
		first, err := strconv.ParseFloat(words[i], 64)
		if err != nil {
			return nil, false
		}
		late, err := strconv.ParseFloat(words[i+1], 64)
		if err != nil {
			return nil, false
		}
		levels = append(levels, experiments.Level{First: first, Late: late})
	}
	return levels, true
}
