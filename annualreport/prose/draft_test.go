package prose

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"gongkai/annualreport/form"
)

// anyReport invents a report in which everything adds up.
func anyReport(r *rand.Rand, f *form.Form, year int) *form.Report {
	rep := form.New(f)
	rep.Year = year
	small := func(zero int) int64 {
		if r.IntN(100) < zero {
			return 0
		}
		return int64(1 + r.IntN(1<<r.IntN(9)))
	}
	quiet := []int{20, 60, 100}[r.IntN(3)] // some agencies receive nothing at all
	for i := range f.Tables {
		t := &f.Tables[i]
		for b := range t.Blocks {
			often := r.IntN(2 * len(t.Blocks[b].Rows)) // one kind of case may be most of all
			for ri := range t.Blocks[b].Rows {
				for ci, c := range t.Blocks[b].Columns {
					n := small(quiet)
					if ri == often {
						n *= 40
					}
					if c.Kind.Money() {
						n *= 100_000_000 + int64(r.IntN(1000))*100
					}
					rep.Values[t.Blocks[b].At(ri, ci)] = form.Of(n)
				}
			}
		}
	}
	get := func(row, col string) int64 { return rep.Get("table3." + row + "." + col).N }
	set := func(row, col string, n int64) { rep.Set("table3."+row+"."+col, form.Of(n)) }
	rowIDs := f.Table("table3").Blocks[0].Rows
	nothingNew := r.IntN(12) == 0
	for _, col := range colIDs[:6] {
		var total int64
		for _, row := range rowIDs {
			if !slices.Contains([]string{"new", "carried", "total", "forward"}, row.ID) {
				total += get(row.ID, col)
			}
		}
		set("total", col, total)
		all := total + get("forward", col)
		carried := min(get("carried", col), all)
		if nothingNew {
			carried = all
		}
		set("carried", col, carried)
		set("new", col, all-carried)
	}
	for _, row := range rowIDs {
		var total int64
		for _, col := range colIDs[:6] {
			total += get(row.ID, col)
		}
		set(row.ID, "总计", total)
	}
	for _, w := range wayIDs {
		var total int64
		for _, c := range resultIDs[:4] {
			total += rep.Get("table4." + w + "." + c).N
		}
		rep.Set("table4."+w+".总计", form.Of(total))
	}
	return rep
}

func anyFacts(r *rand.Rand) Facts {
	facts := Facts{}
	for _, f := range KnownFacts() {
		if r.IntN(3) > 0 {
			facts[f.Name] = int64(r.IntN(4) * r.IntN(300))
			if f.Money {
				facts[f.Name] *= 100 * form.PerYuan
			}
		}
	}
	return facts
}

var subjects = []Subject{
	{Agency: "示例市明镜区人民政府", Kind: Government, Consolidated: true},
	{Agency: "示例市明镜区人民政府办公室", Kind: Office},
	{Agency: "明镜区教育局", Kind: Department},
	{Agency: "明镜区石桥镇人民政府", Kind: Town},
}

// paper puts a draft together as a report prints it.
func paperOf(s Subject, v Values, intro []Para, chapters []Chapter) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s%d年政府信息公开工作年度报告\n", s.Agency, v.Report.Year)
	write := func(p Para) {
		text, _ := Render(p.Source, v)
		b.WriteString(text + "\n")
	}
	for _, p := range intro {
		write(p)
	}
	for _, c := range chapters {
		fmt.Fprintf(&b, "%c、%s\n", []rune(ordinals)[c.Number-1], c.Title)
		for _, p := range c.Paras {
			write(p)
		}
	}
	return b.String()
}

// TestWhatIsDraftedIsReadBack: the reader of prose finds in a draft the cells the
// draft was made of, and checking finds nothing wrong with it.
func TestWhatIsDraftedIsReadBack(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	figures, read, alarms := 0, 0, 0
	lost := map[string]int{}
	for round := range 400 {
		f := form.All()[r.IntN(len(form.All()))]
		year := 2020
		if f.ID == "2021" {
			year = 2023
		}
		v := Values{Report: anyReport(r, f, year), Facts: anyFacts(r)}
		if r.IntN(3) > 0 {
			v.Last = anyReport(r, f, year-1)
			for _, c := range colIDs {
				v.Report.Values[mustIndex(t, f, "table3.carried."+c)] = v.Report.Get("table3.carried." + c)
			}
		}
		s := subjects[r.IntN(len(subjects))]
		intro, chapters := Draft(s, v)
		text := paperOf(s, v, intro, chapters)
		v.Report.Claims = Claims(text, f)
		for _, finding := range Check(v.Report, v.Last) {
			alarms++
			if alarms < 10 {
				t.Errorf("round %d: Check(draft) finds %s %s\n%s", round, finding.Rule, finding.Message, text)
			}
		}
		for _, c := range chapters {
			if c.Number == 5 {
				continue
			}
			for _, p := range c.Paras {
				if p.Suggested {
					continue
				}
				out, bindings := Render(p.Source, v)
				start := strings.Index(text, out)
				offset := len([]rune(text[:start]))
				for _, b := range bindings {
					if len(b.Cells) == 0 || !b.Known {
						continue
					}
					figures++
					if slices.ContainsFunc(v.Report.Claims, func(cl form.Claim) bool {
						return cl.Start >= offset+b.Start && cl.End <= offset+b.End && (slices.Equal(cl.About, b.Cells) ||
							slices.ContainsFunc(cl.Or, func(cells []int) bool { return slices.Equal(cells, b.Cells) }))
					}) {
						read++
					} else {
						lost[b.Figure]++
						if lost[b.Figure] == 1 {
							t.Logf("not read back: %s in %s", b.Figure, out)
						}
					}
				}
			}
		}
	}
	t.Logf("%d of %d figures read back, %d false alarms", read, figures, alarms)
	if read < figures {
		t.Errorf("%d of %d figures read back; lost %v", read, figures, lost)
	}
}

