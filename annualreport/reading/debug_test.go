package reading

import (
	"fmt"
	"os"
	"testing"
)

func TestDebug(t *testing.T) {
	f := os.Getenv("DUMP")
	if f == "" {
		t.Skip()
	}
	b, _ := os.ReadFile(f)
	var r reader
	r.scanText(string(b))
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
	rep := Text(f, string(b))
	fmt.Println(string(rep.AppendJSON(nil)))
}
