package annualreport

import (
	"context"
	"maps"
	"slices"
	"strings"

	"gongkai/identity"
	"gongkai/inspection"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/ledger"
)

// Submit hands a report in to the office: its figures, corrections, prose and
// explanations are frozen. seen is the digest of the sheet that the person saw.
// It fails with Conflict when something has changed since or when something in the
// prose must not be published, and with Invalid while a cell is unknown, a correction is out of date, the prose is missing or a
// hard finding has no explanation.
func (rs *Reports) Submit(ctx context.Context, by identity.Actor, id ID, seen ledger.Digest) error {
	return rs.SubmitExplained(ctx, by, id, seen, nil)
}

// SubmitExplained hands a report in together with the sentences for its findings,
// by their keys. seen is the digest from before the sentences. It fails like
// [Reports.Submit] and [Reports.Explain], and then keeps none of them.
func (rs *Reports) SubmitExplained(ctx context.Context, by identity.Actor, id ID, seen ledger.Digest, sentences map[string]string) error {
	if err := rs.inspect(ctx, by, id); err != nil {
		return err
	}
	return rs.db.Write(ctx, func(tx *db.Tx) error {
		r, s, err := rs.atWork(tx, by, id)
		if err != nil {
			return err
		}
		if s.Digest != seen {
			return fault.Say(fault.Conflict, sayNotSeen)
		}
		if rs.inspector != nil {
			if err := inspection.Require(tx, id.Subject(), seen); err != nil {
				return err
			}
		}
		if len(sentences) > 0 {
			for _, key := range slices.Sorted(maps.Keys(sentences)) {
				if _, err := s.explain(tx, by, key, sentences[key]); err != nil {
					return err
				}
			}
			if r, s, err = rs.atWork(tx, by, id); err != nil {
				return err
			}
			seen = s.Digest
		}
		if err := s.complete(); err != nil {
			return err
		}
		r.Submission++
		r.State = Submitted
		if err := saveSubmission(tx, Submission{Report: id, N: r.Submission, Frozen: s.now, Digest: seen, By: author(by), At: tx.Now}); err != nil {
			return err
		}
		if err := change(tx, &r); err != nil {
			return err
		}
		return enter(tx, by, "submit", r, map[string]any{"content": seen.String(), "fixes": len(s.now.Fixes)})
	})
}

// complete refuses a sheet that cannot be handed in yet.
func (s *Sheet) complete() error {
	var ps []fault.Problem
	if open := s.Unknown(); len(open) > 0 {
		ps = append(ps, fault.Problem{Field: "cells", Say: sayf(sayUnknown, s.Form.Say(open[0]), len(open))})
	}
	for _, f := range s.Figures {
		if f.Stale {
			ps = append(ps, fault.Problem{Field: "cells", Say: sayf(sayStaleFix, s.Form.Say(f.Cell))})
		}
	}
	if s.Report.Prose() && s.Report.Text == 0 {
		ps = append(ps, fault.Problem{Field: "text", Say: sayTextEmpty})
	}
	if bare := s.Unexplained(); len(bare) > 0 {
		ps = append(ps, fault.Problem{Field: "findings", Say: sayf(sayUnexplained, strings.TrimRight(bare[0].Message, "。"), len(bare))})
	}
	return fault.Problems(ps...)
}

// Recall takes a submission back before the office has decided.
func (rs *Reports) Recall(ctx context.Context, by identity.Actor, id ID) error {
	return rs.db.Write(ctx, func(tx *db.Tx) error {
		r, err := mine(tx, by, id, doRecall)
		if err != nil {
			return err
		}
		return rs.decide(tx, by, &r, Filling, TakenBack, "", "recall")
	})
}

// Return sends a submission, or what was accepted already, back to the unit with
// what has to be changed. A report that is public stays so until its correction
// is. It fails with Forbidden without identity.ReportAccept in the government and
// for one's own submission, Invalid without an opinion, Conflict while the paper
// is in review.
func (rs *Reports) Return(ctx context.Context, by identity.Actor, id ID, opinion string) error {
	return rs.db.Write(ctx, func(tx *db.Tx) error {
		r, err := Get(tx, id)
		if err != nil {
			return err
		}
		do := doDecide
		if r.State != Submitted {
			do = doReopen
		}
		if r.State == InReview {
			return fault.Say(fault.Conflict, sayPaperInWork)
		}
		if r, err = forWhom(tx, by, id, identity.ReportAccept, do); err != nil {
			return err
		}
		if opinion, err = reason("opinion", opinion); err != nil {
			return err
		}
		r.Paper = ledger.Digest{}
		return rs.decide(tx, by, &r, Returned, Sent, opinion, "return")
	})
}

// Accept takes what a unit handed in. seen is the digest of the sheet that the
// office saw. It fails like [Reports.Return].
func (rs *Reports) Accept(ctx context.Context, by identity.Actor, id ID, seen ledger.Digest, opinion string) error {
	return rs.db.Write(ctx, func(tx *db.Tx) error {
		r, err := forWhom(tx, by, id, identity.ReportAccept, doDecide)
		if err != nil {
			return err
		}
		h, err := submission(tx, id, r.Submission)
		if err != nil {
			return err
		}
		if h.Digest != seen {
			return fault.Say(fault.Conflict, saySeenOther)
		}
		if opinion = strings.TrimSpace(opinion); len([]rune(opinion)) > 500 {
			return fault.Problems(fault.Problem{Field: "opinion", Say: sayLongReason})
		}
		return rs.decide(tx, by, &r, Accepted, Taken, opinion, "accept")
	})
}

// decide closes the newest submission.
func (rs *Reports) decide(tx *db.Tx, by identity.Actor, r *Report, to State, o Outcome, opinion, act string) error {
	h, err := submission(tx, r.ID, r.Submission)
	if err != nil {
		return err
	}
	if o != TakenBack {
		if err := fourEyes(by, h); err != nil {
			return err
		}
	}
	h.Outcome, h.Opinion, h.Decider, h.Decided = o, opinion, author(by), tx.Now
	if err := saveSubmission(tx, h); err != nil {
		return err
	}
	r.State = to
	if err := change(tx, r); err != nil {
		return err
	}
	return enter(tx, by, act, *r, map[string]any{"content": h.Digest.String()})
}
