package reality

import (
	"fmt"

	"onepen/experiments/human"
	"onepen/models"
)

// Client is what somebody measured of a single client of a database of their
// own, in a closed loop without think time.
type Client struct {
	Name           string
	Mean, P50, P99 float64 // latency [s]
	Busy           float64 // cores at work meanwhile; 0 = not measured
	Sync           float64 // mean time of a sync of the log [s]; 0 = commits wait for none
	Rows           int     // rows of which each transaction changes one; 0 = it meets no other
	Trips          int     // statements in a transaction
	Before         int     // of these, statements that are over before the row is asked for
	CPUs           int     // cores that client and server share
}

// Beside is the busy time of cores for each transaction that was not spent on its
// own way: what is more than it takes without its sync [s].
func (c *Client) Beside() float64 { return max(0, c.Busy*c.Mean-(c.Mean-c.Sync)) }

// Scenario makes the scenario of a number of such clients, as Calibrate does,
// on the usual machine. Where the busy cores were not measured, a lone client is
// taken to keep a core at work for as long as it does not wait for a sync. The
// error says what does not fit together.
func (c *Client) Scenario(clients int) (*models.Scenario, error) {
	e := gather()
	w := &Workload{
		Name: c.Name, About: fmt.Sprintf("calibrated from one client that took %s on average", human.Span(c.Mean)),
		Keys: c.Rows, Trips: c.Trips, Before: c.Before, Durable: c.Sync > 0,
	}
	syncCPU := 0.0
	if w.Durable {
		syncCPU = min(e.syncCPU(), c.Sync/2)
	}
	switch {
	case !(c.Mean > 0):
		return nil, fmt.Errorf("the mean latency must be above 0, got %g s", c.Mean)
	case c.Sync >= c.Mean:
		return nil, fmt.Errorf("a sync of %s takes longer than the whole transaction, %s on average", human.Span(c.Sync), human.Span(c.Mean))
	case c.Before >= c.Trips:
		return nil, fmt.Errorf("of %d statements %d cannot be over before the row is asked for", c.Trips, c.Before)
	}
	busy := c.Busy
	if busy == 0 {
		busy = (c.Mean - c.Sync + syncCPU) / c.Mean
	}
	w.Rows = []Measurement{{Clients: 1, Throughput: 1 / c.Mean, Mean: c.Mean, P50: c.P50, P99: c.P99, Busy: busy, Sync: c.Sync}}
	s := w.scenario(clients, e.calibrate(w, Usual), Usual)
	s.Name = c.Name // without the number of clients, which is changed to ask of others
	return s, s.Set("stores.postgres.cpus", fmt.Sprint(c.CPUs))
}
