package compare

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"slices"

	"onepen/experiments"
	"onepen/experiments/response"
	"onepen/experiments/trial"
	"onepen/models"
	"onepen/sim"
)

// Options says what to compare, and how precisely.
type Options struct {
	// Responses are what is compared; the first ranks the moves. They were found
	// in the base. Empty means Usual.
	Responses []response.Response

	// Replications of each system; with Until, the fewest. 0 = UsualReplications.
	Replications int
	Until        Precision // of the first response's differences; zero = none
	Most         int       // replications at which Until is given up; 0 = UsualMost

	Workers int // runs at a time; 0 = as many as there are processors

	// OnOutcome is told each outcome in the order of the design: replications,
	// and in each of them the base (point 0) and the moves. An error ends the
	// study. Nil = nobody is told.
	OnOutcome func(*trial.Outcome) error
	// OnLook is told after each replication how many there are, how many there
	// will be as far as is known, and how wide the widest interval of the first
	// response is (NaN if unknown).
	OnLook func(done, of int, widest float64)
}

// Numbers of replications that suit most.
const (
	UsualReplications = 10
	UsualMost         = 200
)

// Confidence is that of all intervals of a response together: with this
// probability each difference lies in its interval.
const Confidence = sim.Confidence

// Study is a base and its moves, compared.
type Study struct {
	Base         *models.Scenario
	Ranked       []Result // the best first, by the first response
	Replications int
	Each         float64 // confidence of each single interval, see Bonferroni

	Until   Precision
	Reached bool     // Until was reached, or not asked for
	Notes   []string // what is to be known of the runs
}

// Result is what one move does.
type Result struct {
	Move
	Point int   // its design point; the base is 0
	Rows  []Row // in the order of the responses
	Price []Row // promises and costs
	// Tied is true if it is not shown to differ, in the first response, from the
	// one ranked before it.
	Tied bool
}

// Run compares moves with a base. The study does not depend on the number of
// workers.
//
// The error is the context's if it ended first, or says which run failed; there
// is then no study.
func Run(ctx context.Context, base *models.Scenario, moves []Move, o Options) (*Study, error) {
	if len(moves) == 0 {
		return nil, errors.New("there is no move to compare")
	}
	if o.Responses == nil {
		o.Responses = Usual(base)
	}
	b := newBench(base, moves, o)
	for upTo := b.first(); ; {
		if err := b.replicate(ctx, upTo); err != nil {
			return nil, err
		}
		if b.reached() || b.done >= b.most() {
			return b.study(), nil
		}
		upTo = min(b.again(), b.most())
	}
}

// Bonferroni returns the confidence of each of n intervals with which they all
// hold at once with at least the confidence asked for, however they depend on
// each other (Law 2015, "Simulation Modeling and Analysis", 5th ed., § 10.3).
func Bonferroni(confidence float64, n int) float64 { return 1 - (1-confidence)/float64(n) }

// bench holds the systems to be compared and what their runs have said so far.
type bench struct {
	Options
	base    *models.Scenario
	moves   []Move
	asked   int                 // of the responses, those that were asked for; the price follows
	all     []response.Response // asked for, and the price
	systems [][]series          // by design point and response
	done    int                 // replications
	halted  []string            // by design point: why a run ended early
}

func newBench(base *models.Scenario, moves []Move, o Options) *bench {
	b := &bench{Options: o, base: base, moves: moves, asked: len(o.Responses)}
	b.all = slices.Concat(o.Responses, price(base))
	for range len(moves) + 1 {
		var system []series
		for _, r := range b.all {
			system = append(system, series{sample: response.NewSample(r)})
		}
		b.systems = append(b.systems, system)
	}
	b.halted = make([]string, len(b.systems))
	return b
}

func (b *bench) first() int {
	if b.Replications > 0 {
		return b.Replications
	}
	return UsualReplications
}

// most is the number of replications that are made at the utmost.
func (b *bench) most() int {
	switch {
	case b.Until.Size == 0:
		return b.first()
	case b.Most > 0:
		return max(b.Most, b.first())
	}
	return max(UsualMost, b.first())
}

// scenario returns the system of a design point.
func (b *bench) scenario(point int) *models.Scenario {
	if point == 0 {
		return b.base
	}
	return b.moves[point-1].Scenario
}

// trials yields the runs from the replications done up to a number of them.
func (b *bench) trials(upTo int) iter.Seq[trial.Trial] {
	return func(yield func(trial.Trial) bool) {
		for r := b.done; r < upTo; r++ {
			for point := range b.systems {
				if !yield(trial.Trial{Scenario: b.scenario(point), Point: point, Replication: r}) {
					return
				}
			}
		}
	}
}

