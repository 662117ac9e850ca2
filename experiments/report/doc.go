// Package report turns a folder of results into one page that answers the
// question of its runs, shows how sure the answer is, and says how to make it
// again.
//
//	folder, err := report.Open("out")
//	err = report.Write(w, folder)
//
//	manifest.json ─┐
//	*.csv ─────────┴▶ Folder ──▶ page: question, tables, figures, design,
//	                             warnings, commands ──▶ HTML
//
// The page is one file that needs nothing from outside: style and figures are
// in it. Numbers are for people; the files keep the full ones. Whatever stands
// in the files is text: html/template escapes it, and package plot does in
// figures. The same folder gives the same bytes.
//
// Where things are:
//
//   - folder.go: what is in a folder
//   - page.go, page.html, page.css: the page
//   - table.go: tables with footnotes
//   - summary.go, comparison.go, runs.go: the table that answers, for each kind of study
//   - drawings.go: which figures a folder gets
//   - design.go: what was run, and the commands that repeat it
package report
