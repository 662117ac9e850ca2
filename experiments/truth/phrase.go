package truth

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"onepen/sim"
)

// The models are stated in words that follow a few patterns. What is read here
// comes from the embedded file, so a phrase that cannot be read is a bug.

// field returns the value of the first part "key=value" of the model.
func (c *Case) field(key string) string {
	value, ok := c.optional(key)
	if !ok {
		panic(fmt.Sprintf("truth: case %s does not say %s", c.ID, key))
	}
	return value
}

// optional is field for what a model may leave open.
func (c *Case) optional(key string) (value string, ok bool) {
	for part := range strings.SplitSeq(c.Params, ";") {
		if name, value, found := strings.Cut(part, "="); found && name == key {
			return value, true
		}
	}
	return "", false
}

// find returns the groups of a pattern in the text of the model.
func (c *Case) find(pattern string) []string {
	found := regexp.MustCompile(pattern).FindStringSubmatch(c.Params)
	if found == nil {
		panic(fmt.Sprintf("truth: case %s does not say %s", c.ID, pattern))
	}
	return found[1:]
}

// number returns the number that a field begins with.
func (c *Case) number(key string) float64 { return leading(c.field(key)) }

// count is number for whole numbers.
func (c *Case) count(key string) int { return int(c.number(key)) }

// law returns the distribution that a field describes.
func (c *Case) law(key string) sim.Dist { return law(c.field(key)) }

// leading reads the number at the start of a text.
func leading(text string) float64 {
	digits := regexp.MustCompile(`^[0-9.]+(e[0-9]+)?`).FindString(text)
	return real(digits)
}

// real reads a number.
func real(text string) float64 {
	x, err := strconv.ParseFloat(text, 64)
	if err != nil {
		panic(fmt.Sprintf("truth: no number: %q", text))
	}
	return x
}

// lawPhrases translate descriptions of distributions into the notation of
// scenarios.
var lawPhrases = []struct{ phrase, notation string }{
	{`^exp means? ([0-9.]+[mu]s)`, "exponential($1)"},
	{`^deterministic(?: mean)? ([0-9.]+[mu]s)`, "$1"},
	{`^Erlang-([0-9]+) mean ([0-9.]+ms)`, "erlang(k=$1, mean=$2)"},
	{`^lognormal mean ([0-9.]+ms) cv ([0-9.]+)`, "lognormal(mean=$1, cv=$2)"},
	{`^hyperexp p=([0-9.]+) mean ([0-9.]+ms) else mean ([0-9.]+ms)`, "hyperexp(p=$1, a=$2, b=$3)"},
	{`^bounded Pareto alpha=([0-9.]+) L=([0-9]+ms) H=([0-9]+ms)`, "pareto(alpha=$1, lo=$2, hi=$3)"},
	{`^uniform\[([0-9.]+),([0-9.]+)\]ms`, "uniform(${1}ms, ${2}ms)"},
}

// law reads a description such as "exp mean 2ms" or "lognormal mean 2ms cv 1".
func law(text string) sim.Dist {
	for _, p := range lawPhrases {
		pattern := regexp.MustCompile(p.phrase)
		match := pattern.FindStringSubmatchIndex(text)
		if match == nil {
			continue
		}
		d, err := sim.ParseDist(string(pattern.ExpandString(nil, p.notation, text, match)), nil)
		if err != nil {
			panic(fmt.Sprintf("truth: %q: %v", text, err))
		}
		return d
	}
	panic(fmt.Sprintf("truth: no distribution: %q", text))
}
