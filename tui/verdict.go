package tui

import (
	"fmt"
	"math"
	"slices"

	"onepen/models"
	"onepen/tui/chart"
	"onepen/tui/live"
)

// explain writes a verdict as a sentence: a subject, and clauses of which the
// last may be left out where there is no room.
func explain(v live.Verdict, f *live.Frame) []string {
	switch v.Place {
	case live.PlaceAllocator:
		return clauses(v, fmt.Sprintf("the allocator `%s`: %s busy", v.Name, chart.Percent(v.Utilization)), writing(v.Piled))
	case live.PlaceQueue:
		n := f.Scenario.Lane(v.Name).Queue.Workers
		return clauses(v, fmt.Sprintf("the %d queue workers of `%s`: %s busy", n, v.Name, chart.Percent(v.Utilization)), writing(v.Piled))
	case live.PlaceStore:
		return explainStore(v, f)
	}
	return explainNothing(v)
}

func explainStore(v live.Verdict, f *live.Frame) []string {
	s := f.Store(v.Name)
	who := fmt.Sprintf("all %d partitions of `%s`", s.Active, v.Name)
	why := ""
	switch {
	case v.Partition >= 0:
		who = fmt.Sprintf("partition %s of `%s`", partitionName(v.Partition), v.Name)
		why = cause(s, v.Partition)
	case s.Active == 1:
		who = fmt.Sprintf("the one partition of `%s`", v.Name)
	}
	waiting := writing(v.Piled + v.Queued)
	if v.Queued >= 1 {
		waiting += fmt.Sprintf(" (%s queued)", chart.Count(whole(v.Queued)))
	}
	return clauses(v, fmt.Sprintf("%s: %s busy", who, chart.Percent(v.Utilization)), why, waiting)
}

// clauses adds to what is known of a place how much of the time of a write
// goes there, and leaves out what is not known.
func clauses(v live.Verdict, parts ...string) []string {
	if !math.IsNaN(v.Share) {
		parts = append(parts, chart.Percent(v.Share)+" of each write's time")
	}
	return slices.DeleteFunc(parts, func(part string) bool { return part == "" })
}

// telling is the share of a partition's writes from which one key explains
// that the partition is hot.
const telling = 0.25

// cause says why one partition gets more than the others, if that is known.
func cause(s *live.Store, partition int) string {
	hot := &s.Partitions[partition]
	switch {
	case s.Route == models.RouteTimeBucket:
		return "everything of now goes there"
	case hot.TopKey > 0 && hot.TopShare >= telling:
		return fmt.Sprintf("key k%d is %s of it", hot.TopKey, chart.Percent(hot.TopShare))
	}
	return ""
}

func explainNothing(v live.Verdict) []string {
	const well = "nothing: the path keeps up"
	switch {
	case math.IsNaN(v.Utilization) || v.Name == "":
		return []string{well}
	case v.Partition >= 0:
		return []string{well, fmt.Sprintf("partition %s of `%s` is %s busy", partitionName(v.Partition), v.Name, chart.Percent(v.Utilization))}
	}
	return []string{well, fmt.Sprintf("`%s` is %s busy", v.Name, chart.Percent(v.Utilization))}
}

// writing says how many writes wait.
func writing(n float64) string {
	if whole(n) == 1 {
		return "1 write waits"
	}
	return chart.Count(whole(n)) + " writes wait"
}

// whole rounds a mean number of writes; what is unknown counts as none.
func whole(n float64) int64 {
	if math.IsNaN(n) {
		return 0
	}
	return int64(math.Round(n))
}

func partitionName(i int) string { return fmt.Sprintf("P%02d", i) }
