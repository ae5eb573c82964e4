package db

import (
	"bufio"
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// A dump is the rows of the records in a form that belongs to neither engine:
// a backup from SQLite can be restored into PostgreSQL and back. Each table is
// a stream of lines, the first with its columns, then one JSON array a row:
// texts as strings, integers as numbers, bytes as {"b":"base64"}, reals as
// {"r":"1.5"}, nothing as null.

var createTable = regexp.MustCompile(`(?i)CREATE TABLE (\w+)`)

// Tables lists the tables of schemas in the order in which they are made, so
// that what a table refers to stands before it. Tables whose name begins with
// one of except are left out.
func Tables(except []string, schemas ...*Schema) ([]string, error) {
	steps, err := Steps(schemas...)
	if err != nil {
		return nil, err
	}
	var tables []string
	for _, s := range steps {
		for _, m := range createTable.FindAllStringSubmatch(s.Text, -1) {
			skip := slices.ContainsFunc(except, func(p string) bool { return strings.HasPrefix(m[1], p) })
			if !skip && !slices.Contains(tables, m[1]) {
				tables = append(tables, m[1])
			}
		}
	}
	return tables, nil
}

// Sum is what a table holds, whatever order its rows come in: how many, and the
// sum of their SHA-256 modulo 2^256. Two tables with equal sums hold the same.
type Sum struct {
	Rows   int64  `json:"rows"`
	Digest string `json:"digest"`
}

// summer adds digests up.
type summer struct {
	rows int64
	sum  [sha256.Size]byte
}

func (s *summer) add(line []byte) {
	d := sha256.Sum256(line)
	carry := 0
	for i := len(d) - 1; i >= 0; i-- {
		v := int(s.sum[i]) + int(d[i]) + carry
		s.sum[i], carry = byte(v), v>>8
	}
	s.rows++
}

func (s *summer) Sum() Sum { return Sum{s.rows, hex.EncodeToString(s.sum[:])} }

// Dump writes all rows of a table to w and returns what it held. Give io.Discard
// to only compare.
func Dump(tx *Tx, table string, w io.Writer) (Sum, error) {
	rows, err := tx.tx.QueryContext(tx.ctx, `SELECT t.* FROM `+table+` t`)
	if err != nil {
		return Sum{}, fmt.Errorf("dump %s: %w", table, err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		return Sum{}, fmt.Errorf("dump %s: %w", table, err)
	}
	order := make([]int, len(columns)) // by name: PostgreSQL and SQLite may differ after a migration
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int { return strings.Compare(columns[a], columns[b]) })
	sorted := make([]string, len(columns))
	for i, o := range order {
		sorted[i] = columns[o]
	}
	head, _ := json.Marshal(sorted)
	if _, err := w.Write(append(head, '\n')); err != nil {
		return Sum{}, err
	}
	var s summer
	values, into := make([]any, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			return Sum{}, fmt.Errorf("dump %s: %w", table, err)
		}
		line := make([]json.RawMessage, len(columns))
		for i, o := range order {
			if line[i], err = dumpValue(values[o]); err != nil {
				return Sum{}, fmt.Errorf("dump %s.%s: %w", table, columns[o], err)
			}
		}
		b, err := json.Marshal(line)
		if err != nil {
			return Sum{}, fmt.Errorf("dump %s: %w", table, err)
		}
		s.add(b)
		if _, err := w.Write(append(b, '\n')); err != nil {
			return Sum{}, err
		}
	}
	if err := rows.Err(); err != nil {
		return Sum{}, fmt.Errorf("dump %s: %w", table, err)
	}
	return s.Sum(), nil
}

func dumpValue(v any) (json.RawMessage, error) {
	switch v := v.(type) {
	case nil:
		return json.RawMessage("null"), nil
	case int64:
		return json.RawMessage(strconv.FormatInt(v, 10)), nil
	case int32:
		return json.RawMessage(strconv.FormatInt(int64(v), 10)), nil
	case string:
		var b bytes.Buffer
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		err := e.Encode(v)
		return bytes.TrimSpace(b.Bytes()), err
	case []byte:
		return json.Marshal(map[string]string{"b": base64.StdEncoding.EncodeToString(v)})
	case float64:
		return json.Marshal(map[string]string{"r": strconv.FormatFloat(v, 'g', -1, 64)})
	}
	return nil, fmt.Errorf("a %T has no form in a dump", v)
}

// Clear empties a table, for a restore to fill.
func Clear(tx *Tx, table string) error {
	_, err := tx.Exec(`DELETE FROM ` + table)
	return err
}

