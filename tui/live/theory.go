package live

import (
	"slices"
	"time"

	"onepen/experiments/prediction"
)

// Prediction is what queueing theory expects of a component, beside what was
// measured there since the warm-up.
type Prediction = prediction.Prediction

// predicting is the shortest wall-clock time between two predictions: they
// need the result of the whole run, which takes a while to copy.
const predicting = time.Second

// predict renews what frames say of theory.
func (r *run) predict() {
	result := r.system.Result()
	r.predictions = prediction.Of(r.now, &result)
	if len(r.session.Timeline()) == 0 {
		return
	}
	for i := range r.predictions {
		p := &r.predictions[i]
		p.Not = append(slices.Clone(p.Not), "the run was changed, and measured before and after")
	}
}

// Predicted returns what theory expects of a component, of section
// "allocators" or "stores"; false if no formula is known for it.
func (f *Frame) Predicted(section, name string) (Prediction, bool) {
	for _, p := range f.Predictions {
		if p.Section == section && p.Name == name {
			return p, true
		}
	}
	return Prediction{}, false
}
