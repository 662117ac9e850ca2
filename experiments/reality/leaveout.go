package reality

import (
	"context"
	"math"
	"slices"
)

// Fit is what each of the candidate machines predicts.
type Fit struct {
	Machines    []Machine
	Predictions [][]Prediction // by machine
}

// FitMachines predicts all measurements on all candidates, in short runs. It
// takes as long as that: minutes of a core.
func FitMachines(ctx context.Context, o Options) (*Fit, error) {
	f := &Fit{Machines: Candidates()}
	o.Short = true
	report := o.OnProgress
	for i, m := range f.Machines {
		if report != nil {
			o.OnProgress = func(done, of int) { report(i*of+done, of*len(f.Machines)) }
		}
		predictions, err := Predict(ctx, m, o)
		if err != nil {
			return nil, err
		}
		f.Predictions = append(f.Predictions, predictions)
	}
	return f, nil
}

// Best returns the index of the machine that is nowhere as far off as each of
// the others is somewhere: with the smallest worst relative error of throughput
// over the workloads that are not left out (minimax: Chebyshev 1854). A mean
// would be bought with one workload that is predicted badly.
func (f *Fit) Best(left func(*Workload) bool) int {
	best, least := 0, math.Inf(1)
	for i, predictions := range f.Predictions {
		worst := 0.0
		for j := range predictions {
			if p := &predictions[j]; p.Foretold() && !left(p.Workload) {
				worst = max(worst, math.Abs(p.Error()))
			}
		}
		if worst < least {
			best, least = i, worst
		}
	}
	return best
}

// LeftOut is how well a workload, or a group of them, is predicted by a machine
// that was fitted without it, and by the one fitted to all.
type LeftOut struct {
	Name          string
	Machine       Machine // fitted without it
	Points        int
	Without, With float64 // mean relative error of throughput
}

// LeaveOneOut leaves out each workload in turn or, if byGroup, each group of
// workloads: W1, W2 and so on.
func (f *Fit) LeaveOneOut(byGroup bool) []LeftOut {
	name := func(w *Workload) string {
		if byGroup {
			return w.Rows[0].Group
		}
		return w.Name
	}
	all := f.Best(func(*Workload) bool { return false })
	var left []LeftOut
	for j := range f.Predictions[all] {
		out := name(f.Predictions[all][j].Workload)
		if slices.ContainsFunc(left, func(l LeftOut) bool { return l.Name == out }) {
			continue
		}
		is := func(w *Workload) bool { return name(w) == out }
		without := f.Best(is)
		l := LeftOut{Name: out, Machine: f.Machines[without]}
		for k := range f.Predictions[all] {
			if p := &f.Predictions[all][k]; is(p.Workload) && p.Foretold() {
				l.Points++
				l.With += math.Abs(p.Error())
				l.Without += math.Abs(f.Predictions[without][k].Error())
			}
		}
		if l.Points > 0 {
			l.With /= float64(l.Points)
			l.Without /= float64(l.Points)
			left = append(left, l)
		}
	}
	return left
}

// Overall returns the mean relative errors over all points left out, without
// and with them.
func Overall(left []LeftOut) (without, with float64) {
	n := 0
	for _, l := range left {
		without += l.Without * float64(l.Points)
		with += l.With * float64(l.Points)
		n += l.Points
	}
	return without / float64(n), with / float64(n)
}
