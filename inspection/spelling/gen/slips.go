package main

import (
	"bufio"
	"cmp"
	_ "embed"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode/utf8"

	"gongkai/inspection/spelling"
	"gongkai/inspection/spelling/sound"
	"gongkai/inspection/spelling/suspect"
	"gongkai/internal/zh"
)

// offices are the phrases of offices, one a line.
//
//go:embed offices.txt
var offices string

const (
	stretch      = 4    // how many characters of a phrase are one form
	perStretch   = 32   // wrong forms of one of them: those of the same sound first, then what is typed most
	seldomTyped  = 13   // what a character may cost that is typed by mistake
	nearTyped    = 8.5  // what a character may cost that is mixed up only by its neighbours in sound
	slipAccident = 1e-7 // how probable one may be by chance; words that cross its borders are seen when it is read
)

// joining are characters that join what stands beside them: at an edge of a form they
// belong to the sentence.
const joining = "为与及以由在到向从对将把被让使是有等的了其个各也并均可不未和于给往按经因但且或如若即就都又再已曾很更最令请需须应能会要想去来回过至本该此这那某每"

// slips writes wrong forms of the phrases of offices: four characters in a row with one
// exchanged for another of the same or near sound or look, and five or six with one inside
// left out. Words are too short for many of them to be sure errors (see forms); with its
// neighbours in the phrase the same wrong character is one. A form is only taken if nothing
// speaks for it: it is no word and holds none that is listed already, stands in no text at
// hand, and does not come about where words meet. More files and folders of right texts may
// be named in more.
func slips(out, arpa, clean, in string, more []string) error {
	g, t, err := everyday(arpa, in, 1)
	if err != nil {
		return err
	}
	beside := g.beside(t)
	dict, _ := zh.Dictionary()
	known := zh.NewMatcher(append(spelling.HandWritten(), spelling.MadeOfWords()...), nil)
	by := map[string][]form{}
	tried := map[string]bool{}
	free := func(wrong []rune) (chance float64, ok bool) {
		w := string(wrong)
		_, word := dict.Lookup(w)
		known.Each(w, func(zh.Match) bool { word = true; return false })
		chance = beside.chance(wrong)
		return chance, !word && chance < slipAccident && !strings.Contains(offices, w)
	}
	exchange := func(r []rune) {
		var own []form
		for off, meant := range r {
			for _, c := range mixed(meant) {
				p := g.single(c)
				if p >= seldomTyped || p >= nearTyped && sound.Alike(meant, c) == sound.Near {
					continue
				}
				wrong := slices.Clone(r)
				wrong[off] = c
				// At an edge it may be the word before or behind: 为区政府.
				if chance, ok := free(wrong); ok && !meets(dict, wrong, off) && (off > 0 && off < len(r)-1 || chance < accident && !strings.ContainsRune(joining, c)) {
					own = append(own, form{wrong: string(wrong), right: string(r), weight: p + 100*float64(sound.Alike(meant, c)), chance: chance})
				}
			}
		}
		slices.SortFunc(own, func(a, b form) int { return cmp.Or(cmp.Compare(a.weight, b.weight), cmp.Compare(a.wrong, b.wrong)) })
		for _, f := range own[:min(len(own), perStretch)] {
			by[f.wrong] = append(by[f.wrong], f)
		}
	}
	omit := func(r []rune) {
		for off := 1; off < len(r)-1; off++ {
			wrong := slices.Delete(slices.Clone(r), off, off+1)
			k := pairKey(wrong[off-1], wrong[off])
			if chance, ok := free(wrong); ok && !beside.inside[k] && !beside.across[k] {
				by[string(wrong)] = append(by[string(wrong)], form{wrong: string(wrong), right: string(r), chance: chance})
			}
		}
	}
	for line := range strings.Lines(offices) {
		if line = strings.TrimSpace(line); strings.HasPrefix(line, "#") {
			continue
		}
		for n, make := range map[int]func([]rune){stretch: exchange, stretch + 1: omit, stretch + 2: omit} {
			for r := []rune(line); len(r) >= n; r = r[1:] {
				if w := string(r[:n]); !tried[w] {
					tried[w] = true
					make(r[:n])
				}
			}
		}
	}
	var all []form
	for _, fs := range by {
		if len(fs) == 1 { // two phrases explain the others
			all = append(all, fs[0])
		}
	}
	possible := len(all)
	// What is left after most laws, and stands in the rest, tells how sure the others are.
	if all, err = unread(all, more, in); err != nil {
		return err
	}
	guessed := len(all)
	if all, err = unseen(all, clean, in); err != nil {
		return err
	}
	held := guessed - len(all)
	sum := 0.0
	for _, f := range all {
		sum += f.chance
	}
	slices.SortFunc(all, func(a, b form) int { return cmp.Compare(a.wrong, b.wrong) })
	b := bufio.NewWriter(nil)
	var s strings.Builder
	b.Reset(&s)
	fmt.Fprintln(b, "# Wrong forms of phrases of offices (gen/offices.txt), by gen -slips: wrong, right. Nothing at hand speaks for any of them.")
	for _, f := range all {
		fmt.Fprintf(b, "%s\t%s\n", f.wrong, f.right)
	}
	if err := b.Flush(); err != nil {
		return err
	}
	fmt.Printf("%d slips of %d possible, %.2g by chance; %d stood only in laws and sentences that were read last\n", len(all), possible, sum, held)
	return os.WriteFile(out, []byte(s.String()), 0o644)
}

// mixed returns the characters that may be typed for c: of the same look, and known ones
// whose sound is the same or near.
func mixed(c rune) []rune {
	all := slices.Clone(sound.Lookalikes(c))
	dict, _ := zh.Dictionary()
	own := sound.Main(c)
	for o := rune(0x4E00); o <= 0x9FFF; o++ {
		if s := sound.Main(o); o == c || s == 0 || s.Fold() != own.Fold() || s != own && len(sound.Of(o)) > 1 {
			continue
		}
		if v, _ := dict.Lookup(string(o)); float64(v)/zh.CostUnit > wellKnown {
			all = append(all, o)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// unread drops the forms that stand in a law to learn or fit by, or in the texts and
// folders of texts that are named.
func unread(all []form, more []string, in string) ([]form, error) {
	patterns := make([]string, len(all))
	for i, f := range all {
		patterns[i] = f.wrong
	}
	m := zh.NewMatcher(patterns, nil)
	stands := make([]bool, len(all))
	look := func(s string) {
		m.Each(s, func(x zh.Match) bool { stands[x.Pattern] = true; return true })
	}
	for _, share := range []suspect.Share{suspect.Train, suspect.Fit} {
		if err := laws(in, share, look); err != nil {
			return nil, err
		}
	}
	for _, name := range more {
		err := filepath.WalkDir(name, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			b, err := os.ReadFile(name)
			if err == nil && utf8.Valid(b) {
				look(string(b))
			}
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	var kept []form
	for i, f := range all {
		if !stands[i] {
			kept = append(kept, f)
		}
	}
	return kept, nil
}

// meets tells whether the character at off makes a word with one beside it: then the
// form may be two words that meet, as in 服务重心下移.
func meets(dict *zh.Trie, r []rune, off int) bool {
	word := func(b, e int) bool {
		if b < 0 || e > len(r) {
			return false
		}
		_, ok := dict.Lookup(string(r[b:e]))
		return ok
	}
	return word(off-1, off+1) || word(off, off+2) || word(off-2, off+1) || word(off, off+3)
}
