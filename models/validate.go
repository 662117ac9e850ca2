package models

import (
	"fmt"
	"math/bits"
	"slices"

	"onepen/sim"
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
	for i := range s.Stores {
		v.routing(&s.Stores[i])
		v.replicas(&s.Stores[i])
	}
	for i := range s.Allocators {
		v.allocator(&s.Allocators[i])
	}
	v.timeline()
	return v.problems
}

// maxNodes bounds the virtual nodes of a ring, all in memory.
const maxNodes = 1 << 20

// routing checks that a store can route its writes as it should.
func (v *validation) routing(st *Store) {
	path := "stores." + st.Name + "."
	if nodes := st.Partitions * st.Virtual; st.Route == RouteRing && nodes > maxNodes {
		v.problem(path+"virtual_nodes", "must be at most %d for %d partitions, got %d: a ring holds %d nodes", maxNodes/st.Partitions, st.Partitions, st.Virtual, maxNodes)
	}
	if st.RouteBy != ByID {
		return
	}
	for i := range v.s.Lanes {
		l := &v.s.Lanes[i]
		if a := v.s.Allocator(l.IDs); l.Store == st.Name && (a == nil || a.Strategy == Unallocated) {
			v.problem(path+"route_by", "id needs lanes whose writes have IDs, which those of %s have not", l.Name)
		}
	}
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
	there, near := "there are: "+listed(known), names.Nearest(name, known)
	if len(v.s.components(what+"s")) == 0 {
		near = ""
		there = fmt.Sprintf("no %ss are declared; a section %ss declares them", what, what)
	}
	problem := fmt.Sprintf("there is no %s %q (%s)", what, name, there)
	if name == "" {
		problem = fmt.Sprintf("must name a %s (%s)", what, there)
	}
	v.problems = append(v.problems, &ParamError{Path: path, Problem: problem, Nearest: near})
}

