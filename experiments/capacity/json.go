package capacity

import (
	"io"
	"strings"

	"onepen/experiments"
)

// WriteJSON writes a result as one JSON object. What was not found or measured
// is null.
func WriteJSON(w io.Writer, about experiments.Origin, r *Result) error {
	d := document{
		Version: about.Version, Scenario: r.Base.Name, Config: experiments.ConfigHash(r.Base), Seed: r.Base.Seed,
		Path: r.Path, Unit: r.Param.Unit, Border: borders[r.Border], Rising: r.Rising,
		Value: experiments.Finite(r.Value.Mean), Low: experiments.Finite(r.Low), High: experiments.Finite(r.High),
		Precise: r.Precise, Replications: r.Replications, Notes: append([]string{}, r.Notes...),
	}
	for i, o := range r.Objectives {
		d.Objectives = append(d.Objectives, o.String())
		if i == r.Binding {
			d.Binding = o.String()
		}
	}
	if r.Knee != nil {
		d.Knee, d.KneeHalfWidth = experiments.Finite(r.Knee.Mean), experiments.Finite(r.Knee.HalfWidth)
	}
	d.There = r.There.json()
	for i := range r.Points {
		d.Points = append(d.Points, r.Points[i].json())
	}
	return experiments.EncodeJSON(w, d)
}

// The shape of the JSON object.
type (
	document struct {
		Version       string   `json:"version"`
		Scenario      string   `json:"scenario"`
		Config        string   `json:"config"`
		Seed          uint64   `json:"seed"`
		Path          string   `json:"path"`
		Unit          string   `json:"unit"`
		Objectives    []string `json:"objectives"`
		Border        string   `json:"border"`
		Rising        bool     `json:"more_is_worse"`
		Value         *float64 `json:"value"`
		Low           *float64 `json:"low"`
		High          *float64 `json:"high"`
		Binding       string   `json:"binding"`
		Precise       bool     `json:"precise"`
		Replications  int      `json:"replications"`
		Knee          *float64 `json:"knee"`
		KneeHalfWidth *float64 `json:"knee_half_width"`
		Notes         []string `json:"notes"`
		There         point    `json:"there"`
		Points        []point  `json:"points"`
	}
	point struct {
		Point    int       `json:"point"`
		Value    float64   `json:"value"`
		Verdicts []string  `json:"verdicts"` // of the objectives, in their order
		Measures []measure `json:"measures"`
	}
	measure struct {
		Component string   `json:"component"`
		Measure   string   `json:"measure"`
		Unit      string   `json:"unit"`
		Mean      *float64 `json:"mean"`
		HalfWidth *float64 `json:"half_width"`
		N         int      `json:"n"`
		Warnings  []string `json:"warnings"`
	}
)

func (p *Point) json() point {
	q := point{Point: p.Point, Value: p.Value}
	for _, v := range p.Verdicts {
		q.Verdicts = append(q.Verdicts, v.String())
	}
	for _, m := range p.Responses {
		q.Measures = append(q.Measures, measure{
			Component: m.Component, Measure: m.Measure, Unit: m.Unit,
			Mean: experiments.Finite(m.Mean), HalfWidth: experiments.Finite(m.HalfWidth), N: m.N,
			Warnings: strings.Fields(m.Warnings.String()),
		})
	}
	return q
}
