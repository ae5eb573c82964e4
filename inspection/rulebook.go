package inspection

import (
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"gongkai/identity"
	"gongkai/inspection/rule"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/ledger"
	"gongkai/org"
	"gongkai/workday"
)

// A Switch turns a rule or a family off in a unit and below it.
type Switch struct {
	Unit   org.ID       `json:"unit"`
	Rule   string       `json:"rule"` // "typo.suspect", or a family: "typo"
	Reason string       `json:"reason"`
	Until  workday.Date `json:"until"` // the last day; zero without end
	By     identity.ID  `json:"by"`
	At     time.Time    `json:"at"`
}

// WordKind is a kind of a unit's own words.
type WordKind string

// The kinds of words.
const (
	WrongWord WordKind = "wrong"  // always wrong; Instead is what to write
	KeepWord  WordKind = "keep"   // never wrong: a term, a name of a place or project
	OwnLeader WordKind = "leader" // a leader beyond those on the unit's page; Instead is the post
	OwnName   WordKind = "name"   // a name the unit goes by
)

// Name is the word for people.
func (k WordKind) Name() string {
	switch k {
	case WrongWord:
		return "本机关错误用语"
	case KeepWord:
		return "本机关专有名词"
	case OwnLeader:
		return "领导名单"
	case OwnName:
		return "机关名称"
	}
	return ""
}

// WordID names a word.
type WordID string

// A Word is one of a unit's own words. It holds in the unit and below it.
type Word struct {
	ID      WordID      `json:"id"`
	Unit    org.ID      `json:"unit"`
	Kind    WordKind    `json:"kind"`
	Word    string      `json:"word"`
	Instead string      `json:"instead"`
	Rank    int         `json:"rank"` // order of leaders
	Reason  string      `json:"reason"`
	By      identity.ID `json:"by"`
	At      time.Time   `json:"at"`
}

// maxWords bounds a unit's words, so that looking for them stays quick.
const maxWords = 1000

// SwitchOff turns a rule ("typo.suspect") or a family ("typo") off in a unit and
// below it, for a reason, until a day or without end. It fails with Forbidden
// without identity.InspectionRules in the unit; NotFound for an unknown unit or
// rule; Invalid without a reason; Conflict for rules that may block.
func (is *Inspections) SwitchOff(ctx context.Context, by identity.Actor, unit org.ID, code, reason string, until workday.Date) error {
	reason, err := sentence("reason", reason, true)
	if err != nil {
		return err
	}
	if err := is.mayBeOff(code); err != nil {
		return err
	}
	return is.write(ctx, by, unit, func(tx *db.Tx) error {
		if !until.IsZero() && until.Before(today(tx)) {
			return fault.Problems(fault.Problem{Field: "until", Say: saySwitchUntil})
		}
		s := Switch{Unit: unit, Rule: code, Reason: reason, Until: until, By: identity.ID(by.LedgerWho()), At: tx.Now}
		if err := saveSwitch(tx, s); err != nil {
			return err
		}
		_, err := ledger.Append(tx, by, "inspection.switch_off", s.subject(), s.record(), map[string]any{"rule": code, "until": until.String()})
		return err
	})
}

// SwitchOn turns it on again. It fails like SwitchOff, with NotFound when it is on.
func (is *Inspections) SwitchOn(ctx context.Context, by identity.Actor, unit org.ID, code string) error {
	return is.write(ctx, by, unit, func(tx *db.Tx) error {
		was, err := deleteSwitch(tx, unit, code)
		if err != nil {
			return err
		}
		if !was {
			return fault.Say(fault.NotFound, sayNoSwitch)
		}
		_, err = ledger.Append(tx, by, "inspection.switch_on", Switch{Unit: unit, Rule: code}.subject(), ledger.Gone, map[string]any{"rule": code})
		return err
	})
}

// mayBeOff refuses to switch off what is not known and what may block.
func (is *Inspections) mayBeOff(code string) error {
	known := false
	for _, r := range is.engine().rules {
		if r.Code == code || strings.HasPrefix(r.Code, code+".") {
			known = true
			if r.Severity == rule.Block {
				return fault.Say(fault.Conflict, sayGovernNever)
			}
		}
	}
	if !known {
		return fault.Say(fault.NotFound, sayNoRule, code)
	}
	return nil
}

// rules fails with Forbidden without the right to a unit's rules, and with NotFound
// for a unit that is none.
func rules(tx *db.Tx, by identity.Actor, unit org.ID) error {
	if err := by.Check(identity.InspectionRules, unit); err != nil {
		return err
	}
	tree, err := org.Load(tx)
	if err != nil {
		return err
	}
	_, err = tree.Get(unit)
	return err
}

// write is an act on a unit's own rules: the right is asked for, and everybody looks
// at the unit's texts anew.
func (is *Inspections) write(ctx context.Context, by identity.Actor, unit org.ID, act func(*db.Tx) error) error {
	if err := is.begin(ctx); err != nil {
		return err
	}
	return is.db.Write(ctx, func(tx *db.Tx) error {
		if err := rules(tx, by, unit); err != nil {
			return err
		}
		if err := act(tx); err != nil {
			return err
		}
		return turn(tx)
	})
}