func mustIndex(t *testing.T, f *form.Form, id string) int {
	t.Helper()
	i, ok := f.Index(id)
	if !ok {
		t.Fatalf("Index(%s) = false", id)
	}
	return i
}

// TestEveryPatternIsSaidByFiguresThatFit: a pattern that no report can bring
// about would be a promise nobody keeps.
func TestEveryPatternIsSaidByFiguresThatFit(t *testing.T) {
	var texts []string
	var collect func(all []sentence)
	collect = func(all []sentence) {
		for _, s := range all {
			if s.Text != "" {
				texts = append(texts, s.Text)
			}
			collect(s.One)
			collect(s.Items)
		}
	}
	all := loaded.Intro
	for _, c := range loaded.Chapters {
		all = append(all, c.Paras...)
	}
	for _, p := range all {
		collect(p.Sentences)
		if p.Suggest != "" {
			texts = append(texts, p.Suggest)
		}
	}
	r := rand.New(rand.NewPCG(5, 6))
	said := map[string]bool{}
	for range 1500 {
		f := form.All()[r.IntN(len(form.All()))]
		v := Values{Report: anyReport(r, f, 2023), Facts: anyFacts(r)}
		switch r.IntN(4) {
		case 3:
			v.Report = form.New(f) // nothing is known yet
			v.Report.Year = 2023
		case 0:
			last := *v.Report // a year like the one before
			last.Values = slices.Clone(v.Report.Values)
			v.Last = &last
		case 1:
			v.Last = anyReport(r, f, 2022)
		}
		s := subjects[r.IntN(len(subjects))]
		intro, chapters := Draft(s, v)
		var b strings.Builder
		for _, p := range intro {
			b.WriteString(p.Source)
		}
		for _, c := range chapters {
			b.WriteString(strings.Join(c.Sources(), "\n"))
		}
		words := s.words(&v)
		for _, text := range texts {
			if !said[text] && strings.Contains(b.String(), words.Replace(text)) {
				said[text] = true
			}
		}
	}
	for _, text := range texts {
		if !said[text] {
			t.Errorf("never said in 1500 drafts: %s", text)
		}
	}
	t.Logf("%d patterns, each said at least once", len(texts))
}

// TestAWrongFigureInADraftIsFound types another number over a figure of a draft,
// the way a person would in the plain text: Check names its cells.
func TestAWrongFigureInADraftIsFound(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 8))
	planted, found, beside := 0, 0, 0
	for planted < 600 {
		f := form.All()[r.IntN(len(form.All()))]
		v := Values{Report: anyReport(r, f, 2023)}
		s := subjects[r.IntN(len(subjects))]
		intro, chapters := Draft(s, v)
		text := paperOf(s, v, intro, chapters)
		var claims []form.Claim
		for _, c := range Claims(text, f) {
			if len(c.About) > 0 && c.Kind == form.Count && len(c.Or) == 0 && c.End > c.Start && digit([]rune(text)[c.Start]) {
				claims = append(claims, c)
			}
		}
		if len(claims) == 0 {
			continue
		}
		c := claims[r.IntN(len(claims))]
		runes := []rune(text)
		wrong := string(runes[:c.Start]) + fmt.Sprint(c.Value+1+int64(r.IntN(20))) + string(runes[c.End:])
		v.Report.Claims = Claims(wrong, f)
		planted++
		hit := false
		for _, finding := range Check(v.Report, nil) {
			switch {
			case finding.Rule == "prose.mismatch" && slices.Equal(finding.Cells, ids(f, c.About)):
				hit = true
			case finding.Rule == "prose.mismatch":
				beside++
				t.Errorf("%s %d is wrong, but %s", c.What, c.Value, finding.Message)
			}
		}
		if hit {
			found++
		} else {
			t.Errorf("%s %d typed wrong is not found in %s", c.What, c.Value, c.Text)
		}
	}
	t.Logf("%d of %d planted errors found, %d findings beside them", found, planted, beside)
}