// replicate makes replications up to a number of them.
func (b *bench) replicate(ctx context.Context, upTo int) error {
	for o := range (trial.Runner{Workers: b.Workers}).Run(ctx, b.trials(upTo)) {
		if o.Err != nil {
			return fmt.Errorf("%s, replication %d: %w", b.name(o.Point), o.Replication, o.Err)
		}
		b.note(&o)
		if b.OnOutcome != nil {
			if err := b.OnOutcome(&o); err != nil {
				return err
			}
		}
		if o.Point == len(b.moves) {
			b.done = o.Replication + 1
			b.look(upTo)
		}
	}
	return ctx.Err()
}

func (b *bench) name(point int) string {
	if point == 0 {
		return "the base"
	}
	return "move " + b.moves[point-1].Label
}

// note takes what a run says.
func (b *bench) note(o *trial.Outcome) {
	system := b.systems[o.Point]
	for i, r := range b.all {
		system[i].values = append(system[i].values, r.Of(&o.Report.Result))
		system[i].sample.Add(&o.Report)
	}
	if why := o.Report.Result.Halted; why != "" {
		b.halted[o.Point] = why
	}
}

func (b *bench) look(upTo int) {
	if b.OnLook == nil {
		return
	}
	widest := 0.0
	for point := range b.moves {
		widest = math.Max(widest, b.leading(point+1).HalfWidth) // NaN if any is
	}
	b.OnLook(b.done, upTo, widest)
}

// each is the confidence of a single interval.
func (b *bench) each() float64 { return Bonferroni(Confidence, len(b.moves)) }

// leading is the difference of a move from the base in the first response.
func (b *bench) leading(point int) sim.Interval {
	return paired(b.systems[point][0].values, b.systems[0][0].values, b.each())
}

func (b *bench) baseMean() float64 { return b.systems[0][0].sample.Summary().Mean }

// reached reports whether all moves are known as precisely as asked for.
func (b *bench) reached() bool {
	if b.Until.Size == 0 {
		return true
	}
	for point := range b.moves {
		if !b.Until.reachedBy(b.leading(point+1), b.baseMean()) {
			return false
		}
	}
	return true
}

// again is the number of replications at which to look again.
func (b *bench) again() int {
	n := 0
	for point := range b.moves {
		n = max(n, NextLook(b.done, b.leading(point+1).HalfWidth, b.Until.target(b.baseMean())))
	}
	return n
}

// study sums up.
func (b *bench) study() *Study {
	s := &Study{
		Base: b.base, Replications: b.done, Each: b.each(),
		Until: b.Until, Reached: b.reached(), Notes: b.notes(),
	}
	for i, m := range b.moves {
		result := Result{Move: m, Point: i + 1}
		for j, of := range b.all {
			row := newRow(of, &b.systems[i+1][j], &b.systems[0][j], s.Each)
			if j < b.asked {
				result.Rows = append(result.Rows, row)
			} else {
				result.Price = append(result.Price, row)
			}
		}
		s.Ranked = append(s.Ranked, result)
	}
	b.rank(s.Ranked)
	return s
}

// rank sorts moves by what they do to the first response, the best first; where
// neither way is better, the largest difference first. What was not measured
// comes last. Those that are not shown to differ from the one before are tied
// with it, by intervals that hold for all pairs of moves at once.
func (b *bench) rank(results []Result) {
	slices.SortStableFunc(results, func(x, y Result) int {
		return cmp.Or(compareBool(math.IsNaN(merit(&x)), math.IsNaN(merit(&y))), cmp.Compare(merit(&y), merit(&x)))
	})
	pairs := len(results) * (len(results) - 1) / 2
	for i := range len(results) - 1 {
		before, after := &results[i], &results[i+1]
		d := paired(b.systems[after.Point][0].values, b.systems[before.Point][0].values, Bonferroni(Confidence, pairs))
		after.Tied = d.N < 2 || d.Contains(0)
	}
}

// merit is how much better a move makes the first response.
func merit(r *Result) float64 {
	d := r.Rows[0].Difference.Mean
	switch r.Rows[0].Response.Better {
	case models.BetterLow:
		return -d
	case models.BetterHigh:
		return d
	}
	return math.Abs(d)
}

// compareBool orders false before true.
func compareBool(a, b bool) int {
	switch {
	case a == b:
		return 0
	case b:
		return -1
	}
	return 1
}

// notes tells of moves that are none, and of runs that ended early.
func (b *bench) notes() []string {
	var notes []string
	for i, m := range b.moves {
		if experiments.ConfigHash(m.Scenario) == experiments.ConfigHash(b.base) {
			notes = append(notes, fmt.Sprintf("%s changes nothing: the base has these values", b.name(i+1)))
		}
	}
	for point, why := range b.halted {
		if why != "" {
			notes = append(notes, fmt.Sprintf("%s: runs ended early: %s", b.name(point), why))
		}
	}
	return notes
}
