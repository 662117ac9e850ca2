// Package experiments turns text into runs and runs into numbers: it reads and
// checks scenario files, ships some, runs them, and writes what they measured
// for people and for programs.
//
//	scenario, err := experiments.Load("one-pen")
//	report, err := experiments.Run(ctx, scenario, experiments.Options{})
//	experiments.WriteSummary(os.Stdout, report)
//	err = experiments.WriteFiles("out", origin, []experiments.Report{report})
//
// Everything about parameters comes from models.Params and everything about
// measures from the measure tables of models, so that a new one of either is
// declared there and nowhere else. Nothing here reads a clock, but for bench/
// which is about the machine: the same scenario gives the same bytes.
//
// Where things are:
//
//   - document.go, node.go: YAML with positions, and what of it is refused
//   - vocabulary.go, walk.go: names and their nesting
//   - read.go, timeline.go, entry.go, assign.go: from names and texts to a scenario
//   - problem.go: what is wrong with an input, and where
//   - load.go, scenarios/: the scenarios that come with the program
//   - design.go, cross.go, constraint.go: designs of sweeps; designread.go, designfactors.go,
//     levels.go, replications.go: how they are read; studies.go, studies/: those that come with the program
//   - demo.go, demoread.go, demos/: scenarios that are shown to a room, step by step
//   - format.go: from a scenario back to a file
//   - run.go, watcher.go: one run, and what its samples tell; level.go: whether it had settled
//   - columns.go, csv.go, manifest.go, json.go: results for programs; columns_design.go,
//     factorcolumn.go, sheet.go, designmanifest.go: those of a sweep
//   - summary.go, costs.go, table.go, human/: results for people
//   - schema.go, designschema.go: the form of scenario files and of designs, for editors
//   - response/: measures chosen by name, and replications turned into intervals
//   - trial/: many runs over several cores, in the order of their design
//   - runsfile.go, comparisonfile.go, capacityfile.go, unfinished.go: files of many runs
//   - compare/: moves held against a base
//   - capacity/: the highest load that keeps a promise
//   - results/, figures/, plot/: result files read back, figures that suit them, and their drawing
//   - report/: a folder of results as one page
//   - fit/: from measured latencies and arrivals to parameters
//   - reality/: predictions of a real database, from one client, against what was measured
//   - sweep/: designs carried out: files that grow, and may be interrupted
//   - bench/: how fast this machine runs the engine and the write path
package experiments
