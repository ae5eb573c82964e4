package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"

	"gongkai/inspection/spelling/planting"
	"gongkai/inspection/spelling/suspect"
)

// An example is one candidate, whether it was right, and how much it counts.
type example struct {
	signs  [suspect.Signs]float32
	right  bool
	weight float32
}

// against is how much more a false alarm counts than an error missed: what is fitted
// best then is the part of the scale where the threshold lies.
const against = 8

// effort is how many characters of laws are spoiled, twice, how many trees are grown
// on them and how far each is believed. More helps with characters exchanged, but
// not with the few kinds of gaps.
type effort struct {
	chars, trees int
	rate         float32
}

var efforts = map[bool]effort{false: {5_000_000, 500, 0.08}, true: {2_000_000, 300, 0.1}}

// fit plants errors into the laws' Fit share, and into every other clean sentence
// of clean.tsv, and grows the forest that tells the errors from the rest. Half of
// the laws are read with a model that knows no law: to it they are everyday text.
func fit(out, arpa, clean, in string, gaps bool) error {
	g, t, err := everyday(arpa, in, 2)
	if err != nil {
		return err
	}
	m, err := modelOf(g.join(t, true))
	if err != nil {
		return err
	}
	var all []example
	rng := rand.New(rand.NewPCG(4, 2026))
	read := func(d *suspect.Detector, part string, every int, weight float32) {
		plant := planting.Plant
		if gaps {
			plant = planting.Slip
		}
		spoiled, errors := plant(part, rng, every)
		d.Weigh(spoiled, func(f suspect.Suspicion) {
			if f.Gap() != gaps {
				return
			}
			touches, right := false, false
			for _, e := range errors {
				if e.Start < f.End && f.Start < e.End {
					touches, right = true, right || e.Mends(spoiled, f.Start, f.End, f.Right)
				}
			}
			if right || !touches {
				w := weight
				if !right {
					w *= against
				}
				all = append(all, example{f.Evidence, right, w})
			}
		})
	}
	// Laws as a whole, by paragraph and by clause; with few errors and with many.
	cuts := []func(string) []string{whole, paragraphs, clauses, paragraphs}
	spoil := func(knows, everyday *suspect.Detector, most int) func(string) {
		chars, n := 0, 0
		return func(text string) {
			if chars > most || len(text) > 300_000 {
				return
			}
			chars += len(text) / 3
			n++
			d := knows
			if n/4%3 > 0 {
				d = everyday
			}
			for i, part := range cuts[n%4](text) {
				read(d, part, []int{200, 60, 25}[(n+i)%3], 1)
			}
		}
	}
	strange := suspect.NewWith(m, g.phrases(m), 0)
	if err := laws(in, suspect.Fit, spoil(suspect.New(0), strange, efforts[gaps].chars)); err != nil {
		return err
	}
	// To the model that knows no law, laws that the other one learnt from are new, too.
	if err := laws(in, suspect.Train, spoil(strange, strange, efforts[gaps].chars)); err != nil {
		return err
	}
	b, err := os.ReadFile(filepath.Join(clean, "clean.tsv"))
	if err != nil {
		return err
	}
	readers := []*suspect.Detector{suspect.New(0), strange}
	n := 0
	for line := range strings.Lines(string(b)) {
		s, _, _ := strings.Cut(line, "\t")
		if n++; n%2 == 1 {
			for range 4 {
				read(readers[n/2%2], s, 40, 1)
			}
		}
	}
	rights := 0
	for _, x := range all {
		if x.right {
			rights++
		}
	}
	f := grow(all, efforts[gaps].trees, efforts[gaps].rate)
	fmt.Printf("%d candidates, %d right, %d bytes\n", len(all), rights, len(f.Bytes()))
	return os.WriteFile(out, f.Bytes(), 0o644)
}

func whole(s string) []string      { return []string{s} }
func paragraphs(s string) []string { return strings.SplitAfter(s, "\n") }
func clauses(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune("，。；：、\n", r) })
}
