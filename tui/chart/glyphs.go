package chart

// Glyphs is the set of signs a terminal can show, each one column wide. Start
// from [Unicode] or [ASCII] and change fields where a terminal needs it; the
// zero value has no signs and is of no use.
type Glyphs struct {
	Braille bool // lines are drawn in 2 by 4 dots per cell
	// Letters fills the parts of a stack with their key letters instead of
	// blocks: for terminals without colour, where blocks would all look alike.
	Letters bool
	Fold    bool // what is not ASCII is replaced at the end: see Canvas.Fold

	Horizontal, Vertical                       rune    // box lines
	TopLeft, TopRight, BottomLeft, BottomRight rune    // box corners
	LeftTee, RightTee, BottomTee               rune    // joints of axes and boxes
	Arrow                                      rune    // the head of an arrow to the right
	MarkLine                                   rune    // the vertical line of a change mark
	TwinMark                                   rune    // where the twin stands on a bar
	Ellipsis                                   rune    // stands for what did not fit
	HotSign, DownSign                          rune    // signs of the states
	Shade                                      rune    // the empty part of a bar
	Full                                       rune    // a full cell
	Rise                                       [7]rune // one to seven eighths from below
	Run                                        [7]rune // one to seven eighths from the left
	Point                                      rune    // the main line, without braille
	Point2                                     rune    // the second line, without braille
	PointTwin                                  rune    // the twin's line, without braille
}

// Unicode reports the set for terminals with braille, box and block glyphs.
func Unicode() Glyphs {
	return Glyphs{
		Braille:    true,
		Horizontal: '─', Vertical: '│',
		TopLeft: '┌', TopRight: '┐', BottomLeft: '└', BottomRight: '┘',
		LeftTee: '├', RightTee: '┤', BottomTee: '┴',
		Arrow:    '▶',
		MarkLine: '┊', TwinMark: '╎',
		Ellipsis: '…',
		HotSign:  '▲', DownSign: '✗',
		Shade: '░', Full: '█',
		Rise:  [7]rune{'▁', '▂', '▃', '▄', '▅', '▆', '▇'},
		Run:   [7]rune{'▏', '▎', '▍', '▌', '▋', '▊', '▉'},
		Point: '•', Point2: '∘', PointTwin: '·',
	}
}

// ASCII reports the set for terminals without such glyphs. Whatever is drawn
// with it holds ASCII only, the caller's own names included.
func ASCII() Glyphs {
	return Glyphs{
		Letters:    true,
		Fold:       true,
		Horizontal: '-', Vertical: '|',
		TopLeft: '+', TopRight: '+', BottomLeft: '+', BottomRight: '+',
		LeftTee: '+', RightTee: '+', BottomTee: '+',
		Arrow:    '>',
		MarkLine: ':', TwinMark: '|',
		Ellipsis: '~',
		HotSign:  '^', DownSign: 'x',
		Shade: '.', Full: '#',
		Rise:  [7]rune{'.', '.', ':', '-', '=', '+', '*'},
		Run:   [7]rune{'.', '.', '.', '#', '#', '#', '#'},
		Point: '*', Point2: 'o', PointTwin: '.',
	}
}

// sign reports the sign of a state, a blank for the calm.
func (g Glyphs) sign(s State) rune {
	switch s {
	case StateHot:
		return g.HotSign
	case StateDown:
		return g.DownSign
	}
	return ' '
}

// finish replaces what the terminal cannot show. Every Draw ends with it.
func (g Glyphs) finish(c *Canvas) {
	if g.Fold {
		c.Fold()
	}
}
