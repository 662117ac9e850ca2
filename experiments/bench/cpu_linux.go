package bench

import (
	"os"
	"strings"
)

// cpuModel returns the processor's name, "" if the system does not tell.
func cpuModel() string {
	text, err := os.ReadFile("/proc/cpuinfo")
	if err != nil {
		return ""
	}
	return modelName(string(text))
}

// modelName finds the name in the kernel's description of the processors, a
// line "name : value" for each property; "" if it has none, as on some machines
// that are not of the x86 family.
func modelName(cpuinfo string) string {
	for line := range strings.Lines(cpuinfo) {
		name, value, _ := strings.Cut(line, ":")
		switch strings.TrimSpace(name) {
		case "model name", "Model", "cpu model":
			return strings.TrimSpace(value)
		}
	}
	return ""
}
