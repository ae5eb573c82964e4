package ui

// Ranking is one number each of named things, as bars that lie: names of units are
// too long to stand under bars. Names are written in full, every bar carries its
// number, and what is summed up at the end has no bar, for it would dwarf the others.
type Ranking struct {
	Title string
	Note  string // unit and source
	Bars  []RankBar
	Rest  *RankBar // all others together
}

// RankBar is one bar.
type RankBar struct {
	Text  string
	URL   string // the list behind the number, "" for none
	Value int64
}

// Length is how long a bar is, in hundredths of the longest.
func (r Ranking) Length(b RankBar) int64 {
	most := int64(1)
	for _, x := range r.Bars {
		most = max(most, x.Value)
	}
	if b.Value <= 0 {
		return 0
	}
	return max(1, b.Value*100/most)
}
