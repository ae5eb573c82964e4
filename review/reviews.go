package review

import (
	"context"
	"slices"
	"strings"

	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/ledger"
	"gongkai/org"
	"gongkai/review/coordination"
)

// Follower is told, within the act itself, what becomes of submissions whose
// subjects begin with its prefix.
type Follower interface {
	// Cleared is called when by has signed at the last level.
	Cleared(tx *db.Tx, by identity.Actor, c Clearance) error
	// Returned is called when by has sent the content back.
	Returned(tx *db.Tx, by identity.Actor, subject string) error
}

// Reviews is the holder of all submissions and chains.
type Reviews struct {
	// Consultations is what is agreed with other organs on the way (article 11).
	Consultations *coordination.Consultations

	db        *db.DB
	followers map[string]Follower
	inspector Inspector
}

// New returns the reviews kept in d.
func New(d *db.DB) *Reviews {
	return &Reviews{Consultations: coordination.New(d), db: d, followers: map[string]Follower{}}
}

// Follow has f told about submissions whose subject is "prefix/…". It is called
// while the program is put together, before any act.
func (rs *Reviews) Follow(prefix string, f Follower) { rs.followers[prefix] = f }

func (rs *Reviews) follower(subject string) Follower {
	prefix, _, _ := strings.Cut(subject, "/")
	return rs.followers[prefix]
}

// Submit hands content in for review, as part of the act of its pillar, which has
// had it inspected. It fails with Invalid without a proper attribute, with Conflict
// when the subject is in review already, was not inspected as it stands, or holds
// what may not be published.
func Submit(tx *db.Tx, by identity.Actor, q Request) (Submission, error) {
	if err := q.Openness.Check(); err != nil {
		return Submission{}, err
	}
	if last, err := latest(tx, q.Subject); err == nil && last.State == Waiting {
		return last, fault.Say(fault.Conflict, sayInReview)
	} else if err == nil && last.State == Cleared { // a new text needs a new clearance; the old one lapses
		last.State, last.Closed = Recalled, tx.Now
		if err := put(tx, by, "review.lapse", last, nil); err != nil {
			return last, err
		}
	} else if err != nil && fault.KindOf(err) != fault.NotFound {
		return last, err
	}
	if err := q.Inspected(tx); err != nil {
		return Submission{}, err
	}
	chains, err := Chains(tx)
	if err != nil {
		return Submission{}, err
	}
	tree, err := org.Load(tx)
	if err != nil {
		return Submission{}, err
	}
	s := Submission{
		ID: SubmissionID(tx.NewID()), Request: q, Proposer: by.Person,
		Levels: Pick(chains, tree, q.Unit, q.Kind), State: Waiting, Submitted: tx.Now,
	}
	if s.Authors == nil {
		s.Authors = []identity.ID{}
	}
	return s, put(tx, by, "review.submit", s, map[string]any{"levels": levelNames(s.Levels)})
}

func levelNames(ls []Level) []string {
	names := make([]string, len(ls))
	for i, l := range ls {
		names[i] = l.Name
	}
	return names
}

// put saves a submission and enters the act in the ledger.
func put(tx *db.Tx, by ledger.Who, act string, s Submission, public map[string]any) error {
	if err := save(tx, s); err != nil {
		return err
	}
	if public == nil {
		public = map[string]any{}
	}
	public["of"], public["content"], public["attribute"] = s.Subject, s.Digest.String(), s.Openness.Attribute
	_, err := ledger.Append(tx, by, act, "submission/"+string(s.ID), s.record(), public)
	return err
}

// Sign puts a signature under what the signer saw. When it is the last one the
// follower of the subject gets the clearance in the same act. It fails with
// Forbidden for one's own work, a second signature or without the right, and
// with Conflict when the submission has moved or closed since it was seen, or
// when at the last level the [Request.Gate] is shut.
func (rs *Reviews) Sign(ctx context.Context, by identity.Actor, id SubmissionID, seen View, opinion string) (Submission, error) {
	return rs.decide(ctx, by, id, seen, opinion, true)
}

