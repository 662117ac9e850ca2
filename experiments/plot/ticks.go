package plot

import (
	"math"
	"strconv"
	"strings"

	gonum "gonum.org/v1/plot"
)

// linearStep returns the step of at most n ticks over a span: 1, 2 or 5 times a
// power of ten.
func linearStep(span float64, n int) float64 {
	least := span / float64(max(n-1, 1))
	unit := math.Pow(10, math.Floor(math.Log10(least)))
	for _, m := range [...]float64{1, 2, 5} {
		if m*unit >= least*(1-1e-9) {
			return m * unit
		}
	}
	return 10 * unit
}

// linearTicks returns the multiples of step from lo to hi, in the unit.
func linearTicks(lo, hi, step float64, u scaled) []gonum.Tick {
	var ticks []gonum.Tick
	shown := step / u.factor
	first, last := math.Ceil(lo/step-1e-9), math.Floor(hi/step+1e-9)
	for i := first; i <= last; i++ {
		ticks = append(ticks, gonum.Tick{Value: i * step, Label: tickText(i*shown, shown)})
	}
	return ticks
}

// logTicks returns ticks of a logarithmic axis, about n of them with a label:
// decades, with 2 and 5 between them where there is room, and unlabelled ticks
// at the other whole multiples.
func logTicks(lo, hi float64, n int, u scaled) []gonum.Tick {
	// Decades are those of the unit that is shown: minutes have others than
	// seconds.
	from := math.Floor(math.Log10(lo/u.factor) + 1e-9)
	to := math.Ceil(math.Log10(hi/u.factor) - 1e-9)
	decades := math.Log10(hi / lo)
	every := math.Max(1, math.Ceil(decades/float64(max(n, 1))))
	var ticks []gonum.Tick
	for e := from; e <= to; e++ {
		for m := 1.0; m < 10; m++ {
			v := m * math.Pow(10, e)
			if v*u.factor < lo*(1-1e-9) || v*u.factor > hi*(1+1e-9) {
				continue
			}
			tick := gonum.Tick{Value: v * u.factor}
			decade := m == 1 && math.Mod(e-from, every) == 0
			between := (m == 2 || m == 5) && 3*decades <= float64(n)
			dense := 9*decades <= float64(n)
			if decade || between || dense {
				tick.Label = tickText(v, v)
			} else if every > 1 && m != 1 {
				continue
			}
			ticks = append(ticks, tick)
		}
	}
	return labelEnds(ticks, u)
}

// labelEnds labels the first and the last tick where fewer than two have a
// label: one value does not tell a range.
func labelEnds(ticks []gonum.Tick, u scaled) []gonum.Tick {
	labelled := 0
	for _, t := range ticks {
		if t.Label != "" {
			labelled++
		}
	}
	if labelled < 2 && len(ticks) > 1 {
		for _, i := range []int{0, len(ticks) - 1} {
			ticks[i].Label = tickText(ticks[i].Value/u.factor, ticks[i].Value/u.factor)
		}
	}
	return ticks
}

// tailTicks returns the customary percentiles from lo to hi, of which there is
// room for n; positions are 1/(1-p).
func tailTicks(lo, hi, n float64) []gonum.Tick {
	var ticks []gonum.Tick
	free := 0.0 // the first place that no label takes, in labels
	for _, p := range [...]struct {
		odds float64
		text string
	}{
		{1, "0 %"}, {2, "50 %"}, {4, "75 %"}, {10, "90 %"}, {100, "99 %"}, {1e3, "99.9 %"},
		{1e4, "99.99 %"}, {1e5, "99.999 %"}, {1e6, "99.9999 %"},
	} {
		if p.odds < lo*(1-1e-9) || p.odds > hi*(1+1e-9) {
			continue
		}
		tick := gonum.Tick{Value: p.odds}
		if at := n * math.Log(p.odds/lo) / math.Log(hi/lo); at >= free {
			tick.Label = p.text
			free = at + 0.75
		}
		ticks = append(ticks, tick)
	}
	return ticks
}

// tickText writes a value with the decimals that its step needs, thousands
// grouped, and a minus as long as a plus.
func tickText(v, step float64) string {
	decimals := 0
	if step > 0 {
		decimals = int(math.Max(0, -math.Floor(math.Log10(step)+1e-9)))
	}
	if a := math.Abs(v); a >= 1e7 || decimals > 6 {
		return strings.Replace(strconv.FormatFloat(v, 'g', 3, 64), "-", "−", 1)
	}
	text := strconv.FormatFloat(math.Abs(v), 'f', decimals, 64)
	whole, rest, _ := strings.Cut(text, ".")
	if n, err := strconv.ParseUint(whole, 10, 64); err == nil && n >= 1000 {
		whole = grouped(n)
	}
	if rest != "" {
		whole += "." + rest
	}
	if v < 0 && strings.Trim(whole, "0.") != "" {
		return "−" + whole
	}
	return whole
}
