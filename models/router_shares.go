package models

import (
	"iter"
	"math"
)

// weighedKeys is the number of most popular keys whose owners are looked up.
const weighedKeys = 10_000

// shares returns the share of a lane's writes that goes to each partition, as
// its parameters tell: the popular keys given go to their owners, the rest by
// the share of all keys that a partition owns. Where keys alone do not decide,
// the shares are even, so that the largest is too small rather than too large.
//
// Under time_bucket the first partition stands for the one of the moment. Under
// salted, ofStore is the lane's share of the store's writes, against which its
// hot keys are held.
func (o *owners) shares(l *Lane, popular iter.Seq2[uint32, float64], idsGrow bool, ofStore float64) []float64 {
	shares := make([]float64, o.partitions)
	switch {
	case o.route == RouteTimeBucket:
		shares[0] = 1
		return shares
	case o.route == RouteRange && o.by == ByID && idsGrow:
		shares[o.home(^uint64(0))] = 1
		return shares
	case !o.owned(), o.route == RouteTwoChoices, o.by == ByID && o.route != RouteTenant:
		o.addRest(shares, 1)
		return shares
	case o.route == RouteTenant:
		o.addTenants(shares, &l.Keys)
		return shares
	}
	rest := 1.0
	for key, share := range popular {
		h := splitmix64(uint64(key))
		o.addKey(shares, h, share, share*ofStore)
		rest -= share
	}
	o.addRest(shares, math.Max(rest, 0))
	return shares
}

// addKey adds the share of one key, which is that much of the store's.
func (o *owners) addKey(shares []float64, h uint64, share, ofStore float64) {
	if o.route != RouteSalted || ofStore < o.saltAbove {
		shares[o.home(h)] += share
		return
	}
	for sub := range uint64(o.salt) {
		shares[(h%o.count+sub)%o.count] += share / float64(o.salt)
	}
}

// addTenants adds the shares of the tenants.
func (o *owners) addTenants(shares []float64, keys *Keys) {
	tenancy := newPopularity(keys.Tenancy, keys.Tenants)
	shares[o.home(splitmix64(uint64(keys.tenantOf(uint32(keys.Space)))))] += keys.Celebrity
	rest := 1 - keys.Celebrity
	for rank := range min(tenancy.n, weighedKeys) {
		share := float64(tenancy.probability(rank) * (1 - keys.Celebrity))
		shares[o.home(splitmix64(rank+1))] += share
		rest -= share
	}
	o.addRest(shares, math.Max(rest, 0))
}

// addRest spreads a share over the partitions by how much of all keys they
// own.
func (o *owners) addRest(shares []float64, rest float64) {
	if o.route != RouteRing && o.route != RouteRange || o.by == ByID && o.route == RouteRange {
		for i := range shares {
			shares[i] += rest / float64(len(shares))
		}
		return
	}
	start := uint64(0)
	for _, a := range o.arcs.list {
		shares[a.owner] += float64(rest * (float64(a.end-start) / 0x1p64))
		start = a.end
	}
	shares[o.arcs.list[0].owner] += float64(rest * (float64(-start) / 0x1p64)) // behind the last end
}
