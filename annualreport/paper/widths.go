package paper

// cellPad is the room left and right of the text in a printed cell together, in
// points.
const cellPad = 6.0

// textWidth is about how wide a text is in print, in points, at a size.
func textWidth(s string, size float64) float64 {
	w := 0.0
	for _, r := range s {
		if r < 0x1100 {
			w += .56
		} else {
			w++
		}
	}
	return w * size
}

// widths divides the width of the page among the columns: numbers get the room
// they need, because a number that breaks is misread; labels get the rest.
func (g *Grid) widths(total, size float64) []float64 {
	out := make([]float64, g.Columns)
	least, base := 0.0, total/float64(g.Columns)
	switch g.Labels {
	case 1:
		least, base = .24*total, .22*total
	case 3:
		least, base = .3*total, .0625*total
	}
	for i := g.Labels; i < g.Columns; i++ {
		out[i] = base
	}
	for _, line := range g.Lines {
		for _, b := range line.Boxes {
			if b.Role == Figure && b.Cols == 1 {
				out[b.Col] = max(out[b.Col], textWidth(b.Text+b.mark(), size)+cellPad)
			}
		}
	}
	figures := 0.0
	for _, w := range out {
		figures += w
	}
	if most := total - least; figures > most {
		g.squeeze(out, base, figures-most)
		figures = 0
		for _, w := range out {
			figures += w
		}
	}
	rest := total - figures
	switch g.Labels {
	case 0:
		for i := range out {
			out[i] += rest / float64(len(out))
		}
	case 1:
		out[0] = rest
	case 3:
		out[0] = max(.16*rest, 4*size+cellPad+1)
		out[1] = max(.2*rest, 4*size+cellPad+1)
		out[2] = rest - out[0] - out[1]
	}
	return out
}

// squeeze takes the excess from the columns in proportion to what they have more
// than small numbers need.
func (g *Grid) squeeze(out []float64, base, excess float64) {
	small := base * .7
	spare := 0.0
	for i := g.Labels; i < len(out); i++ {
		spare += out[i] - small
	}
	for i := g.Labels; i < len(out); i++ {
		out[i] -= excess * (out[i] - small) / spare
	}
}

// mark is what stands behind the figure.
func (b Box) mark() string {
	if b.Fix > 0 {
		return fixMark
	}
	return ""
}
