// Package inspectiontest gives tests of the pillars above inspections that load in
// no time: an engine of the rules on personal data and secrecy alone, which are the
// ones that keep a text from being published, and numbers to be found that belong to
// nobody.
//
// What always holds: an identity number from here has a right check digit and names
// a place and day that no number is given out for.
package inspectiontest

import (
	"fmt"

	"gongkai/identity/identitytest"
	"gongkai/inspection"
	"gongkai/inspection/engine"
	"gongkai/inspection/privacy"
	"gongkai/inspection/secrecy"
	"gongkai/internal/db"
)

// New returns the inspections of a database with a light engine. Let them follow
// the sources of the test.
func New(d *db.DB) *inspection.Inspections {
	return inspection.New(d, identitytest.Plain{}, Engine)
}

// Engine is the light engine.
func Engine() *engine.Engine { return engine.New(privacy.New(), secrecy.New()) }

// IDNumber makes the n-th identity number, 0 to 999: right in its digits, and given
// to nobody, because the day of birth in it is in 2099.
func IDNumber(n int) string {
	s := fmt.Sprintf("11010120991231%03d", n)
	weights := []int{7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2}
	sum := 0
	for i, w := range weights {
		sum += int(s[i]-'0') * w
	}
	return s + string("10X98765432"[sum%11])
}
