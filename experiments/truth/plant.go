package truth

import (
	"fmt"
	"strings"

	"onepen/models"
	"onepen/sim"
)

// Plant is an error that the suite makes on purpose, to show that it would be
// seen. The zero value makes none.
type Plant uint8

// The errors that can be planted.
const (
	PlantNone    Plant = iota
	PlantMean          // every measured mean is 2 % too large
	PlantP99           // every measured 99th percentile is 5 % too large
	PlantService       // stores work 2 % slower than told
)

var plants = []string{"none", "mean", "p99", "service"}

func (p Plant) String() string { return plants[p] }

// ParsePlant reads the name of an error to plant.
func ParsePlant(name string) (Plant, error) {
	for i, known := range plants {
		if name == known {
			return Plant(i), nil
		}
	}
	return 0, fmt.Errorf("there is no error %q to plant; there are: %s", name, strings.Join(plants, ", "))
}

// Sizes of the errors planted.
const (
	plantedMean    = 0.02
	plantedP99     = 0.05
	plantedService = 0.02
)

// hits reports whether a plant concerns a row.
func (p Plant) hits(r Row) bool {
	switch p {
	case PlantMean:
		return strings.HasPrefix(r.Measure, "mean_")
	case PlantP99:
		return strings.HasPrefix(r.Measure, "p99_")
	}
	return false
}

// bend turns what was read into sums, with the error that is planted.
func (p Plant) bend(a answer, r Row, x reading) reading {
	edge := a.edge
	if p.hits(r) {
		x.over *= 1 + plantedMean
		edge /= 1 + plantedP99
	}
	if x.law != nil {
		x.over, x.per = x.law.Above(edge), float64(x.law.N())
	}
	return x
}

// spoil plants an error in a scenario.
func (p Plant) spoil(s *models.Scenario) {
	if p != PlantService {
		return
	}
	for i := range s.Stores {
		s.Stores[i].Overhead = slower{s.Stores[i].Overhead}
		s.Stores[i].PerRecord = slower{s.Stores[i].PerRecord}
	}
}

// slower is a distribution whose samples are longer than it says.
type slower struct{ sim.Dist }

// Sample draws a value that is too long.
func (d slower) Sample(s *sim.Stream) sim.Time {
	return sim.FromSeconds(d.Dist.Sample(s).Seconds() * (1 + plantedService))
}
