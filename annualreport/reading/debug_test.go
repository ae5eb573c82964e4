package reading

import (
	"fmt"
	"os"
	"strings"
	"testing"
)

func TestDebug(t *testing.T) {
	f := os.Getenv("DUMP")
	if f == "" {
		t.Skip()
	}
	b, _ := os.ReadFile(f)
	var r reader
	if strings.Contains(string(b), "<td") {
		r.scanMarked(string(b))
	} else {
		r.scanText(string(b))
	}
	var tb [3][]int32
	var stray []int32
	divide(r.tokens, &tb, &stray)
	in := map[int32]int{}
	for i := range tb {
		for _, x := range tb[i] {
			in[x] = i + 2
		}
	}
	for i, tk := range r.tokens {
		s := r.text[tk.b:tk.be]
		if len(s) > 60 {
			s = s[:60]
		}
		fmt.Printf("%d T%d L%d c%d g%d k%d o%x %q", i, in[int32(i)], tk.line, tk.cell, tk.gap, tk.kind, tk.order, s)
		for _, g := range tk.guess[:tk.nguess] {
			fmt.Printf(" %s:%d", lex.entries[g.entry].name, g.score)
		}
		fmt.Println()
	}
	debug = func(s *sheet, a *aligner) {
		for j := range s.runs {
			k := &s.runs[j]
			fmt.Print("run ", j, " figs ", k.figures, " of ", len(k.toks), " loose ", k.loose, " grp ", k.group, "x", k.groups, " noise ", a.noise[j], ": ")
			for i, ix := range k.toks {
				if i < 16 {
					fmt.Print(r.text[r.tokens[ix].b:r.tokens[ix].be], "|")
				}
			}
			fmt.Print("   labels:")
			for _, ix := range k.labels {
				fmt.Print(" ", r.text[r.tokens[ix].b:r.tokens[ix].be])
			}
			fmt.Println()
		}
		for w := range s.rows {
			fmt.Println(lex.rowNames[s.rows[w].name], a.any[w], a.bare[w], "skip", a.skipped[w], a.chosen[w])
		}
	}
	defer func() { debug = nil }()
	rep := Text(f, string(b))
	fmt.Println(string(rep.AppendJSON(nil)))
}
