package document

import (
	"bytes"
	"compress/zlib"
	"image"
	"image/jpeg"
	"slices"
)

// clip keeps a place inside the picture.
func (m bitmap) clip(x0, y0, x1, y1 int) (int, int, int, int) {
	return min(max(x0, 0), m.w), min(max(y0, 0), m.h), min(max(x1, 0), m.w), min(max(y1, 0), m.h)
}

func (m bitmap) at(x, y int) []byte { return m.dots[y*m.stride+4*x:][:4:4] }

func white(d []byte) bool { return d[0]&d[1]&d[2] == 255 }

func shade(d []byte) int { return (299*int(d[0]) + 587*int(d[1]) + 114*int(d[2])) / 1000 }

// ink tells whether anything is to be seen at a place.
func (m bitmap) ink(x0, y0, x1, y1 int) bool {
	x0, y0, x1, y1 = m.clip(x0, y0, x1, y1)
	low, high := 255, 0
	for y := y0; y < y1; y++ {
		for x := x0; x < x1; x++ {
			s := shade(m.at(x, y))
			if low, high = min(low, s), max(high, s); high-low > inkless {
				return true
			}
		}
	}
	return false
}

// hide paints over a place in the colour that is around it and puts stars there.
// Nothing of what was inside goes into the picture: not even its colour, unless
// the place is surrounded by nothing.
func (m bitmap) hide(x0, y0, x1, y1, stars int) {
	x0, y0, x1, y1 = m.clip(x0, y0, x1, y1)
	if x0 >= x1 || y0 >= y1 {
		return
	}
	paper := m.around(x0, y0, x1, y1)
	for y := y0; y < y1; y++ {
		for x := x0; x < x1; x++ {
			copy(m.at(x, y), paper[:])
		}
	}
	if stars = min(stars, 64); stars == 0 {
		return
	}
	ink := [4]byte{0, 0, 0, 255}
	if shade(paper[:]) < 128 {
		ink = [4]byte{255, 255, 255, 255}
	}
	// A row of stars, or a column where the text stands upright.
	w, h, across := x1-x0, y1-y0, true
	if h > w && stars > 1 {
		w, h, across = h, w, false
	}
	step := float64(w) / float64(stars)
	r := int(min(step*0.42, float64(h)*0.3))
	for k := range stars {
		along, mid := int((float64(k)+0.5)*step), h/2
		if across {
			m.star(x0+along, y0+mid, r, ink)
		} else {
			m.star(x0+mid, y0+along, r, ink)
		}
	}
}

// around is the colour most dots just outside a place have.
func (m bitmap) around(x0, y0, x1, y1 int) [4]byte {
	count := map[[4]byte]int{}
	tell := func(x, y int) {
		if x >= 0 && y >= 0 && x < m.w && y < m.h {
			d := m.at(x, y)
			count[[4]byte{d[0], d[1], d[2], 255}]++
		}
	}
	for x := x0; x < x1; x++ {
		tell(x, y0-1)
		tell(x, y1)
	}
	for y := y0; y < y1; y++ {
		tell(x0-1, y)
		tell(x1, y)
	}
	best, most := [4]byte{255, 255, 255, 255}, 0
	for c, n := range count {
		if n > most || n == most && shade(c[:]) > shade(best[:]) || n == most && shade(c[:]) == shade(best[:]) && slices.Compare(c[:], best[:]) > 0 {
			best, most = c, n
		}
	}
	return best
}

// star draws an asterisk of three strokes.
func (m bitmap) star(cx, cy, r int, ink [4]byte) {
	thick := max(1, (r+2)/4)
	for t := -r; t <= r; t++ {
		for _, d := range [][2]int{{0, t}, {t * 13 / 15, t / 2}, {t * 13 / 15, -t / 2}} {
			for k := range thick * thick {
				if x, y := cx+d[0]+k%thick, cy+d[1]+k/thick; x >= 0 && y >= 0 && x < m.w && y < m.h {
					copy(m.at(x, y), ink[:])
				}
			}
		}
	}
}

// A pdfPicture is a picture as a PDF holds it.
type pdfPicture struct {
	w, h   int
	space  string // colour space
	bits   int
	filter string
	data   []byte
}

