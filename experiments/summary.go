package experiments

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strings"

	"onepen/experiments/breach"
	"onepen/experiments/human"
	"onepen/models"
	"onepen/sim"
)

// nameWidth is the longest name of a component that a summary shows in full.
const nameWidth = 10

// WriteSummary writes what a run measured for people, at most 80 columns wide:
// lanes, where the time of their writes went, allocators, stores, warnings.
func WriteSummary(w io.Writer, r Report) error {
	var b strings.Builder
	res := &r.Result
	fmt.Fprintf(&b, "%s · seed %d", r.Scenario.Name, r.Scenario.Seed)
	if r.Replication > 0 {
		fmt.Fprintf(&b, " · replication %d", r.Replication)
	}
	fmt.Fprintf(&b, " · measured from %s to %s\n", clock(res.From), clock(res.To))
	for _, part := range []string{
		laneTable(res.Lanes), timeTable(res.Lanes), allocatorTable(res.Allocators), storeTable(res.Stores),
	} {
		if part != "" {
			b.WriteString("\n" + part)
		}
	}
	b.WriteString("\n")
	for _, remark := range remarks(r) {
		b.WriteString(Wrap(remark, 0, 2) + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func clock(t sim.Time) string {
	if t == 0 {
		return "0 s"
	}
	return human.Span(t.Seconds())
}

func laneTable(lanes []models.LaneResult) string {
	g := human.Grid{Left: []int{0}}
	g.Add("lane", "offered", "throughput", "ack p50", "ack p99", "commit p99", "rejected", "dropped")
	for i := range lanes {
		l := &lanes[i]
		g.Add(cut(l.Name, nameWidth),
			human.Rate(perSecond(l.Counts.Offered, l.Window)),
			human.Rate(perSecond(l.Counts.Committed, l.Window)),
			human.Span(l.Ack.Quantile(0.5)), human.Span(l.Ack.Quantile(0.99)), human.Span(l.Commit.Quantile(0.99)),
			count(l.Counts.Rejected), count(l.Counts.Dropped))
	}
	return g.String()
}

func perSecond(n uint64, window sim.Time) float64 { return float64(n) / window.Seconds() }

// count writes a number of writes in a narrow column.
func count(n uint64) string {
	if n < 100_000 {
		return human.Count(n)
	}
	return human.Number(float64(n))
}

// timeTable says, for each lane, in which stages its writes spent their time,
// the longest first.
func timeTable(lanes []models.LaneResult) string {
	g := human.Grid{Left: []int{0, 2}}
	g.Add("where the time goes", "to commit")
	for i := range lanes {
		l := &lanes[i]
		if l.Commit.N() == 0 {
			g.Add(cut(l.Name, nameWidth), human.Absent, "nothing was stored")
			continue
		}
		g.Add(cut(l.Name, nameWidth), human.Span(l.Commit.Mean()), parts(l))
	}
	return g.String()
}

// parts lists the stages that took a share of a lane's time worth naming.
func parts(l *models.LaneResult) string {
	const shown, least = 4, 0.005
	total := 0.0
	stages := make([]models.Stage, models.NumStages)
	for i := range stages {
		stages[i] = models.Stage(i)
		total += l.Parts[i]
	}
	slices.SortStableFunc(stages, func(a, b models.Stage) int { return cmp.Compare(l.Parts[b], l.Parts[a]) })
	var texts []string
	for _, stage := range stages[:shown] {
		if share := l.Parts[stage] / total; share >= least {
			texts = append(texts, strings.ReplaceAll(stage.String(), "_", " ")+" "+human.Percent(share))
		}
	}
	return strings.Join(texts, ", ")
}

func allocatorTable(allocators []models.AllocatorResult) string {
	if len(allocators) == 0 {
		return ""
	}
	g := human.Grid{Left: []int{0, 1}}
	g.Add("allocator", "strategy", "busy", "IDs", "wait", "waiting", "at most", "wasted")
	for i := range allocators {
		a := &allocators[i]
		g.Add(cut(a.Name, nameWidth), a.Strategy.String(), human.Percent(a.Utilization),
			human.Rate(perSecond(a.Issued, a.Window)), human.Span(a.WaitMean),
			human.Number(a.WaitingMean), count(uint64(a.WaitingMax)), count(a.Wasted))
	}
	return g.String()
}

func storeTable(stores []models.StoreResult) string {
	g := human.Grid{Left: []int{0}}
	g.Add("store", "partitions", "busy", "hottest", "busy", "in line", "skew", "top key")
	for i := range stores {
		s := &stores[i]
		hot, mean := hottest(s)
		if hot == nil {
			g.Add(cut(s.Name, nameWidth), human.Count(uint64(s.Active)))
			continue
		}
		top := human.Absent
		if hot.TopKey > 0 {
			top = models.KeyName(hot.TopKey) + " " + human.Percent(hot.TopShare)
		}
		g.Add(cut(s.Name, nameWidth), human.Count(uint64(s.Active)), human.Percent(mean),
			models.PartitionName(hot.Partition), human.Percent(hot.Utilization),
			human.Number(hot.LineMean), human.Number(s.Skew), top)
	}
	return g.String()
}

// hottest returns the partition of a store that stored the most writes, nil
// if there is none, and the mean utilization of all partitions.
func hottest(s *models.StoreResult) (hot *models.PartitionResult, mean float64) {
	for i := range s.Partitions {
		p := &s.Partitions[i]
		if hot == nil || p.Writes > hot.Writes {
			hot = p
		}
		mean += p.Utilization
	}
	return hot, mean / float64(len(s.Partitions))
}

// remarks returns what is to be said about a run: why it ended early, what it
// was warned about, what the writers fought over, what the strategies cost, what
// became of the promises, and that its checks passed.
func remarks(r Report) []string {
	var texts []string
	if r.Result.Halted != "" {
		texts = append(texts, "ended early: "+r.Result.Halted)
	}
	for _, warning := range r.Warnings {
		texts = append(texts, "warning: "+warning)
	}
	if r.Contention != nil {
		texts = append(texts, "fighting over: "+strings.Join(r.Contention, ", "))
	}
	texts = append(texts, breach.Tell(r.Breaches, clock))
	for i := range r.Result.Lanes {
		if text := mishaps(&r.Result.Lanes[i]); text != "" {
			texts = append(texts, r.Result.Lanes[i].Name+": "+text)
		}
	}
	if costs := costs(&r.Result); costs != nil {
		texts = append(texts, "costs: "+strings.Join(costs, "; "))
	}
	return append(texts, promises(r.Result.Lanes),
		"checked: every write and every answer accounted for, Little's law, busy time within capacity")
}

// promises says whether what writers rely on was kept.
func promises(lanes []models.LaneResult) string {
	var sum models.Counts
	var inFlight uint64
	for i := range lanes {
		sum = sum.Plus(lanes[i].Counts)
		inFlight += uint64(lanes[i].InFlight)
	}
	var broken []string
	for _, p := range models.Promises() {
		if n := p.Of(&sum); n > 0 {
			broken = append(broken, human.Count(n)+" "+p.Noun(n))
		}
	}
	text := fmt.Sprintf("promises: %s writes acked, %s in flight at the end; ", human.Count(sum.Acked), human.Count(inFlight))
	if broken == nil {
		return text + "none was broken"
	}
	return text + "BROKEN: " + strings.Join(broken, ", ")
}

// mishaps lists the counts of a lane that are zero while all goes well.
func mishaps(l *models.LaneResult) string {
	worthNaming := []string{"retried", "timed_out", "expired", "erred", "failed", "suppressed", "ambiguous"}
	var texts []string
	for _, m := range models.LaneMeasures() {
		if n := m.Of(l); n > 0 && (m.Broken || slices.Contains(worthNaming, m.Name)) {
			texts = append(texts, human.Count(uint64(n))+" "+strings.ReplaceAll(m.Name, "_", " "))
		}
	}
	return strings.Join(texts, ", ")
}
