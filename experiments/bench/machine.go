package bench

import (
	"cmp"
	"runtime"
	"strings"
)

// Machine is what the figures depend on besides the program.
type Machine struct {
	CPU    string // model, as the system calls it; the architecture if it does not
	Cores  int    // that the program may use; a simulation uses one
	Go     string // version that built the program
	System string // operating system and architecture: linux/amd64
}

func thisMachine() Machine {
	return Machine{
		CPU:    cmp.Or(strings.Join(strings.Fields(cpuModel()), " "), runtime.GOARCH),
		Cores:  runtime.NumCPU(),
		Go:     runtime.Version(),
		System: runtime.GOOS + "/" + runtime.GOARCH,
	}
}
