package main

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"gongkai/inspection/spelling/planting"
	"gongkai/inspection/spelling/suspect"
)

// finding is one suspicion on a measured text.
type finding struct {
	p    float64
	gap  bool
	err  int // the error it touches, 0 if none
	show string
}

// set is what was found on the texts of one kind.
type set struct {
	name          string
	chars, errors int
	found         []finding
}

// curve prints what part of the errors is found where as many false alarms are
// allowed on clean texts, so that a change can be judged before the threshold is
// set. It is for looking, not for fitting: the sets are those of the tests.
func curve(dir, in string) error {
	d := suspect.New(0.02)
	var sets []*set
	for _, name := range []string{"clean.tsv", "sighan15.tsv", "mcsc_test.tsv"} {
		s, err := pairsOf(d, filepath.Join(dir, name))
		if err != nil {
			return err
		}
		sets = append(sets, s)
	}
	everyday := &set{name: "right sides"}
	for _, name := range []string{"sighan15.tsv", "mcsc_test.tsv"} {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return err
		}
		for line := range strings.Lines(string(b)) {
			_, r, _ := strings.Cut(strings.TrimSpace(line), "\t")
			everyday.judge(d, r, r)
		}
	}
	sets = append(sets, everyday)
	spoiled := &set{name: "planted clean"}
	if b, err := os.ReadFile(filepath.Join(dir, "clean.tsv")); err == nil {
		dice := rand.New(rand.NewPCG(3, 3))
		n := 0
		for line := range strings.Lines(string(b)) {
			r, _, _ := strings.Cut(line, "\t")
			if n++; n%2 == 0 {
				for range 3 {
					w, _ := planting.Plant(r, dice, 100)
					spoiled.judge(d, w, r)
				}
			}
		}
	}
	sets = append(sets, spoiled)
	held, alone := &set{name: "laws"}, &set{name: "planted paragraphs"}
	rng := rand.New(rand.NewPCG(7, 7))
	err := laws(in, suspect.Test, func(text string) {
		if held.chars > 1_000_000 {
			return
		}
		held.judge(d, text, text)
		if alone.chars < 500_000 {
			for line := range strings.Lines(text) {
				wrong, _ := planting.Plant(line, rng, 300)
				alone.judge(d, wrong, line)
			}
		}
	})
	if err != nil {
		return err
	}
	slipped := &set{name: "slips"}
	err = laws(in, suspect.Test, func(text string) {
		for line := range strings.Lines(text) {
			if slipped.chars < 500_000 {
				slipped.slips(d, line, rng)
			}
		}
	})
	if err != nil {
		return err
	}
	sets = append(sets, held, alone)
	report(sets, false)
	report(append(sets[:len(sets)-1:len(sets)-1], slipped), true)
	return nil
}

// report prints one kind of suspicion: of characters exchanged, or left out and
// typed twice.
func report(all []*set, gaps bool) {
	var sets []*set
	for _, s := range all {
		s := *s
		s.found = slices.DeleteFunc(slices.Clone(s.found), func(f finding) bool { return f.gap != gaps })
		sets = append(sets, &s)
	}
	clean := sets[0]
	for _, s := range sets {
		slices.SortStableFunc(s.found, func(a, b finding) int { return int(1e9 * (b.p - a.p)) })
	}
	for _, allowed := range []float64{0.1, 0.17, 0.33, 0.5, 0.8, 1.6, 3.2} {
		many := int(allowed * float64(clean.chars) / 10_000)
		least := 0.02
		if many < len(clean.found) {
			least = clean.found[many].p
		}
		fmt.Printf("%.2f on clean (p > %.4f):", allowed, least)
		for _, s := range sets[1:] {
			hit, bad := map[int]bool{}, 0
			for _, f := range s.found {
				if f.p > least {
					if f.err == 0 {
						bad++
					}
					hit[f.err] = true
				}
			}
			delete(hit, 0)
			fmt.Printf("  %s %.3f/%.2f", s.name, float64(len(hit))/float64(max(1, s.errors)), float64(bad)*10_000/float64(s.chars))
		}
		fmt.Println()
	}
	for _, s := range sets {
		if s.errors > 0 {
			continue
		}
		fmt.Println(s.name)
		n := 0
		for _, f := range s.found {
			if f.err == 0 && n < 40 {
				n++
				fmt.Printf("  %.4f %s\n", f.p, f.show)
			}
		}
	}
}

// slips judges one text with characters left out and typed twice.
func (s *set) slips(d *suspect.Detector, text string, rng *rand.Rand) {
	wrong, errors := planting.Slip(text, rng, 300)
	s.chars += utf8.RuneCountInString(wrong)
	d.Find(wrong, func(f suspect.Suspicion) {
		x := finding{p: f.Probability, gap: f.Gap()}
		for i, e := range errors {
			if e.Start < f.End && f.Start < e.End {
				x.err = s.errors + i + 1
			}
		}
		s.found = append(s.found, x)
	})
	s.errors += len(errors)
}

func pairsOf(d *suspect.Detector, path string) (*set, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	s := &set{name: strings.TrimSuffix(filepath.Base(path), ".tsv")}
	for line := range strings.Lines(string(b)) {
		w, r, _ := strings.Cut(strings.TrimSpace(line), "\t")
		s.judge(d, w, r)
	}
	return s, nil
}

func (s *set) judge(d *suspect.Detector, wrong, right string) {
	s.chars += utf8.RuneCountInString(wrong)
	if len(wrong) != len(right) {
		return
	}
	at := make([]int, len(wrong)) // by byte: the number of the error
	for i, last := 0, false; i < len(wrong); {
		_, n := utf8.DecodeRuneInString(wrong[i:])
		off := wrong[i:i+n] != right[i:min(len(right), i+n)]
		if off {
			if !last {
				s.errors++
			}
			for k := range n {
				at[i+k] = s.errors
			}
		}
		last = off
		i += n
	}
	d.Find(wrong, func(f suspect.Suspicion) {
		x := finding{p: f.Probability, gap: f.Gap(), err: slices.Max(at[f.Start:f.End])}
		if f.Echo {
			return
		}
		if x.err == 0 {
			x.show = fmt.Sprintf("%s→%s  …%s…", f.Wrong, f.Right, strings.ReplaceAll(strings.ToValidUTF8(wrong[max(0, f.Start-24):min(len(wrong), f.End+24)], ""), "\n", "/"))
		}
		s.found = append(s.found, x)
	})
}
