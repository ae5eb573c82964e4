package identity

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"gongkai/internal/db"
	"gongkai/internal/fault"
)

// TokenID names a token in lists; it is not the secret and opens nothing.
type TokenID string

// Token lets a program act for a person (接口令牌): with those of the token's
// rights that the person has at the moment of use.
type Token struct {
	ID     TokenID
	Person ID
	Title  string  // which program it is for
	Rights []Right // all of them only let one see
	Giver  string  // as the ledger names it
	Since  time.Time
	Until  time.Time
	Ended  time.Time // when it was taken back, zero while it was not
	Seen   time.Time // last use, to the hour; zero before the first
}

// Good reports whether the token opens anything at a moment.
func (t Token) Good(now time.Time) bool { return t.Ended.IsZero() && now.Before(t.Until) }

const (
	tokenMark     = "gk_"     // so that a token left in a file is recognised
	tokenDays     = 365       // no token is good for longer
	tokenSeen     = time.Hour // its last use is written this often
	tokenTitle    = 40        // characters
	tokensAtATime = 20        // good ones of a person
)

// GiveToken makes a token of a person for a program. The secret is returned this
// once; only its digest is kept. It fails with NotFound, Forbidden without the
// right to grant in the person's unit and for oneself, Conflict for an account
// that is not active or has too many, and Invalid for the fields "title",
// "rights" and "days".
func (ps *People) GiveToken(ctx context.Context, by Actor, id ID, title string, rights []Right, days int) (Token, Secret, error) {
	title = strings.TrimSpace(title)
	if err := tokenProblems(title, rights, days); err != nil {
		return Token{}, "", err
	}
	random, _ := newToken()
	secret := Secret(tokenMark + random.Reveal())
	var t Token
	err := ps.db.Write(ctx, func(tx *db.Tx) error {
		a, err := accountByID(tx, id)
		if err != nil {
			return err
		}
		if err := by.Check(PeopleGrant, a.Unit); err != nil {
			return err
		}
		if by.Person == id {
			return fault.Say(fault.Forbidden, sayOwnGrant)
		}
		if a.State != Active {
			return fault.Say(fault.Conflict, sayState, a.State.Title(), "发放接口令牌")
		}
		all, err := tokensOf(tx, id)
		if err != nil {
			return err
		}
		if all = slices.DeleteFunc(all, func(t Token) bool { return !t.Good(tx.Now) }); len(all) >= tokensAtATime {
			return fault.Say(fault.Conflict, sayTokensEnough, tokensAtATime)
		}
		t = Token{ID: TokenID(tx.NewID()), Person: id, Title: title, Rights: rights, Giver: by.LedgerWho(),
			Since: tx.Now, Until: tx.Now.AddDate(0, 0, days)}
		if err := insertToken(tx, t, tokenDigest(secret.Reveal())); err != nil {
			return err
		}
		return note(tx, by, "identity.token", id, public{Unit: a.Unit, Token: t.ID})
	})
	if err != nil {
		return Token{}, "", err
	}
	return t, secret, nil
}

func tokenProblems(title string, rights []Right, days int) error {
	var problems []fault.Problem
	if n := utf8.RuneCountInString(title); n == 0 || n > tokenTitle {
		problems = append(problems, fault.Problem{Field: "title", Say: sayTokenTitle})
	}
	if len(rights) == 0 || slices.ContainsFunc(rights, func(r Right) bool { return !r.Reads() || !slices.Contains(Rights(), r) }) {
		problems = append(problems, fault.Problem{Field: "rights", Say: sayTokenRights})
	}
	if days < 1 || days > tokenDays {
		problems = append(problems, fault.Problem{Field: "days", Say: sayTokenDays})
	}
	return fault.Problems(problems...)
}

