package models

// Counts counts what became of the writes of a lane over some span. A write
// may take several attempts; each attempt ends in exactly one of Committed,
// Duplicates, Suppressed, Rejected, Dropped, Expired and Erred, or is in flight:
//
//	Offered + Retried + Redelivered = Committed + Duplicates + Suppressed + Rejected + Dropped + Expired + Erred + in flight
//
// Where writers neither time out nor retry, a write is one attempt.
type Counts struct {
	Offered uint64 // writes that arrived
	Retried uint64 // further attempts at them

	Redelivered uint64 // attempts that a queue made of those it had delivered before it crashed

	Admitted uint64 // attempts accepted by the queue, or without one by the store's line
	Acked    uint64 // writes answered with a yes, in time

	Committed  uint64 // stored, for the first time
	Duplicates uint64 // stored again: a broken promise
	Suppressed uint64 // recognised by their idempotency key as stored already
	Rejected   uint64 // refused: queue full, or backlog limit of the partition reached
	Dropped    uint64 // taken out of a full queue to make room
	Expired    uint64 // discarded by the store, as nobody waited for them
	Erred      uint64 // refused by a store that failed to store them

	TimedOut   uint64 // attempts whose writer stopped waiting
	Failed     uint64 // writes whose writer gave up after the last attempt
	Ambiguous  uint64 // of the failed writes, those that were stored all the same
	AckedLost  uint64 // acked and then lost: a broken promise
	Inversions uint64 // stored after a later write of the same key
	OutOfOrder uint64 // of these, those of which the lane promised that it would not happen: a broken promise
	Good       uint64 // committed while their writer had not given up
	Visible    uint64 // of the committed ones, those that readers can see
	Collided   uint64 // attempts that were given an ID which another write has: a broken promise
}

// Attempts is the number of attempts.
func (c *Counts) Attempts() uint64 { return c.Offered + c.Retried + c.Redelivered }

// Ended is the number of attempts that are in flight no more.
func (c *Counts) Ended() uint64 {
	return c.Committed + c.Duplicates + c.Suppressed + c.Rejected + c.Dropped + c.Expired + c.Erred
}

// fields lists all counters, so that sums need not name each.
func (c *Counts) fields() [21]*uint64 {
	return [...]*uint64{
		&c.Offered, &c.Retried, &c.Redelivered, &c.Admitted, &c.Acked,
		&c.Committed, &c.Duplicates, &c.Suppressed, &c.Rejected, &c.Dropped, &c.Expired, &c.Erred,
		&c.TimedOut, &c.Failed, &c.Ambiguous, &c.AckedLost, &c.Inversions, &c.OutOfOrder, &c.Good, &c.Visible, &c.Collided,
	}
}

// Plus returns the sum of two spans or two lanes.
func (c Counts) Plus(d Counts) Counts {
	other := d.fields()
	for i, f := range c.fields() {
		*f += *other[i]
	}
	return c
}

func (c Counts) minus(d Counts) Counts {
	other := d.fields()
	for i, f := range c.fields() {
		*f -= *other[i]
	}
	return c
}
