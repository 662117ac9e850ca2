package models

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"onepen/sim"
)

// keysOf returns the keys of a lane of no system.
func keysOf(config Keys) *keys {
	y := &System{scenario: NewScenario("test")}
	return newKeys(y, "lanes.w", config, nil)
}

func someKeys(t *rapid.T) Keys {
	skews := func(n int) []Skew {
		return []Skew{{}, {Kind: SkewZipf, S: 1}, {Kind: SkewHot, Share: 0.8, Count: n}, {Kind: SkewHot, Share: 0.5, Count: 1}, {Kind: SkewOne}}
	}
	k := Keys{Space: rapid.SampledFrom([]int{1, 2, 7, 60, 1000}).Draw(t, "space")}
	k.Tenants = rapid.IntRange(1, min(k.Space, 12)).Draw(t, "tenants")
	k.Skew = rapid.SampledFrom(skews(k.perTenant())).Draw(t, "skew")
	k.Tenancy = rapid.SampledFrom(skews(k.Tenants)).Draw(t, "tenancy")
	k.Celebrity = rapid.SampledFrom([]float64{0, 0.3, 1}).Draw(t, "celebrity")
	return k
}

// TestKeysAreAsPopularAsDeclared compares counts of keys with the shares that
// popular declares, which add up to 1. Over n draws a count is binomial.
func TestKeysAreAsPopularAsDeclared(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		config := someKeys(t)
		k := keysOf(config)
		const n = 20_000
		counts := make([]float64, config.Space+1)
		for i := range uint64(n) {
			counts[k.draw(i)]++
		}
		shares, sum := make([]float64, config.Space+1), 0.0
		for key, share := range config.popular(math.MaxInt) {
			shares[key] += share
			sum += share
		}
		if math.Abs(sum-1) > 1e-9 {
			t.Fatalf("%+v: shares add up to %v", config, sum)
		}
		for key, share := range shares {
			// Six standard deviations: one in 10^9 by chance, for some 10^5 keys.
			if off := math.Abs(counts[key] - n*share); off > 6*math.Sqrt(n*share*(1-share))+1e-6 {
				t.Fatalf("%+v: %s was drawn %v times of %d, its share is %v", config, KeyName(uint32(key)), counts[key], n, share)
			}
		}
	})
}

func TestTenantsOwnTheirKeys(t *testing.T) {
	config := Keys{Space: 1000, Tenants: 7, Tenancy: Skew{Kind: SkewZipf, S: 1}}
	if got := config.perTenant(); got != 142 {
		t.Fatalf("%d keys per tenant", got)
	}
	for _, c := range []struct{ key, tenant uint32 }{{1, 1}, {142, 1}, {143, 2}, {994, 7}, {995, 7}, {1000, 7}, {5000, 7}} {
		if got := config.tenantOf(c.key); got != c.tenant {
			t.Errorf("tenant of %s is %d, want %d", KeyName(c.key), got, c.tenant)
		}
	}
	k := keysOf(config)
	zipf := sim.NewZipf(7, 1)
	counts := [8]float64{}
	const n = 100_000
	for i := range uint64(n) {
		counts[config.tenantOf(k.draw(i))]++
	}
	for tenant, count := range counts {
		if tenant == 0 {
			continue
		}
		share := zipf.Probability(uint64(tenant - 1))
		if off := math.Abs(count - n*share); off > 4*math.Sqrt(n*share*(1-share)) {
			t.Errorf("tenant %d has %v of %d writes, its share is %v", tenant, count, n, share)
		}
	}
}

// TestCelebrityLeavesOtherKeysUnchanged lets a celebrity come and go: the
// keys of all writes that are not its own stay as they were.
func TestCelebrityLeavesOtherKeysUnchanged(t *testing.T) {
	config := Keys{Space: 1000, Skew: Skew{Kind: SkewZipf, S: 1}, Tenants: 3}
	plain, k := keysOf(config), keysOf(config)
	const share = 0.4
	celebrity := 0.0
	for i := range uint64(30_000) {
		config.Celebrity = 0
		if i/10_000 == 1 {
			config.Celebrity = share
		}
		k.configure(config)
		want, got := plain.draw(i), k.draw(i)
		if config.Celebrity > 0 && got == 1000 {
			celebrity++
			continue
		}
		if got != want {
			t.Fatalf("write %d has %s, was %s", i, KeyName(got), KeyName(want))
		}
	}
	if off := math.Abs(celebrity - 10_000*share); off > 4*math.Sqrt(10_000*share*(1-share)) {
		t.Errorf("the celebrity had %v of 10000 writes, want about %v", celebrity, 10_000*share)
	}
}

func TestValidateKeys(t *testing.T) {
	for _, c := range []struct {
		set     []string
		problem string
	}{
		{[]string{"keys.space", "10", "keys.tenants", "11"}, "keys.tenants: there cannot be more tenants than keys (10), got 11"},
		{[]string{"keys.space", "10", "keys.tenants", "5", "keys.skew", "hot(share=0.5, count=3)"}, "keys.skew: there cannot be more hot keys than keys of a tenant (2), got 3"},
		{[]string{"keys.tenants", "5", "keys.tenancy", "hot(share=0.5, count=6)"}, "keys.tenancy: there cannot be more hot tenants than tenants (5), got 6"},
		{[]string{"keys.tenancy", "trace"}, "keys.tenancy: a trace has keys but no tenants"},
		{[]string{"arrivals.process", "closed", "arrivals.think", "1s", "arrivals.profile", "steps(1s: 2)"}, "arrivals.profile: needs an open loop"},
		{[]string{"arrivals.rate", "1e6/s", "arrivals.profile", "steps(1s: 2000)"}, "arrivals.profile: may bring the rate of 1000000/s to 1000000000/s, got a factor of 2000"},
	} {
		s := built(t)
		for i := 0; i < len(c.set); i += 2 {
			assign(t, s, "lanes.w."+c.set[i], c.set[i+1])
		}
		if got := problemsOf(s); !strings.Contains(got, "lanes.w."+c.problem) {
			t.Errorf("%v: %q, want %q", c.set, got, c.problem)
		}
	}
}

// problemsOf joins what is wrong with a scenario.
func problemsOf(s *Scenario) string {
	var all []string
	for _, err := range s.Validate() {
		all = append(all, err.Error())
	}
	return strings.Join(all, "\n")
}

func BenchmarkKeys(b *testing.B) {
	zipf := Skew{Kind: SkewZipf, S: 0.9}
	for _, c := range []struct {
		name   string
		config Keys
	}{
		{"zipf", Keys{Space: 1e6, Skew: zipf, Tenants: 1}},
		{"tenants", Keys{Space: 1e6, Skew: zipf, Tenants: 1000, Tenancy: zipf}},
		{"celebrity", Keys{Space: 1e6, Skew: zipf, Tenants: 1, Celebrity: 0.1}},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			k, sum := keysOf(c.config), uint32(0)
			for i := range b.N {
				sum += k.draw(uint64(i))
			}
			if sum == 0 {
				b.Log("no keys")
			}
		})
	}
}
