package inspection

import (
	"crypto/rand"
	"embed"
	"encoding/json"
	"errors"

	"gongkai/document"
	"gongkai/identity"
	"gongkai/internal/db"
	"gongkai/internal/fault"
	"gongkai/internal/jobs"
	"gongkai/ledger"
	"gongkai/org"
)

//go:embed migration/*.sql
var migrations embed.FS

// Schema is the tables of this pillar.
var Schema = db.NewSchema("inspection", migrations, org.Schema, ledger.Schema, identity.Schema, document.Schema, jobs.Schema)

func jsonText(v any) string {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // only plain structs and lists come here
	}
	return string(b)
}

// standing is what holds for all.
type standing struct {
	secret     []byte // sealed
	engine     string
	muted      []string
	generation int64
	usage      int64  // which counts are kept; 0 for none
	counted    string // digest of what was counted
}

const theStanding = `SELECT secret, engine, muted, generation, usage, counted FROM inspection_standing WHERE one = 1`

// standingOf fails with NotFound before the first inspection.
func standingOf(tx *db.Tx) (s standing, err error) {
	return db.One(tx, func(r db.Row) (s standing, err error) {
		var muted string
		if err := r.Scan(&s.secret, &s.engine, &muted, &s.generation, &s.usage, &s.counted); err != nil {
			return s, err
		}
		return s, json.Unmarshal([]byte(muted), &s.muted)
	}, theStanding)
}

// begin makes the standing where there is none and notes the engine.
func begin(tx *db.Tx, seal Sealer, engine string) (standing, error) {
	s, err := standingOf(tx)
	if err == nil && s.engine == engine {
		return s, nil
	}
	if err == nil {
		s.engine = engine
		_, err = tx.Exec(`UPDATE inspection_standing SET engine = $1 WHERE one = 1`, engine)
		return s, err
	}
	if !errors.Is(err, fault.NotFound) {
		return s, err
	}
	secret := make([]byte, 32)
	rand.Read(secret)
	sealed, err := seal.Seal(secret)
	if err != nil {
		return s, err
	}
	s = standing{secret: sealed, engine: engine, muted: []string{}}
	_, err = tx.Exec(`INSERT INTO inspection_standing (one, secret, engine, muted, generation) VALUES (1, $1, $2, '[]', 0)`, sealed, engine)
	return s, err
}

// turn says that the rules of some unit are others now.
func turn(tx *db.Tx) error {
	_, err := tx.Exec(`UPDATE inspection_standing SET generation = generation + 1 WHERE one = 1`)
	return err
}

const putMuted = `UPDATE inspection_standing SET muted = $1, generation = generation + 1 WHERE one = 1`

// mute says which rules their records no longer let speak; the rules of every unit
// are others with it.
func mute(tx *db.Tx, rules []string) error {
	_, err := tx.Exec(putMuted, jsonText(rules))
	return err
}

// some keeps empty lists from becoming null.
func some[T any](all []T) []T {
	if all == nil {
		return []T{}
	}
	return all
}

// lineage is a unit and all above it as the parameter of these queries.
func lineage(tree *org.Tree, unit org.ID) string {
	s := "|"
	for unit != "" {
		s += string(unit) + "|"
		u, err := tree.Get(unit)
		if err != nil {
			break
		}
		unit = u.Parent
	}
	return s
}
