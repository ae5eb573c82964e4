package content

import (
	"fmt"
	"slices"
	"sort"
	"strings"
)

// Options say how much of the district to invent.
type Options struct {
	Years int    // how many years back from the end, 1 to 10; 0 means 3
	Items int    // about how many items; 0 means 2000
	Seed  uint64 // another seed is another district of the same shape
}

// The demonstration ends here; everything published lies before.
const (
	End Day = "2026-11-20"
)

// A District is everything the demonstration needs, items in order of time.
type District struct {
	Units  []Unit
	People []Person
	Items  []*Item
	From   Day
	Until  Day

	// Figures are the numbers of each unit's years as its reports print them; the
	// last year is not over. Norms counts the documents older than the platform.
	Figures map[string]map[int]*Figures
	Norms   map[string]int
}

// Units are the units of the district.
func Units() []Unit { return readUnits(0) }

// People are the people of the district.
func People() []Person { return peopleOf(Units(), 0) }

// maker holds what is known while a district is being made.
type maker struct {
	seed   uint64
	from   Day
	to     Day
	units  []Unit
	bySlug map[string]*Unit
	topics []Topic
	items  []*Item
	titles map[string]bool
	serial map[string]int // 代字 and year → last number given
	prefix string         // of the keys being given
}

// New invents a district.
func New(o Options) *District {
	if o.Years <= 0 {
		o.Years = 3
	}
	o.Years = min(o.Years, 10)
	if o.Items <= 0 {
		o.Items = 2000
	}
	m := &maker{
		seed: o.Seed + 20260302, from: date(End.Year()-o.Years, 12, 1), to: End,
		units: readUnits(o.Seed), bySlug: map[string]*Unit{}, topics: readTopics(),
		titles: map[string]bool{}, serial: map[string]int{},
	}
	for i := range m.units {
		m.bySlug[m.units[i].Slug] = &m.units[i]
	}
	m.fill(o.Items)
	sort.SliceStable(m.items, func(i, k int) bool {
		a, b := m.items[i], m.items[k]
		if a.Published != b.Published {
			return a.Published < b.Published
		}
		if a.Minute != b.Minute {
			return a.Minute < b.Minute
		}
		return a.Key < b.Key
	})
	d := &District{Units: m.units, People: peopleOf(m.units, o.Seed), Items: m.items, From: m.from, Until: m.to, Norms: map[string]int{}}
	var years []int
	for y := m.from.Year(); y <= m.to.Year(); y++ {
		years = append(years, y)
	}
	d.Figures = m.figuresOf(years)
	for i := range m.units {
		d.Norms[m.units[i].ID] = m.normsBefore(&m.units[i])
	}
	return d
}

// share is the part of each kind in a hundred, as on a real site where news and
// notices outnumber the rest.
var share = []struct {
	kind Kind
	part float64
	make func(*maker, int)
}{
	{Policy, 15, (*maker).policies},
	{Interpretation, 4.5, (*maker).interpretations},
	{Guide, 2, (*maker).guides},
	{Rules, 2.2, (*maker).rules},
	{Function, 2.2, (*maker).functions},
	{News, 17, (*maker).news},
	{Notice, 11, (*maker).notices},
	{Budget, 8.5, (*maker).budgets},
	{Procurement, 5, (*maker).procurements},
	{Permit, 4, (*maker).permits},
	{Penalty, 3, (*maker).penalties},
	{Statistics, 3, (*maker).statistics},
	{Emergency, 1.8, (*maker).emergencies},
	{Land, 2.2, (*maker).lands},
	{Inspection, 2.6, (*maker).inspections},
	{Recruitment, 1.8, (*maker).recruitments},
	{Welfare, 4, (*maker).welfare},
	{Project, 2.2, (*maker).projects},
	{Fee, 0.8, (*maker).fees},
	{Consultation, 1.3, (*maker).consultations},
	{Proposal, 2.6, (*maker).proposals},
	{Plan, 0.8, (*maker).plans},
	{Report, 6.1, (*maker).reports},
}

func (m *maker) fill(items int) {
	for _, s := range share {
		n := int(s.part*float64(items)/106 + 0.5)
		s.make(m, max(n, 1))
	}
	m.numberApprovals()
	m.unfinished(max(len(States())+2, items*3/100))
	m.afterwards(max(3, items/100))
	m.summarise()
}

// States lists every state an item may be shown in.
func States() []State {
	return []State{Published, Withdrawn, Draft, InFirst, InSecrecy, InSecond, InFinal, Returned, Cleared, Scheduled, Kept}
}

// each makes n items of a kind. build fills the item and may leave its title
// empty when nothing fits; a title that is taken is tried again.
func (m *maker) each(kind Kind, n int, build func(v *voice, it *Item, i int)) {
	for i := range n {
		for try := range 25 {
			key := fmt.Sprintf("%s%s-%04d", m.prefix, kind, i+1)
			r := randFor(m.seed, fmt.Sprintf("%s/%d", key, try))
			it := &Item{Key: key, Kind: kind, Openness: Open, State: Published}
			v := &voice{Rand: r, used: map[string]bool{}, day: dayBetween(r, m.from, m.to)}
			build(v, it, i)
			if it.Title == "" || m.titles[it.Title] {
				continue
			}
			m.settle(v, it)
			break
		}
	}
}

