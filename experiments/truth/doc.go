// Package truth holds the simulator against models whose answers are known.
package truth
