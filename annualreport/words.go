package annualreport

import (
	"fmt"
	"sync"

	"gongkai/annualreport/form"
)

func sayf(say string, args ...any) string { return fmt.Sprintf(say, args...) }

var plans sync.Map // *form.Form → *plan

// planFor is the plan of one of the forms the program comes with.
func planFor(f *form.Form) *plan {
	if p, ok := plans.Load(f); ok {
		return p.(*plan)
	}
	p := planOf(f)
	plans.Store(f, p)
	return p
}
