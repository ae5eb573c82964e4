package prose

import "gongkai/annualreport/form"

// sums finds what the sentence adds up: applications in and out, outcomes,
// applicants, remedies, and lists behind 其中, a colon or a bracket.
func (s *scan) sums() {
	if len(s.found) == 0 {
		return
	}
	s.turnover()
	s.outcomes()
	s.whose()
	s.appeals()
	s.lists()
}

// link says that the whole is the sum of the parts.
func (s *scan) link(whole *found, parts []*found) {
	c := &s.claims[whole.claim]
	var way []int
	for _, p := range parts {
		way = append(way, p.claim)
	}
	for _, old := range c.Parts {
		if len(old) == len(way) && old[0] == way[0] {
			return
		}
	}
	c.Parts = append(c.Parts, way)
}

// total writes down a sum the text does not print but says twice: 文字30篇、图片11篇，
// 其中乡镇9篇、部门32篇.
func (s *scan) total(what string, ways ...[]*found) {
	first, last := ways[0][0], ways[0][len(ways[0])-1]
	c := s.claims[first.claim]
	c = form.Claim{Chapter: c.Chapter, Text: c.Text, Start: c.Start, End: s.claims[last.claim].End, Value: plus(ways[0]), What: what}
	for _, w := range ways {
		var way []int
		for _, p := range w {
			way = append(way, p.claim)
		}
		c.Parts = append(c.Parts, way)
	}
	s.claims = append(s.claims, c)
}

func plus(parts []*found) int64 {
	var sum int64
	for _, p := range parts {
		sum += p.num.value
	}
	return sum
}

// only returns the first claim whose likeliest reading is these rows.
func (s *scan) only(r rows) *found {
	for i := range s.found {
		if m := &s.found[i].m; len(m.rows) > 0 && m.rows[0] == r && m.cols == cTotal {
			return &s.found[i]
		}
	}
	return nil
}

// turnover: what came in equals what was settled and what is carried over.
func (s *scan) turnover() {
	var received, fresh *found
	for i := range s.found {
		f := &s.found[i]
		if len(f.m.rows) == 0 || f.m.rows[0] != rNew || f.m.cols != cTotal {
			continue
		}
		if len(f.m.rows) == 1 {
			if fresh == nil {
				fresh = f
			}
		} else if received == nil {
			received = f
		}
	}
	all, carried, settled, forward := s.only(rNew|rCarried), s.only(rCarried), s.only(rTotal), s.only(rForward)
	if received != nil && fresh != nil && carried != nil && received.tok < fresh.tok {
		s.link(received, []*found{fresh, carried})
	}
	if settled == nil || forward == nil {
		return
	}
	out := []*found{settled, forward}
	switch in := received; {
	case all != nil:
		s.link(all, out)
	case in == nil && fresh == nil:
	default:
		if in == nil {
			in = fresh
		}
		switch {
		case in.num.value == plus(out) && (carried == nil || in == received):
			s.link(in, out)
		case carried != nil:
			s.total("新收与结转合计", []*found{in, carried}, out)
		}
	}
}

// outcomes: what was settled is the sum of all ways it was settled.
func (s *scan) outcomes() {
	var parts []*found
	var covered rows
	for i := range s.found {
		f := &s.found[i]
		if len(f.m.rows) == 0 || f.m.cols != cTotal || f.m.rows[0]&rResults == 0 || f.m.rows[0]&covered != 0 || f.num.rough {
			continue
		}
		covered |= f.m.rows[0]
		parts = append(parts, f)
	}
	if len(parts) < 2 {
		return
	}
	whole := s.only(rTotal)
	if whole == nil || whole.tok > parts[0].tok {
		whole = nil
		for i := len(s.before) - 1; i >= 0; i-- {
			if m := &s.before[i].m; len(m.rows) > 0 && m.rows[0] == rTotal && m.cols == cTotal {
				whole = &s.before[i]
				break
			}
		}
	}
	if whole == nil {
		return
	}
	kinds := 0
	for _, g := range [...]rows{rGranted, rPartial, rDeny, rUnable, rReject} {
		if covered&g != 0 {
			kinds++
		}
	}
	if plus(parts) == whole.num.value || kinds >= 4 && covered&rOthers != 0 && s.between(parts) {
		s.link(whole, parts)
	}
}

// between tells whether every number from the first part to the last is one of
// them: a list with an item that is not understood may add up with it.
func (s *scan) between(parts []*found) bool {
	first, last := parts[0], parts[len(parts)-1]
	n := 0
	for i := range s.found {
		if f := &s.found[i]; f.tok >= first.tok && f.tok <= last.tok && f.num.measure == first.num.measure && f.deep == first.deep {
			n++
		}
	}
	return n == len(parts)
}

