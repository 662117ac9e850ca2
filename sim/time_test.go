package sim

import (
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func TestTimeText(t *testing.T) {
	for _, row := range []struct {
		time Time
		want string
	}{
		{0, "0"},
		{1, "1ns"},
		{999, "999ns"},
		{20 * Microsecond, "20us"},
		{500 * Microsecond, "500us"},
		{5 * Millisecond, "5ms"},
		{2500 * Microsecond, "2.5ms"},
		{1500 * Millisecond, "1.5s"},
		{100 * Millisecond, "100ms"},
		{1234567891, "1.234567891s"},
		{Second + 1, "1.000000001s"},
		{90 * Second, "90s"},
		{2 * Minute, "2m"},
		{90 * Minute, "90m"},
		{Hour, "1h"},
		{Hour + Second, "3601s"},
		{30 * 24 * Hour, "720h"},
		{Never - 1, "9223372036.854775806s"},
		{Never, "never"},
		{-5 * Millisecond, "-5ms"},
		{math.MinInt64, "-9223372036.854775808s"},
	} {
		if got := row.time.String(); got != row.want {
			t.Errorf("Time(%d).String() = %q, want %q", int64(row.time), got, row.want)
		}
	}
}

func TestParseTime(t *testing.T) {
	for _, row := range []struct {
		text string
		want Time
	}{
		{"0", 0},
		{"0s", 0},
		{"5ms", 5 * Millisecond},
		{"05.50ms", 5500 * Microsecond},
		{"1.5s", 1500 * Millisecond},
		{"20us", 20 * Microsecond},
		{"20µs", 20 * Microsecond}, // micro sign
		{"20μs", 20 * Microsecond}, // Greek mu
		{"0.5us", 500},
		{"2m30s", 150 * Second},
		{"1h2m3s4ms5us6ns", Hour + 2*Minute + 3*Second + 4*Millisecond + 5*Microsecond + 6},
		{"1.5h", 90 * Minute},
		// The 13th decimal of an hour is 0.36 ns, and 25 of those are 9 ns.
		{"0.0000000000025h", 9},
		{"1.000000000s", Second},
		{"9223372036.854775806s", Never - 1},
		{"never", Never},
	} {
		if got, err := ParseTime(row.text); err != nil || got != row.want {
			t.Errorf("ParseTime(%q) = %d, %v, want %d", row.text, got, err, row.want)
		}
	}
}

func TestParseTimeErrors(t *testing.T) {
	const allowed = "want a number and a unit (h, m, s, ms, us, ns), as in 5ms, 1.5s or 2m30s"
	for _, row := range []struct{ text, want string }{
		{"", `time "": no number at "": ` + allowed},
		{"fast", `time "fast": no number at "fast": ` + allowed},
		{"5", `time "5": no unit after 5: ` + allowed},
		{"1.5", `time "1.5": no unit after 1.5: ` + allowed},
		{"5sec", `time "5sec": unknown unit "sec": ` + allowed},
		{"5 ms", `time "5 ms": unknown unit " ms": ` + allowed},
		{"5MS", `time "5MS": unknown unit "MS": ` + allowed},
		{"1e3ms", `time "1e3ms": unknown unit "e": ` + allowed},
		{".5s", `time ".5s": no number at ".5s": ` + allowed},
		{"5.s", `time "5.s": no number at "5.s": ` + allowed},
		{"-5ms", `time "-5ms": must not be negative`},
		{"+5ms", `time "+5ms": no number at "+5ms": ` + allowed},
		{"2m-30s", `time "2m-30s": unknown unit "m-": ` + allowed},
		{"30s2m", `time "30s2m": m after s: the longest unit comes first, each at most once`},
		{"1s1s", `time "1s1s": s after s: the longest unit comes first, each at most once`},
		{"0.5ns", `time "0.5ns": 0.5 ns is finer than a nanosecond`},
		{"1.0000000001s", `time "1.0000000001s": 1.0000000001 s is finer than a nanosecond`},
		{"0.00000000000001h", `time "0.00000000000001h": 0.00000000000001 h is finer than a nanosecond`},
		{"0.0000000000001h", `time "0.0000000000001h": 0.0000000000001 h is finer than a nanosecond`},
		{"9223372036854775807ns", `time "9223372036854775807ns": must be less than 292 years`},
		{"2562048h", `time "2562048h": must be less than 292 years`},
		// The sum of the two is beyond 2⁶⁴, too.
		{"2562047h153722867.280912931m", `time "2562047h153722867.280912931m": must be less than 292 years`},
		{"2562047h60m", `time "2562047h60m": must be less than 292 years`},
		{"99999999999999999999s", `time "99999999999999999999s": must be less than 292 years`},
	} {
		got, err := ParseTime(row.text)
		if err == nil {
			t.Errorf("ParseTime(%q) = %v, want an error", row.text, got)
		} else if err.Error() != row.want {
			t.Errorf("ParseTime(%q):\n got %s\nwant %s", row.text, err, row.want)
		}
	}
}

// TestTimeTextIsReadBack also tries every unit for a shorter text.
func TestTimeTextIsReadBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		zeros := []Time{1, 10, 1000, Millisecond, 100 * Millisecond, Second, Minute, Hour}
		unit := rapid.SampledFrom(zeros).Draw(t, "unit")
		// As many significant digits as it likes, few most of the time.
		number := rapid.Int64Range(0, int64(Never/unit)).Draw(t, "number")
		want := Time(number) * unit
		text := want.String()
		got, err := ParseTime(text)
		if err != nil || got != want {
			t.Fatalf("ParseTime(%q) = %d, %v, want %d", text, got, err, want)
		}
		for _, unit := range timeUnits {
			if want > 0 && want < Never && want%unit.span == 0 {
				if whole := decimal(uint64(want), uint64(unit.span)) + unit.name; len(whole) < len(text) {
					t.Fatalf("%d is written %q, longer than %q", want, text, whole)
				}
			}
		}
	})
}

