package models

import "onepen/sim"

// route returns the partition that owns a key at an instant.
//
//	hash         splitmix64(key) mod partitions
//	time_bucket  splitmix64(instant / bucket) mod partitions: all writes of a
//	             bucket go to one partition
func (s *Store) route(key uint32, now sim.Time) uint16 {
	x := uint64(key)
	if s.Route == RouteTimeBucket {
		x = uint64(now / s.Bucket)
	}
	return uint16(splitmix64(x) % uint64(s.Partitions))
}

// splitmix64 mixes a number so that neighbours land far apart (Steele, Lea
// and Flood 2014, fig. 17, with the constants of Stafford's variant 13).
func splitmix64(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}
