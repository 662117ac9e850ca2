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

// ink is how a role is written: a colour of the terminal's sixteen, or its own.
type ink struct {
	colour    int8 // 0 to 15, or own
	bold, dim bool
}

// own is the terminal's own colour.
const own = -1

// The sixteen colours of a terminal, as far as they are used.
const (
	black, red, green, yellow, blue, magenta, cyan, white = 0, 1, 2, 3, 4, 5, 6, 7
	grey                                                  = 8
	brightRed, brightGreen, brightYellow, brightBlue      = 9, 10, 11, 12
	brightMagenta, brightCyan                             = 13, 14
)

// palette has an ink for every role of chart.Style.
type palette [chart.RoleCount]ink

// palettes are made for eyes of all kinds: heat goes from blue over white or
// grey to yellow and red, which stays ordered without red-green vision, good
// against broken is green against magenta, and whatever a colour says is also
// said by a sign, a letter or a number.
var palettes = map[Palette]palette{
	PaletteDark: {
		chart.Text:    {colour: own},
		chart.Dim:     {colour: grey},
		chart.Title:   {colour: own, bold: true},
		chart.Axis:    {colour: grey},
		chart.Marker:  {colour: brightMagenta},
		chart.Key:     {colour: brightCyan, bold: true},
		chart.Hot:     {colour: brightRed, bold: true},
		chart.Good:    {colour: brightGreen},
		chart.Broken:  {colour: brightMagenta, bold: true},
		chart.Series1: {colour: brightCyan},
		chart.Series2: {colour: brightYellow},
		chart.Twin:    {colour: grey},

		chart.Heat0: {colour: brightBlue},
		chart.Heat1: {colour: brightCyan},
		chart.Heat2: {colour: white},
		chart.Heat3: {colour: brightYellow},
		chart.Heat4: {colour: brightRed},

		chart.StageAllocator:   {colour: brightMagenta},
		chart.StageQueue:       {colour: brightBlue},
		chart.StageLinger:      {colour: cyan},
		chart.StageLine:        {colour: brightYellow},
		chart.StageLock:        {colour: brightRed},
		chart.StageService:     {colour: green},
		chart.StageReplication: {colour: white},
		chart.StageBackoff:     {colour: grey},
	},
	PaletteLight: {
		chart.Text:    {colour: own},
		chart.Dim:     {colour: grey},
		chart.Title:   {colour: own, bold: true},
		chart.Axis:    {colour: grey},
		chart.Marker:  {colour: magenta},
		chart.Key:     {colour: blue, bold: true},
		chart.Hot:     {colour: red, bold: true},
		chart.Good:    {colour: green},
		chart.Broken:  {colour: magenta, bold: true},
		chart.Series1: {colour: blue},
		chart.Series2: {colour: red},
		chart.Twin:    {colour: grey},

		chart.Heat0: {colour: blue},
		chart.Heat1: {colour: cyan},
		chart.Heat2: {colour: grey},
		chart.Heat3: {colour: yellow},
		chart.Heat4: {colour: red},

		chart.StageAllocator:   {colour: magenta},
		chart.StageQueue:       {colour: blue},
		chart.StageLinger:      {colour: cyan},
		chart.StageLine:        {colour: yellow},
		chart.StageLock:        {colour: red},
		chart.StageService:     {colour: green},
		chart.StageReplication: {colour: grey},
		chart.StageBackoff:     {colour: black},
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
