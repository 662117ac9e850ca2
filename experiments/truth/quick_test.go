package truth

import (
	"context"
	"fmt"
	"os"
	"strconv"
	"testing"
	"time"
)

func TestQuick(t *testing.T) {
	o := Options{Family: os.Getenv("VF"), Case: os.Getenv("VC"), Seed: 1}
	if s := os.Getenv("VSEED"); s != "" {
		n, _ := strconv.Atoi(s)
		o.Seed = uint64(n)
	}
	if s := os.Getenv("VS"); s != "" {
		o.Replications, _ = strconv.Atoi(s)
	}
	if s := os.Getenv("VP"); s != "" {
		o.Plant, _ = ParsePlant(s)
	}
	start := time.Now()
	out, err := Run(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	WriteTable(os.Stdout, out)
	fmt.Println(time.Since(start), Tested())
	for _, x := range out {
		if x.Method == Sampled && os.Getenv("VD") != "" {
			fmt.Printf("%-16s %-26s detects %.4f\n", x.Case, x.Measure, x.Detects)
		}
	}
}