// AddWord adds one of a unit's own words; ID, By and At are filled in. It fails with
// Forbidden without identity.InspectionRules in the unit, Invalid for a word that
// lacks something, Conflict when it is there already.
func (is *Inspections) AddWord(ctx context.Context, by identity.Actor, w Word) (id WordID, err error) {
	w.Word, w.Instead = strings.TrimSpace(w.Word), strings.TrimSpace(w.Instead)
	if err := w.check(); err != nil {
		return "", err
	}
	if w.Reason, err = sentence("reason", w.Reason, false); err != nil {
		return "", err
	}
	err = is.write(ctx, by, w.Unit, func(tx *db.Tx) error {
		own, err := wordCount(tx, w.Unit)
		if err != nil {
			return err
		}
		if own >= maxWords {
			return fault.Say(fault.Conflict, sayManyWords, maxWords)
		}
		w.ID, w.By, w.At = WordID(tx.NewID()), identity.ID(by.LedgerWho()), tx.Now
		fresh, err := insertWord(tx, w)
		if err != nil {
			return err
		}
		if !fresh {
			return fault.Say(fault.Conflict, sayWordTwice)
		}
		id = w.ID
		_, err = ledger.Append(tx, by, "inspection.word", w.subject(), w.record(), map[string]any{"kind": w.Kind, "of": w.Unit})
		return err
	})
	return id, err
}

// check says what a word lacks.
func (w Word) check() error {
	n := utf8.RuneCountInString(w.Word)
	switch {
	case w.Kind.Name() == "":
		return fault.Problems(fault.Problem{Field: "kind", Say: sayWordKind})
	case w.Kind == OwnLeader && (n < 2 || n > 20 || w.Instead == ""):
		return fault.Problems(fault.Problem{Field: "word", Say: sayLeaderName})
	case n < 2 || n > 40:
		return fault.Problems(fault.Problem{Field: "word", Say: sayWordLength})
	case w.Kind == WrongWord && (w.Instead == "" || w.Instead == w.Word):
		return fault.Problems(fault.Problem{Field: "instead", Say: sayInstead})
	}
	return nil
}

// DropWord removes one of a unit's words. It fails with NotFound, and with Forbidden
// without identity.InspectionRules in its unit.
func (is *Inspections) DropWord(ctx context.Context, by identity.Actor, id WordID) error {
	var unit org.ID
	err := is.db.Read(ctx, func(tx *db.Tx) (err error) {
		unit, err = wordUnit(tx, id)
		return err
	})
	if err != nil {
		return err
	}
	return is.write(ctx, by, unit, func(tx *db.Tx) error {
		was, err := deleteWord(tx, id)
		if err != nil {
			return err
		}
		if !was {
			return fault.Say(fault.NotFound, sayNoWord)
		}
		_, err = ledger.Append(tx, by, "inspection.word_drop", Word{ID: id}.subject(), ledger.Gone, nil)
		return err
	})
}

// A Rule is a rule of the engine as a unit has it.
type Rule struct {
	rule.Rule
	Pack    string  // with its version: "typo 2026.11"
	Record  Record  // of all units together
	Own     Record  // of this unit alone
	Muted   bool    // a record no longer lets it speak here as its tier does
	Alone   bool    // it is this unit's own record, and elsewhere the rule speaks
	Off     *Switch // what turned it off for the unit; nil while it is on
	MayOff  bool    // a unit may turn it off
	Guarded bool    // it protects people or secrets: no record mutes it
}

// Rules lists every rule with its record and how it stands for a unit, pack by pack.
// It fails with NotFound for an unknown unit.
func (is *Inspections) Rules(tx *db.Tx, unit org.ID) ([]Rule, error) {
	tree, err := org.Load(tx)
	if err != nil {
		return nil, err
	}
	if _, err := tree.Get(unit); err != nil {
		return nil, err
	}
	recs, err := records(tx)
	if err != nil {
		return nil, err
	}
	switches, err := is.Switches(tx, unit)
	if err != nil {
		return nil, err
	}
	st, err := standingOf(tx)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return nil, err
	}
	here, err := mutedIn(tx, unit)
	if err != nil {
		return nil, err
	}
	var all []Rule
	add := func(pack string, r rule.Rule) {
		one := Rule{Rule: r, Pack: pack, Record: together(recs[r.Code]), Own: recs[r.Code][unit], Muted: slices.Contains(st.muted, r.Code), MayOff: r.Severity != rule.Block, Guarded: guarded(r.Code)}
		if !one.Muted && slices.Contains(here, r.Code) {
			one.Muted, one.Alone = true, true
		}
		for i, s := range switches {
			if (s.Rule == r.Code || strings.HasPrefix(r.Code, s.Rule+".")) && (s.Until.IsZero() || !s.Until.Before(today(tx))) {
				one.Off = &switches[i]
			}
		}
		all = append(all, one)
	}
	for _, p := range is.engine().packs {
		for _, r := range p.Rules {
			add(strings.TrimSpace(p.Pack+" "+p.Version), r)
		}
	}
	return all, nil
}

// Switches lists what is turned off for a unit, by itself or by those above it.
func (is *Inspections) Switches(tx *db.Tx, unit org.ID) ([]Switch, error) {
	tree, err := org.Load(tx)
	if err != nil {
		return nil, err
	}
	return switchesIn(tx, lineage(tree, unit))
}

// Words lists the words that hold for a unit, its own and those of the units above
// it.
func (is *Inspections) Words(tx *db.Tx, unit org.ID) ([]Word, error) {
	tree, err := org.Load(tx)
	if err != nil {
		return nil, err
	}
	return wordsIn(tx, lineage(tree, unit))
}