// Return sends the content back to its writer with what has to be changed. It
// fails like [Reviews.Sign], and with Invalid without an opinion.
func (rs *Reviews) Return(ctx context.Context, by identity.Actor, id SubmissionID, seen View, opinion string) (Submission, error) {
	return rs.decide(ctx, by, id, seen, opinion, false)
}

func (rs *Reviews) decide(ctx context.Context, by identity.Actor, id SubmissionID, seen View, opinion string, ok bool) (s Submission, err error) {
	if ok {
		if err := rs.inspectLast(ctx, id); err != nil {
			return s, err
		}
	}
	err = rs.db.Write(ctx, func(tx *db.Tx) error {
		if s, err = load(tx, id); err != nil {
			return err
		}
		if s, err = s.sign(by, seen, opinion, ok, tx.Now); err != nil {
			return err
		}
		if s.State == Cleared {
			if err := s.Gate(tx); err != nil {
				return err
			}
		}
		act := "review.sign"
		if !ok {
			act = "review.return"
		}
		last := s.Signatures[len(s.Signatures)-1]
		if err := put(tx, by, act, s, map[string]any{"level": last.Name}); err != nil {
			return err
		}
		f := rs.follower(s.Subject)
		switch {
		case f == nil:
			return nil
		case s.State == Cleared:
			return f.Cleared(tx, by, s.clearance())
		case s.State == Returned:
			return f.Returned(tx, by, s.Subject)
		}
		return nil
	})
	return s, err
}

// Recall takes a submission back before it is used, as part of the act of its
// pillar. It fails with Conflict when there is nothing to take back.
func Recall(tx *db.Tx, by identity.Actor, subject string) error {
	s, err := latest(tx, subject)
	if err != nil && fault.KindOf(err) != fault.NotFound {
		return err
	}
	if err != nil || (s.State != Waiting && s.State != Cleared) {
		return fault.Say(fault.Conflict, sayNoSubmission)
	}
	s.State, s.Closed = Recalled, tx.Now
	return put(tx, by, "review.recall", s, nil)
}

// Adopt clears content that was lawfully public before it came here, such as
// pages moved in from an older site: the one who moves it in answers for it and
// names where it was public. It is for imports only and leaves its own mark in
// the ledger. It fails with Forbidden without identity.PublicationImport, with
// Invalid without a source or for content that is not open.
func Adopt(tx *db.Tx, by identity.Actor, q Request, source string) (Clearance, error) {
	if err := by.Check(identity.PublicationImport, q.Unit); err != nil {
		return Clearance{}, err
	}
	if err := q.Openness.Check(); err != nil {
		return Clearance{}, err
	}
	source = strings.TrimSpace(source)
	if source == "" || q.Openness.Attribute != Open {
		return Clearance{}, fault.Problems(fault.Problem{Field: "source", Say: sayNoSource})
	}
	s := Submission{
		ID: SubmissionID(tx.NewID()), Request: q, Proposer: identity.ID(by.LedgerWho()),
		Levels: []Level{}, State: Cleared, Submitted: tx.Now, Closed: tx.Now, Source: source,
	}
	s.Authors = []identity.ID{}
	if err := put(tx, by, "review.adopt", s, map[string]any{"source": source}); err != nil {
		return Clearance{}, err
	}
	return s.clearance(), nil
}

// Get returns one submission. It fails with NotFound.
func Get(tx *db.Tx, id SubmissionID) (Submission, error) { return load(tx, id) }

// Of returns all submissions of a subject, oldest first, with signatures.
func Of(tx *db.Tx, subject string) ([]Submission, error) {
	all, err := db.All(tx, scan, bySubject, subject)
	if err != nil {
		return nil, err
	}
	return withSignatures(tx, all)
}

