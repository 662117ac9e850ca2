package enginebench

import "onepen/sim"

const (
	// requestsInFlight is the number of requests without an end so far.
	requestsInFlight = 1000
	// answered is the share of the requests that are answered at all.
	answered = 0.8
	// timeout is how long a request waits for its answer.
	timeout = 10 * sim.Second
)

// Requests is a model that cancels: a thousand requests are in flight, each
// with a timeout, four in five of which are cancelled because the answer comes
// first, after an exponential time with mean 1 s. Every request that ends is
// followed by the next. One operation is one request.
type Requests struct {
	counter
	draws              sim.Stream
	timeouts           []sim.Timer // by request
	answer, unanswered sim.Target
	cancelled          uint64
}

// NewRequests returns the model, in its steady state.
func NewRequests() *Requests {
	r := &Requests{
		counter:  counter{sim: sim.New()},
		draws:    sim.NewStream(1, 0, "bench", "cancel"),
		timeouts: make([]sim.Timer, requestsInFlight),
	}
	r.answer = r.sim.Register(r, answerCame)
	r.unanswered = r.sim.Register(r, timeoutCame)
	for request := range uint32(requestsInFlight) {
		r.send(request)
	}
	r.Run(30 * requestsInFlight)
	return r
}

// send begins a request.
func (r *Requests) send(request uint32) {
	now := r.sim.Now()
	r.timeouts[request] = r.sim.ScheduleTimer(now+timeout, r.unanswered, request)
	if r.draws.Float64() >= answered {
		return
	}
	// An answer after the timeout would meet the next request in its place.
	if wait := gap(&r.draws); wait < timeout {
		r.sim.Schedule(now+wait, r.answer, request)
	}
}

// What happens to a request in the end.
const (
	answerCame sim.Kind = iota
	timeoutCame
)

// Handle ends a request, and sends the next in its place.
func (r *Requests) Handle(kind sim.Kind, request uint32) {
	if kind == answerCame && r.sim.Cancel(r.timeouts[request]) {
		r.cancelled++
	}
	r.send(request)
	r.count()
}

// Cancelled returns the number of timeouts cancelled since the model was made.
func (r *Requests) Cancelled() uint64 { return r.cancelled }
