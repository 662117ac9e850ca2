package models

import "onepen/sim"

// popularity is a Skew over n things, numbered by rank from 0, ready to draw
// from. With P(r) the share of rank r,
//
//	uniform    P(r) = 1/n
//	zipf(s)    P(r) = (r+1)^-s / Σ j^-s over j in [1,n]
//	hot(p, c)  P(r) = p/c for r < c, (1-p)/(n-c) for the others; 1/n if c ≥ n
//	one        P(0) = 1
//
// A Skew that follows a trace draws nothing; it counts as one thing of rank 0.
type popularity struct {
	skew Skew
	n    uint64
	zipf *sim.Zipf // of SkewZipf, else nil
}

func newPopularity(skew Skew, n int) popularity {
	p := popularity{skew: skew, n: uint64(n)}
	if skew.Kind == SkewZipf {
		p.zipf = sim.NewZipf(p.n, skew.S)
	}
	return p
}

// draw returns a rank.
func (p *popularity) draw(s *sim.Stream) uint64 {
	switch p.skew.Kind {
	case SkewZipf:
		return p.zipf.Sample(s)
	case SkewHot:
		hot := min(uint64(p.skew.Count), p.n)
		if s.Float64() < p.skew.Share || hot == p.n {
			return s.Uint64n(hot)
		}
		return hot + s.Uint64n(p.n-hot)
	case SkewUniform:
		return s.Uint64n(p.n)
	}
	return 0
}

// probability returns the share of a rank.
func (p *popularity) probability(rank uint64) float64 {
	if rank >= p.n {
		return 0
	}
	switch p.skew.Kind {
	case SkewZipf:
		return p.zipf.Probability(rank)
	case SkewHot:
		hot := min(uint64(p.skew.Count), p.n)
		if hot < p.n && rank < hot {
			return p.skew.Share / float64(hot)
		}
		if hot < p.n {
			return (1 - p.skew.Share) / float64(p.n-hot)
		}
	case SkewOne, SkewTrace:
		if rank == 0 {
			return 1
		}
		return 0
	}
	return 1 / float64(p.n)
}
