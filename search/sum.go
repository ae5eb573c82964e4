package search

import (
	"encoding/binary"
	"hash/fnv"
	"strconv"

	"gongkai/internal/db"
)

// A sum tells whether an engine holds exactly the words of a document: the sum
// over its words of a hash of word, field and place. Order does not matter, so
// it can be had from an index that is sorted by word.
type sum uint64

func (s *sum) add(word string, field int, place int) {
	h := fnv.New64a()
	var b [12]byte
	binary.LittleEndian.PutUint32(b[:], uint32(field))
	binary.LittleEndian.PutUint64(b[4:], uint64(place))
	h.Write([]byte(word))
	h.Write(b[:])
	*s += sum(h.Sum64()) | 1
}

// sums reads every word of the index once.
func (fts5) sums(tx *db.Tx) (map[int64]sum, error) {
	all := map[int64]sum{}
	field := map[string]int{"title": inTitle, "number": inNumber, "body": inBody, "attachments": inAttachments}
	err := db.Each(tx, func(r db.Row) error {
		var word, col string
		var seq int64
		var place int
		if err := r.Scan(&word, &seq, &col, &place); err != nil {
			return err
		}
		s := all[seq]
		s.add(word, field[col], place)
		all[seq] = s
		return nil
	}, `SELECT term, doc, col, offset FROM search_place`)
	if err != nil {
		return nil, err
	}
	// A document without any word is in the index too.
	err = db.Each(tx, func(r db.Row) error {
		var seq int64
		err := r.Scan(&seq)
		all[seq] += 0
		return err
	}, `SELECT id FROM search_fts_docsize`)
	return all, err
}

func (fts5) sum(a analysis) sum {
	var s sum
	for f, words := range a {
		for i, w := range words {
			s.add(w, f, i)
		}
	}
	return s
}

func (tsvector) sums(tx *db.Tx) (map[int64]sum, error) {
	all := map[int64]sum{}
	err := db.Each(tx, func(r db.Row) error {
		var seq int64
		var vec string
		if err := r.Scan(&seq, &vec); err != nil {
			return err
		}
		all[seq] = vectorSum(vec)
		return nil
	}, `SELECT seq, coalesce(vec::text, '') FROM search_doc`)
	return all, err
}

func (tsvector) sum(a analysis) sum { return vectorSum(vector(a)) }

// vectorSum reads a tsvector as text: 'word':1A,7 with D left out.
func vectorSum(vec string) sum {
	var s sum
	for i := 0; i < len(vec); {
		if vec[i] != '\'' {
			i++
			continue
		}
		end := i + 1
		for end < len(vec) && vec[end] != '\'' {
			end++
		}
		word := vec[i+1 : min(end, len(vec))]
		s.add(word, fields, 0)
		for i = end + 1; i < len(vec) && vec[i] != ' '; {
			i++ // the colon or comma
			from := i
			for i < len(vec) && '0' <= vec[i] && vec[i] <= '9' {
				i++
			}
			place, _ := strconv.Atoi(vec[from:i])
			field := inAttachments
			if i < len(vec) && 'A' <= vec[i] && vec[i] <= 'D' {
				field = int(vec[i] - 'A')
				i++
			}
			s.add(word, field, place)
		}
	}
	return s
}
