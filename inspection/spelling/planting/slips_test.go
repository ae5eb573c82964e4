package planting

import (
	"math/rand/v2"
	"strings"
	"testing"
)

func TestSlipsAreWhereTheyAreSaidToBe(t *testing.T) {
	text := strings.Repeat("行政机关应当依照本条例的规定，及时、准确地公开政府信息。", 200)
	wrong, errors := Slip(text, rand.New(rand.NewPCG(1, 2)), 100)
	if again, _ := Slip(text, rand.New(rand.NewPCG(1, 2)), 100); again != wrong {
		t.Errorf("one seed gives two texts")
	}
	kinds := map[Kind]int{}
	var mended strings.Builder
	done := 0
	for _, e := range errors {
		kinds[e.Kind]++
		if want := len(e.Meant) - 3; e.Kind == Dropped && e.End-e.Start != want {
			t.Errorf("%q for %q has not lost one character", wrong[e.Start:e.End], e.Meant)
		}
		if !e.Mends(wrong, e.Start, e.End, e.Meant) || e.Mends(wrong, e.Start, e.End, wrong[e.Start:e.End]) {
			t.Errorf("what was meant does not mend %+v, or what stands there does", e)
		}
		mended.WriteString(wrong[done:e.Start] + e.Meant)
		done = e.End
	}
	if mended.WriteString(wrong[done:]); mended.String() != text {
		t.Errorf("something is wrong elsewhere, too")
	}
	if kinds[Dropped] < 10 || kinds[Doubled] < 5 || len(kinds) != 2 {
		t.Errorf("planted %v, want some of both kinds", kinds)
	}
}

func TestAProposalThatDoesMoreMendsNothing(t *testing.T) {
	const wrong = "依申请开的信息"
	e := Error{Start: 9, End: 12, Kind: Dropped, Meant: "公开"}
	for _, c := range []struct {
		start, end int
		right      string
		want       bool
	}{{9, 12, "公开", true}, {3, 12, "申请公开", true}, {9, 12, "开放", false}, {9, 15, "公开", false}, {9, 15, "公开的", true}} {
		if got := e.Mends(wrong, c.start, c.end, c.right); got != c.want {
			t.Errorf("%s for %s mends: %v, want %v", c.right, wrong[c.start:c.end], got, c.want)
		}
	}
}
