package tui

import "strings"

// environment looks up a variable, as os.Getenv does.
type environment func(name string) string

// ascii reports whether the terminal cannot be expected to show what is not
// ASCII: its locale is not UTF-8, or it is the console of a kernel, whose font
// has no braille.
func (env environment) ascii() bool {
	if env("TERM") == "linux" {
		return true
	}
	locale := ""
	for _, name := range []string{"LC_ALL", "LC_CTYPE", "LANG"} { // the first one set wins (POSIX)
		if locale = env(name); locale != "" {
			break
		}
	}
	if locale == "" {
		return false // nothing said: today's terminals speak UTF-8
	}
	locale = strings.ToUpper(locale)
	if locale == "C" || locale == "POSIX" {
		return true
	}
	_, charset, named := strings.Cut(locale, ".")
	charset, _, _ = strings.Cut(charset, "@")
	return named && charset != "UTF-8" && charset != "UTF8"
}

// palette resolves PaletteAuto: no colours if NO_COLOR is set, else what
// COLORFGBG says of the background, else dark.
func (env environment) palette() Palette {
	if env("NO_COLOR") != "" {
		return PaletteNone
	}
	// The last of two or three numbers is the background: 7 and 9 to 15 are
	// light ones.
	parts := strings.Split(env("COLORFGBG"), ";")
	switch parts[len(parts)-1] {
	case "7", "9", "10", "11", "12", "13", "14", "15":
		return PaletteLight
	}
	return PaletteDark
}
