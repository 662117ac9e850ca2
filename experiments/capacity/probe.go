package capacity

import (
	"math"

	"onepen/experiments/response"
	"onepen/experiments/trial"
	"onepen/models"
	"onepen/sim"
)

// probe is one value of the parameter, and what its replications have said of
// the objectives.
type probe struct {
	point    int // number of the design point, in the order of the search
	x        float64
	scenario *models.Scenario
	n        int         // replications
	readings [][]reading // by objective and replication
	samples  []*response.Sample
}

func newProbe(point int, x float64, scenario *models.Scenario, objectives []Objective, responses []response.Response) *probe {
	p := &probe{point: point, x: x, scenario: scenario, readings: make([][]reading, len(objectives))}
	for _, r := range responses {
		p.samples = append(p.samples, response.NewSample(r))
	}
	return p
}

// add takes what one more replication says.
func (p *probe) add(o *trial.Outcome, objectives []Objective) {
	for i, objective := range objectives {
		p.readings[i] = append(p.readings[i], objective.read(&o.Report.Result))
	}
	for _, s := range p.samples {
		s.Add(&o.Report)
	}
	p.n++
}

// excess returns by how much each replication exceeds an objective: over -
// target·per, turned around if the response is to be above. Its mean is 0 where
// the objective is just kept, whatever the length of the runs. It is false if a
// run had nothing to say.
func (p *probe) excess(o Objective, i int) ([]float64, bool) {
	d := make([]float64, p.n)
	for r, x := range p.readings[i] {
		if x.missing {
			return nil, false
		}
		d[r] = x.over - float64(x.target*x.per)
		if o.Above {
			d[r] = -d[r]
		}
	}
	return d, true
}

// score says how far an objective is from being just kept, from -1 to 1, below 0
// if it is kept:
//
//	(R - target) / (R + target)
//
// with R the ratio over all replications. It is close to linear in what R is
// exponential in, as the tail of a latency is in the load, and bounded where a
// line grows without end.
func (p *probe) score(o Objective, i int) float64 {
	over, per, target := 0.0, 0.0, 0.0
	for _, x := range p.readings[i] {
		if x.missing {
			return 1
		}
		over, per, target = over+x.over, per+x.per, x.target
	}
	ratio := over / per
	score := (ratio - target) / (ratio + target)
	switch {
	case ratio+target == 0:
		return -1 // nothing where nothing is allowed
	case o.Above:
		return -score
	}
	return score
}

// worst returns the objective that is nearest to being broken, or most broken,
// and its score.
func (p *probe) worst(objectives []Objective) (index int, score float64) {
	score = math.Inf(-1)
	for i, o := range objectives {
		if x := p.score(o, i); x > score {
			index, score = i, x
		}
	}
	return index, score
}

// Verdict says whether an objective is kept at a value.
type Verdict uint8

// What replications may say of an objective.
const (
	Undecided Verdict = iota // the 95 % interval holds both
	Kept
	Broken
)

var verdicts = []string{"undecided", "kept", "broken"}

func (v Verdict) String() string { return verdicts[v] }

// verdict says whether an objective is kept.
func (p *probe) verdict(o Objective, i int) Verdict {
	d, ok := p.excess(o, i)
	if !ok {
		return Broken
	}
	switch v := sim.StudentInterval(d, sim.Confidence); {
	case v.High() < 0, v.Mean == 0 && v.HalfWidth == 0:
		return Kept
	case v.Low() > 0:
		return Broken
	}
	return Undecided
}
