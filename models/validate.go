package models

import (
	"fmt"
	"slices"

	"onepen/sim/names"
)

// maxLanes bounds the lanes of a scenario: a lane's number takes 8 bits in a
// write.
const maxLanes = 255

// Validate checks that the values of a scenario fit each other, which Set does
// not. It changes nothing. Each error is a *ParamError.
func (s *Scenario) Validate() []error {
	v := validation{s: s}
	if len(s.Lanes) == 0 {
		v.problem("lanes", "there must be at least one lane")
	}
	if len(s.Lanes) > maxLanes {
		v.problem("lanes", "there may be %d lanes, got %d", maxLanes, len(s.Lanes))
	}
	if s.Warmup >= s.Duration {
		v.problem("warmup", "must be shorter than the duration, %s, got %s", s.Duration, s.Warmup)
	}
	for i := range s.Lanes {
		l := &s.Lanes[i]
		v.references(l)
		v.arrivals(l)
		v.keys(l)
	}
	for i := range s.Allocators {
		v.machines(&s.Allocators[i])
	}
	v.timeline()
	return v.problems
}

type validation struct {
	s        *Scenario
	problems []error
}

func (v *validation) problem(path, format string, args ...any) {
	v.problems = append(v.problems, &ParamError{Path: path, Problem: fmt.Sprintf(format, args...)})
}

// references checks that the components a lane names are there.
func (v *validation) references(l *Lane) {
	path := "lanes." + l.Name
	if stores := v.s.components(sectionStores); !slices.Contains(stores, l.Store) {
		v.missing(path+".store", "store", l.Store, stores)
	}
	if allocators := v.s.components(sectionAllocators); l.IDs != noAllocator && !slices.Contains(allocators, l.IDs) {
		v.missing(path+".ids", "allocator", l.IDs, append(allocators, noAllocator))
	}
}

func (v *validation) missing(path, what, name string, known []string) {
	problem := fmt.Sprintf("there is no %s %q (there are: %s)", what, name, listed(known))
	if name == "" {
		problem = fmt.Sprintf("must name a %s (there are: %s)", what, listed(known))
	}
	v.problems = append(v.problems, &ParamError{Path: path, Problem: problem, Nearest: names.Nearest(name, known)})
}

// arrivals checks the arrival process of a lane.
func (v *validation) arrivals(l *Lane) {
	a, path := &l.Arrivals, "lanes."+l.Name+".arrivals."
	switch a.Process {
	case OnOff:
		on, off := a.On.Mean(), a.Off.Mean()
		if !(on > 0) || !(off > 0) {
			v.problem(path+"on", "on and off periods must have a positive mean, got %s and %s", a.On, a.Off)
			return
		}
		if most := a.Rate * (on + off) / on; a.Peak > most*(1+1e-9) {
			v.problem(path+"peak", "must be at most %s, or the on periods alone bring more than the mean rate of %s; got %s",
				formatRate(most), formatRate(a.Rate), formatRate(a.Peak))
		}
	case Trace:
		if a.Trace == "" {
			v.problem(path+"trace", "the process trace needs a file")
		}
	case Closed:
		v.closedLoop(l)
	}
}

// closedLoop checks that a writer's round takes time, or the loop would never
// leave its instant.
func (v *validation) closedLoop(l *Lane) {
	if l.Arrivals.Think.Mean() > 0 {
		return
	}
	if l.Ack == AckAccept && (l.Queue.Mode != QueueDurable || l.Queue.Append.Mean() == 0) {
		v.problem("lanes."+l.Name+".arrivals.think", "must be above 0 for a closed loop whose writes are acked on accept without delay")
	}
	store := v.s.Store(l.Store)
	if l.Ack == AckCommit && store != nil && store.Overhead.Mean()+store.PerRecord.Mean() == 0 {
		v.problem("lanes."+l.Name+".arrivals.think", "must be above 0 for a closed loop whose store takes no time")
	}
}

// keys checks the keys of a lane.
func (v *validation) keys(l *Lane) {
	path := "lanes." + l.Name + ".keys.skew"
	switch l.Keys.Skew.Kind {
	case SkewHot:
		if l.Keys.Skew.Count > l.Keys.Space {
			v.problem(path, "there cannot be more hot keys than keys (%d), got %d", l.Keys.Space, l.Keys.Skew.Count)
		}
	case SkewTrace:
		if l.Arrivals.Process != Trace {
			v.problem(path, "needs arrivals.process: trace, got %s", l.Arrivals.Process)
		}
	}
}

// machines checks that snowflake IDs can tell all writers apart.
func (v *validation) machines(a *Allocator) {
	writers := 0
	for i := range v.s.Lanes {
		if v.s.Lanes[i].IDs == a.Name {
			writers += v.s.Lanes[i].Arrivals.Writers
		}
	}
	if writers > 1<<a.MachineBits && a.Strategy == Snowflake {
		v.problem("allocators."+a.Name+".machine_bits", "must tell %d writers apart, got %d bits for %d", writers, a.MachineBits, 1<<a.MachineBits)
	}
	if bits := a.MachineBits + a.SequenceBits; bits > 40 {
		v.problem("allocators."+a.Name+".sequence_bits", "must leave room for the time: machine_bits + sequence_bits may be 40, got %d", bits)
	}
}

// timeline checks that the changes come in order and can be made.
func (v *validation) timeline() {
	after := v.s.Clone()
	after.Timeline = nil
	for i, change := range v.s.Timeline {
		path := fmt.Sprintf("timeline.%d", i)
		if change.At < 0 || change.At > v.s.Duration {
			v.problem(path+".at", "must be within the duration, 0s to %s, got %s", v.s.Duration, change.At)
		}
		if i > 0 && change.At < v.s.Timeline[i-1].At {
			v.problem(path+".at", "must not come before the change above it, at %s, got %s", v.s.Timeline[i-1].At, change.At)
		}
		before := len(v.problems)
		for _, a := range change.Set {
			if err := after.setLive(a); err != nil {
				v.within(path+".set.", err)
			}
		}
		if len(v.problems) == before {
			for _, err := range after.Validate() {
				v.within(path+".set.", err)
			}
		}
	}
}

// within files an error of a change under the change's path.
func (v *validation) within(prefix string, err error) {
	if p, ok := err.(*ParamError); ok {
		inner := *p
		inner.Path = prefix + p.Path
		err = &inner
	}
	v.problems = append(v.problems, err)
}
