package chart

import "strings"

// Style says what a cell means and how it stands out: one role in the low
// byte, the role of its background in the next, attributes above. Combine a
// role with attributes by or: Title|Bold. Two roles cannot be combined so; the
// role of the background is set with [Style.On].
type Style uint32

// The roles. Their colours belong to the palette of whoever shows the cells.
const (
	Text   Style = iota // plain text; the zero Style
	Dim                 // present but not the point: frames, units, the idle
	Title               // the name of a panel
	Axis                // axis lines, ticks and their labels
	Marker              // a change stamped on a chart
	Key                 // a key the user can press
	Hot                 // over the limit; always next to a sign and a number
	Good                // a promise kept, an improvement
	Broken              // crashed, lost, refused; always next to a sign

	Series1 // the main line of a chart
	Series2 // the second line, such as the 99th percentile
	Twin    // the counterfactual, drawn dotted

	Heat0 // idle: see Heat for the limits
	Heat1
	Heat2
	Heat3
	Heat4 // saturated

	StageAllocator   // where the time goes: waiting for an ID
	StageQueue       // in the queue
	StageLinger      // in an open batch
	StageLine        // in a partition's line
	StageLock        // behind a key lock
	StageService     // being stored
	StageReplication // waiting for replicas
	StageBackoff     // between a failed attempt and its retry

	roleCount
)

// RoleCount is the number of roles: a palette is an array of this length,
// indexed by [Style.Role].
const RoleCount = int(roleCount)

// The attributes.
const (
	Bold    Style = 1 << 16 // brighter or heavier
	Reverse Style = 1 << 17 // foreground and background swapped
)

// roleMask covers a role; backShift is the bits from it to the background's.
const roleMask Style = 0xff

const backShift = 8

var roleNames = [RoleCount]string{
	"text", "dim", "title", "axis", "marker", "key", "hot", "good", "broken",
	"series1", "series2", "twin", "heat0", "heat1", "heat2", "heat3", "heat4",
	"allocator", "queue", "linger", "line", "lock", "service", "replication", "backoff",
}

// Role reports the foreground role, without background and attributes. It is
// always below [RoleCount]: a Style made of unknown bits counts as [Text].
func (s Style) Role() Style { return knownRole(s & roleMask) }

// Back reports the role that colours the background; [Text] stands for the
// terminal's own background.
func (s Style) Back() Style { return knownRole(s >> backShift & roleMask) }

// On reports s on a background of the given role.
func (s Style) On(back Style) Style {
	return s&^(roleMask<<backShift) | back.Role()<<backShift
}

// Has reports whether all the given attributes are set.
func (s Style) Has(attributes Style) bool { return s&attributes == attributes }

// String names the role, its background and its attributes: "hot+bold",
// "queue on service".
func (s Style) String() string {
	var b strings.Builder
	b.WriteString(roleNames[s.Role()])
	if back := s.Back(); back != Text {
		b.WriteString(" on ")
		b.WriteString(roleNames[back])
	}
	if s.Has(Bold) {
		b.WriteString("+bold")
	}
	if s.Has(Reverse) {
		b.WriteString("+reverse")
	}
	return b.String()
}

func knownRole(s Style) Style {
	if s >= roleCount {
		return Text
	}
	return s
}

// Heat reports the style of a load on the one heat scale used everywhere: load
// is a busy fraction, 1 is saturation, more than 1 is overload.
//
// The limits follow the time in system of a single M/M/1 server in service
// times, 1/(1-load) (Kleinrock 1975, Queueing Systems I, eq. 3.26): at 0.3 a
// visit takes 1.4 services, at 0.5 two, at 0.7 more than three, at 0.9 ten.
// NaN, the load of nothing, is [Dim].
func Heat(load float64) Style {
	switch {
	case load >= 0.9:
		return Heat4
	case load >= 0.7:
		return Heat3
	case load >= 0.5:
		return Heat2
	case load >= 0.3:
		return Heat1
	case load < 0.3:
		return Heat0
	}
	return Dim
}

// State is the condition of a thing drawn: each has its own sign, so that it
// is readable without colour.
type State uint8

const (
	StateCalm State = iota // nothing to say
	StateHot               // hot: what the writers pile up at
	StateDown              // crashed or refusing
)

var stateNames = [...]string{"calm", "hot", "down"}

// String names the state.
func (s State) String() string {
	if int(s) < len(stateNames) {
		return stateNames[s]
	}
	return "unknown"
}

// style reports the style that overrides calm in this state.
func (s State) style(calm Style) Style {
	switch s {
	case StateHot:
		return Hot | Bold
	case StateDown:
		return Broken | Bold
	}
	return calm
}
