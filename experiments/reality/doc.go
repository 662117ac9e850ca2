// Package reality holds the simulator against a real database. Shown how one
// client fares, it foretells what up to sixty-four will see, and the
// measurements say how wrong it is.
//
//	rows := reality.Measurements()
//	predictions, err := reality.Predict(ctx, reality.Usual, reality.Options{})
//	err = reality.WriteTable(os.Stdout, predictions)
//
// # The measurements
//
// PostgreSQL 15 (Debian) on a 2-core machine, over a unix socket, driven by
// pgbench in a closed loop without think time; medians over clean repetitions
// (n_clean), times in ms, tps = transactions/s. fsync of one 8 kB write: about
// 90 µs, a fast virtual disk. cpu_* are busy cores; commits_per_sync shows
// group commit. Machines of this kind are noisy: tps_min and tps_max give the
// spread. Points without one clean repetition are shown and not judged.
//
//   - W0 select1: SELECT 1, the floor of protocol and client
//   - W1 hot_sync: UPDATE of one counter row, durable commit
//   - W2 uni1000/uni10000_sync, _async, zipf1.01_sync: UPDATE of a random row of
//     1 000 or 10 000, uniform or Zipf; durable commit, or synchronous_commit=off
//   - W3 slotsS: one counter split in S rows, 32 clients, random slot
//   - W4 values_bN, gen_bN: INSERT of N rows in one statement and commit
//   - W5 nextval_*, ins_*, pk_*: nextval with CACHE 1 or 100; inserts whose ID
//     comes from a sequence, from a counter row in its own or the same
//     transaction, or from a leased range of 100; UUIDv4 against a bigserial key
//   - W8 hold_*, *_sleep1ms, sleep_before_lock: BEGIN; UPDATE of a hot row;
//     further work while the lock is held; COMMIT. The spread and before
//     variants do the same work without holding one lock
//
// # The predictions
//
// A workload's scenario has only figures of one client in it: mean latency,
// busy cores, time of a sync. Calibrate says how. What one client cannot show
// is two properties of the machine, the same for all workloads (Machine): what
// waking an operation costs, and what a lone client's round trip spends on
// waking CPUs. They are fitted to all workloads at once; LeaveOneOut fits them
// without a workload and predicts that.
//
// Where things are:
//
//   - postgres.csv, measurement.go: what was measured
//   - workload.go: what a transaction of each workload does
//   - machine.go, client.go, calibrate.go: from one client to a scenario
//   - predict.go: the scenarios run
//   - errors.go, leaveout.go: how wrong they are
//   - report.go, figures.go: for people, as CSV, as plots
package reality
