package inspectiontest

import (
	"fmt"
	"strconv"
	"sync"

	"gongkai/inspection"
	"gongkai/inspection/engine"
	"gongkai/inspection/privacy"
	"gongkai/inspection/secrecy"
	"gongkai/internal/db"
)

// blocking is made once for all tests of a package: it is read only.
var blocking = sync.OnceValue(func() *engine.Engine { return engine.New(privacy.New(), secrecy.New()) })

// Inspections is the inspection of a database whose schema holds inspection.Schema.
func Inspections(d *db.DB, sources ...inspection.Source) *inspection.Inspections {
	is := inspection.New(d, plain{}, blocking)
	for _, s := range sources {
		is.Follow(s)
	}
	return is
}

// plain seals nothing.
type plain struct{}

func (plain) Seal(b []byte) ([]byte, error) { return append([]byte("sealed:"), b...), nil }

func (plain) Open(b []byte) ([]byte, error) {
	const mark = "sealed:"
	if len(b) < len(mark) || string(b[:len(mark)]) != mark {
		return nil, fmt.Errorf("open: not sealed")
	}
	return b[len(mark):], nil
}

// Identity is an invented identity number (GB 11643) with the check digit that
// belongs to it, the n-th of its kind: it blocks wherever it stands in a text.
func Identity(n int) string {
	body := "330299" + "19900307" + fmt.Sprintf("%03d", n%1000)
	weights := []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, w := range weights {
		digit, _ := strconv.Atoi(body[i : i+1])
		sum += w * digit
	}
	return body + string("10X98765432"[sum%11])
}
