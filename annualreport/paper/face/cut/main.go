// Command cut makes the font file that lies beside package face: the glyphs of
// a full font that official Chinese needs. See the package for how it is called.
package main

import (
	"bufio"
	"bytes"
	"compress/bzip2"
	"compress/gzip"
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"

	"gongkai/annualreport/paper/face"
)

func main() {
	font := flag.String("font", "", "the full font, TrueType")
	mappings := flag.String("mappings", "", "Unihan_OtherMappings.txt.bz2 of the Unicode database")
	to := flag.String("to", "", "the file to write")
	flag.Parse()
	if err := run(*font, *mappings, *to); err != nil {
		fmt.Fprintln(os.Stderr, "cut:", err)
		os.Exit(1)
	}
}

func run(font, mappings, to string) error {
	b, err := os.ReadFile(font)
	if err != nil {
		return err
	}
	f, err := face.Parse(b)
	if err != nil {
		return fmt.Errorf("read %s: %w", font, err)
	}
	wanted, err := common(mappings)
	if err != nil {
		return fmt.Errorf("read %s: %w", mappings, err)
	}
	glyphs, chars, number := []uint16{0}, map[rune]uint16{}, map[uint16]uint16{}
	lacking := 0
	for r := rune(0); r <= 0x3ffff; r++ {
		if !wanted[r] {
			continue
		}
		g, ok := f.Glyph(r)
		if !ok {
			lacking++
			continue
		}
		if _, have := number[g]; !have {
			number[g] = uint16(len(glyphs))
			glyphs = append(glyphs, g)
		}
		chars[r] = number[g]
	}
	small, err := f.Cut(glyphs, chars)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	z, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return err
	}
	if _, err := z.Write(small); err != nil {
		return err
	}
	if err := z.Close(); err != nil {
		return err
	}
	fmt.Printf("%d characters, %d glyphs, %d not in the font; %d bytes, %d packed\n", len(chars), len(glyphs), lacking, len(small), out.Len())
	return os.WriteFile(to, out.Bytes(), 0o644)
}

// common are the characters of GB/T 2312, of the 通用规范汉字表, and the signs
// that official texts use.
func common(mappings string) (map[rune]bool, error) {
	wanted := map[rune]bool{}
	for _, block := range [][2]rune{{0x20, 0x7e}, {0xa0, 0xff}, {0x2010, 0x2044}, {0x2070, 0x209c}, {0x20a0, 0x20bf}, {0x2100, 0x214f}, {0x2150, 0x218b}, {0x2190, 0x2199},
		{0x2200, 0x226f}, {0x2460, 0x24ff}, {0x25a0, 0x25cf}, {0x2605, 0x2606}, {0x2713, 0x2717}, {0x3000, 0x303f}, {0x3220, 0x3229}, {0x3231, 0x3243}, {0x338e, 0x33d5},
		{0xff01, 0xff5e}, {0xffe0, 0xffe6}, {0x0391, 0x03c9}, {0x0100, 0x017f}, {0x01cd, 0x01dc}} {
		for r := block[0]; r <= block[1]; r++ {
			wanted[r] = true
		}
	}
	file, err := os.Open(mappings)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	lines := bufio.NewScanner(bzip2.NewReader(file))
	for lines.Scan() {
		f := strings.Split(lines.Text(), "\t")
		if len(f) < 3 || f[1] != "kGB0" && f[1] != "kTGH" {
			continue
		}
		r, err := strconv.ParseUint(strings.TrimPrefix(f[0], "U+"), 16, 32)
		if err != nil {
			return nil, err
		}
		wanted[rune(r)] = true
	}
	return wanted, lines.Err()
}
