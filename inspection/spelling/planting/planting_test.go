package planting

import (
	"math/rand/v2"
	"strings"
	"testing"
)

func TestErrorsAreWhereTheyAreSaidToBe(t *testing.T) {
	text := strings.Repeat("行政机关应当依照本条例的规定，及时、准确地公开政府信息。", 200)
	wrong, errors := Plant(text, rand.New(rand.NewPCG(1, 2)), 100)
	again, _ := Plant(text, rand.New(rand.NewPCG(1, 2)), 100)
	if wrong != again {
		t.Errorf("one seed gives two texts")
	}
	if len(wrong) != len(text) || len(errors) < 20 {
		t.Fatalf("%d bytes and %d errors, want %d bytes and some dozens", len(wrong), len(errors), len(text))
	}
	mended := []byte(wrong)
	for _, e := range errors {
		if wrong[e.Start:e.End] == text[e.Start:e.End] {
			t.Errorf("nothing is wrong at %d", e.Start)
		}
		copy(mended[e.Start:e.End], text[e.Start:e.End])
	}
	if string(mended) != text {
		t.Errorf("something is wrong elsewhere, too")
	}
}
