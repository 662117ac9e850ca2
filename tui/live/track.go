package live

// track is one column of a history: the newest values, at least keep of them
// once there were as many.
//
// Values are only ever appended to the array behind a track, and an array that
// is full is replaced by a new one. So a view taken earlier stays as it is
// while the driver goes on, and costs nothing: frames share the history
// without copying it. Memory is bounded by 2·keep values and those of the
// arrays that frames still hold.
type track[T any] struct {
	values []T
	keep   int // at least 1
}

func (t *track[T]) add(v T) {
	if len(t.values) == cap(t.values) {
		t.values = append(make([]T, 0, 2*t.keep), t.view()...)
	}
	t.values = append(t.values, v)
}

// view returns the newest values, at most keep of them. It is not to be
// changed.
func (t *track[T]) view() []T {
	from := max(len(t.values)-t.keep, 0)
	return t.values[from:len(t.values):len(t.values)]
}
