package publication

import "gongkai/workday"

// Validity is whether a document holds on a day (有效性).
type Validity string

// The states of validity. Items that are no documents have none.
const (
	Valid    Validity = "valid"    // 有效
	Pending  Validity = "pending"  // 尚未生效
	Amended  Validity = "amended"  // 已修改, and holding as amended
	Expired  Validity = "expired"  // 失效
	Repealed Validity = "repealed" // 废止
)

// Validities lists the states as a filter shows them.
func Validities() []Validity { return []Validity{Valid, Amended, Pending, Expired, Repealed} }

// Name is the official word.
func (v Validity) Name() string {
	switch v {
	case Valid:
		return "有效"
	case Pending:
		return "尚未生效"
	case Amended:
		return "已修改"
	case Expired:
		return "失效"
	case Repealed:
		return "废止"
	}
	return ""
}

// Holds tells whether a document in this state is in force.
func (v Validity) Holds() bool { return v == Valid || v == Amended }

// Life is the dates that decide the validity of a document.
type Life struct {
	Effective workday.Date // from when it holds; zero: from its making
	Expires   workday.Date // the last day on which it holds; zero: without end
	RepealOn  workday.Date // from when it is repealed or replaced; zero: not
	AmendOn   workday.Date // from when it is amended; zero: not
}

// On is the validity on a day. A repeal counts before an expiry, because it is
// somebody's act; a document is in force on its last day.
func (l Life) On(day workday.Date) Validity {
	reached := func(d workday.Date) bool { return !d.IsZero() && !day.Before(d) }
	switch {
	case reached(l.RepealOn):
		return Repealed
	case !l.Expires.IsZero() && l.Expires.Before(day):
		return Expired
	case !l.Effective.IsZero() && day.Before(l.Effective):
		return Pending
	case reached(l.AmendOn):
		return Amended
	}
	return Valid
}