// settle completes an item with what every item has and keeps it.
func (m *maker) settle(v *voice, it *Item) {
	m.titles[it.Title] = true
	if it.Unit == "" {
		it.Unit = v.unit.ID
	}
	if it.Issuer == "" {
		it.Issuer = v.unit.Name
	}
	if it.Written == "" {
		it.Written = v.day
	}
	if it.Published == "" {
		it.Published = v.day
	}
	if it.Minute == 0 {
		it.Minute = pick(v.Rand, []int{545, 560, 575, 590, 610, 625, 640, 655, 670, 685, 820, 835, 850, 870, 885, 900, 920, 945, 960, 980, 1000, 1015, 1030})
		it.Minute += v.IntN(12)
	}
	if it.Theme == "" {
		it.Theme = themeOf(v.unit.Slug)
	}
	m.items = append(m.items, it)
}

// speak makes the voice that of a unit.
func (v *voice) speak(u *Unit) *voice { v.unit = u; return v }

func (m *maker) slug(slug string) *Unit {
	u := m.bySlug[slug]
	if u == nil {
		panic("content: no unit " + slug)
	}
	return u
}

// eachOf is how many items of a kind are made of which every unit has one, all
// together: n in a small district, all where n comes near it.
func (m *maker) eachOf(n, all int) int {
	if 5*n < 4*all {
		return n
	}
	return all
}

// anyUnit picks a unit of one of the kinds.
func (m *maker) anyUnit(v *voice, kinds ...UnitKind) *Unit {
	var from []*Unit
	for i := range m.units {
		for _, k := range kinds {
			if m.units[i].Kind == k {
				from = append(from, &m.units[i])
			}
		}
	}
	return pick(v.Rand, from)
}

// nth is the i-th unit of the kinds, going round.
func (m *maker) nth(i int, kinds ...UnitKind) (u *Unit, round int) {
	var from []*Unit
	for k := range m.units {
		for _, kind := range kinds {
			if m.units[k].Kind == kind {
				from = append(from, &m.units[k])
			}
		}
	}
	return from[i%len(from)], i / len(from)
}

// topicsOf are the topics a unit works on.
func (m *maker) topicsOf(u *Unit) []Topic {
	owners := []string{u.Slug}
	switch {
	case u.Kind == Town && !strings.HasSuffix(u.Short, "街道"):
		owners = []string{"town"}
	case u.Kind == Town:
		owners = []string{"street"}
		if u.Slug == "wcj" { // half of it is still villages
			owners = append(owners, "town")
		}
	}
	var out []Topic
	for _, t := range m.topics {
		if slices.Contains(owners, t.Owner) {
			out = append(out, t)
		}
	}
	return out
}

// topic picks a topic of the unit; for the government and its office, any
// department's.
func (m *maker) topic(v *voice) Topic {
	if v.unit.Kind == Government || (v.unit.Kind == Office && v.chance(75)) {
		for {
			if t := pick(v.Rand, m.topics); !t.local() && t.Owner != "zfb" && t.Owner != "rmt" && t.Owner != "ggzy" && t.Owner != "zwfw" {
				return t
			}
		}
	}
	return pick(v.Rand, m.topicsOf(v.unit))
}

// number gives the next document number of the unit in the day's year. Not all
// documents are for everybody, so numbers have gaps.
func (m *maker) number(v *voice, u *Unit, day Day) string {
	at := fmt.Sprintf("%s/%d", u.Code, day.Year())
	m.serial[at] += 1 + v.IntN(3)
	return fmt.Sprintf("%s〔%d〕%d号", u.Code, day.Year(), m.serial[at])
}

// numberApprovals numbers the approvals of projects in order of their dates.
func (m *maker) numberApprovals() {
	var all []*Item
	for _, it := range m.items {
		if it.Kind == Project && it.Issuer == approver {
			all = append(all, it)
		}
	}
	sort.SliceStable(all, func(i, k int) bool { return all[i].Written < all[k].Written })
	last := map[int]int{}
	for _, it := range all {
		y := it.Written.Year()
		last[y] += 1 + randFor(m.seed, it.Key+"/number").IntN(4)
		it.DocNo = fmt.Sprintf("明发改审批〔%d〕%d号", y, last[y])
	}
}

// summarise fills in the overview and keywords that an item lacks.
func (m *maker) summarise() {
	for _, it := range m.items {
		if it.Summary == "" {
			it.Summary = cut(it.Body.First(), 110)
		}
		if len(it.Words) == 0 {
			it.Words = []string{it.Kind.Label(), it.Theme}
		}
		if len(it.Channels) == 0 {
			it.Channels = []string{"政府网站"}
		}
	}
}

// cut shortens to whole sentences of at most n characters, or hard.
func cut(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	head := string(r[:n])
	if i := strings.LastIndexAny(head, "。；"); i > len(head)/2 {
		return head[:i] + "。"
	}
	return string(r[:n-1]) + "…"
}

// themeOf is the subject class (主题分类) of a unit's field.
func themeOf(slug string) string {
	for theme, slugs := range themes {
		for _, s := range strings.Fields(slugs) {
			if s == slug {
				return theme
			}
		}
	}
	return "综合政务"
}

var themes = map[string]string{
	"国民经济管理、国有资产监管": "fgj tjj",
	"财政、金融、审计":      "czj sjj",
	"国土资源、能源":       "zrj",
	"农业、林业、水利":      "nyj lyj slj",
	"工业、交通":         "gxj jtj",
	"商贸、海关、旅游":      "swj",
	"市场监管、安全生产监管":   "scj yjj",
	"城乡建设、环境保护":     "zjj hbj cgj",
	"科技、教育":         "jyj kjj",
	"文化、广电、新闻出版":    "wlj rmt",
	"卫生、体育":         "wjj ybj",
	"劳动、人事、监察":      "rsj",
	"公安、安全、司法":      "gaj sfj xfj",
	"民政、扶贫、救灾":      "mzj tyj",
}
