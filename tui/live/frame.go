package live

import (
	"onepen/experiments/breach"
	"onepen/models"
	"onepen/sim"
	"onepen/tui/chart"
)

// Frame is everything a screen shows of a run at one simulated instant. It is
// immutable and may be kept: whoever holds one shares no memory that changes.
//
// Numbers of the components are averages over about the last half second of
// simulated time, unless they say otherwise; NaN stands for what was not
// measured.
type Frame struct {
	Scenario *models.Scenario // the parameters as they are now
	Run      int              // 1 for the first run, one more with every restart
	Time     sim.Time         // of the clock; the numbers are as of Sampled
	Sampled  sim.Time         // instant of the newest sample

	Running bool
	Halted  string // why the run cannot go on, or ""
	// Complete says that the run stands where it was asked to end; it can go on.
	Complete bool
	Speed    Speed   // asked for
	Pace     float64 // simulated seconds per second, measured; NaN while unknown

	Lanes      []Lane
	Allocators []Allocator
	Stores     []Store

	Times   []float64    // simulated instants of the history [s], rising
	Window  chart.Range  // the part of the history that charts show [s]
	Marks   []chart.Mark // changes inside the window
	Event   Event        // the newest
	Events  []Event      // the newest of those there were
	Noted   int          // how many there were since the run began
	Choices [][]Choice   // per lane, per move of Moves
	Made    *Made        // the last move made, or nil
	// Breaches are the first times that something broke, the earliest first.
	Breaches []breach.Breach
	// Warnings say what of the scenario cannot keep up by its own numbers.
	Warnings []string
	Session  Session
	// Predictions are what theory expects, renewed about once a second.
	Predictions []Prediction
	// Stamps are all changes of the run, those outside the window too.
	Stamps []Stamp

	Twinned TwinKind // what twin is asked for
	Twin    *Twin    // what runs beside; nil while nothing does
	Replay  *Replay  // that the screen waits for, or nil
}

// Stamp is a change that took effect at an instant.
type Stamp struct {
	At    sim.Time
	Label string
}

// Lane is a lane as the screen shows it. The slices run along Frame.Times.
type Lane struct {
	Name     string
	Now      models.LaneSample           // the newest sample, not averaged
	Offered  float64                     // [1/s]
	Done     float64                     // committed [1/s]
	Late     float64                     // committed whose writer had given up [1/s]
	Refused  float64                     // rejected or dropped [1/s]
	Depth    [models.NumStages]float64   // writes in each stage
	Parts    [models.NumStages]float64   // mean time of a committed write in each stage [s]
	InFlight float64                     // writes
	Busy     float64                     // workers of the queue, busy fraction [0,1]
	Fill     float64                     // writes per operation
	Lag      float64                     // commit to visible, 99th percentile [s]
	Unseen   float64                     // writes committed and not yet visible
	AckP50   []float64                   // offer to ack, median [s]
	AckP99   []float64                   // offer to ack, 99th percentile [s]
	Piled    [models.NumStages][]float64 // writes in each stage at the sample

	OfferedAt []float64                   // [1/s]
	DoneAt    []float64                   // committed [1/s]
	LagAt     []float64                   // commit to visible, 99th percentile [s]
	TimeIn    [models.NumStages][]float64 // mean time of a committed write in each stage [s]

	PiledScale chart.Scale // of Piled, stacked
	AckScale   chart.Scale // of AckP50 and AckP99
	RateScale  chart.Scale // of OfferedAt and DoneAt
}

// Allocator is an allocator as the screen shows it.
type Allocator struct {
	Name        string
	Strategy    models.Strategy
	Down        bool      // its counter crashed, and is not yet back
	Utilization float64   // of the central counter [0,1]
	Waiting     float64   // writes waiting for an ID
	Rate        float64   // IDs handed out [1/s]
	Wait        float64   // from asking to having an ID [s]
	Reordered   uint64    // IDs smaller than one handed out before, since the start of the run
	BusyAt      []float64 // utilization along Frame.Times
}

// Store is a store as the screen shows it.
type Store struct {
	Name       string
	Route      models.Route
	Partitions []Partition // those that own keys first, then those that drain
	Nodes      []Node      // machines that partitions share; none if each has its own
	Active     int         // how many own keys
	Short      bool        // writes wait for followers to come back: too few are up for the quorum
	Skew       float64     // largest over mean arrival rate of the active ones
	Hot        int         // the busiest one
	Outage     sim.Time    // how long a leader would be down that crashed now: less than it takes to start again if a follower takes over
	Heat       [][]float64 // utilization of the partitions there were, along Frame.Times; none where there were more than MaxHeat
}

// Partition is a partition as the screen shows it.
type Partition struct {
	Down        bool    // crashed, and not yet back
	Utilization float64 // [0,1]
	Waiting     float64 // writes in line
	Rate        float64 // writes that arrive [1/s]
	TopKey      uint32  // most frequent key; 0 = none
	TopShare    float64 // its share of the partition's writes [0,1]
	Servers     int
	Most        [models.TopKeys]models.KeyShare // the most frequent keys, the first of them TopKey
}

// Node is a machine as the screen shows it.
type Node struct {
	Utilization float64 // of its CPUs [0,1]
	Waiting     float64 // operations that wait for a CPU
}

// Event is something worth a line on the screen.
type Event struct {
	At   sim.Time
	Kind EventKind
	Text string
}

// EventKind says what sort of thing an Event is.
type EventKind uint8

const (
	EventNote    EventKind = iota // something to know
	EventChange                   // parameters changed
	EventRefusal                  // something asked for was not done
	EventHalt                     // the run ended
	EventBreach                   // something broke that had not been broken before
)

var eventKinds = [...]string{"note", "change", "refusal", "halt", "breach"}

func (k EventKind) String() string { return eventKinds[k] }

// Store returns the store of that name, or nil.
func (f *Frame) Store(name string) *Store {
	for i := range f.Stores {
		if f.Stores[i].Name == name {
			return &f.Stores[i]
		}
	}
	return nil
}

// Allocator returns the allocator of that name, or nil.
func (f *Frame) Allocator(name string) *Allocator {
	for i := range f.Allocators {
		if f.Allocators[i].Name == name {
			return &f.Allocators[i]
		}
	}
	return nil
}
