package tui

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"onepen/tui/chart"
)

// areas lists the rectangles of a layout, each with the letter that stands for
// it in the pictures below.
func (l layout) areas() map[rune]chart.Rect {
	return map[rune]chart.Rect{
		'h': l.header, 'p': l.path,
		'Q': l.pile, 'L': l.ack, 'T': l.time,
		'R': l.rates, 'c': l.caption, 'N': l.numbers,
		'P': l.partitions, 'H': l.heat, 'A': l.allocators, 'C': l.consumers,
		'm': l.moves, 'l': l.lastMove, 'a': l.about, 'd': l.details,
		'v': l.verdict, 'r': l.promises, 'e': l.event, 'k': l.keysLine,
	}
}

// picture draws a layout, a letter for every four columns, and equal rows once
// with their number.
func (l layout) picture(w, h int) string {
	rows := make([][]rune, h)
	for y := range rows {
		rows[y] = []rune(strings.Repeat(".", w))
	}
	for letter, r := range l.areas() {
		for y := r.Y; y < r.Y+r.H; y++ {
			for x := r.X; x < r.X+r.W; x++ {
				rows[y][x] = letter
			}
		}
	}
	var b strings.Builder
	for y := 0; y < h; {
		same := 1
		for y+same < h && string(rows[y]) == string(rows[y+same]) {
			same++
		}
		fmt.Fprintf(&b, "%2d ", same)
		for x := 0; x < w; x += 4 {
			b.WriteRune(rows[y][x])
		}
		b.WriteByte('\n')
		y += same
	}
	return b.String()
}

