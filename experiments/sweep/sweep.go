package sweep

import (
	"context"
	"errors"
	"fmt"
	"math"

	"onepen/experiments"
	"onepen/experiments/response"
	"onepen/experiments/trial"
	"onepen/models"
)

// Options says how to carry out a design. The zero value keeps nothing but the
// result.
type Options struct {
	Folder  string             // for results, made if it is not there; "" = none
	Resume  bool               // go on with what the folder holds
	Origin  experiments.Origin // for the manifest
	Workers int                // runs at a time; 0 = as many as there are processors

	OnProgress func(Progress) // called after each run, in the goroutine of Run; may be nil
}

// Result is what a sweep brings.
type Result struct {
	Design   *experiments.Design
	Points   []experiments.PointSummary
	Kept     int // runs that were there already
	Failures []Failure
}

// Failure is a run without a result.
type Failure struct {
	Point, Replication int
	Reason             string
}

// ExistsError is the refusal to write to a folder that holds other results.
type ExistsError struct{ Folder, Problem string }

func (e *ExistsError) Error() string { return e.Folder + " " + e.Problem }

// Run carries out a design. If the context ends first, what is in the folder by
// then is whole, and a Run with Resume goes on with it.
//
// The error is the context's, an *ExistsError, a *WriteError or says what
// cannot be read. That single runs fail is no error: see Result.Failures.
func Run(ctx context.Context, d *experiments.Design, o Options) (Result, error) {
	w := &work{schedule: newSchedule(d), options: o, result: Result{Design: d}, ready: make(map[int][]ready)}
	if err := w.prepare(); err != nil {
		return Result{}, errors.Join(err, w.folder.close())
	}
	defer w.folder.close()
	if err := w.settle(ctx); err != nil {
		return Result{}, err
	}
	if err := w.run(ctx); err != nil {
		return Result{}, err
	}
	w.result.Points = w.summaries()
	if w.folder == nil {
		return w.result, nil
	}
	err := d.WriteSummaryFile(o.Folder, w.result.Points)
	if err == nil {
		err = w.folder.finish()
	}
	return w.result, err
}

// work is a sweep under way.
type work struct {
	*schedule
	options  Options
	folder   *folder
	result   Result
	progress Progress
	ready    map[int][]ready // outcomes of points behind the first that is not written
	writing  int             // the point whose rows are written
}

// ready is a run whose rows wait for those of points before it.
type ready struct {
	report experiments.Report
	entry  entry
}

// prepare makes the folder, or goes on with it. There is none if it is finished
// or not wanted.
func (w *work) prepare() error {
	o, d := w.options, w.design
	if o.Folder == "" {
		return nil
	}
	if err := experiments.CheckFolder(o.Folder); err != nil {
		return err
	}
	hash, err := d.Hash()
	if err != nil {
		return err
	}
	held, there, err := experiments.HeldBy(o.Folder)
	if err == nil && there {
		err = mayGoOn(held, hash, o)
	}
	switch {
	case err != nil:
		return err
	case !there:
		if err := d.WriteManifest(o.Folder, o.Origin); err != nil {
			return err
		}
		w.folder, err = createFolder(o.Folder, d.Sheets())
		return err
	case finished(o.Folder):
		err = relive(w.schedule, o.Folder, math.MaxInt64, nil)
	default:
		w.folder, err = resume(o.Folder, w.schedule)
	}
	w.writing = w.first
	w.progress.advance(w.schedule)
	w.progress.Kept = w.progress.Done
	w.result.Kept = w.progress.Done
	return err
}

// mayGoOn refuses to touch results of something else.
func mayGoOn(held experiments.Held, hash string, o Options) error {
	switch {
	case !o.Resume:
		return &ExistsError{o.Folder, "holds results already; --resume goes on with them, or give another folder"}
	case held.Design == "":
		return &ExistsError{o.Folder, "holds results of something else than a sweep; give another folder"}
	case held.Design != hash:
		return &ExistsError{o.Folder, fmt.Sprintf("holds results of another design (%s, and this one is %s), which cannot be gone on with; give another folder", held.Design, hash)}
	case held.Version != o.Origin.Version:
		return &ExistsError{o.Folder, fmt.Sprintf("holds results of version %s of the program, and this one is %s; they may not fit together, so give another folder", held.Version, o.Origin.Version)}
	}
	return nil
}

// settle finds the warm-ups of the points where none is known.
func (w *work) settle(ctx context.Context) error {
	if !w.design.DetectWarmup {
		return nil
	}
	var unknown []int
	var scenarios []*models.Scenario
	for i := range w.points {
		if w.points[i].scenario == nil {
			unknown = append(unknown, i)
			scenarios = append(scenarios, w.design.Scenario(i))
		}
	}
	w.progress.ToSettle = len(unknown)
	for warmup, err := range (trial.Runner{Workers: w.options.Workers}).Settle(ctx, scenarios) {
		if err != nil {
			return fmt.Errorf("point %d: the warm-up cannot be found: %w", unknown[w.progress.Settled], err)
		}
		w.schedule.settle(unknown[w.progress.Settled], warmup.At, unsettled(warmup))
		w.progress.Settled++
		w.tell()
	}
	return ctx.Err()
}

// unsettled is what is to be held against runs with a warm-up that was found.
func unsettled(w trial.Warmup) response.Warnings {
	if w.Settled {
		return 0
	}
	return response.WarmupNotReached
}

// run makes all runs and writes their rows in the order of the design.
func (w *work) run(ctx context.Context) error {
	if w.over() {
		return nil
	}
	for o := range (trial.Runner{Workers: w.options.Workers}).Run(ctx, w.trials()) {
		report := o.Report
		report.Scenario, report.Point, report.Replication = o.Scenario, o.Point, o.Replication
		report.Factors = w.columns
		if o.Err != nil {
			report.Failure = o.Err.Error()
		}
		if !w.take(&report) {
			continue
		}
		if err := w.write(report); err != nil {
			return err
		}
		w.progress.advance(w.schedule)
		w.tell()
		if w.over() {
			break
		}
	}
	if w.over() {
		return nil
	}
	return ctx.Err()
}

// write writes the rows of a run, or keeps them until all points before are
// written.
func (w *work) write(report experiments.Report) error {
	if report.Failure != "" {
		w.result.Failures = append(w.result.Failures, Failure{report.Point, report.Replication, report.Failure})
	}
	p := &w.points[report.Point]
	e := entry{point: report.Point, replication: report.Replication, warmup: p.scenario.Warmup, against: p.against, levels: report.Levels}
	w.ready[report.Point] = append(w.ready[report.Point], ready{report, e})
	for w.writing < len(w.points) {
		for _, r := range w.ready[w.writing] {
			if err := w.folder.append(&r.report, r.entry); err != nil {
				return err
			}
		}
		delete(w.ready, w.writing)
		if !w.points[w.writing].done {
			return nil
		}
		w.writing++
	}
	return nil
}

// summaries returns what all points say.
func (w *work) summaries() []experiments.PointSummary {
	points := make([]experiments.PointSummary, len(w.points))
	for i := range w.points {
		p := &w.points[i]
		points[i].Report = experiments.Report{Scenario: p.scenario, Point: i, Factors: w.columns}
		points[i].Summaries = p.summaries()
	}
	return points
}
