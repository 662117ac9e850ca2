package bench

import "syscall"

// cpuModel returns the processor's name, "" if the system does not tell.
func cpuModel() string {
	name, err := syscall.Sysctl("machdep.cpu.brand_string")
	if err != nil {
		return ""
	}
	return name
}
