package console

import (
	"fmt"
	"testing"

	"gongkai/inspection/masking"
)

func TestCopiesThatWereShownAreKeptWithinBounds(t *testing.T) {
	var c copies
	if _, ok := c.take("nothing"); ok {
		t.Error("a copy nobody has seen was kept")
	}
	for i := range maxCopies + 1 {
		c.keep(fmt.Sprint(i), masking.Made{Data: []byte{byte(i)}})
	}
	if _, ok := c.take("0"); ok {
		t.Errorf("more than %d copies are kept", maxCopies)
	}
	m, ok := c.take("2")
	if !ok || m.Data[0] != 2 {
		t.Errorf("take(2) = %v, %v, want the copy of it", m.Data, ok)
	}
	if _, ok := c.take("2"); ok {
		t.Error("a copy that was taken is still there")
	}
	c.keep("3", masking.Made{Data: []byte("anew")})
	if m, _ := c.take("3"); string(m.Data) != "anew" {
		t.Errorf("take(3) = %q, want what was shown last", m.Data)
	}
	c.keep("small", masking.Made{Data: make([]byte, 1)})
	c.keep("large", masking.Made{Data: make([]byte, maxCopyBytes)})
	if _, ok := c.take("small"); ok {
		t.Error("copies of more than the bound are kept")
	}
	if _, ok := c.take("large"); !ok {
		t.Error("a copy as large as the bound is not kept")
	}
	c.keep("huge", masking.Made{Data: make([]byte, maxCopyBytes+1)})
	if _, ok := c.take("huge"); ok {
		t.Error("a copy larger than the bound is kept")
	}
}
