package capacity

import (
	"errors"
	"fmt"
)

// furthest is how many times a range is doubled or halved to find its other
// end.
const furthest = 20

// bracket returns two probes, one below the border and one above it, low.x <
// high.x. Where the objectives are kept everywhere, or nowhere, one of them is
// nil, and the other is the end of what was looked at.
func (s *search) bracket() (low, high *probe, err error) {
	from, to, err := s.given()
	if err != nil {
		return nil, nil, err
	}
	switch {
	case from != nil && to != nil:
		if s.isKept(from) == s.isKept(to) {
			return s.sameSide(from, to)
		}
		return from, to, nil
	case from != nil:
		return s.expand(from, true)
	case to != nil:
		return s.expand(to, false)
	}
	start, err := s.at(s.axis.start)
	if err != nil {
		return nil, nil, err
	}
	rising := true
	if !s.axis.load() {
		if rising, err = s.direction(start); err != nil {
			return nil, nil, err
		}
	}
	return s.expand(start, s.isKept(start) == rising)
}

// given returns the probes of the ends that were given; nil of one that was
// not.
func (s *search) given() (from, to *probe, err error) {
	end := func(flag, text string) (*probe, error) {
		if text == "" {
			return nil, nil
		}
		x, err := s.axis.parse(text)
		if err != nil {
			return nil, fmt.Errorf("--%s %s: %w", flag, text, err)
		}
		return &probe{x: x}, nil
	}
	low, err := end("from", s.From)
	high, err2 := end("to", s.To)
	if err := errors.Join(err, err2); err != nil {
		return nil, nil, err
	}
	if low != nil && high != nil && low.x >= high.x {
		return nil, nil, fmt.Errorf("--from %s must be less than --to %s", s.From, s.To)
	}
	for _, p := range []**probe{&low, &high} {
		if *p != nil {
			if *p, err = s.at((*p).x); err != nil {
				return nil, nil, err
			}
		}
	}
	return low, high, nil
}

// direction reports whether more of the parameter makes things worse: at twice
// the base's value, or else at the first smaller one that makes a difference.
func (s *search) direction(start *probe) (rising bool, err error) {
	for _, factor := range []float64{2, 1.0 / 2, 1.0 / 4, 1.0 / 8, 1.0 / 16, 1.0 / 32} {
		x := factor * start.x
		if x == start.x || s.axis.whole && x < 1 || !s.axis.allowed(x) {
			continue
		}
		other, err := s.at(x)
		if err != nil {
			return false, err
		}
		if here, there := s.score(start), s.score(other); here != there {
			return there > here == (other.x > start.x), nil
		}
	}
	return false, fmt.Errorf("%s: no value near %s makes a difference to the objectives: give --from and --to if others do", s.Path, s.axis.param.Text(start.x))
}

// expand goes up or down from a probe, doubling or halving, until the
// objectives are kept where they were broken, or the other way around.
func (s *search) expand(p *probe, up bool) (low, high *probe, err error) {
	here := s.isKept(p)
	for range furthest {
		x := p.x / 2
		if up {
			x = 2 * p.x
		}
		if s.axis.whole && x < 1 || x == p.x || !s.axis.allowed(x) {
			break
		}
		next, err := s.at(x)
		if err != nil {
			return nil, nil, err
		}
		if s.isKept(next) != here {
			if up {
				return p, next, nil
			}
			return next, p, nil
		}
		if next.x == p.x {
			break // a count does not halve for ever
		}
		p = next
	}
	if up {
		return p, nil, nil
	}
	return nil, p, nil
}

// sameSide returns the end of a range that is on one side of the border that is
// nearer to it.
func (s *search) sameSide(from, to *probe) (low, high *probe, err error) {
	if s.score(from) > s.score(to) == s.isKept(from) {
		return nil, from, nil
	}
	return to, nil, nil
}