func TestArrange(t *testing.T) {
	for _, test := range []struct {
		name string
		w, h int
		needs
		want string
	}{
		{
			name: "too small", w: 79, h: 24,
			want: "24 ....................\n",
		},
		{
			name: "the least terminal", w: 80, h: 24,
			needs: needs{partitions: 16, allocators: 1, moves: 6, about: 20},
			want: `
 1 hhhhhhhhhhhhhhhhhhhh
 2 pppppppppppppppppppp
 8 QQQQQQQQQQQQQQQQQQQQ
 2 LLLLLLLLLLLLLLLLLLLL
 2 TTTTTTTTTTTTTTTTTTTT
 2 PPPPPPPPPPPPPPPPPPPP
 1 AAAAAAAAAAAAAAAAAAAA
 2 mmmmmmmmmmmmmmmmmmmm
 1 vvvvvvvvvvvvvvvvvvvv
 1 rrrrrrrrrrrrrrrrrrrr
 1 eeeeeeeeeeeeeeeeeeee
 1 kkkkkkkkkkkkkkkkkkkk
`,
		},
		{
			name: "narrow and high: bars, three charts", w: 80, h: 50,
			needs: needs{partitions: 8, allocators: 0, moves: 6, about: 20},
			want: `
 1 hhhhhhhhhhhhhhhhhhhh
 2 pppppppppppppppppppp
13 QQQQQQQQQQQQQQQQQQQQ
12 LLLLLLLLLLLLLLLLLLLL
 7 TTTTTTTTTTTTTTTTTTTT
 9 PPPPPPPPPPPPPPPPPPPP
 2 mmmmmmmmmmmmmmmmmmmm
 1 vvvvvvvvvvvvvvvvvvvv
 1 rrrrrrrrrrrrrrrrrrrr
 1 eeeeeeeeeeeeeeeeeeee
 1 kkkkkkkkkkkkkkkkkkkk
`,
		},
		{
			name: "wide: bars, without a map of heat", w: 120, h: 36,
			needs: needs{partitions: 16, allocators: 2, moves: 6, about: 20},
			want: `
 1 hhhhhhhhhhhhhhhhhhhhhhhhhhhhhh
 4 pppppppppppppppppppppppppppppp
 8 QQQQQQQQQQQQQQQPPPPPPPmmmmmmmm
 6 LLLLLLLLLLLLLLLPPPPPPPmmmmmmmm
 1 LLLLLLLLLLLLLLLPPPPPPPllllllll
 5 RRRRRRRRRRRRRRRPPPPPPPllllllll
 1 TTTTTTTTTTTTTTTPPPPPPPllllllll
 6 TTTTTTTTTTTTTTTAAAAAAAllllllll
 1 vvvvvvvvvvvvvvvvvvvvvvvvvvvvvv
 1 rrrrrrrrrrrrrrrrrrrrrrrrrrrrrr
 1 eeeeeeeeeeeeeeeeeeeeeeeeeeeeee
 1 kkkkkkkkkkkkkkkkkkkkkkkkkkkkkk
`,
		},
		{
			name: "wide with few partitions: the text fills their column", w: 120, h: 36,
			needs: needs{partitions: 4, allocators: 1, moves: 6, about: 20},
			want: `
 1 hhhhhhhhhhhhhhhhhhhhhhhhhhhhhh
 4 pppppppppppppppppppppppppppppp
 6 QQQQQQQQQQQQQQQPPPPPPPmmmmmmmm
 2 QQQQQQQQQQQQQQQHHHHHHHmmmmmmmm
 5 LLLLLLLLLLLLLLLHHHHHHHmmmmmmmm
 1 LLLLLLLLLLLLLLLaaaaaaammmmmmmm
 1 LLLLLLLLLLLLLLLaaaaaaallllllll
 5 RRRRRRRRRRRRRRRaaaaaaallllllll
 3 TTTTTTTTTTTTTTTaaaaaaallllllll
 4 TTTTTTTTTTTTTTTAAAAAAAllllllll
 1 vvvvvvvvvvvvvvvvvvvvvvvvvvvvvv
 1 rrrrrrrrrrrrrrrrrrrrrrrrrrrrrr
 1 eeeeeeeeeeeeeeeeeeeeeeeeeeeeee
 1 kkkkkkkkkkkkkkkkkkkkkkkkkkkkkk
`,
		},
		{
			name: "wide and high with many partitions: a strip, details of the busiest", w: 200, h: 60,
			needs: needs{partitions: 256, allocators: 1, consumers: 1, moves: 6, about: 20},
			want: `
 1 hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh
 4 pppppppppppppppppppppppppppppppppppppppppppppppppp
12 QQQQQQQQQQQQQQQQQQQQQQQQQQQQPPPPPPPPPPPPPPmmmmmmmm
 2 QQQQQQQQQQQQQQQQQQQQQQQQQQQQHHHHHHHHHHHHHHmmmmmmmm
 1 QQQQQQQQQQQQQQQQQQQQQQQQQQQQHHHHHHHHHHHHHHllllllll
13 LLLLLLLLLLLLLLLLLLLLLLLLLLLLHHHHHHHHHHHHHHllllllll
 1 LLLLLLLLLLLLLLLLLLLLLLLLLLLLHHHHHHHHHHHHHHdddddddd
10 RRRRRRRRRRRRRRRRRRRRRRRRRRRRHHHHHHHHHHHHHHdddddddd
 5 TTTTTTTTTTTTTTTTTTTTTTTTTTTTHHHHHHHHHHHHHHdddddddd
 4 TTTTTTTTTTTTTTTTTTTTTTTTTTTTAAAAAAAAAAAAAAdddddddd
 3 TTTTTTTTTTTTTTTTTTTTTTTTTTTTCCCCCCCCCCCCCCdddddddd
 1 vvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvv
 1 rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr
 1 eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee
 1 kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk
`,
		},
		{
			name: "wide and high with one partition: all of the text, and the map takes what is left", w: 200, h: 60,
			needs: needs{partitions: 1, moves: 6, about: 20},
			want: `
 1 hhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhhh
 4 pppppppppppppppppppppppppppppppppppppppppppppppppp
 4 QQQQQQQQQQQQQQQQQQQQQQQQQQQQPPPPPPPPPPPPPPmmmmmmmm
10 QQQQQQQQQQQQQQQQQQQQQQQQQQQQHHHHHHHHHHHHHHmmmmmmmm
 1 QQQQQQQQQQQQQQQQQQQQQQQQQQQQHHHHHHHHHHHHHHllllllll
13 LLLLLLLLLLLLLLLLLLLLLLLLLLLLHHHHHHHHHHHHHHllllllll
 1 LLLLLLLLLLLLLLLLLLLLLLLLLLLLHHHHHHHHHHHHHHdddddddd
 2 RRRRRRRRRRRRRRRRRRRRRRRRRRRRHHHHHHHHHHHHHHdddddddd
 8 RRRRRRRRRRRRRRRRRRRRRRRRRRRRaaaaaaaaaaaaaadddddddd
12 TTTTTTTTTTTTTTTTTTTTTTTTTTTTaaaaaaaaaaaaaadddddddd
 1 vvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvv
 1 rrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrrr
 1 eeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeeee
 1 kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk
`,
		},
		{
			name: "wide while a demo speaks, and something is picked", w: 120, h: 36,
			needs: needs{partitions: 8, allocators: 1, moves: 6, picked: true, caption: 3},
			want: `
 1 hhhhhhhhhhhhhhhhhhhhhhhhhhhhhh
 4 pppppppppppppppppppppppppppppp
 9 QQQQQQQQQQQQQQQPPPPPPPmmmmmmmm
 3 LLLLLLLLLLLLLLLPPPPPPPmmmmmmmm
 2 LLLLLLLLLLLLLLLHHHHHHHmmmmmmmm
 3 LLLLLLLLLLLLLLLHHHHHHHdddddddd
 3 TTTTTTTTTTTTTTTHHHHHHHdddddddd
 4 TTTTTTTTTTTTTTTAAAAAAAdddddddd
 3 cccccccccccccccccccccccccccccc
 1 vvvvvvvvvvvvvvvvvvvvvvvvvvvvvv
 1 rrrrrrrrrrrrrrrrrrrrrrrrrrrrrr
 1 eeeeeeeeeeeeeeeeeeeeeeeeeeeeee
 1 kkkkkkkkkkkkkkkkkkkkkkkkkkkkkk
`,
		},
		{
			name: "large print while a demo speaks", w: 80, h: 24,
			needs: needs{partitions: 8, allocators: 1, moves: 6, large: true, caption: 3},
			want: `
 1 hhhhhhhhhhhhhhhhhhhh
 2 pppppppppppppppppppp
 7 NNNNNNNNNNNNNNNNNNNN
 6 QQQQQQQQQQQQQQQQQQQQ
 3 cccccccccccccccccccc
 2 vvvvvvvvvvvvvvvvvvvv
 1 rrrrrrrrrrrrrrrrrrrr
 1 eeeeeeeeeeeeeeeeeeee
 1 kkkkkkkkkkkkkkkkkkkk
`,
		},
	} {
		got := arrange(test.w, test.h, test.needs).picture(test.w, test.h)
		if diff := cmp.Diff(strings.TrimPrefix(test.want, "\n"), got); diff != "" {
			t.Errorf("%s, %d x %d (-want +got):\n%s", test.name, test.w, test.h, diff)
		}
	}
}

