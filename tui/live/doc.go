// Package live runs a simulation for somebody who watches it and interferes.
//
//	        commands                     frames
//	keys ─────────────▶ Driver ─────────────────▶ screen
//	       never waits    │ owns    latest wins
//	                      ▼
//	               models.System
//
// A [Driver] is the one goroutine that owns a models.System. It moves the
// simulated clock at the [Speed] asked for, obeys a [Command] between two
// events, samples the system at fixed simulated instants, and publishes what
// it saw as a [Frame]. Neither side waits for the other: commands are put into
// a list that takes any number, and a frame that nobody fetched is replaced by
// the next one.
//
// The words of this package:
//
//   - Frame: everything a screen shows, at one simulated instant; immutable.
//   - Move: a change of strategy on one key, with the settings it goes through.
//   - Choice: what a move would do for one lane now, or why it cannot.
//   - Made: the last move, with what was measured before it and what it cost.
//   - Incident: a fault or a surge of the load that can be made to happen now.
//   - Aim: the partition or the allocator that incidents are to befall.
//   - Verdict: what the writers are fighting over, as far as a frame shows it.
//   - Station: an instant at which the run waits, or is shown to somebody
//     whatever the wall clock says.
//   - Session: what was changed and when, as a timeline that replays.
//   - Replay: a run that does again what was done to another one, up to an
//     instant. Rewinding is one, and so is the making of a twin.
//   - Twin: the same system on the same draws without some changes, run beside.
//   - Difference: how run and twin differ in a measure, with an interval.
//
// Where things are:
//
//   - driver.go, pace.go, inbox.go, command.go: the goroutine, its clock, what it is asked for
//   - run.go, restart.go, station.go: a run from its beginning, and where it stops
//   - session.go, deed.go, replay.go, rewind.go: what was done to it, and doing it again
//   - change.go, move.go, moves.go, made.go: changes of strategy, and what they brought
//   - incident.go, component.go: faults and surges, and what they befall
//   - twin.go, record.go, difference.go: what runs beside, and how the run differs from it
//   - observer.go, average.go, track.go, frame.go: from samples to frames
//   - verdict.go, theory.go: what is made of a frame
//
// Watching does not change a run: how time is cut into slices, how often
// frames are made and when they are fetched have no influence on the events.
// The wall clock is read in pace.go alone.
package live
