package sim

import "testing"

// BenchmarkSample draws through the interface, as models do.
func BenchmarkSample(b *testing.B) {
	for _, text := range []string{
		"2ms", "exponential(1ms)", "uniform(1ms, 3ms)",
		"erlang(k=2, mean=2ms)", "erlang(k=3, mean=2ms)", "erlang(k=4, mean=2ms)", "erlang(k=100, mean=2ms)",
		"lognormal(mean=2ms, cv=0.7)", "hyperexp(p=0.9, a=1ms, b=10ms)", "hyperexp(mean=2ms, scv=5)",
		"pareto(alpha=1.5, lo=1ms, hi=1s)", "empirical(five.csv)",
	} {
		b.Run(text, func(b *testing.B) {
			b.ReportAllocs()
			d := mustParse(b, text)
			s := NewStream(1, 0, "bench", "")
			for b.Loop() {
				sinkTime = d.Sample(&s)
			}
		})
	}
}
