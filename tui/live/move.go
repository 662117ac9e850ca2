package live

import (
	"fmt"
	"strconv"
	"strings"

	"onepen/models"
)

// Move is a change of strategy under one key. It acts on one lane, or on the
// allocator or the store of that lane.
type Move struct {
	Key  rune // goes to the next setting
	Back rune // goes to the setting before; 0 = no such key
	Name string

	// Paths are the parameters that the move sets, where {lane}, {ids} and
	// {store} stand for the lane's name, its allocator and its store.
	Paths []string
	// Settings are what the key goes through, in this order, and then from the
	// start. A scenario that begins with none of them adds its own as the last.
	Settings []Setting
	// Factor is for a move without settings on a count: the key multiplies it,
	// Back divides it.
	Factor     int
	More, Less Effect // of multiplying and of dividing
}

// Setting is one position of a move.
type Setting struct {
	Name   string
	Values []string // in the order of Move.Paths; "" leaves a parameter as it is
	Effect Effect   // of going there
}

// Effect is what a move promises and costs in one of its directions.
type Effect struct {
	Gain  string // what it relieves or restores
	Cost  string // what one pays for it
	Price string // the same in a few words
}

// Choice is what a move would do for one lane at this instant.
type Choice struct {
	Setting string              // how it is set now
	Next    string              // what the key would set; "" if it cannot
	Set     []models.Assignment // the change that does so
	Reason  string              // why the key cannot do anything now, or ""
	Changed bool                // not as the scenario began
	Home    bool                // the key would set it as the scenario began
	Effect  Effect              // of what the key would set
}

// Choose reports what a move would do for a lane: forward, or back to the
// setting before. now holds the parameters as they are, start those that the
// scenario began with.
func (m *Move) Choose(now, start *models.Scenario, lane string, back bool) Choice {
	paths, reason := m.paths(now, lane)
	if reason != "" {
		return Choice{Setting: Absent, Reason: reason}
	}
	current, own := values(now, paths), values(start, paths)
	choice := Choice{Setting: m.label(current), Changed: m.label(current) != m.label(own)}
	next, reason := m.next(current, own, back)
	if reason == "" {
		reason = choice.propose(now, paths, current, next)
	}
	if reason != "" {
		choice.Reason, choice.Set = reason, nil
		return choice
	}
	next = filled(next, current)
	choice.Next, choice.Home = m.label(next), m.label(next) == m.label(own)
	choice.Effect = m.effect(next, back)
	return choice
}

// effect returns what going to some values promises and costs.
func (m *Move) effect(next []string, back bool) Effect {
	at := m.find(next)
	switch {
	case m.Factor > 0 && back:
		return m.Less
	case m.Factor > 0:
		return m.More
	case at < 0:
		return asWritten
	}
	return m.Settings[at].Effect
}

// Absent is how the setting of a move that has none is written.
const Absent = "–"

// PathsFor returns the parameters that the move sets for a lane, none if it has
// no place there.
func (m *Move) PathsFor(s *models.Scenario, lane string) []string {
	paths, _ := m.paths(s, lane)
	return paths
}

// paths returns the parameters that the move sets for a lane, or the reason
// why there are none.
func (m *Move) paths(s *models.Scenario, lane string) (paths []string, reason string) {
	l := s.Lane(lane)
	if l == nil {
		return nil, fmt.Sprintf("there is no lane %s", lane)
	}
	fill := strings.NewReplacer("{lane}", lane, "{ids}", l.IDs, "{store}", l.Store)
	for _, template := range m.Paths {
		if strings.Contains(template, "{ids}") && s.Allocator(l.IDs) == nil {
			return nil, "this lane needs no IDs"
		}
		paths = append(paths, fill.Replace(template))
	}
	return paths, ""
}

// next returns the values that the key would set, or why there are none.
func (m *Move) next(current, own []string, back bool) (next []string, reason string) {
	if m.Factor > 0 {
		return m.scaled(current[0], back)
	}
	settings := m.Settings
	if m.find(own) < 0 {
		settings = append(settings[:len(settings):len(settings)], Setting{Values: own})
	}
	at := -1
	for i := range settings {
		if m.matches(settings[i].Values, current) {
			at = i
			break
		}
	}
	step := 1
	if back {
		step = len(settings) - 1
	}
	return settings[(at+step+len(settings))%len(settings)].Values, ""
}

// scaled returns a count multiplied or divided by the factor of the move.
func (m *Move) scaled(current string, back bool) (next []string, reason string) {
	n, err := strconv.Atoi(current)
	if err != nil {
		return nil, fmt.Sprintf("%s is not a count", current)
	}
	if !back {
		return []string{strconv.Itoa(n * m.Factor)}, ""
	}
	if n < m.Factor {
		return nil, fmt.Sprintf("there are no fewer %s than %d", m.Name, n)
	}
	return []string{strconv.Itoa(n / m.Factor)}, ""
}

// propose fills in the assignments and reports why the system would refuse
// them, or "".
func (c *Choice) propose(now *models.Scenario, paths, current, next []string) string {
	trial := now.Clone()
	trial.Timeline = nil // what the scenario itself still plans was checked when the run began
	for i, path := range paths {
		if next[i] == "" || next[i] == current[i] {
			continue
		}
		declaration, err := now.Declaration(path)
		if err != nil {
			return err.Error()
		}
		if !declaration.Live {
			return fmt.Sprintf("%s cannot change during a run", path)
		}
		if err := trial.Set(path, next[i]); err != nil {
			return err.Error()
		}
		c.Set = append(c.Set, models.Assignment{Path: path, Value: next[i]})
	}
	if len(c.Set) == 0 {
		return "it is set so already"
	}
	if problems := trial.Validate(); len(problems) > 0 {
		return problems[0].Error()
	}
	return ""
}

// label names values: by the setting they match, else by themselves.
func (m *Move) label(values []string) string {
	if at := m.find(values); at >= 0 {
		return m.Settings[at].Name
	}
	return strings.Join(values, " / ")
}

// find returns the number of the setting that values match, or -1.
func (m *Move) find(values []string) int {
	for i := range m.Settings {
		if m.matches(m.Settings[i].Values, values) {
			return i
		}
	}
	return -1
}

// matches reports whether values are those of a setting.
func (m *Move) matches(setting, values []string) bool {
	for i := range setting {
		if setting[i] != "" && setting[i] != values[i] {
			return false
		}
	}
	return true
}

// filled returns values with those that are left alone as they are now.
func filled(values, current []string) []string {
	whole := make([]string, len(values))
	for i := range values {
		whole[i] = values[i]
		if whole[i] == "" {
			whole[i] = current[i]
		}
	}
	return whole
}

// values returns the texts of parameters that are known to exist.
func values(s *models.Scenario, paths []string) []string {
	texts := make([]string, len(paths))
	for i, path := range paths {
		text, err := s.Value(path)
		if err != nil {
			panic("live: " + err.Error())
		}
		texts[i] = text
	}
	return texts
}
