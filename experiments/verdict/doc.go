// Package verdict answers the question that a write path poses: what are the
// writers fighting over? It is given what was measured of the path's places
// over some span, a moment of a live run or a whole one, and names the place
// that holds the writes up, or says that none does.
//
//	measured ──▶ Path ──▶ Path.Verdict ──▶ Path.Explain
//	                      a place          a sentence
package verdict
