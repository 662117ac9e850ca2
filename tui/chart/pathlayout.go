package chart

const (
	minNodeCols = 3 // of a node that is cut
	minGap      = 3 // blank, arrow head, blank
	boxRows     = 4
	boxExtra    = 4 // frame and blank on both sides of a box
	boxGap      = 2 // arrow between boxes
	maxBoxGap   = 12
)

// pathLayout is where the nodes stand.
type pathLayout struct {
	n     int
	boxes bool
	short [maxNodes]bool // nodes that say the shorter text
	x, w  [maxNodes]int  // first column and columns of the text of each node
}

// signCols is what a sign takes behind a text. It is kept even while a node is
// calm: becoming hot must not push the others aside.
const signCols = 2

// need reports the columns that a node's text takes in h rows.
func (n *Node) need(short bool, h int) int {
	name, value := n.text(short)
	if h == 1 {
		return Width(name) + signCols
	}
	w := max(Width(name), Width(value)+signCols)
	if !short {
		w = max(w, n.Width)
	}
	return w
}

// layout finds the most generous arrangement that fits into w by h: boxes
// before plain rows, then as many long texts as possible, cut texts last.
func (p Path) layout(w, h int) pathLayout {
	l := pathLayout{n: min(len(p.Nodes), maxNodes)}
	if l.n == 0 {
		return l
	}
	gaps := l.n - 1
	sum := 0
	for i := range l.n {
		l.w[i] = p.Nodes[i].need(false, h)
		sum += l.w[i]
	}
	if fixed := l.n*boxExtra + gaps*boxGap; h >= boxRows && sum+fixed <= w {
		l.boxes = true
		l.spread(w - sum - fixed)
		return l
	}
	for sum+gaps*minGap > w {
		saved := p.shorten(&l, h)
		if saved == 0 {
			l.squeeze(w - gaps*minGap)
			l.spread(0)
			return l
		}
		sum -= saved
	}
	l.spread(w - sum - gaps*minGap)
	return l
}

// shorten takes the shorter text for the node that saves most by it, and
// reports the columns saved: 0 when there is no such node.
func (p Path) shorten(l *pathLayout, h int) int {
	best, most := 0, 0
	for i := range l.n {
		if saved := l.w[i] - p.Nodes[i].need(true, h); !l.short[i] && saved > most {
			best, most = i, saved
		}
	}
	if most > 0 {
		l.short[best] = true
		l.w[best] -= most
	}
	return most
}

// squeeze cuts the widest nodes until all fit into w columns.
func (l *pathLayout) squeeze(w int) {
	sum := 0
	for i := range l.n {
		sum += l.w[i]
	}
	for ; sum > w; sum-- {
		widest := 0
		for i := range l.n {
			if l.w[i] > l.w[widest] {
				widest = i
			}
		}
		if l.w[widest] <= minNodeCols {
			return
		}
		l.w[widest]--
	}
}

// spread places the nodes and shares out the spare columns: to the arrows, and
// between boxes, whose arrows get long sooner, to the boxes as well.
func (l *pathLayout) spread(spare int) {
	gap, pad := minGap, 0
	if l.boxes {
		gap, pad = boxGap, boxExtra/2
		room := (maxBoxGap - boxGap) * (l.n - 1)
		if spare > room {
			wider := (spare - room) / l.n
			for i := range l.n {
				l.w[i] += wider
			}
			spare -= wider * l.n
		}
	}
	x := 0
	for i := range l.n {
		l.x[i] = x + pad
		x += l.w[i] + 2*pad + gap
		if gaps := l.n - 1; i < gaps {
			x += (i+1)*spare/gaps - i*spare/gaps
		}
	}
}