// Load reads what [Dump] wrote into an empty table and returns what it holds
// now. Rows that refer to others of the same table wait until those are there.
func Load(tx *Tx, table string, r io.Reader) (Sum, error) {
	in := bufio.NewReaderSize(r, 1<<20)
	head, err := in.ReadBytes('\n')
	if err != nil {
		return Sum{}, fmt.Errorf("load %s: %w", table, err)
	}
	var columns []string
	if err := json.Unmarshal(head, &columns); err != nil {
		return Sum{}, fmt.Errorf("load %s: %w", table, err)
	}
	for _, c := range columns {
		if !plainName.MatchString(c) {
			return Sum{}, fmt.Errorf("load %s: %q is no name of a column", table, c)
		}
	}
	marks := make([]string, len(columns))
	for i := range marks {
		marks[i] = "$" + strconv.Itoa(i+1)
	}
	insert := `INSERT INTO ` + table + ` (` + strings.Join(columns, ", ") + `) VALUES (` + strings.Join(marks, ", ") + `)`
	self, key, err := selfReference(table, columns)
	if err != nil {
		return Sum{}, err
	}
	var (
		s       summer
		here    = map[string]bool{}
		waiting [][]any
	)
	put := func(args []any) error {
		_, err := tx.Exec(insert, args...)
		if self >= 0 {
			here[fmt.Sprint(args[key])] = true
		}
		return err
	}
	for {
		line, err := in.ReadBytes('\n')
		if err == io.EOF && len(line) == 0 {
			break
		}
		if err != nil && err != io.EOF {
			return Sum{}, fmt.Errorf("load %s: %w", table, err)
		}
		line = bytes.TrimSpace(line)
		args, err := loadRow(line, len(columns))
		if err != nil {
			return Sum{}, fmt.Errorf("load %s: %w", table, err)
		}
		s.add(line)
		if self >= 0 && args[self] != nil && !here[fmt.Sprint(args[self])] {
			waiting = append(waiting, args)
			continue
		}
		if err := put(args); err != nil {
			return Sum{}, fmt.Errorf("load %s: %w", table, err)
		}
	}
	for len(waiting) > 0 {
		before := len(waiting)
		var still [][]any
		for _, args := range waiting {
			if !here[fmt.Sprint(args[self])] {
				still = append(still, args)
				continue
			}
			if err := put(args); err != nil {
				return Sum{}, fmt.Errorf("load %s: %w", table, err)
			}
		}
		if waiting = still; len(waiting) == before {
			return Sum{}, fmt.Errorf("load %s: %d rows refer to rows that are not in the dump", table, before)
		}
	}
	return s.Sum(), nil
}

var plainName = regexp.MustCompile(`^[a-z_][a-z0-9_]*$`)

// selfReferences are the tables whose rows refer to rows of the same table, with
// the column that refers and the column that is referred to.
var selfReferences = map[string][2]string{"org_unit": {"parent", "id"}}

func selfReference(table string, columns []string) (self, key int, err error) {
	ref, ok := selfReferences[table]
	if !ok {
		return -1, -1, nil
	}
	self, key = slices.Index(columns, ref[0]), slices.Index(columns, ref[1])
	if self < 0 || key < 0 {
		return -1, -1, fmt.Errorf("load %s: the dump lacks the columns %v", table, ref)
	}
	return self, key, nil
}

func loadRow(line []byte, columns int) ([]any, error) {
	var cells []json.RawMessage
	if err := json.Unmarshal(line, &cells); err != nil {
		return nil, err
	}
	if len(cells) != columns {
		return nil, fmt.Errorf("a row has %d values for %d columns", len(cells), columns)
	}
	args := make([]any, columns)
	for i, c := range cells {
		switch {
		case bytes.Equal(c, []byte("null")):
		case c[0] == '"':
			var s string
			if err := json.Unmarshal(c, &s); err != nil {
				return nil, err
			}
			args[i] = s
		case c[0] == '{':
			var m map[string]string
			if err := json.Unmarshal(c, &m); err != nil {
				return nil, err
			}
			if t, ok := m["b"]; ok {
				b, err := base64.StdEncoding.DecodeString(t)
				if err != nil {
					return nil, err
				}
				args[i] = b
				continue
			}
			f, err := strconv.ParseFloat(m["r"], 64)
			if err != nil {
				return nil, err
			}
			args[i] = f
		default:
			n, err := strconv.ParseInt(string(c), 10, 64)
			if err != nil {
				return nil, err
			}
			args[i] = n
		}
	}
	return args, nil
}
