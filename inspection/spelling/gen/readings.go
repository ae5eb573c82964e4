package main

import (
	"bufio"
	"cmp"
	"os"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// leastReading is the decimal logarithm of the share a reading of a character must
// have to count: nobody types 暴 for the 魄 of 落魄.
const leastReading = -1.3

// readings writes the readings of the characters that have several, the commonest
// first, from a list of lines "character reading logarithm-of-share".
func readings(out, in string) error {
	f, err := os.Open(in)
	if err != nil {
		return err
	}
	defer f.Close()
	type reading struct {
		said  string
		share float64
	}
	by := map[string][]reading{}
	var order []string
	for lines := bufio.NewScanner(f); lines.Scan(); {
		cols := strings.Fields(lines.Text())
		if len(cols) < 2 || utf8.RuneCountInString(cols[0]) != 1 || strings.Contains(cols[1], "'") {
			continue
		}
		share := 0.0
		if len(cols) > 2 {
			if share, err = strconv.ParseFloat(cols[2], 64); err != nil {
				return err
			}
		}
		if by[cols[0]] == nil {
			order = append(order, cols[0])
		}
		by[cols[0]] = append(by[cols[0]], reading{cols[1], share})
	}
	slices.Sort(order)
	var b strings.Builder
	b.WriteString("# Characters with several readings: those that are common enough to count, the commonest\n# first. Written by gen -readings from dict_sc.txt of libime (LGPL-2.1-or-later).\n")
	for _, c := range order {
		all := by[c]
		if len(all) < 2 {
			continue
		}
		slices.SortStableFunc(all, func(a, b reading) int { return cmp.Compare(b.share, a.share) })
		b.WriteString(c)
		for i, r := range all {
			if i == 0 || r.share >= leastReading {
				b.WriteString(" " + r.said)
			}
		}
		b.WriteString("\n")
	}
	return os.WriteFile(out, []byte(b.String()), 0o644)
}
