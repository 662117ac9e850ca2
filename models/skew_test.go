package models

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestParseSkew(t *testing.T) {
	for _, c := range []struct {
		text  string
		want  Skew
		again string // what String writes
	}{
		{"uniform", Skew{Kind: SkewUniform}, "uniform"},
		{"one", Skew{Kind: SkewOne}, "one"},
		{"trace", Skew{Kind: SkewTrace}, "trace"},
		{"zipf(0.9)", Skew{Kind: SkewZipf, S: 0.9}, "zipf(0.9)"},
		{"zipf(s=0)", Skew{Kind: SkewZipf}, "zipf(0)"},
		{" zipf ( s = 1e-3 ) ", Skew{Kind: SkewZipf, S: 1e-3}, "zipf(0.001)"},
		{"hot(0.5, 3)", Skew{Kind: SkewHot, Share: 0.5, Count: 3}, "hot(share=0.5, count=3)"},
		{"hot(count=3, share=0.5)", Skew{Kind: SkewHot, Share: 0.5, Count: 3}, "hot(share=0.5, count=3)"},
		{"hot(0, 1M)", Skew{Kind: SkewHot, Count: 1_000_000}, "hot(share=0, count=1000000)"},
	} {
		got, err := ParseSkew(c.text)
		if err != nil || got != c.want || got.String() != c.again {
			t.Errorf("ParseSkew(%q) = %+v, %v, written %q; want %+v, %q", c.text, got, err, got, c.want, c.again)
		}
	}
}

func TestParseSkewRefuses(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"", "must be uniform, zipf(s), hot(share, count), one or trace"},
		{"ziff(1)", "did you mean zipf(1)?"},
		{"Zipf(1)", "did you mean zipf(1)?"},
		{"uniform()", "uniform takes no arguments"},
		{"one(1)", "one takes no arguments"},
		{"zipf", "zipf needs its arguments, as in zipf(0.9)"},
		{"zipf()", "s: must be a number"},
		{"zipf(1", "the bracket is not closed"},
		{"zipf(1)x", "the bracket is not closed"},
		{"zipf(1, 2)", "must be given (s)"},
		{"zipf(t=1)", "must be given (s)"},
		{"zipf(-0.1)", "s must be 0 to 10, got -0.1"},
		{"zipf(10.5)", "s must be 0 to 10, got 10.5"},
		{"zipf(NaN)", "s: must be a number"},
		{"zipf(1e308k)", "zipf: s"},
		{"hot(0.5)", "must be given (share, count)"},
		{"hot(0.5, 1, 2)", "must be given (share, count)"},
		{"hot(share=0.5, share=0.5)", "must be given (share, count)"},
		{"hot(1.5, 1)", "share must be 0 to 1, got 1.5"},
		{"hot(0.5, 0)", "count must be a whole number, 1 to 1000000000, got 0"},
		{"hot(0.5, 1.5)", "count must be a whole number"},
		{"hot(0.5, 2e9)", "count must be a whole number"},
		{"hot(0.5, 1e300)", "count must be a whole number"},
	} {
		if got, err := ParseSkew(c.text); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("ParseSkew(%q) = %v, %v; want an error with %q", c.text, got, err, c.want)
		}
	}
}

func TestSkewReadsBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		skew := Skew{Kind: rapid.SampledFrom([]SkewKind{SkewUniform, SkewZipf, SkewHot, SkewOne, SkewTrace}).Draw(t, "kind")}
		switch skew.Kind {
		case SkewZipf:
			skew.S = rapid.Float64Range(0, maxExponent).Draw(t, "s")
		case SkewHot:
			skew.Share = rapid.Float64Range(0, 1).Draw(t, "share")
			skew.Count = rapid.IntRange(1, maxKeys).Draw(t, "count")
		}
		if got, err := ParseSkew(skew.String()); err != nil || got != skew {
			t.Fatalf("%+v is written %q and reads back as %+v, %v", skew, skew, got, err)
		}
	})
}

// FuzzParseSkew: no text makes it panic, and what it accepts is in range and
// reads back.
func FuzzParseSkew(f *testing.F) {
	for _, text := range []string{"uniform", "zipf(0.9)", "zipf(s=1)", "hot(0.5, 3)", "hot(count=1,share=1)", "one", "trace", "zipf((", "hot(,)", "zipf(=)"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		skew, err := ParseSkew(text)
		if err != nil {
			return
		}
		if !(skew.S >= 0 && skew.S <= maxExponent) || !(skew.Share >= 0 && skew.Share <= 1) || skew.Count < 0 || skew.Count > maxKeys {
			t.Fatalf("%q is accepted as %+v", text, skew)
		}
		if again, err := ParseSkew(skew.String()); err != nil || again != skew {
			t.Fatalf("%q is %+v, written %q, which reads back as %+v, %v", text, skew, skew, again, err)
		}
	})
}
