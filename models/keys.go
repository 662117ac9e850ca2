package models

import (
	"fmt"
	"iter"
	"slices"

	"onepen/sim"
)

// keys draws the keys of a lane's writes, numbered from 1. With one tenant,
// which is the default, the number is the rank: k1 is the most popular key.
// With more, each owns per = space/tenants keys, and
//
//	key = (tenant - 1) · per + rank within the tenant
//
// for a tenant drawn by keys.tenancy and a rank drawn by keys.skew. On top of
// that the celebrity, which is the least popular key, draws a share of all
// writes.
//
// Rank, tenant and celebrity have streams of their own, from which every write
// draws in turn: keys do not depend on what happens to the writes, and a
// celebrity that comes and goes leaves the keys of all other writes unchanged.
type keys struct {
	config Keys
	ranks  popularity
	owners popularity
	trace  *trace // of the lane's arrivals, for SkewTrace

	rankDraws, ownerDraws, celebrityDraws sim.Stream
}

// newKeys returns the keys of the lane whose streams start with path.
func newKeys(y *System, path string, config Keys, tr *trace) *keys {
	k := &keys{
		trace:          tr,
		rankDraws:      y.stream(path, "keys"),
		ownerDraws:     y.stream(path, "tenant"),
		celebrityDraws: y.stream(path, "celebrity"),
	}
	k.configure(config)
	return k
}

// configure changes the popularity of the keys drawn from now on.
func (k *keys) configure(config Keys) {
	if k.config == config {
		return
	}
	k.config = config
	k.ranks = newPopularity(config.Skew, config.perTenant())
	k.owners = newPopularity(config.Tenancy, config.Tenants)
}

// draw returns the key of the n-th write of the lane. It is to be called for
// one write after the other.
func (k *keys) draw(n uint64) uint32 {
	key := k.own(n)
	if k.config.Celebrity > 0 {
		draws := k.celebrityDraws.At(n)
		if draws.Float64() < k.config.Celebrity {
			return uint32(k.config.Space)
		}
	}
	return key
}

// own returns the key of the n-th write if it is not the celebrity's.
func (k *keys) own(n uint64) uint32 {
	if k.config.Skew.Kind == SkewTrace {
		return k.trace.keys[n%uint64(len(k.trace.keys))]
	}
	rank := k.ranks.draw(&k.rankDraws)
	if k.config.Tenants > 1 {
		rank += k.owners.draw(&k.ownerDraws) * k.ranks.n
	}
	return uint32(rank) + 1
}

// perTenant is the number of keys that each tenant owns. Space that does not
// divide evenly leaves the last keys without writes, but for the celebrity.
func (k *Keys) perTenant() int { return k.Space / k.Tenants }

// tenantOf returns the tenant, from 1, that owns a key. Keys beyond the
// declared space, which a trace may have, belong to the last one.
func (k *Keys) tenantOf(key uint32) uint32 {
	return min((key-1)/uint32(k.perTenant())+1, uint32(k.Tenants))
}

// popular yields about limit keys with their shares of the writes, as
// declared: the most popular keys of the most popular tenants, and the
// celebrity. A trace, whose shares are counted and not declared, has none.
func (k *Keys) popular(limit int) iter.Seq2[uint32, float64] {
	return func(yield func(key uint32, share float64) bool) {
		if k.Celebrity > 0 && !yield(uint32(k.Space), k.Celebrity) || k.Skew.Kind == SkewTrace {
			return
		}
		ranks, owners := newPopularity(k.Skew, k.perTenant()), newPopularity(k.Tenancy, k.Tenants)
		tenants := min(owners.n, uint64(limit))
		perTenant := min(ranks.n, uint64(limit)/tenants)
		for owner := range tenants {
			owned := float64(owners.probability(owner) * (1 - k.Celebrity))
			for rank := range perTenant {
				if !yield(uint32(owner*ranks.n+rank)+1, owned*ranks.probability(rank)) {
					return
				}
			}
		}
	}
}

// KeyName is how a key is written for people: with one tenant, k1 is the most
// popular one.
func KeyName(key uint32) string { return fmt.Sprintf("k%d", key) }

// largest returns the largest number that a key may have, now or when the keys
// of a trace are chosen later.
func (k *Keys) largest(tr *trace) int {
	if tr == nil || tr.keys == nil {
		return k.Space
	}
	return max(k.Space, int(slices.Max(tr.keys)))
}