// EndToken takes a token back. Whoever it acts for may do so too. It fails with
// NotFound, Forbidden, and Conflict when it was taken back before.
func (ps *People) EndToken(ctx context.Context, by Actor, id TokenID) error {
	return ps.db.Write(ctx, func(tx *db.Tx) error {
		t, err := db.One(tx, scanToken, tokenQuery+` WHERE id = $1`, id)
		if errors.Is(err, fault.NotFound) {
			return fault.Say(fault.NotFound, sayNoToken)
		}
		if err != nil {
			return err
		}
		a, err := accountByID(tx, t.Person)
		if err != nil {
			return err
		}
		if by.Person == "" || by.Person != t.Person {
			if err := by.Check(PeopleGrant, a.Unit); err != nil {
				return err
			}
		}
		if !t.Ended.IsZero() {
			return fault.Say(fault.Conflict, sayTokenEnded)
		}
		if _, err := tx.Exec(`UPDATE identity_token SET ended = $2 WHERE id = $1`, id, db.Ms(tx.Now)); err != nil {
			return err
		}
		return note(tx, by, "identity.token-end", t.Person, public{Unit: a.Unit, Token: id})
	})
}

// Tokens lists the tokens of a person, the latest first, with those that are
// over. Everybody may see their own. It fails with NotFound and Forbidden.
func (ps *People) Tokens(ctx context.Context, by Actor, id ID) (all []Token, err error) {
	err = ps.db.Read(ctx, func(tx *db.Tx) error {
		a, err := accountByID(tx, id)
		if err != nil {
			return err
		}
		if by.Person == "" || by.Person != id {
			if err := by.Check(PeopleRead, a.Unit); err != nil {
				return err
			}
		}
		all, err = tokensOf(tx, id)
		return err
	})
	return all, err
}

// ByToken answers for whom the bearer of a token acts, and which token it is. It
// fails with Forbidden for a token that is not, or no longer, good, and when the
// person's account is not active; one sentence for all of them.
func (ps *People) ByToken(ctx context.Context, secret string) (Actor, TokenID, error) {
	refused := fault.Say(fault.Forbidden, sayTokenRefused)
	if !strings.HasPrefix(secret, tokenMark) {
		return Actor{}, "", refused
	}
	var a Actor
	var t Token
	var now time.Time
	err := ps.db.Read(ctx, func(tx *db.Tx) (err error) {
		now = tx.Now
		if t, err = db.One(tx, scanToken, tokenQuery+` WHERE token = $1`, tokenDigest(secret)); err != nil {
			return err
		}
		if !t.Good(tx.Now) {
			return refused
		}
		a, err = ActorOf(tx, t.Person)
		return err
	})
	switch {
	case errors.Is(err, fault.NotFound), errors.Is(err, fault.Forbidden):
		return Actor{}, "", refused
	case err != nil:
		return Actor{}, "", err
	}
	a.only = t.Rights
	if now.Sub(t.Seen) >= tokenSeen {
		err = ps.db.Touch(ctx, func(tx *db.Tx) error {
			_, err := tx.Exec(`UPDATE identity_token SET seen = $2 WHERE id = $1 AND seen < $2`, t.ID, db.Ms(tx.Now))
			return err
		})
	}
	return a, t.ID, err
}

const tokenQuery = `SELECT id, person, title, rights, giver, since, until, ended, seen FROM identity_token`

func tokensOf(tx *db.Tx, id ID) ([]Token, error) {
	return db.All(tx, scanToken, tokenQuery+` WHERE person = $1 ORDER BY since DESC, id`, id)
}

func scanToken(r db.Row) (t Token, err error) {
	var rights string
	var since, until, ended, seen int64
	err = r.Scan(&t.ID, &t.Person, &t.Title, &rights, &t.Giver, &since, &until, &ended, &seen)
	for _, right := range strings.Split(strings.Trim(rights, "|"), "|") {
		t.Rights = append(t.Rights, Right(right))
	}
	t.Since, t.Until, t.Ended, t.Seen = db.Time(since), db.Time(until), db.Time(ended), db.Time(seen)
	return t, err
}

const addToken = `
	INSERT INTO identity_token (id, person, token, title, rights, giver, since, until, ended, seen)
	VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0)`

func insertToken(tx *db.Tx, t Token, digest []byte) error {
	_, err := tx.Exec(addToken, t.ID, t.Person, digest, t.Title, list(t.Rights), t.Giver, db.Ms(t.Since), db.Ms(t.Until))
	return err
}
