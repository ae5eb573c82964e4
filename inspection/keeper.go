package inspection

import (
	"cmp"

	"gongkai/internal/db"
	"gongkai/ledger"
	"gongkai/org"
)

func compare(a, b ID) int { return cmp.Compare(a, b) }

func orgID(by ledger.Who) org.ID { return org.ID(by.LedgerUnit()) }

// record is the digest over all rows of a step.
func (s Step) record() ledger.Digest {
	return ledger.DigestOf(map[string]any{
		"id": s.ID, "act": s.Do, "by": s.By, "unit": s.Unit, "due": s.Due, "note": s.Note, "file": s.File, "exception": s.Exception,
		"at": db.Ms(s.At), "findings": some(s.Findings),
	})
}

// record is the digest over the row of an exception.
func (x Exception) record() ledger.Digest {
	return ledger.DigestOf(map[string]any{
		"id": x.ID, "scope": x.Scope, "unit": x.Unit, "subject": x.Subject, "rule": x.Rule, "mark": x.mark, "text": x.Text,
		"reason": x.Reason, "basis": x.Basis, "until": x.Until, "by": x.By, "by_unit": x.ByUnit, "at": db.Ms(x.At),
		"ended": db.Ms(x.Ended), "ended_by": x.EndedBy, "ended_why": x.EndedWhy,
	})
}

// StepKeeper lets ledger.Verify compare what people and the machine did.
var StepKeeper = ledger.Keeper{Prefix: "step", Each: func(tx *db.Tx, yield func(string, ledger.Digest) error) error {
	steps, err := everyStep(tx)
	if err != nil {
		return err
	}
	for i := range steps {
		one, err := withFindings(tx, steps[i:i+1])
		if err != nil {
			return err
		}
		if err := yield(one[0].ID.Subject(), one[0].record()); err != nil {
			return err
		}
	}
	return nil
}}

// ExceptionKeeper lets ledger.Verify compare the exceptions.
var ExceptionKeeper = ledger.Keeper{Prefix: "exception", Each: func(tx *db.Tx, yield func(string, ledger.Digest) error) error {
	return everyException(tx, func(x Exception) error { return yield(x.ID.Subject(), x.record()) })
}}

// SwitchKeeper lets ledger.Verify compare the switches.
var SwitchKeeper = ledger.Keeper{Prefix: "switch", Each: func(tx *db.Tx, yield func(string, ledger.Digest) error) error {
	return everySwitch(tx, func(s Switch) error { return yield(s.subject(), s.record()) })
}}

func (s Switch) subject() string { return "switch/" + string(s.Unit) + "." + s.Rule }

func (s Switch) record() ledger.Digest {
	return ledger.DigestOf(map[string]any{"unit": s.Unit, "rule": s.Rule, "reason": s.Reason, "until": s.Until, "by": s.By, "at": db.Ms(s.At)})
}

// WordKeeper lets ledger.Verify compare the units' own words.
var WordKeeper = ledger.Keeper{Prefix: "word", Each: func(tx *db.Tx, yield func(string, ledger.Digest) error) error {
	return everyWord(tx, func(w Word) error { return yield(w.subject(), w.record()) })
}}

func (w Word) subject() string { return "word/" + string(w.ID) }

func (w Word) record() ledger.Digest {
	return ledger.DigestOf(map[string]any{
		"id": w.ID, "unit": w.Unit, "kind": w.Kind, "word": w.Word, "instead": w.Instead, "rank": w.Rank, "reason": w.Reason, "by": w.By, "at": db.Ms(w.At),
	})
}
