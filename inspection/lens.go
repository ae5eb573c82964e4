package inspection

import (
	"context"
	"encoding/hex"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"gongkai/inspection/engine"
	"gongkai/inspection/rule"
	"gongkai/internal/db"
	"gongkai/ledger"
	"gongkai/org"
	"gongkai/workday"
)

// ownRule is the rule behind the words a unit keeps itself.
var ownRule = rule.Rule{
	Code: "own.word", Tier: rule.A, Severity: rule.Error, Name: "本机关错误用语", Message: "本机关的词表规定不写“%s”", Source: "本机关词表",
	Confidence: 1, Find: []string{}, Pass: []string{},
}

// A lens is how a unit's texts are looked at: which rules are off, which words are
// its own, who leads it, what it has excepted. It never changes; a change of any of
// these makes another one.
type lens struct {
	unit       org.ID
	version    string // of the engine and of all below
	generation int64
	tree       *org.Tree
	day        workday.Date

	off        []string
	muted      map[string]bool
	wrong      []Word
	wrongAt    finder // where words of wrong stand
	keep       []string
	people     []rule.Person
	names      []string
	exceptions []Exception // for the unit as a whole
	habits     habits      // how the site itself writes
	known      *names      // that are no slips
}

// lens returns the lens of a unit. It is made anew only when something about it has
// changed, so that looking at a text while it is written costs two short queries.
func (is *Inspections) lens(tx *db.Tx, unit org.ID) (*lens, error) {
	st, err := standingOf(tx)
	if err != nil {
		return nil, err
	}
	tree, err := org.Load(tx)
	if err != nil {
		return nil, err
	}
	day := today(tx)
	is.mu.Lock()
	l := is.lenses[unit]
	is.mu.Unlock()
	if l != nil && l.generation == st.generation && l.tree == tree && l.day == day && l.habits.of == st.usage {
		return l, nil
	}
	if l, err = loadLens(tx, st, tree, unit); err != nil {
		return nil, err
	}
	if l.habits, err = is.habits(tx, st); err != nil {
		return nil, err
	}
	is.mu.Lock()
	if is.names == nil || is.names.tree != tree {
		is.names = namesOf(tree, is.terms)
	}
	l.known = is.names
	is.lenses[unit] = l
	is.mu.Unlock()
	return l, nil
}

func loadLens(tx *db.Tx, st standing, tree *org.Tree, unit org.ID) (*lens, error) {
	u, err := tree.Get(unit)
	if err != nil {
		return nil, err
	}
	l := &lens{unit: unit, generation: st.generation, tree: tree, day: today(tx), muted: map[string]bool{}}
	here, err := mutedIn(tx, unit)
	if err != nil {
		return nil, err
	}
	for _, code := range slices.Concat(st.muted, here) {
		l.muted[code] = true
	}
	line := lineage(tree, unit)
	switches, err := switchesIn(tx, line)
	if err != nil {
		return nil, err
	}
	for _, s := range switches {
		if s.Until.IsZero() || !s.Until.Before(l.day) {
			l.off = append(l.off, s.Rule)
		}
	}
	slices.Sort(l.off)
	words, err := wordsIn(tx, line)
	if err != nil {
		return nil, err
	}
	l.names = append(l.names, u.Name)
	if u.Short != "" && u.Short != u.Name {
		l.names = append(l.names, u.Short)
	}
	for at := u; ; { // the unit's own leaders first, then those above it
		for _, p := range at.Leaders {
			l.people = append(l.people, rule.Person{Name: p.Name, Post: p.Post})
		}
		if at, err = tree.Get(at.Parent); err != nil {
			break
		}
	}
	for _, w := range words {
		switch w.Kind {
		case WrongWord:
			l.wrong = append(l.wrong, w)
		case KeepWord:
			l.keep = append(l.keep, w.Word)
		case OwnLeader:
			l.people = append(l.people, rule.Person{Name: w.Word, Post: w.Instead})
		case OwnName:
			l.names = append(l.names, w.Word)
		}
	}
	l.wrongAt = newFinder(l.wrong)
	if l.exceptions, err = openExceptions(tx, line, l.day); err != nil {
		return nil, err
	}
	l.version = versionOf(st, l)
	return l, nil
}

// versionOf names the rules as they are for a unit. Exceptions are left out: they
// hide findings and make none.
func versionOf(st standing, l *lens) string {
	type pair struct{ Word, Instead string }
	var wrong []pair
	for _, w := range l.wrong {
		wrong = append(wrong, pair{w.Word, w.Instead})
	}
	muted := slices.Sorted(maps.Keys(l.muted))
	d := ledger.DigestOf(map[string]any{"off": some(l.off), "muted": some(muted), "wrong": wrong, "keep": some(l.keep), "people": l.people, "names": l.names})
	return st.engine + "." + hex.EncodeToString(d[:6])
}

