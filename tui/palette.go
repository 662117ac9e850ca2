package tui

import "onepen/tui/chart"

// Palette is a choice of colours.
type Palette uint8

const (
	PaletteAuto  Palette = iota // what the environment tells of the terminal, else dark
	PaletteDark                 // for a dark background
	PaletteLight                // for a light background
	PaletteNone                 // no colours: bold, dim and reverse only
)

var paletteNames = [...]string{"auto", "dark", "light", "none"}

func (p Palette) String() string { return paletteNames[p] }

// Palettes lists the names of the palettes, in the order of their values.
func Palettes() []string { return paletteNames[:] }

// ink is how a role is written: in a colour of the terminal, or its own.
type ink struct {
	colour    int16 // a colour below, or own
	bold, dim bool
}

// own is the terminal's own colour.
const own = -1

// The colours are among those 240 of a terminal's 256 that are the same
// everywhere; the first sixteen are what a theme makes of them. Those for a dark
// background are bright, those for a light one deep: a letter in any of them can
// be read, with a contrast of 4.5:1 or more (WCAG 2.2, success criterion 1.4.3).
const (
	brightRed     = 203 // #ff5f5f
	brightYellow  = 220 // #ffd700
	brightGreen   = 83  // #5fff5f
	brightTeal    = 37  // #00afaf
	brightCyan    = 51  // #00ffff
	brightBlue    = 75  // #5fafff
	brightViolet  = 141 // #af87ff
	brightMagenta = 207 // #ff5fff
	brightGrey    = 246 // #949494
	brightest     = 252 // #d0d0d0

	deepRed     = 160 // #d70000
	deepOrange  = 130 // #af5f00
	deepGreen   = 28  // #008700
	deepTeal    = 23  // #005f5f
	deepBlue    = 26  // #005fd7
	deepViolet  = 92  // #8700d7
	deepMagenta = 127 // #af00af
	deepGrey    = 241 // #626262
	deepest     = 236 // #303030
)

// sixteen are the colours that stand for those above where a terminal has no
// more: of the same name rather than nearest by measure, which would be a red
// for orange and a grey for blue.
var sixteen = map[int16]int16{
	brightRed: 9, brightYellow: 11, brightGreen: 10, brightTeal: 6, brightCyan: 14, brightBlue: 12,
	brightViolet: 5, brightMagenta: 13, brightGrey: 8, brightest: 7,

	deepRed: 1, deepOrange: 3, deepGreen: 2, deepTeal: 6, deepBlue: 4,
	deepViolet: 13, deepMagenta: 5, deepGrey: 8, deepest: 0,
}

// palette has an ink for every role of chart.Style.
type palette [chart.RoleCount]ink

// palettes are made for eyes of all kinds: heat goes from blue over white or
// grey to yellow and red, which stays ordered without red-green vision, good
// against broken is green against magenta, and whatever a colour says is also
// said by a sign, a letter or a number. Nothing but what is hot is red.
var palettes = map[Palette]palette{
	PaletteDark: {
		chart.Text:    {colour: own},
		chart.Dim:     {colour: brightGrey},
		chart.Title:   {colour: own, bold: true},
		chart.Axis:    {colour: brightGrey},
		chart.Marker:  {colour: brightMagenta},
		chart.Key:     {colour: brightCyan, bold: true},
		chart.Hot:     {colour: brightRed, bold: true},
		chart.Good:    {colour: brightGreen},
		chart.Broken:  {colour: brightMagenta, bold: true},
		chart.Series1: {colour: brightCyan},
		chart.Series2: {colour: brightYellow},
		chart.Twin:    {colour: brightGrey},

		chart.Heat0: {colour: brightBlue},
		chart.Heat1: {colour: brightCyan},
		chart.Heat2: {colour: brightest},
		chart.Heat3: {colour: brightYellow},
		chart.Heat4: {colour: brightRed},

		chart.StageAllocator:   {colour: brightViolet},
		chart.StageQueue:       {colour: brightBlue},
		chart.StageLinger:      {colour: brightTeal},
		chart.StageLine:        {colour: brightYellow},
		chart.StageLock:        {colour: brightMagenta},
		chart.StageService:     {colour: brightGreen},
		chart.StageReplication: {colour: brightest},
		chart.StageBackoff:     {colour: brightGrey},
	},
	PaletteLight: {
		chart.Text:    {colour: own},
		chart.Dim:     {colour: deepGrey},
		chart.Title:   {colour: own, bold: true},
		chart.Axis:    {colour: deepGrey},
		chart.Marker:  {colour: deepMagenta},
		chart.Key:     {colour: deepBlue, bold: true},
		chart.Hot:     {colour: deepRed, bold: true},
		chart.Good:    {colour: deepGreen},
		chart.Broken:  {colour: deepMagenta, bold: true},
		chart.Series1: {colour: deepBlue},
		chart.Series2: {colour: deepOrange},
		chart.Twin:    {colour: deepGrey},

		chart.Heat0: {colour: deepBlue},
		chart.Heat1: {colour: deepTeal},
		chart.Heat2: {colour: deepGrey},
		chart.Heat3: {colour: deepOrange},
		chart.Heat4: {colour: deepRed},

		chart.StageAllocator:   {colour: deepViolet},
		chart.StageQueue:       {colour: deepBlue},
		chart.StageLinger:      {colour: deepTeal},
		chart.StageLine:        {colour: deepOrange},
		chart.StageLock:        {colour: deepMagenta},
		chart.StageService:     {colour: deepGreen},
		chart.StageReplication: {colour: deepGrey},
		chart.StageBackoff:     {colour: deepest},
	},
	PaletteNone: colourless(),
}

// colourless tells roles apart by weight alone.
func colourless() palette {
	var p palette
	for role := range p {
		p[role] = ink{colour: own}
	}
	for _, role := range []chart.Style{chart.Dim, chart.Axis, chart.Twin, chart.Heat0, chart.Heat1} {
		p[role].dim = true
	}
	for _, role := range []chart.Style{chart.Title, chart.Key, chart.Hot, chart.Broken, chart.Heat4, chart.Series2} {
		p[role].bold = true
	}
	return p
}
