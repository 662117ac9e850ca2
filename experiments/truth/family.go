package truth

// planFor plans a case by its family.
func planFor(c *Case) plan {
	planners := map[string]func(*Case) plan{
		"01-mm1": station, "02-mmc": station, "03-mg1": station, "04-loss": station, "05-gg1": station, "06-bursty": station,
		"07-batch-service": bulkService, "08-batch-formation": batchFormation, "09-partitions-zipf": zipfPartitions,
		"10-load-balancing": balancing, "11-closed-loop": closedLoop, "12-quorum": quorum, "13-id-generation": identifiers,
		"14-retries": retries, "15-lock": keyLock, "16-usl": scalability, "17-tandem": tandem,
		"18-output-analysis": outputAnalysis, "19-transient": transient, "20-drain": drain,
	}
	planner := planners[c.Family]
	if planner == nil {
		return c.skipAll("no family " + c.Family)
	}
	return planner(c)
}

// skipAll skips all rows of a case, for a reason.
func (c *Case) skipAll(reason string) plan {
	p := plan{answers: map[string]answer{}}
	for _, r := range c.Rows {
		p.answers[r.Measure] = skipped(reason)
	}
	return p
}