// run has the engine read a file as the unit's own, as long as ctx lasts.
func (l *lens) run(ctx context.Context, e *joined, f *rule.File) ([]rule.Finding, error) {
	if f.Names == nil {
		f.Names = l.people
	}
	if f.Units == nil {
		f.Units = l.names
	}
	if f.Usage == nil {
		f.Usage = l.habits.asked()
	}
	return e.InspectUntil(ctx, f, engine.Options{Off: l.off, Today: l.day.String()})
}

// sift adds what the unit's own words find and leaves out what it keeps as right,
// and what the record of a rule no longer lets it say.
func (l *lens) sift(f *rule.File, found []rule.Finding) []rule.Finding {
	left := make([]rule.Finding, 0, len(found))
	kept, names := l.protected(f, found), l.known.spans(f, found)
	for i, x := range found {
		if kept[i] || l.isOff(x.Rule) || spelled(names, x) {
			continue
		}
		if l.muted[x.Rule] && !guarded(x.Rule) && x.Severity != rule.Block {
			if x.Tier != rule.A {
				continue
			}
			x.Tier, x.Severity = rule.B, rule.Suspect
		}
		left = append(left, x)
	}
	if len(l.wrong) > 0 && !f.Foreign && !l.isOff(ownRule.Code) {
		for _, t := range f.Texts {
			left = append(left, l.ownWords(t)...)
		}
	}
	return left
}

func (l *lens) isOff(code string) bool {
	return slices.ContainsFunc(l.off, func(off string) bool { return code == off || strings.HasPrefix(code, off+".") })
}

// guarded tells the families that protect people and secrets: no word list, switch
// or record of theirs silences them.
func guarded(code string) bool {
	return strings.HasPrefix(code, "privacy.") || strings.HasPrefix(code, "secrecy.")
}

// protected tells which findings lie on a word the unit keeps as right.
func (l *lens) protected(f *rule.File, found []rule.Finding) map[int]bool {
	if len(l.keep) == 0 || len(found) == 0 {
		return nil
	}
	spans := map[string][][2]int{}
	for _, t := range f.Texts {
		for _, w := range l.keep {
			n := utf8.RuneCountInString(w)
			for b := 0; ; {
				i := strings.Index(t.S[b:], w)
				if i < 0 {
					break
				}
				at := t.Rune(b + i)
				spans[t.Part] = append(spans[t.Part], [2]int{at, at + n})
				b += i + len(w)
			}
		}
	}
	kept := map[int]bool{}
	for i, x := range found {
		if guarded(x.Rule) {
			continue
		}
		for _, s := range spans[x.Part] {
			if x.Start < s[1] && s[0] < x.End {
				kept[i] = true
				break
			}
		}
	}
	return kept
}

// ownWords finds the words the unit has listed as wrong, one word after the other.
// Where the right word contains the wrong one it is not found inside it.
func (l *lens) ownWords(t *rule.Text) []rule.Finding {
	var found []rule.Finding
	for _, at := range l.wrongAt.places(t.S) {
		w := &l.wrong[at.word]
		if inside(t.S, at.b, w.Word, w.Instead) {
			continue
		}
		x := t.Find(&ownRule, at.b, at.b+len(w.Word))
		x.Message = strings.Replace(ownRule.Message, "%s", w.Word, 1)
		if w.Reason != "" {
			x.Message += "：" + w.Reason
		}
		x.Suggest = []string{w.Instead}
		found = append(found, x)
	}
	return found
}

// inside tells whether the word at b is only a part of the right one.
func inside(s string, b int, word, instead string) bool {
	for at := 0; ; {
		i := strings.Index(instead[at:], word)
		if i < 0 {
			return false
		}
		from := b - (at + i)
		if from >= 0 && strings.HasPrefix(s[from:], instead) {
			return true
		}
		at += i + len(word)
	}
}

// excepted returns the exception that covers a finding: one of the unit's or one of
// those for its subject alone.
func (l *lens) excepted(s seen, here []Exception) *Exception {
	for _, all := range [][]Exception{here, l.exceptions} {
		for i, x := range all {
			if x.Rule != s.Rule || !x.Holds(l.day) {
				continue
			}
			switch x.Scope {
			case ThisPlace:
				if x.mark == s.mark {
					return &all[i]
				}
			case ThisText:
				if x.mark == s.word {
					return &all[i]
				}
			case ThisRule:
				return &all[i]
			}
		}
	}
	return nil
}
