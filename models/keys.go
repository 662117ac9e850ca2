package models

import (
	"fmt"

	"onepen/sim"
)

// keys draws the keys of a lane's writes, numbered from 1 in order of
// popularity. The n-th write draws the n-th key, so that keys do not depend on
// what happens to the writes.
type keys struct {
	stream sim.Stream
	config Keys
	zipf   *sim.Zipf
	trace  *trace // of the lane's arrivals, for SkewTrace
}

func newKeys(config Keys, stream sim.Stream, tr *trace) *keys {
	k := &keys{stream: stream, trace: tr}
	k.configure(config)
	return k
}

// configure changes the popularity of the keys drawn from now on.
func (k *keys) configure(config Keys) {
	if k.config == config {
		return
	}
	k.config = config
	k.zipf = nil
	if config.Skew.Kind == SkewZipf {
		k.zipf = sim.NewZipf(uint64(config.Space), config.Skew.S)
	}
}

// draw returns the key of the n-th write of the lane.
func (k *keys) draw(n uint64) uint32 {
	space := uint64(k.config.Space)
	switch skew := &k.config.Skew; skew.Kind {
	case SkewZipf:
		return uint32(k.zipf.Sample(&k.stream)) + 1
	case SkewHot:
		hot := min(uint64(skew.Count), space)
		if k.stream.Float64() < skew.Share || hot == space {
			return uint32(k.stream.Uint64n(hot)) + 1
		}
		return uint32(hot+k.stream.Uint64n(space-hot)) + 1
	case SkewOne:
		return 1
	case SkewTrace:
		return k.trace.keys[n%uint64(len(k.trace.keys))]
	default:
		return uint32(k.stream.Uint64n(space)) + 1
	}
}

// probability returns the share of the writes that carry the key; 0 for a
// trace, whose shares are counted and not declared.
func (k *Keys) probability(key uint32, zipf *sim.Zipf) float64 {
	space, rank := uint64(k.Space), uint64(key)-1
	if rank >= space {
		return 0
	}
	switch k.Skew.Kind {
	case SkewZipf:
		return zipf.Probability(rank)
	case SkewHot:
		hot := min(uint64(k.Skew.Count), space)
		if hot == space {
			return 1 / float64(space)
		}
		if rank < hot {
			return k.Skew.Share / float64(hot)
		}
		return (1 - k.Skew.Share) / float64(space-hot)
	case SkewOne:
		if rank == 0 {
			return 1
		}
		return 0
	case SkewTrace:
		return 0
	default:
		return 1 / float64(space)
	}
}

// KeyName is how a key is written for people: k1 is the most popular one.
func KeyName(key uint32) string { return fmt.Sprintf("k%d", key) }