// whose: all applicants are natural persons or not.
func (s *scan) whose() {
	var parts []*found
	var covered cols
	at := -1
	for i := range s.found {
		f := &s.found[i]
		if len(f.m.rows) == 0 || f.m.cols&cTotal != 0 || f.m.cols&covered != 0 {
			continue
		}
		if at < 0 {
			at = i
		}
		covered |= f.m.cols
		parts = append(parts, f)
	}
	if covered != cNatural|cLegal {
		return
	}
	for i := at - 1; i >= 0; i-- {
		if f := &s.found[i]; len(f.m.rows) > 0 && f.m.cols == cTotal && f.m.rows[0]&(rNew|rTotal) != 0 {
			s.link(f, parts)
			return
		}
	}
}

// appeals: the results of a remedy add up to it, and the two kinds of suit to
// all suits.
func (s *scan) appeals() {
	for i := range s.found {
		whole := &s.found[i]
		if len(whole.m.ways) == 0 || whole.m.result[0] != allResults {
			continue
		}
		var parts, suits []*found
		var covered result4
		for j := i + 1; j < len(s.found); j++ {
			f := &s.found[j]
			if len(f.m.ways) == 0 {
				break
			}
			switch r := f.m.result[0]; {
			case f.m.ways[0] == wayDirect || f.m.ways[0] == wayAfter:
				suits = append(suits, f)
			case r == allResults:
				j = len(s.found)
			case r&covered == 0 && len(suits) == 0:
				covered |= r
				parts = append(parts, f)
			}
		}
		if len(parts) > 1 && (plus(parts) == whole.num.value || covered == upheldResult|correctedResult|otherResult|pendingResult) {
			s.link(whole, parts)
		}
		if whole.m.ways[0] == wayDirect|wayAfter && len(suits) == 2 && suits[0].m.ways[0] != suits[1].m.ways[0] {
			s.link(whole, suits)
		}
	}
}

// lists reads 其中, a colon, a bracket or 中 behind a number: what follows in the
// same measure are parts of it. Only a list that adds up is a claim; such lists
// need not be complete.
func (s *scan) lists() {
	for i := range s.toks {
		t := &s.toks[i]
		opens := t.mark == '（' || t.mark == '：'
		switch {
		case t.class&among != 0:
		case opens && i > 0 && (s.toks[i-1].num >= 0 || s.toks[i-1].word >= 0 && divides[vocabulary[s.toks[i-1].word].text]):
		case t.word >= 0 && vocabulary[t.word].text == "中" && i > 0 && s.toks[i-1].num >= 0:
		default:
			continue
		}
		k := 0
		for k < len(s.found) && s.found[k].tok < i {
			k++
		}
		if k == len(s.found) {
			continue
		}
		s.list(i, k, opens)
	}
}

// divides are the words that announce a list of parts: 分为：…
var divides = map[string]bool{"分为": true, "分别为": true, "包括": true, "具体为": true}

func (s *scan) list(at, k int, opens bool) {
	first := &s.found[k]
	var parts []*found
	for j := k; j < len(s.found); j++ {
		f := &s.found[j]
		if s.parted(s.found[max(j-1, k)].tok, f.tok, first.deep) {
			break
		}
		if f.deep == first.deep && f.num.measure == first.num.measure {
			parts = append(parts, f)
		}
	}
	var whole *found
	var wholes []*found
	for j := k - 1; j >= 0; j-- {
		f := &s.found[j]
		if alike(f.num.measure, first.num.measure) && f.deep <= first.deep {
			if whole == nil {
				whole = f
			}
			wholes = append([]*found{f}, wholes...)
		}
	}
	if k == 0 && !opens {
		for j := len(s.before) - 1; j >= 0 && whole == nil; j-- {
			if alike(s.before[j].num.measure, first.num.measure) {
				whole = &s.before[j]
			}
		}
	}
	if whole == nil || len(s.claims[whole.claim].Parts) > 0 && len(parts) < 2 {
		return
	}
	switch sum := plus(parts); {
	case sum == whole.num.value && (len(parts) > 1 || whole.num.kind == form.Yuan):
		s.link(whole, parts)
	case len(wholes) > 1 && len(parts) > 1 && sum == plus(wholes):
		s.total("合计", wholes, parts)
	}
}

// parted tells whether a list ends between two tokens: at a semicolon, or where
// the bracket closes it stands in.
func (s *scan) parted(from, to, deep int) bool {
	open := 0
	for _, t := range s.toks[min(from, to):to] {
		switch t.mark {
		case '；':
			return true
		case '（':
			open++
		case '）':
			open--
			if open < 0 && deep > 0 {
				return true
			}
		}
	}
	return false
}

// alike tells whether two numbers may be a whole and its part: in a list the
// measure word is often left out.
func alike(whole, part string) bool {
	return whole == part || part == "" && whole != "元" && whole != "%"
}
