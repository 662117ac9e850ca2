package compare

import (
	"io"
	"strings"

	"onepen/experiments"
)

// WriteJSON writes a study as one JSON object. What was not measured is null.
func WriteJSON(w io.Writer, about experiments.Origin, s *Study) error {
	moves := make([]move, len(s.Ranked))
	for i := range s.Ranked {
		r := &s.Ranked[i]
		moves[i] = move{
			Rank: i + 1, Tied: r.Tied, Point: r.Point, Label: r.Label, Set: r.Set, Config: experiments.ConfigHash(r.Scenario),
			Measures: differences(r.Rows), Price: differences(r.Price),
		}
	}
	return experiments.EncodeJSON(w, document{
		Version: about.Version, Scenario: s.Base.Name, Config: experiments.ConfigHash(s.Base), Seed: s.Base.Seed,
		Replications: s.Replications, Confidence: Confidence, Each: s.Each,
		Until: s.Until.String(), Reached: s.Reached, Notes: append([]string{}, s.Notes...), Moves: moves,
	})
}

// The shape of the JSON object.
type (
	document struct {
		Version      string   `json:"version"`
		Scenario     string   `json:"scenario"`
		Config       string   `json:"config"`
		Seed         uint64   `json:"seed"`
		Replications int      `json:"replications"`
		Confidence   float64  `json:"confidence"`      // of all intervals of a measure together
		Each         float64  `json:"confidence_each"` // of a single one
		Until        string   `json:"until"`
		Reached      bool     `json:"reached"`
		Notes        []string `json:"notes"`
		Moves        []move   `json:"moves"`
	}
	move struct {
		Rank     int          `json:"rank"`
		Tied     bool         `json:"tied"` // not shown to differ from the one ranked before
		Point    int          `json:"point"`
		Label    string       `json:"move"`
		Set      string       `json:"set"`
		Config   string       `json:"config"`
		Measures []difference `json:"measures"`
		Price    []difference `json:"price"`
	}
	difference struct {
		Component  string   `json:"component"`
		Measure    string   `json:"measure"`
		Unit       string   `json:"unit"`
		Base       *float64 `json:"base"`
		Move       *float64 `json:"with_move"`
		Difference *float64 `json:"difference"`
		HalfWidth  *float64 `json:"half_width"`
		N          int      `json:"n"`
		Change     *float64 `json:"change"`
		Verdict    string   `json:"verdict"`
		Warnings   []string `json:"warnings"`
	}
)

func differences(rows []Row) []difference {
	list := make([]difference, len(rows))
	for i := range rows {
		r := &rows[i]
		list[i] = difference{
			Component: r.Response.Component, Measure: r.Response.Measure, Unit: r.Response.Unit,
			Base: experiments.Finite(r.Base.Mean), Move: experiments.Finite(r.Move.Mean),
			Difference: experiments.Finite(r.Difference.Mean), HalfWidth: experiments.Finite(r.Difference.HalfWidth), N: r.Difference.N,
			Change: experiments.Finite(r.Change()), Verdict: r.Verdict.String(), Warnings: strings.Fields(r.Warnings.String()),
		}
	}
	return list
}
