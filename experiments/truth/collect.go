package truth

import (
	"onepen/models"
	"onepen/sim"
)

// waits collects the time of each write before its service.
type waits struct{ law *sim.Histogram }

func newWaits() collector { return &waits{new(sim.Histogram)} }

func (w *waits) see(p *models.Passage) { w.law.Record(before(p)) }

// before is the time that a write waited for its service.
func before(p *models.Passage) sim.Time {
	return p.Parts[models.StageQueue] + p.Parts[models.StageLinger] + p.Parts[models.StageLine]
}

func waitLaw(o *observation) *sim.Histogram { return o.seen.(*waits).law }

// operations collects the sizes of operations and how long their batches were
// open.
type operations struct {
	bySize map[int]float64
	all    float64
	open   sim.Time
	linger sim.Time // that counts as whole
	whole  float64  // writes that lingered for all of it
	writes float64
}

func (c *operations) see(p *models.Passage) {
	c.writes++
	if p.Parts[models.StageLinger] == c.linger {
		c.whole++
	}
	if p.Leads {
		c.all++
		c.bySize[p.Batch]++
		c.open += p.Parts[models.StageLinger]
	}
}

// newOperations returns an operations that counts the writes which linger for
// a whole span.
func newOperations(linger sim.Time) func() collector {
	return func() collector { return &operations{bySize: make(map[int]float64), linger: linger} }
}

func operationsOf(o *observation) *operations { return o.seen.(*operations) }

// shares collects how often keys and partitions are written to, and how long
// the writes to each partition took.
type shares struct {
	first, ten float64   // writes to the most popular key, to the ten most popular ones
	all        float64   // writes
	writes     []float64 // by partition
	sojourns   []float64 // their sum by partition [s]
}

func newShares(partitions int) func() collector {
	return func() collector {
		return &shares{writes: make([]float64, partitions), sojourns: make([]float64, partitions)}
	}
}

func (c *shares) see(p *models.Passage) {
	c.all++
	if p.Key == 1 {
		c.first++
	}
	if p.Key <= 10 {
		c.ten++
	}
	c.writes[p.Partition]++
	c.sojourns[p.Partition] += (p.Committed - p.Offered).Seconds()
}

func sharesOf(o *observation) *shares { return o.seen.(*shares) }

// hot collects the service of the writes to one key.
type hot struct {
	key     uint32
	service sim.Time
}

func newHot(key int) func() collector { return func() collector { return &hot{key: uint32(key)} } }

func (c *hot) see(p *models.Passage) {
	if p.Key == c.key {
		c.service += p.Parts[models.StageService]
	}
}
