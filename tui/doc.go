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
//   - screen.go, dialog.go: the only files that talk to tview and tcell (Options
//     only names the type of a screen)
//   - keys.go: the table of keys, from which the bottom line and help are made
//   - view.go: what the screen remembers: the lane in focus, the open dialog, the file it began with
//   - layout.go: where the panels stand, by size
//   - render.go, lines.go, promises.go, panels.go, path.go, moves.go, prose.go: the
//     panels as cells
//   - brought.go: what the last move brought and costs
//   - verdict.go: the sentence on what the writers fight over
//   - look.go, palette.go: glyphs and colours
//   - help.go: what the panels, words, keys and moves mean
//
// The simulation is in package live, the pictures are in package chart.
package tui
