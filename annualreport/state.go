package annualreport

import (
	"gongkai/identity"
	"gongkai/internal/fault"
	"gongkai/publication"
)

// step is what can be done to a report.
type step string

const (
	doEdit   step = "edit" // correct, write, explain, hand in
	doRecall step = "recall"
	doDecide step = "decide" // return or accept what was handed in
	doReopen step = "reopen" // return what was accepted
	doExcuse step = "excuse"
	doCall   step = "call" // an excused unit is to report after all
	doMake   step = "make" // the paper
)

// may answers nil when a report in a state can take a step.
func (s State) may(do step) error {
	ok := false
	switch do {
	case doEdit, doExcuse:
		ok = s.Editable()
	case doRecall, doDecide:
		ok = s == Submitted
	case doReopen:
		ok = s == Accepted || s == Made || s == Published
	case doCall:
		ok = s == Excused
	case doMake:
		ok = s == Accepted || s == Made || s == Published
	}
	if ok {
		return nil
	}
	return fault.Say(fault.Conflict, sayNotNow[do], s.Name())
}

// follow is the state of an accepted report that is published as an item.
func follow(r *Report, row publication.Row) {
	if r.State != Accepted {
		return
	}
	switch {
	case row.Work == publication.InReview || row.Work == publication.Ready || row.Work == publication.Scheduled:
		r.State = InReview
	case row.Work == publication.Draft:
		r.State = Made
	case row.Face.Seen():
		r.State = Published
	}
}

// fourEyes refuses a decision by who handed the report in.
func fourEyes(by identity.Actor, s Submission) error {
	if by.Person != "" && by.Person == s.By {
		return fault.Say(fault.Forbidden, sayOwnWork)
	}
	return nil
}