// arrivals checks the arrival process of a lane.
func (v *validation) arrivals(l *Lane) {
	a, path := &l.Arrivals, "lanes."+l.Name+".arrivals."
	if a.Process == Renewal && !(a.Gap.Mean() > 0) {
		v.problem(path+"gap", "must have a positive mean, got %s", a.Gap)
	}
	if a.Process == Closed && l.Preload > 0 {
		v.problem("lanes."+l.Name+".preload", "needs an open loop: a closed one has as many writes under way as writers")
	}
	v.profile(l)
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

// profile checks that a lane's load can vary as its profile says.
func (v *validation) profile(l *Lane) {
	a, path := &l.Arrivals, "lanes."+l.Name+".arrivals.profile"
	rate := max(a.Rate, a.Peak)
	switch {
	case a.Profile.Kind == ProfileConstant:
	case a.Process == Closed:
		v.problem(path, "needs an open loop: the load of a closed one follows from its answers; got %s", a.Profile)
	case (a.Process == Poisson || a.Process == Deterministic || a.Process == OnOff) && rate*a.Profile.max() > maxRate:
		v.problem(path, "may bring the rate of %s to %s, got a factor of %s", formatRate(rate), formatRate(maxRate), formatNumber(a.Profile.max()))
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
	unseen := l.Ack == AckVisible && (l.Consume.Workers == 0 || l.Consume.Service.Mean() == 0)
	if (l.Ack == AckCommit || unseen) && store != nil && store.Overhead.Mean()+store.PerRecord.Mean() == 0 {
		v.problem("lanes."+l.Name+".arrivals.think", "must be above 0 for a closed loop whose store takes no time")
	}
}

// keys checks the keys of a lane.
func (v *validation) keys(l *Lane) {
	k, path := &l.Keys, "lanes."+l.Name+".keys."
	if k.Tenants > k.Space {
		v.problem(path+"tenants", "there cannot be more tenants than keys (%d), got %d", k.Space, k.Tenants)
		return
	}
	switch k.Skew.Kind {
	case SkewHot:
		if owned := k.perTenant(); k.Skew.Count > owned {
			v.problem(path+"skew", "there cannot be more hot keys than keys of a tenant (%d), got %d", owned, k.Skew.Count)
		}
	case SkewTrace:
		if l.Arrivals.Process != Trace {
			v.problem(path+"skew", "needs arrivals.process: trace, got %s", l.Arrivals.Process)
		}
	}
	switch k.Tenancy.Kind {
	case SkewHot:
		if k.Tenancy.Count > k.Tenants {
			v.problem(path+"tenancy", "there cannot be more hot tenants than tenants (%d), got %d", k.Tenants, k.Tenancy.Count)
		}
	case SkewTrace:
		v.problem(path+"tenancy", "a trace has keys but no tenants: choose another popularity than trace")
	}
}

// replicas checks the copies of a store's partitions.
func (v *validation) replicas(st *Store) {
	if st.Quorum > st.Replicas {
		v.problem("stores."+st.Name+".quorum", "must be at most the number of replicas, %d, got %d", st.Replicas, st.Quorum)
	}
}

// allocator checks that the strategy of an allocator can work.
func (v *validation) allocator(a *Allocator) {
	switch a.Strategy {
	case Snowflake:
		v.machines(a)
	case Random:
		v.codes(a)
	}
}

// machines checks that snowflake IDs can tell all writers and all ticks apart.
func (v *validation) machines(a *Allocator) {
	writers := 0
	for i := range v.s.Lanes {
		if v.s.Lanes[i].IDs == a.Name {
			writers += v.s.Lanes[i].Arrivals.Writers
		}
	}
	if writers > 1<<a.MachineBits {
		v.problem("allocators."+a.Name+".machine_bits", "must tell %d writers apart, got %d bits for %d", writers, a.MachineBits, 1<<a.MachineBits)
	}
	ticks := bits.Len64(uint64((a.epoch() + v.s.Duration) / a.Tick))
	if most, used := snowflakeBits-ticks, a.MachineBits+a.SequenceBits; used > most {
		v.problem("allocators."+a.Name+".sequence_bits", "must leave %d bits for ticks of %s: machine_bits + sequence_bits may be %d, got %d", ticks, a.Tick, most, used)
	}
}

// codes checks that there are free random codes, and that looking for one
// takes time, or the search might never leave its instant.
func (v *validation) codes(a *Allocator) {
	path, space := "allocators."+a.Name+".", a.space()
	most := space
	if a.Checked {
		most--
	}
	if float64(a.Population) > most {
		v.problem(path+"population", "must be at most %.0f of the %.0f codes that length and alphabet allow, got %d", most, space, a.Population)
	}
	if a.Checked && a.Service.Mean() == 0 && a.RoundTrip == 0 {
		v.problem(path+"service", "must be above 0, or the round trip, for random codes that are checked: looking one up takes time")
	}
}

// timeline checks that the changes come in order and can be made.
func (v *validation) timeline() {
	if len(v.problems) > 0 {
		return // they would come again with every change
	}
	after := v.s.Clone()
	after.Timeline = nil
	var undoing []Change // in the order in which they come
	for i, change := range v.s.Timeline {
		path := fmt.Sprintf("timeline.%d", i+1) // as people count
		if change.At < 0 || change.At > v.s.Duration {
			v.problem(path+".at", "must be within the duration, 0s to %s, got %s", v.s.Duration, change.At)
		}
		if i > 0 && change.At < v.s.Timeline[i-1].At {
			v.problem(path+".at", "must not come before the change above it, at %s, got %s", v.s.Timeline[i-1].At, change.At)
		}
		for len(undoing) > 0 && undoing[0].At <= change.At {
			for _, a := range undoing[0].Set {
				_ = after.Set(a.Path, a.Value) // was valid before
			}
			undoing = undoing[1:]
		}
		undo := Change{At: change.At + change.For}
		for _, a := range change.Set {
			value, _ := after.Value(a.Path)
			undo.Set = append(undo.Set, Assignment{a.Path, value})
		}
		before := len(v.problems)
		if change.Fault.Kind != NoFault {
			if err := after.CheckFault(change.Fault); err != nil {
				v.within(path+".fault.", err)
			}
		} else if len(change.Set) == 0 {
			v.problem(path, "must set parameters or name a fault")
		}
		for _, a := range change.Set {
			if err := after.setLive(a); err != nil {
				v.within(path+".set.", err)
			}
		}
		if change.For > 0 && len(change.Set) > 0 {
			at, _ := slices.BinarySearchFunc(undoing, undo.At, func(d Change, at sim.Time) int {
				if d.At < at {
					return -1
				}
				return 1
			})
			undoing = slices.Insert(undoing, at, undo)
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
