package inspection

// Do is a kind of act on findings.
type Do string

// The acts. Vanish, Again and Lapse are the machine's; Back is what becomes of a
// closing when the machine still sees the finding.
const (
	DoConfirm Do = "confirm"
	DoDismiss Do = "dismiss"
	DoExcept  Do = "except"
	DoMend    Do = "mend"
	DoVanish  Do = "vanish" // the new content lacks it
	DoClose   Do = "close"
	DoBack    Do = "back"  // said to be mended, and still there
	DoAgain   Do = "again" // closed, and there again
	DoLapse   Do = "lapse" // its exception has ended
	DoReopen  Do = "reopen"
)

// Name is the word for people.
func (d Do) Name() string {
	switch d {
	case DoConfirm:
		return "确认"
	case DoDismiss:
		return "认定误报"
	case DoExcept:
		return "批准例外"
	case DoMend:
		return "整改"
	case DoVanish:
		return "复检未再发现"
	case DoClose:
		return "复查办结"
	case DoBack:
		return "复查仍存在，退回整改"
	case DoAgain:
		return "办结后再次出现"
	case DoLapse:
		return "例外到期或者撤销"
	case DoReopen:
		return "重新打开"
	}
	return ""
}

// moves is the whole life of a finding that people deal with: from which states an
// act leads where. What nobody has dealt with goes to Gone and comes back by itself.
var moves = map[Do]struct {
	from []State
	to   State
}{
	DoConfirm: {[]State{Found}, Confirmed},
	DoDismiss: {[]State{Found, Confirmed}, Dismissed},
	DoExcept:  {[]State{Found, Confirmed}, Excepted},
	DoMend:    {[]State{Confirmed}, Mended},
	DoVanish:  {[]State{Confirmed}, Mended},
	DoClose:   {[]State{Mended}, Closed},
	DoBack:    {[]State{Mended}, Confirmed},
	DoAgain:   {[]State{Closed}, Confirmed},
	DoLapse:   {[]State{Excepted}, Found},
	DoReopen:  {[]State{Dismissed, Closed}, Found},
}

// May tells whether an act is possible in the state.
func (s State) May(d Do) bool {
	for _, from := range moves[d].from {
		if s == from {
			return true
		}
	}
	return false
}

// Leads is the state an act leads to.
func (d Do) Leads() State { return moves[d].to }

// Dos lists the acts, those of people first.
func Dos() []Do {
	return []Do{DoConfirm, DoDismiss, DoExcept, DoMend, DoClose, DoBack, DoReopen, DoVanish, DoAgain, DoLapse}
}
