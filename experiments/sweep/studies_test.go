package sweep

import (
	"context"
	"slices"
	"strings"
	"testing"

	"onepen/experiments"
	"onepen/experiments/response"
)

// answers is what a study brought, for claims about it.
type answers struct {
	*testing.T
	result Result
}

// study runs a study that comes with the program, each point once if the tests
// are to be short.
func study(t *testing.T, name string) answers {
	t.Helper()
	d, err := experiments.LoadDesign(name)
	if err != nil {
		t.Fatal(err)
	}
	if testing.Short() {
		d.Replications = experiments.Replications{Min: 1, Max: 1}
	}
	result, err := Run(context.Background(), d, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range result.Failures {
		t.Errorf("replication %d of point %d failed: %s", f.Replication, f.Point, f.Reason)
	}
	return answers{t, result}
}

// at returns what a measure is at the only point that has all of the levels.
func (a answers) at(measure string, levels ...string) response.Summary {
	a.Helper()
	found := -1
	for i, p := range a.result.Design.Points {
		if !slices.ContainsFunc(levels, func(level string) bool { return !slices.Contains(p, level) }) {
			if found >= 0 {
				a.Fatalf("points %d and %d have the levels %v", found, i, levels)
			}
			found = i
		}
	}
	column := slices.IndexFunc(a.result.Design.Responses, func(r response.Response) bool { return strings.HasSuffix(r.Name(), "."+measure) })
	if found < 0 || column < 0 {
		a.Fatalf("no point of %v, or no measure %s", levels, measure)
	}
	return a.result.Points[found].Summaries[column]
}

// mean is the mean of a measure at a point.
func (a answers) mean(measure string, levels ...string) float64 {
	a.Helper()
	return a.at(measure, levels...).Mean
}

func (a answers) unstable(measure string, levels ...string) bool {
	a.Helper()
	return a.at(measure, levels...).Warnings&response.Unstable != 0
}

func (a answers) claims(what string, holds bool) {
	a.Helper()
	if !holds {
		a.Errorf("does not hold: %s", what)
	}
}

func TestBatchSizeAgainstLinger(t *testing.T) {
	t.Parallel()
	a := study(t, "batch-size-against-linger")
	a.claims("without batches a quarter is stored", a.mean("throughput_per_s", "1", "1ms") < 0.3*8000)
	a.claims("and that is told", a.unstable("throughput_per_s", "1", "1ms"))
	a.claims("batches of 16 keep up", a.mean("throughput_per_s", "16", "5ms") > 0.98*8000 && !a.unstable("throughput_per_s", "16", "5ms"))
	a.claims("but not if they close too soon", a.mean("throughput_per_s", "16", "1ms") < 0.8*8000)
	a.claims("a longer linger than it takes to fill a batch changes nothing", a.mean("ack_p99_s", "16", "20ms") == a.mean("ack_p99_s", "16", "80ms"))
	a.claims("larger batches make writers wait", a.mean("ack_p99_s", "256", "80ms") > 4*a.mean("ack_p99_s", "16", "80ms"))
}

func TestHowManyPartitionsAtThisSkew(t *testing.T) {
	t.Parallel()
	a := study(t, "how-many-partitions-at-this-skew")
	a.claims("equally popular keys: doubling halves the load", a.mean("utilization_max", "uniform", "16") < 0.6*a.mean("utilization_max", "uniform", "8"))
	a.claims("unequal ones: the largest load hardly moves", a.mean("utilization_max", "zipf(1.2)", "64") > 0.85*a.mean("utilization_max", "zipf(1.2)", "16"))
	a.claims("while the mean falls", a.mean("utilization_mean", "zipf(1.2)", "64") < 0.3*a.mean("utilization_mean", "zipf(1.2)", "16"))
}

func TestIDStrategyAgainstWriters(t *testing.T) {
	t.Parallel()
	a := study(t, "id-strategy-against-writers")
	const wait = "wait_mean_s"
	a.claims("16 writers wait five times as long as one and more", a.mean(wait, "central", "16") > 5*a.mean(wait, "central", "1"))
	a.claims("more than 16 are too many for the counter", a.unstable(wait, "central", "24") && !a.unstable(wait, "central", "12"))
	for _, writers := range []string{"1", "8", "12", "16", "24", "32"} {
		a.claims("random codes that are looked up ask as often: the same to the digit with writers "+writers, a.mean(wait, "random", writers) == a.mean(wait, "central", writers))
	}
	a.claims("ranges and machine-aware IDs do not wait", a.mean(wait, "range", "32") < 1e-4 && a.mean(wait, "snowflake", "32") < 1e-4)
	a.claims("but give up the order", a.mean("reordered", "range", "32") > 0 && a.mean("reordered", "central", "16") == 0)
	for _, strategy := range []string{"central", "range", "snowflake", "random"} {
		a.claims("no two writes get the same ID: "+strategy, a.mean("id_collisions", strategy, "32") == 0)
	}
}

func TestQueueAgainstBurstLength(t *testing.T) {
	t.Parallel()
	a := study(t, "queue-against-burst-length")
	a.claims("without a queue even short bursts are cut", a.mean("loss", "none", "125ms") > 0.2)
	a.claims("a queue saves bursts of a second", a.mean("loss", "memory", "1s", "4s") == 0 && a.mean("loss", "durable", "1s", "4s") == 0)
	a.claims("and not those of four", a.mean("loss", "memory", "4s", "16s") > 0.3)
	a.claims("the write is stored later the longer the burst", a.mean("commit_p99_s", "memory", "1s", "4s") > 5*a.mean("commit_p99_s", "memory", "125ms"))
	a.claims("a log makes the answer a little later", a.mean("ack_p99_s", "durable", "1s", "4s") > a.mean("ack_p99_s", "memory", "1s", "4s"))
}

func TestAckPromiseAgainstLoss(t *testing.T) {
	t.Parallel()
	a := study(t, "ack-promise-against-loss")
	const lost = "acked_lost"
	a.claims("memory loses what it had said yes to", a.mean(lost, "accept", "memory") > 500)
	a.claims("a log that is synced each time does not", a.mean(lost, "accept", "durable", "0") == 0)
	a.claims("one that is synced now and then loses the more the rarer", a.mean(lost, "accept", "1s") > a.mean(lost, "accept", "80ms") && a.mean(lost, "accept", "80ms") > 0)
	a.claims("a commit breaks no promise", a.mean(lost, "commit", "memory") == 0 && a.mean(lost, "commit", "1s") == 0)
	a.claims("and takes far longer", a.mean("ack_p99_s", "commit", "durable", "0") > 100*a.mean("ack_p99_s", "accept", "durable", "0"))
}

func TestSaltingAgainstReadWidth(t *testing.T) {
	t.Parallel()
	a := study(t, "salting-against-read-width")
	a.claims("unsalted, the hot key is too much for its partition", a.unstable("ack_p99_s", "hash"))
	a.claims("two sub-keys are enough", !a.unstable("ack_p99_s", "salted", "2"))
	a.claims("up to four, writers gain", a.mean("ack_p99_s", "salted", "4") < 0.8*a.mean("ack_p99_s", "salted", "2"))
	a.claims("beyond eight hardly", a.mean("ack_p99_s", "salted", "16") > 0.8*a.mean("ack_p99_s", "salted", "8"))
	a.claims("reads pay all the way", a.mean("read_width", "salted", "16") > 1.5*a.mean("read_width", "salted", "8"))
	a.claims("and so does order", a.mean("order_inversions", "salted", "2") > 0 && a.mean("order_inversions", "hash") == 0)
}

func TestRetryBudgetAndMetastability(t *testing.T) {
	t.Parallel()
	a := study(t, "retry-budget-and-metastability")
	good := func(rate, budget string) float64 { return a.mean("goodput_per_s", rate, budget) }
	a.claims("a tight budget lets a nearly full store recover", good("1900/s", "0.02") > 0.97*1900)
	a.claims("a loose one does not", good("1900/s", "0.2") < 0.1*1900 && good("1900/s", "unlimited") < 0.1*1900)
	a.claims("a store with room recovers from any", good("1300/s", "unlimited") > 0.97*1300)
	a.claims("and the more room, the looser the budget may be", good("1600/s", "0.1") > 0.97*1600)
}

func TestRangeBlockAgainstWaste(t *testing.T) {
	t.Parallel()
	a := study(t, "range-block-against-waste")
	a.claims("small blocks fill the counter", a.unstable("wait_p99_s", "3") && a.mean("utilization", "10") > 0.7)
	a.claims("large ones leave it idle", a.mean("utilization", "1000") < 0.05)
	a.claims("and nobody waits from 100 on", a.mean("wait_mean_s", "100") < 1e-5)
	a.claims("but crashes waste as many IDs as a block is large", a.mean("wasted", "10000") > 5*a.mean("wasted", "1000") && a.mean("wasted", "1000") > 5*a.mean("wasted", "100"))
}

// Every study begins with a question, and says how to read its answer and what
// that costs.
func TestStudiesSayWhatTheyAreAbout(t *testing.T) {
	if len(experiments.Studies()) != 8 {
		t.Errorf("%d studies, want 8", len(experiments.Studies()))
	}
	for _, s := range experiments.Studies() {
		text, _ := experiments.StudySource(s.Name)
		if !strings.HasPrefix(string(text), "question: ") || !strings.HasSuffix(s.Gist, "?") {
			t.Errorf("%s does not begin with a question", s.Name)
		}
		if !strings.Contains(s.About, "Read ") || !strings.Contains(s.About, "It costs: ") {
			t.Errorf("%s does not say what to read, or what it costs", s.Name)
		}
	}
}
