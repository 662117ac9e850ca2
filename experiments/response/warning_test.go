package response

import "testing"

func TestWarningsAreWritten(t *testing.T) {
	all := Warnings(1<<numWarnings - 1)
	if got, want := all.String(), "unstable few_replications wide_interval warmup_not_reached beyond_data"; got != want {
		t.Errorf("all warnings: %q, want %q", got, want)
	}
	if got := Warnings(0).String(); got != "" {
		t.Errorf("no warnings: %q", got)
	}
	n := 0
	for w := range all.All() {
		if texts := w.Texts(); len(texts) != 1 || texts[0] == "" {
			t.Errorf("%q has texts %q", w, texts)
		}
		n++
	}
	if n != numWarnings || len(all.Texts()) != numWarnings {
		t.Errorf("%d warnings, want %d", n, numWarnings)
	}
}
