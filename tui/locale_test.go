package tui

import "testing"

func TestEnvironment(t *testing.T) {
	for _, test := range []struct {
		name    string
		env     map[string]string
		ascii   bool
		palette Palette
	}{
		{"nothing set", nil, false, PaletteDark},
		{"UTF-8", map[string]string{"LANG": "de_DE.UTF-8"}, false, PaletteDark},
		{"UTF-8 by another name", map[string]string{"LC_CTYPE": "en_US.utf8"}, false, PaletteDark},
		{"the C locale with UTF-8", map[string]string{"LANG": "C.UTF-8"}, false, PaletteDark},
		{"the C locale", map[string]string{"LANG": "C"}, true, PaletteDark},
		{"LC_ALL wins", map[string]string{"LC_ALL": "POSIX", "LANG": "en_US.UTF-8"}, true, PaletteDark},
		{"an empty variable does not", map[string]string{"LC_ALL": "", "LANG": "en_US.UTF-8"}, false, PaletteDark},
		{"Latin 9", map[string]string{"LANG": "de_DE.ISO-8859-15@euro"}, true, PaletteDark},
		{"no charset named", map[string]string{"LANG": "en_US"}, false, PaletteDark},
		{"the console", map[string]string{"TERM": "linux", "LANG": "en_US.UTF-8"}, true, PaletteDark},
		{"no colours", map[string]string{"NO_COLOR": "1", "COLORFGBG": "0;15"}, false, PaletteNone},
		{"light", map[string]string{"COLORFGBG": "0;15"}, false, PaletteLight},
		{"light, three numbers", map[string]string{"COLORFGBG": "0;default;7"}, false, PaletteLight},
		{"dark", map[string]string{"COLORFGBG": "15;0"}, false, PaletteDark},
		{"dark grey", map[string]string{"COLORFGBG": "15;8"}, false, PaletteDark},
	} {
		env := environment(func(name string) string { return test.env[name] })
		if got := env.ascii(); got != test.ascii {
			t.Errorf("%s: ascii %v, want %v", test.name, got, test.ascii)
		}
		if got := env.palette(); got != test.palette {
			t.Errorf("%s: palette %v, want %v", test.name, got, test.palette)
		}
	}
}

func TestParsePalette(t *testing.T) {
	for i, name := range Palettes() {
		if got, err := ParsePalette(name); err != nil || got != Palette(i) || got.String() != name {
			t.Errorf("ParsePalette(%q) = %v, %v", name, got, err)
		}
	}
	if _, err := ParsePalette("sepia"); err == nil {
		t.Error("ParsePalette takes sepia")
	}
}