func withSignatures(tx *db.Tx, all []Submission) (_ []Submission, err error) {
	for i := range all {
		if all[i].Signatures, err = signatures(tx, all[i].ID); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// Queue returns what by may sign now, oldest first.
func Queue(tx *db.Tx, by identity.Actor) ([]Submission, error) {
	var scope org.Scope
	for _, r := range LevelRights() {
		scope = scope.Union(by.Scope(r))
	}
	all, err := db.All(tx, scan, waitingIn, scope.Key())
	if err != nil {
		return nil, err
	}
	all = slices.DeleteFunc(all, func(s Submission) bool {
		return !by.Can(s.Next().Right, s.Unit) || s.Proposer == by.Person || slices.Contains(s.Authors, by.Person)
	})
	if all, err = withSignatures(tx, all); err != nil {
		return nil, err
	}
	return slices.DeleteFunc(all, func(s Submission) bool { return s.MaySign(by) != nil }), nil
}

// WaitingIn returns everything in review within a scope, oldest first, for those
// who watch over the work.
func WaitingIn(tx *db.Tx, scope org.Scope) ([]Submission, error) {
	all, err := db.All(tx, scan, waitingIn, scope.Key())
	if err != nil {
		return nil, err
	}
	return withSignatures(tx, all)
}

// SignedBy returns the latest submissions that a person has signed or returned,
// newest first, at most n.
func SignedBy(tx *db.Tx, person identity.ID, n int) ([]Submission, error) {
	all, err := db.All(tx, scan, signedBy, person, n)
	if err != nil {
		return nil, err
	}
	return withSignatures(tx, all)
}

// SetChain sets the levels for a unit and kind. What is on its way keeps the
// levels it started with. It fails with Forbidden without identity.ReviewChain,
// Invalid for a chain that is not allowed, NotFound for an unknown unit.
func (rs *Reviews) SetChain(ctx context.Context, by identity.Actor, c Chain) error {
	return rs.db.Write(ctx, func(tx *db.Tx) error { return SetChainIn(tx, by, c) })
}

// SetChainIn is SetChain as part of a larger act.
func SetChainIn(tx *db.Tx, by identity.Actor, c Chain) error {
	if err := by.Check(identity.ReviewChain, c.Unit); err != nil {
		return err
	}
	if err := c.Check(); err != nil {
		return err
	}
	tree, err := org.Load(tx)
	if err != nil {
		return err
	}
	if _, err := tree.Get(c.Unit); err != nil {
		return err
	}
	if _, err := tx.Exec(putChain, c.Unit, c.Kind, jsonText(c.Levels)); err != nil {
		return err
	}
	_, err = ledger.Append(tx, by, "review.chain", chainSubject(c), ledger.DigestOf(c), map[string]any{"levels": levelNames(c.Levels)})
	return err
}

// DropChain removes a chain, so that the ancestors' or the default counts
// again. It fails like SetChain, with NotFound when there is no such chain.
func (rs *Reviews) DropChain(ctx context.Context, by identity.Actor, unit org.ID, kind string) error {
	return rs.db.Write(ctx, func(tx *db.Tx) error {
		if err := by.Check(identity.ReviewChain, unit); err != nil {
			return err
		}
		n, err := tx.Exec(`DELETE FROM review_chain WHERE unit = $1 AND kind = $2`, unit, kind)
		if err != nil {
			return err
		}
		if n == 0 {
			return fault.Say(fault.NotFound, sayNoChain)
		}
		_, err = ledger.Append(tx, by, "review.chain_drop", chainSubject(Chain{Unit: unit, Kind: kind}), ledger.Gone, nil)
		return err
	})
}

func chainSubject(c Chain) string {
	kind := c.Kind
	if kind == AnyKind {
		kind = "any"
	}
	return "chain/" + string(c.Unit) + "." + kind
}
