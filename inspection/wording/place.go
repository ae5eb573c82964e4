package wording

import (
	_ "embed"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"gongkai/inspection/rule"
	"gongkai/inspection/spelling/sound"
)

var (
	//go:embed data/places.tsv
	placeData string
	//go:embed data/abolished.tsv
	abolishedData string
)

// places are the names of provinces, cities and counties, and what lies in what.
type places struct {
	within map[string][]string // names that lie in a province or city, cities before counties
	above  map[string][]string // cities and provinces a name lies in
	gone   []abolished
}

// abolished is a name that no longer is one.
type abolished struct {
	in, name, now string
	since         string // the first day of the year after the change
}

func newPlaces() *places {
	p := &places{within: map[string][]string{}, above: map[string][]string{}}
	add := func(in, name string) {
		if !slices.Contains(p.within[in], name) {
			p.within[in] = append(p.within[in], name)
			p.above[name] = append(p.above[name], in)
		}
	}
	for _, f := range rows(placeData) {
		province, city := f[0], f[1]
		if city != "" {
			add(province, city)
		}
		for _, county := range strings.Fields(f[2]) {
			if city != "" {
				add(city, county)
			}
			add(province, county)
		}
	}
	for _, f := range rows(abolishedData) {
		year, err := strconv.Atoi(f[3])
		if err != nil {
			panic(err) // the list is the program's own
		}
		p.gone = append(p.gone, abolished{f[0], f[1], f[2], strconv.Itoa(year+1) + "-01-01"})
	}
	return p
}

// names are the provinces and cities, behind which another name is expected; and
// the cities and counties, before which one may stand.
func (p *places) names() (parents, children []string) {
	for name := range p.within {
		parents = append(parents, name)
	}
	for name := range p.above {
		if utf8.RuneCountInString(name) >= 3 && p.within[name] == nil {
			children = append(children, name)
		}
	}
	slices.Sort(parents)
	slices.Sort(children)
	return parents, children
}

// longestPlace is the longest name of a place that is compared, in characters.
const longestPlace = 6

// placeEnds are what names of places end in.
const placeEnds = "市县区旗州盟省"

// below judges the name right behind a province or city that ends at byte e: one
// character off from a place that lies there is a slip, and so is a place of another
// province.
func (w *work) below(parent string, b, e int) {
	s, p := w.s.S, w.c.places
	got := ahead(s, e, longestPlace)
	for n := 3; n <= len(got); n++ {
		if !han(got[n-1]) {
			return
		}
		if !strings.ContainsRune(placeEnds, got[n-1]) {
			continue
		}
		name := string(got[:n])
		if slices.Contains(p.within[parent], name) {
			return
		}
		if _, known := p.above[name]; known {
			w.elsewhere(parent, name, e)
			return
		}
		for _, right := range p.within[parent] {
			if slipped(right, name) && !(n < len(got) && slices.Contains(p.within[parent], string(got[:n+1]))) {
				w.say(w.c.place, e, e+len(name), right, parent+"没有“"+name+"”，应为“"+right+"”")
				return
			}
		}
	}
}

// elsewhere judges a place that is known and does not lie where it is said to.
func (w *work) elsewhere(parent, name string, at int) {
	p := w.c.places
	above := p.above[name]
	if p.above[parent] != nil || len(above) == 0 || utf8.RuneCountInString(name) < 3 {
		return // below a city names are given anew too often
	}
	provinces := 0
	where := ""
	for _, x := range above {
		if p.above[x] == nil {
			provinces++
			where = x
		}
	}
	if provinces == 1 && where != parent && !strings.HasPrefix(w.s.S[at+len(name):], "商会") {
		w.say(w.c.place, at, at+len(name), where+name, name+"属于"+where+"，不属于"+parent)
	}
}

// above judges the name right before a city or county that begins at byte b: one
// character off from what that lies in is a slip.
func (w *work) above(child string, b int) {
	s, p := w.s.S, w.c.places
	last, k := utf8.DecodeLastRuneInString(s[:b])
	if !strings.ContainsRune("市省州", last) || k == 0 {
		return
	}
	for _, right := range p.above[child] {
		n := utf8.RuneCountInString(right)
		got := reversed(behind(s, b, n))
		if len(got) == n && slipped(right, string(got)) && len(p.above[string(got)]) == 0 && p.within[string(got)] == nil {
			from := b - len(string(got))
			// A known name that ends here is right as it is: 内蒙古自治区.
			for _, other := range p.above[child] {
				if strings.HasSuffix(s[:b], other) {
					return
				}
			}
			w.say(w.c.place, from, b, right, "应为“"+right+"”")
			return
		}
	}
}

// slipped tells whether a name is the right one with one character, not the last,
// exchanged for another that sounds or is written like it.
func slipped(right, name string) bool {
	a, b := []rune(right), []rune(name)
	if len(a) != len(b) || len(a) < 3 || a[len(a)-1] != b[len(b)-1] {
		return false
	}
	off := -1
	for i := range a {
		if a[i] != b[i] {
			if off >= 0 {
				return false
			}
			off = i
		}
	}
	return off >= 0 && sound.Alike(a[off], b[off]) != sound.None
}

// abolishedAt judges a name that no longer is one, at the bytes b to e.
func (w *work) abolishedAt(x abolished, b, e int) {
	s := w.s.S
	if !strings.HasSuffix(s[:b], x.in) || strings.HasPrefix(s[e:], "委员会成立") || quoted(s, b) {
		return
	}
	// 长安县城, 开县级 and 沙县区 go on with another word.
	if next, _ := utf8.DecodeRuneInString(s[e:]); strings.ContainsRune("级城域区", next) {
		return
	}
	from := b - len(x.in)
	if day := w.today(); day == "" || day < x.since || strings.HasSuffix(s[:from], "原") || rule.Past(s, from, e, x.since) || mentionsChange(s, from, e, changes) {
		return
	}
	w.say(w.c.place, b, e, x.now, x.in+x.name+"已经调整，现为"+x.in+x.now)
}

// changes are words of sentences that tell how a place changed, and reforms those of
// sentences that tell how an institution did; 设立 is said there of companies too.
var (
	changes = []string{"撤销", "撤县", "撤市", "设立", "改设", "更名", "改为", "时任", "原名", "合并", "并入"}
	reforms = []string{"撤销", "更名", "时任", "曾任", "历任", "原名", "前身", "合并组建", "并入", "改组", "组建", "转隶", "划入", "划转", "不再保留", "机构改革"}
)

// mentionsChange tells whether a sentence speaks of the change itself, in one of words.
func mentionsChange(s string, b, e int, words []string) bool {
	from := max(0, b-90)
	if k := strings.LastIndexAny(s[from:b], "。\n"); k >= 0 {
		from += k
	}
	to := min(len(s), e+120)
	if k := strings.IndexAny(s[e:to], "。\n"); k >= 0 {
		to = e + k
	}
	return slices.ContainsFunc(words, func(x string) bool { return strings.Contains(s[from:to], x) })
}
