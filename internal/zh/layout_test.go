package zh

import "testing"

func TestTheLayoutOfATrieIsThatOfItsSteps(t *testing.T) {
	words := []string{"政府", "政务", "政务公开", "公开"}
	x := NewTrie(words, nil, func(i int) int32 { return int32(i) })
	for _, w := range words {
		s := x.Root()
		for _, r := range w {
			base, _ := x.Cell(s)
			next, ok := x.Step(s, r)
			if _, parent := x.Cell(next); !ok || next != base+int32(x.Class(r)) || parent != s || int(next) >= x.States() {
				t.Fatalf("%s: the layout leads from %d by %c to %d, a child of %d; the step to %d (%v)", w, s, r, base+int32(x.Class(r)), parent, next, ok)
			}
			s = next
		}
	}
	if c := x.Class('省'); c != 0 {
		t.Errorf("Class(省) = %d for a rune of no word, want 0", c)
	}
	end := x.Root()
	for _, r := range "公开" {
		end, _ = x.Step(end, r)
	}
	if base, _ := x.Cell(end); base+1<<16 > 0 {
		t.Errorf("the base of a state without children is %d: a class leads from it", base)
	}
	if _, parent := x.Cell(x.Root()); parent != -1 {
		t.Errorf("the root is a child of %d, want of none", parent)
	}
}
