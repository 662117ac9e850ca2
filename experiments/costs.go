package experiments

import (
	"fmt"
	"strings"

	"onepen/experiments/human"
	"onepen/models"
)

// costs lists what the strategies of a run cost beside time: order and
// density of IDs, order of writes where none is promised, wider reads, keys moved, delayed visibility. Each is nothing
// under the simplest strategy.
func costs(r *models.Result) []string {
	var texts []string
	for i := range r.Allocators {
		texts = append(texts, allocatorCosts(&r.Allocators[i])...)
	}
	for i := range r.Stores {
		texts = append(texts, storeCosts(&r.Stores[i])...)
	}
	for i := range r.Lanes {
		l := &r.Lanes[i]
		if n := l.Counts.Inversions - l.Counts.OutOfOrder; n > 0 {
			texts = append(texts, fmt.Sprintf("%s of %s writes of %s stored after a later one of their key", human.Count(n), human.Count(l.Counts.Committed), l.Name))
		}
		if lag := l.Lag.Quantile(0.99); lag > 0 {
			texts = append(texts, fmt.Sprintf("%s visible up to %s after their commit (p99)", l.Name, human.Span(lag)))
		}
	}
	return texts
}

func allocatorCosts(a *models.AllocatorResult) []string {
	var counts []string
	for _, c := range []struct {
		n    uint64
		what string
	}{
		{a.Reordered, "out of order"},
		{a.Wasted, "wasted"},
		{a.Caught, "found taken and drawn again"},
	} {
		if c.n > 0 {
			counts = append(counts, human.Count(c.n)+" "+c.what)
		}
	}
	if counts == nil {
		return nil
	}
	return []string{fmt.Sprintf("of %s IDs of %s %s", human.Count(a.Issued), a.Name, strings.Join(counts, ", "))}
}

func storeCosts(s *models.StoreResult) []string {
	var texts []string
	// 1.005 would be shown as 1.00.
	if s.ReadWidth >= 1.005 {
		texts = append(texts, fmt.Sprintf("a read of %s asks %s partitions", s.Name, human.Number(s.ReadWidth)))
	}
	if s.KeysMoved > 0 {
		texts = append(texts, fmt.Sprintf("%s keys of %s moved in %s", human.Number(s.KeysMoved), s.Name, human.Span(s.Moving)))
	}
	return texts
}