// TestArrangeFillsTheTerminal: whatever the size, panels do not overlap, none
// leaves the terminal, and together they leave nothing empty.
func TestArrangeFillsTheTerminal(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := rapid.IntRange(minWidth, 400).Draw(t, "columns")
		h := rapid.IntRange(minHeight, 150).Draw(t, "rows")
		l := arrange(w, h, needs{
			partitions: rapid.IntRange(1, 300).Draw(t, "partitions"),
			allocators: rapid.IntRange(0, 20).Draw(t, "allocators"),
			moves:      6,
			consumers:  rapid.IntRange(0, 3).Draw(t, "consumers"),
			caption:    rapid.IntRange(0, 5).Draw(t, "caption"),
			about:      rapid.IntRange(0, 40).Draw(t, "about"),
			picked:     rapid.Bool().Draw(t, "picked"),
			large:      rapid.Bool().Draw(t, "large"),
		})
		covered := make([]rune, w*h)
		for letter, r := range l.areas() {
			if r.W*r.H == 0 {
				continue
			}
			if r.X < 0 || r.Y < 0 || r.W < 0 || r.H < 0 || r.X+r.W > w || r.Y+r.H > h {
				t.Fatalf("%c is %+v on %d x %d", letter, r, w, h)
			}
			for y := r.Y; y < r.Y+r.H; y++ {
				for x := r.X; x < r.X+r.W; x++ {
					if other := covered[y*w+x]; other != 0 {
						t.Fatalf("%c lies on %c at column %d, row %d of %d x %d", letter, other, x, y, w, h)
					}
					covered[y*w+x] = letter
				}
			}
		}
		for i, letter := range covered {
			if letter == 0 {
				t.Fatalf("nothing at column %d, row %d of %d x %d:\n%s", i%w, i/w, w, h, l.picture(w, h))
			}
		}
		if l.pile.H < 3 {
			t.Fatalf("the chart has %d rows on %d x %d:\n%s", l.pile.H, w, h, l.picture(w, h))
		}
	})
}
