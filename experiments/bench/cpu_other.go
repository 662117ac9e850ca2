//go:build !linux && !darwin

package bench

import "os"

// cpuModel returns the processor's name, "" if the system does not tell.
func cpuModel() string { return os.Getenv("PROCESSOR_IDENTIFIER") }
