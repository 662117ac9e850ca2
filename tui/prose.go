package tui

import (
	"regexp"
	"strings"

	"onepen/tui/chart"
)

// about writes the description of the scenario, as far as it fits.
func (p *picture) about() {
	if p.layout.about.H > 0 {
		p.prose(p.panel(panelAbout, p.layout.about, "about", ""), p.scenario.About)
	}
}

// aboutHeight is the height of a panel of w columns that holds all of the
// description; 0 where there is none.
func (p *picture) aboutHeight(w int) int {
	const frame, margins = 2, 2 // each way
	if p.scenario.About == "" {
		return 0
	}
	return len(paragraphs(p.scenario.About, w-frame-margins)) + frame
}

// rule is what the screen says of moves before one was made.
const rule = "Reduce contention first, then add structure. What a move brought, what it promises and what it costs stands here once it was made."

// lastMove writes what the last move brought, what it is for and what it costs. Before the first
// one it describes the scenario, if that is not done elsewhere.
func (p *picture) lastMove() {
	area := p.layout.lastMove
	switch made := p.frame.Made; {
	case area.H == 0:
	case made != nil:
		name := strings.TrimSpace(made.Name + " " + made.To)
		title := "last move: " + name
		if chart.Width(title)+4 > area.W { // with the frame and a blank at each end
			title = name
		}
		c := p.panel(panelLastMove, area, title, "")
		c = p.differenceRows(c)
		p.prose(c, longestCard(p.cards(made), c))
	case p.layout.about.H == 0 && p.scenario.About != "":
		p.prose(p.panel(panelLastMove, area, "about", ""), p.scenario.About)
	default:
		p.prose(p.panel(panelLastMove, area, "last move: none yet", ""), rule)
	}
}

// longestCard returns the first of some texts, each shorter than the one before,
// that c has room for, or the last.
func longestCard(cards []string, c *chart.Canvas) string {
	w, h := c.Size()
	for _, text := range cards {
		if len(paragraphs(text, w)) <= h {
			return text
		}
	}
	return cards[len(cards)-1]
}

// prose writes a text into a panel. Where it is cut off it says so, and that
// the help has it all.
func (p *picture) prose(c *chart.Canvas, text string) { p.look.prose(c, text, "all of it: ?") }

// prose writes a text, and if it is cut off how to see all of it.
func (l *look) prose(c *chart.Canvas, text, how string) {
	w, h := c.Size()
	lines := paragraphs(text, w)
	for y, line := range lines {
		if y == h-1 && len(lines) > h {
			c.Text(0, y, chart.Dim, string(l.glyphs.Ellipsis)+" "+how)
			return
		}
		head, rest := "", line
		if at := label.FindStringIndex(line); at != nil {
			head, rest = line[:at[1]], line[at[1]:]
		}
		end := c.Text(0, y, chart.Title|chart.Bold, head)
		c.Text(end, y, chart.Text, rest)
	}
}

// label is what a paragraph may begin with: "You see:", "Try:".
var label = regexp.MustCompile(`^[A-Z][a-z]+( [a-z_]+){0,2}:`)

// paragraphs wraps a text whose lines may be wrapped already. A paragraph
// begins after an empty line, and at a line that begins with a label.
func paragraphs(text string, w int) []string {
	var lines []string
	paragraph := ""
	flush := func() {
		lines = append(lines, wrap(paragraph, w)...)
		paragraph = ""
	}
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		line = strings.TrimSpace(line)
		if line == "" || label.MatchString(line) {
			flush()
		}
		paragraph += line + " "
	}
	flush()
	return lines
}

// words splits a text at its blanks, but for those within a number and between
// a number and its unit.
func words(text string) []string {
	var list []string
	for _, word := range strings.Fields(text) {
		last := len(list) - 1
		if last >= 0 && endsInDigit(list[last]) && goesOn.MatchString(word) {
			list[last] += " " + word
			continue
		}
		list = append(list, word)
	}
	return list
}

// goesOn matches what belongs to a number before it: its next three digits, or
// its unit.
var goesOn = regexp.MustCompile(`^([0-9]{3}|%|[nµm]?s|min|h)([^0-9A-Za-z]|$)`)

func endsInDigit(word string) bool {
	last := word[len(word)-1]
	return '0' <= last && last <= '9'
}

// wrap breaks a text into lines of at most w columns, between words where it
// can.
func wrap(text string, w int) []string {
	var lines []string
	line := ""
	for _, word := range words(text) {
		switch {
		case line == "":
			line = word
		case chart.Width(line)+1+chart.Width(word) <= w:
			line += " " + word
		default:
			lines = append(lines, line)
			line = word
		}
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}
