package content

import "strings"

// library remembers the documents written so far.
type library struct {
	all  []*Item
	gone map[string]bool // key → no longer in force
	of   map[string]planned

	amended map[string]bool
	changed map[int]bool // which kinds of changes were made
}

// inForce lists the rules under the filter that were out by the day and are
// still valid.
func (l *library) inForce(day Day, keep func(*Item) bool) []*Item {
	var out []*Item
	for _, it := range l.all {
		if !l.gone[it.Key] && it.Norm && it.Published <= day && keep(it) {
			out = append(out, it)
		}
	}
	return out
}

func (l *library) put(it *Item, p planned) {
	if l.gone == nil {
		l.gone, l.of, l.amended, l.changed = map[string]bool{}, map[string]planned{}, map[string]bool{}, map[int]bool{}
	}
	l.all = append(l.all, it)
	l.of[it.Key] = p
}

// cite refers to an earlier document of the same field.
func (m *maker) cite(v *voice, it *Item, p planned, done *library) string {
	if !v.chance(35) {
		return ""
	}
	from := done.inForce(p.day, func(x *Item) bool { return done.of[x.Key].topic.Owner == p.topic.Owner })
	if len(from) == 0 {
		return ""
	}
	x := pick(v.Rand, from)
	for _, l := range it.Links {
		if l.To == x.Key {
			return ""
		}
	}
	it.Links = append(it.Links, Link{Cites, x.Key})
	return v.say("{此前印发的" + quoted(x) + "中与本文件不一致的，以本文件为准|本文件与" + quoted(x) + "衔接实施，执行中注意协调一致}。")
}

// quoted names a document as others cite it: titles within a title take 〈〉.
func quoted(x *Item) string {
	return "《" + strings.NewReplacer("《", "〈", "》", "〉").Replace(x.Title) + "》（" + x.DocNo + "）"
}
