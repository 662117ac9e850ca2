package tui

import (
	"strings"

	"onepen/tui/chart"
	"onepen/tui/live"
)

// topic is a paragraph of the help: a word and what it means.
type topic struct{ word, means string }

// panelTopics explain what is on the screen.
var panelTopics = []topic{
	{"path", "the way of a write from its writer to where it is stored, with what happens at each station now; ▲ stands at what the writers fight over"},
	{"queue depth", "writes in flight over time, stacked by where they are: a colour that grows is where they pile up; dotted lines are changes"},
	{"time to ack", "from offer to answer, on a logarithmic axis: p50 is the middle of the writes, p99 the slowest in a hundred, over about the last half second"},
	{"throughput", "writes offered and writes committed per second: where the lines part, writes pile up or are refused"},
	{"where the time goes", "the shares of the mean time of the writes committed lately, by the stages they passed; the parts add up to the whole"},
	{"partitions", "the owners of the keys: how busy each is, and how many writes stand in its line; a strip where there are many; skew is the largest load over the mean"},
	{"heat over time", "how busy each partition was: a row each, or for the hottest of several"},
	{"details", "what was picked with ↑↓ or the mouse: its load, line, hottest keys and history, and what queueing theory expects of it"},
	{"consumers", "those who read the commits: how long after its commit a write is seen, by the slowest in a hundred, and how many are not yet seen"},
	{"allocators", "what hands out IDs: how busy the central counter is, and how long a write waits for its ID"},
	{"moves", "the changes of strategy, each on its key; • marks what is not as the scenario began"},
	{"fighting over", "what is down, else the place that is more than 70 % busy, or locks of keys that take most of the time, with most writes waiting, seen through a queue that only waits for it; on the way of the lane in focus first"},
	{"broke first", "what could first no longer do what it is there for: writes pile up before it while it is full, or a promise was broken; each kind is told once"},
	{"promises", "what became of the writes of the lane since the start; broken sums what breaks a promise: acked then lost, duplicates, ID collisions and order inversions"},
	{"twin", "the same system on the same random draws without some of the changes: how the run differs from it since the last one, with an interval at 95 % (batch means); what may be chance or is less than 1 % is no gain; dotted on the charts"},
	{"last move", "whether the place that was fought over before it still is, and what it brought: the last 3 s before it against the last 3 s; what it promises and what it costs"},
}

// stageTopics explain the places a write passes, by the keys of the charts.
var stageTopics = map[rune]string{
	'A': "waiting for an ID",
	'Q': "in the queue, its append to a log included",
	'L': "in an open batch that waits for company",
	'P': "in line at a partition",
	'K': "waiting for the lock of its key",
	'S': "being stored",
	'R': "waiting for replicas to confirm",
	'B': "between a failed attempt and the next",
}

// termIndent is the column at which explanations begin.
const termIndent = 22

// help writes the help for columns of some width.
func help(f *live.Frame, v *view, w int) []string {
	var lines []string
	title := func(text string) {
		if len(lines) > 0 {
			lines = append(lines, "")
		}
		lines = append(lines, strings.ToUpper(text))
	}
	explain := func(word, means string) { lines = append(lines, hanging(word, means, w)...) }

	title("scenario " + f.Scenario.Name)
	lines = append(lines, paragraphs(f.Scenario.About, w)...)
	if f.Event.Text != "" {
		title("lately")
		explain(chart.Clock(f.Event.At.Seconds()), f.Event.Text)
	}
	if m := f.Made; m != nil && m.Effect.Gain != "" {
		title("last move")
		explain(clock(m.At), m.Name+": "+m.From+" → "+m.To)
		explain("   gains", m.Effect.Gain)
		explain("   costs", m.Effect.Cost)
		for _, price := range f.PricesSince(m) {
			explain("   since then", chart.Count(int64(price.Count))+" "+price.Noun())
		}
	}
	if len(f.Breaches) > 0 {
		title("what broke, and when")
		for _, b := range f.Breaches {
			explain(clock(b.At), b.What)
		}
	}
	if len(f.Warnings) > 0 {
		title("warnings")
		for _, warning := range f.Warnings {
			lines = append(lines, wrap(warning, w)...)
		}
	}
	title("keys")
	for _, row := range keyRows()[:len(keyRows())-len(live.Moves())] {
		explain(row[0], row[1])
	}
	title("moves, for the lane in focus")
	for _, m := range live.Moves() {
		explain(keysOf(&m)+"  "+m.Name, positions(&m))
		if m.Factor > 0 {
			explain("   more", gainAndCost(m.More))
			explain("   fewer", gainAndCost(m.Less))
		}
		for _, setting := range m.Settings {
			explain("   "+setting.Name, gainAndCost(setting.Effect))
		}
	}
	title("panels")
	for _, t := range panelTopics {
		explain(t.word, t.means)
	}
	title("places of a write, in the order it passes them")
	for _, part := range chart.Stages() {
		explain(string(part.Key)+"  "+part.Name, stageTopics[part.Key])
	}
	return lines
}

// keyRows lists all keys and what they do, the moves last.
func keyRows() [][2]string {
	var rows [][2]string
	for _, b := range bindings() {
		if b.help != "" {
			rows = append(rows, [2]string{b.show, b.help})
		}
	}
	moves := live.Moves()
	for i := range moves {
		rows = append(rows, [2]string{keysOf(&moves[i]), moves[i].Name + ": " + positions(&moves[i])})
	}
	return rows
}

// gainAndCost writes both sides of a move.
func gainAndCost(e live.Effect) string { return e.Gain + ". Costs: " + e.Cost }

// positions names the settings of a move in the order of its key.
func positions(m *live.Move) string {
	if m.Factor > 0 {
		return string(m.Key) + " doubles, " + string(m.Back) + " halves"
	}
	var names []string
	for _, s := range m.Settings {
		names = append(names, s.Name)
	}
	return strings.Join(names, " → ")
}

// hanging writes a word and what it means, the lines after the first indented.
func hanging(word, means string, w int) []string {
	var lines []string
	for i, line := range wrap(means, w-termIndent) {
		head := ""
		if i == 0 {
			head = word
		}
		pad := strings.Repeat(" ", max(termIndent-chart.Width(head), 1))
		lines = append(lines, head+pad+line)
	}
	return lines
}
