// Package tui is the live screen: it shows a running write path and lets a
// person interfere.
//
//	live.Frame ─┐
//	            ├─▶ arrange ─▶ rectangles ─▶ render ─▶ cells ─▶ terminal
//	view, size ─┘    (pure)                  (pure)     chart.Canvas
//
//	keys, mouse ─▶ view.press ─▶ live.Command
//
// What belongs together:
//
//   - run.go: Run and its options; locale.go: what the environment tells of the terminal
//   - screen.go, dialog.go, picker.go, form.go: the only files that talk to tview
//     and, with inkwell.go, tcell (Options only names the type of a screen)
//   - keys.go: the table of keys, from which the bottom line, help and the README's
//     table are made
//   - view.go, focus.go: what the screen remembers: the lane and the panel in
//     focus, what is picked, the open dialog, the file it began with
//   - settings.go: the form of a move, and what is wrong with what was typed
//   - copy.go: panels as text, for the clipboard
//   - layout.go: where the panels stand, by size
//   - render.go, lines.go, promises.go, charts.go, owners.go, path.go, moves.go,
//     prose.go: the panels as cells
//   - details.go: all that is known of one component
//   - large.go: the large print
//   - broke.go: what broke first
//   - brought.go, relief.go: what the last move brought and costs, and whether it
//     helped
//   - verdict.go: when a key explains a hot partition, and writes counted
//   - look.go, palette.go, inkwell.go: glyphs and colours
//   - twin.go: what runs beside, and how the run differs from it
//   - back.go: where one can go back to
//   - export.go: what can be written of a session, which package export does
//   - demo.go, caption.go: what a demo does, and what it says
//   - plain.go: the same as lines of text
//   - help.go: what the panels, words, keys and moves mean
//
// The simulation is in package live, the pictures are in package chart.
package tui