func FuzzParseTime(f *testing.F) {
	for _, seed := range []string{"0", "5ms", "2m30s", "1.5h", "never", "-1s", "20µs", "9223372036854775807ns", "1.00000000000000h"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := ParseTime(text)
		if err != nil {
			if !strings.HasPrefix(err.Error(), "time ") {
				t.Errorf("error %q does not say what it is about", err)
			}
			return
		}
		again, err := ParseTime(got.String())
		if got < 0 || err != nil || again != got {
			t.Errorf("ParseTime(%q) = %d, written %q, read as %d, %v", text, got, got, again, err)
		}
	})
}

func TestSeconds(t *testing.T) {
	for _, row := range []struct {
		seconds float64
		want    Time
	}{
		{0, 0},
		{1.5, 1500 * Millisecond},
		{1e-9, 1},
		{0.4e-9, 0},
		{0.5e-9, 1}, // a half goes away from zero
		{-0.5e-9, -1},
		{-2, -2 * Second},
		{0.1, 100 * Millisecond},
		{9e9, 9e18},
		{9.3e9, Never}, // beyond 292 years
		{math.Inf(1), Never},
		{math.Inf(-1), -Never},
	} {
		if got := FromSeconds(row.seconds); got != row.want {
			t.Errorf("FromSeconds(%g) = %d, want %d", row.seconds, got, row.want)
		}
	}
	if got := (1500 * Millisecond).Seconds(); got != 1.5 {
		t.Errorf("(1.5 s).Seconds() = %g", got)
	}
	rapid.Check(t, func(t *rapid.T) {
		// Up to 2⁵³ ns a float64 of seconds, 2⁻⁵³ of itself off, is nearest.
		want := Time(rapid.Int64Range(-1<<51, 1<<51).Draw(t, "time"))
		if got := FromSeconds(want.Seconds()); got != want {
			t.Fatalf("FromSeconds(%g) = %d, want %d", want.Seconds(), got, want)
		}
	})
}

func TestFromSecondsOfNaNPanics(t *testing.T) {
	defer func() {
		if got := recover(); got != "sim: FromSeconds of NaN" {
			t.Errorf("panic %v", got)
		}
	}()
	FromSeconds(math.NaN())
}
