package reality

import (
	"strconv"
	"strings"
)

// Workload is what a transaction does, as far as it is known from its
// statements alone.
type Workload struct {
	Name  string // "W1 hot_sync"
	About string

	Keys    int     // rows of which it changes one; 0 = it meets no other
	Zipf    float64 // exponent of their popularity; 0 = uniform
	Trips   int     // round trips between client and server
	Before  int     // of these, trips that are over before the row's lock is asked for
	Durable bool    // its commit waits for a sync
	Twice   bool    // it is two transactions, each with its commit
	Sleeps  bool    // it sleeps without the lock of a row that others want
	Like    string  // the workload whose single client stands for its own, if none was measured
	Batch   int     // rows that one statement inserts; 0 = it is not about batches

	Rows []Measurement // by clients
}

// single returns what was measured at one client.
func (w *Workload) single() (Measurement, bool) {
	for _, m := range w.Rows {
		if m.Clients == 1 {
			return m, true
		}
	}
	return Measurement{}, false
}

// Workloads returns all workloads that were measured with one client and with
// more, or are like one that was, in the order of the measurements.
func Workloads() []Workload {
	var found []Workload
	for _, m := range Measurements() {
		if n := len(found); n > 0 && found[n-1].Name == m.name() {
			found[n-1].Rows = append(found[n-1].Rows, m)
			continue
		}
		w := statements(m.Group, m.Variant)
		w.Rows = []Measurement{m}
		found = append(found, w)
	}
	kept := found[:0]
	for _, w := range found {
		if len(w.Rows) > 1 || w.Like != "" {
			kept = append(kept, w)
		}
	}
	return kept
}

// statements says what a transaction of a workload does.
func statements(group, variant string) Workload {
	w := Workload{Name: group + " " + variant, Trips: 1, Durable: !strings.HasSuffix(variant, "async")}
	switch group {
	case "W0":
		w.About, w.Durable = "SELECT 1", false
	case "W1":
		w.About, w.Keys = "UPDATE of one row", 1
	case "W2":
		w.Keys, w.About = 1000, "UPDATE of one of 1 000 rows"
		switch {
		case strings.HasPrefix(variant, "uni10000"):
			w.Keys, w.About = 10_000, "UPDATE of one of 10 000 rows"
		case strings.HasPrefix(variant, "zipf"):
			w.Zipf, w.About = 1.01, "UPDATE of one of 1 000 rows, Zipf 1.01"
		}
	case "W3":
		slots, kind, _ := strings.Cut(strings.TrimPrefix(variant, "slots"), "_")
		w.Keys, _ = strconv.Atoi(slots)
		w.About, w.Like = "UPDATE of one of "+slots+" rows", "W2 uni1000_"+kind
	case "W4":
		kind, rows, _ := strings.Cut(variant, "_b")
		w.Batch, _ = strconv.Atoi(rows)
		w.About = "INSERT of " + rows + " rows (" + kind + ")"
	case "W5":
		w.ids(variant)
	case "W8":
		w.holds(variant)
	}
	return w
}

// ids says what the workloads about IDs do.
func (w *Workload) ids(variant string) {
	switch {
	case strings.HasPrefix(variant, "nextval"):
		// A sequence logs 32 values ahead: one call in 33 waits for a sync,
		// which is part of the mean.
		w.About, w.Durable = "SELECT nextval", false
	case variant == "ins_row_1txn":
		w.About, w.Keys, w.Trips, w.Before = "BEGIN; UPDATE of the counter row; INSERT; COMMIT", 1, 4, 1
	case variant == "ins_row_2txn":
		w.About, w.Keys, w.Trips, w.Twice = "UPDATE of the counter row and COMMIT; INSERT and COMMIT", 1, 2, true
	case strings.HasPrefix(variant, "ins_seq"):
		w.About, w.Trips = "SELECT nextval; INSERT", 2
	default:
		w.About = "INSERT"
	}
}

// holds says what the workloads do that hold a lock or sleep.
func (w *Workload) holds(variant string) {
	w.Keys, w.Before = 1, 1
	switch variant {
	case "hold_begin_commit":
		w.About, w.Trips = "BEGIN; UPDATE of the hot row; COMMIT", 3
	case "hold_plus_4select":
		w.About, w.Trips = "BEGIN; UPDATE of the hot row; 4 × SELECT; COMMIT", 7
	case "sleep_before_lock":
		w.About, w.Trips, w.Before, w.Sleeps = "BEGIN; sleep; UPDATE of the hot row; COMMIT", 4, 2, true
	case "spread_sleep1ms":
		w.About, w.Trips, w.Keys, w.Sleeps = "BEGIN; UPDATE of a row of its own; sleep; COMMIT", 4, 0, true
	}
}