// encode makes the picture as small as it can be without harm: words in shades of
// grey, words in some colours, and photographs each have a way of their own.
func (m bitmap) encode() (pdfPicture, error) {
	pic := pdfPicture{w: m.w, h: m.h, bits: shadeBits, filter: "FlateDecode", space: "/DeviceGray"}
	grey, middling, blank, colours := true, 0, 0, newColours()
	for y := range m.h {
		row := m.dots[y*m.stride:][:4*m.w]
		for x := 0; x < len(row); x += 4 {
			if white(row[x:]) { // most of a page
				blank++
				continue
			}
			r, g, b := int(row[x]), int(row[x+1]), int(row[x+2])
			if max(r, g, b)-min(r, g, b) > 8 {
				grey = false
			}
			if g > 40 && g < 215 {
				middling++
			}
			if colours.few {
				colours.add(r, g, b, 1)
			}
		}
	}
	if colours.few && blank > 0 {
		colours.add(255, 255, 255, blank)
	}
	photo := middling > m.w*m.h/5
	switch {
	case grey && !photo:
		return pic, pic.pack(func(z *zlib.Writer) error { return m.shades(z) })
	case colours.few:
		pic.bits, pic.space = 8, colours.space()
		return pic, pic.pack(func(z *zlib.Writer) error { return m.indexed(z, colours) })
	}
	pic.bits, pic.filter, pic.space = 8, "DCTDecode", "/DeviceRGB"
	return pic, pic.photograph(m, grey)
}

func (pic *pdfPicture) pack(write func(*zlib.Writer) error) error {
	var out bytes.Buffer
	z, err := zlib.NewWriterLevel(&out, 6)
	if err != nil {
		return err
	}
	if err := write(z); err != nil {
		return err
	}
	err = z.Close()
	pic.data = out.Bytes()
	return err
}

// shadeBits is how finely shades of grey are kept: four shades are what smooth
// letters need, and half the size of sixteen.
const shadeBits = 2

// shades writes shades of grey, several dots a byte.
func (m bitmap) shades(z *zlib.Writer) error {
	const per, most = 8 / shadeBits, 1<<shadeBits - 1
	row := make([]byte, (m.w+per-1)/per)
	for y := range m.h {
		for i := range row {
			row[i] = 0xff
		}
		for x := range m.w {
			d := m.at(x, y)
			if white(d) {
				continue
			}
			lack := byte(most - (shade(d)*most+127)/255)
			row[x/per] ^= lack << (shadeBits * (per - 1 - x%per))
		}
		if _, err := z.Write(row); err != nil {
			return err
		}
	}
	return nil
}

func (m bitmap) indexed(z *zlib.Writer, c *fewColours) error {
	row := make([]byte, m.w)
	for y := range m.h {
		for x := range m.w {
			d := m.at(x, y)
			row[x] = byte(c.index[coarse(int(d[0]), int(d[1]), int(d[2]))] - 1)
		}
		if _, err := z.Write(row); err != nil {
			return err
		}
	}
	return nil
}

// photograph keeps what has many shades.
func (pic *pdfPicture) photograph(m bitmap, grey bool) error {
	var out bytes.Buffer
	var from image.Image
	if grey {
		pic.space = "/DeviceGray"
		g := image.NewGray(image.Rect(0, 0, m.w, m.h))
		for y := range m.h {
			for x := range m.w {
				g.Pix[y*g.Stride+x] = byte(shade(m.at(x, y)))
			}
		}
		from = g
	} else {
		c := image.NewRGBA(image.Rect(0, 0, m.w, m.h))
		for y := range m.h {
			row := c.Pix[y*c.Stride:][:4*m.w]
			copy(row, m.dots[y*m.stride:])
			for x := 3; x < len(row); x += 4 {
				row[x] = 255
			}
		}
		from = c
	}
	err := jpeg.Encode(&out, from, &jpeg.Options{Quality: 80})
	pic.data = out.Bytes()
	return err
}

// fewColours are at most 256 colours, told apart as finely as words need.
type fewColours struct {
	few   bool
	index []uint16 // of each coarse colour, plus one
	sums  [][4]int // red, green, blue, how many
}

func newColours() *fewColours { return &fewColours{few: true, index: make([]uint16, 1<<12)} }

func coarse(r, g, b int) int { return r>>4<<8 | g>>4<<4 | b>>4 }

func (c *fewColours) add(r, g, b, n int) {
	k := coarse(r, g, b)
	if c.index[k] == 0 {
		if len(c.sums) == 256 {
			c.few = false
			return
		}
		c.sums = append(c.sums, [4]int{})
		c.index[k] = uint16(len(c.sums))
	}
	s := &c.sums[c.index[k]-1]
	s[0], s[1], s[2], s[3] = s[0]+n*r, s[1]+n*g, s[2]+n*b, s[3]+n
}

// space names the colours.
func (c *fewColours) space() string {
	const hex = "0123456789abcdef"
	out := []byte("[/Indexed /DeviceRGB ")
	out = append(out, []byte(itoa(len(c.sums)-1))...)
	out = append(out, " <"...)
	for _, s := range c.sums {
		for _, v := range s[:3] {
			v /= s[3]
			out = append(out, hex[v>>4], hex[v&15])
		}
	}
	return string(append(out, ">]"...))
}
