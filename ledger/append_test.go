package ledger_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"strings"
	"sync"
	"testing"
	"time"

	"pgregory.net/rapid"

	"gongkai/internal/db"
	"gongkai/internal/db/dbtest"
	"gongkai/ledger"
)

func TestCanonicalJSONHasOneSpelling(t *testing.T) {
	for _, c := range []struct {
		name string
		v    any
		want string
	}{
		{"keys are sorted", map[string]any{"b": 1, "a": nil, "": true}, `{"":true,"a":null,"b":1}`},
		{"as RFC 8785 sorts them", map[string]any{"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\U0001f600": 5, "\u0080": 6, "\u00f6": 7},
			"{\"\\r\":2,\"1\":4,\"\u0080\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\ufb33\":3}"},
		{"nothing is escaped without need", "<关于> & \"a\\b\"\n\u2028\x01/", "\"<关于> & \\\"a\\\\b\\\"\\n\u2028\\u0001/\""},
		{"whole numbers keep their digits", []any{int64(math.MaxInt64), -1, 0, json.Number("-0"), uint64(math.MaxUint64)}, `[9223372036854775807,-1,0,0,18446744073709551615]`},
		{"other numbers are shortest", []any{1.5, json.Number("1.50"), json.Number("15e-1"), json.Number("2.0"), json.Number("1e3"), 1e300}, `[1.5,1.5,1.5,2,1000,1e+300]`},
		{"structs are as their tags say", struct {
			B string    `json:"b,omitempty"`
			A time.Time `json:"a"`
			C []byte    `json:"c"`
		}{A: time.Date(2026, 3, 2, 1, 0, 0, 0, time.UTC), C: []byte("x")}, `{"a":"2026-03-02T01:00:00Z","c":"eA=="}`},
		{"nothing is null", nil, `null`},
	} {
		got, err := ledger.Canonical(c.v)
		if string(got) != c.want || err != nil {
			t.Errorf("%s: Canonical = %s, %v, want %s", c.name, got, err, c.want)
		}
	}
	if _, err := ledger.Canonical(func() {}); err == nil {
		t.Error("Canonical of a function = nil, want an error")
	}
	defer func() {
		if recover() == nil {
			t.Error("DigestOf of a channel did not panic")
		}
	}()
	ledger.DigestOf(make(chan int))
}

func TestCanonicalIsItsOwnCanonicalForm(t *testing.T) {
	value := rapid.Deferred(func() *rapid.Generator[any] {
		leaf := rapid.OneOf(rapid.String().AsAny(), rapid.Int64().AsAny(), rapid.Bool().AsAny(), rapid.Float64Range(-1e20, 1e20).AsAny(), rapid.Just(any(nil)))
		return rapid.OneOf(leaf, rapid.SliceOfN(leaf, 0, 4).AsAny(), rapid.MapOfN(rapid.String(), leaf, 0, 4).AsAny())
	})
	rapid.Check(t, func(t *rapid.T) {
		v := map[string]any{"x": value.Draw(t, "x"), "y": value.Draw(t, "y")}
		once, err := ledger.Canonical(v)
		if err != nil {
			t.Fatal(err)
		}
		again, err := ledger.Canonical(json.RawMessage(once))
		if err != nil || string(again) != string(once) {
			t.Fatalf("Canonical twice = %s, %v, want %s", again, err, once)
		}
		if !json.Valid(once) {
			t.Fatalf("Canonical = %s, which is no JSON", once)
		}
		if ledger.DigestOf(v) != ledger.DigestOf(json.RawMessage(once)) {
			t.Fatal("the digest depends on the spelling")
		}
	})
}

func TestADigestIsReadInItsOneForm(t *testing.T) {
	d := ledger.DigestOf("x")
	for _, s := range []string{"", "ab", strings.ToUpper(d.String()), d.String() + "0", "g" + d.String()[1:]} {
		if _, err := ledger.ParseDigest(s); err == nil {
			t.Errorf("ParseDigest(%q) = nil, want an error", s)
		}
	}
	var back ledger.Digest
	text, err := json.Marshal(d)
	if err != nil || json.Unmarshal(text, &back) != nil || back != d || back.IsZero() || !ledger.Gone.IsZero() {
		t.Errorf("%s written as %s and read as %s (%v)", d, text, back, err)
	}
}

func TestALeafIsReadableAndCanonical(t *testing.T) {
	e := ledger.Entry{
		Seq: 7, Time: time.Date(2026, 3, 2, 9, 0, 0, 5e6, time.FixedZone("", 8*3600)), Act: "publication.publish", Subject: "item/\"1\"",
		Who: "p-li", Unit: "mj-fgj", Record: ledger.DigestOf(1), Public: `{"title":"关于<示例>的通知"}`,
	}
	want := `{"act":"publication.publish","public":{"title":"关于<示例>的通知"},"record":"` + ledger.DigestOf(1).String() +
		`","seq":7,"subject":"item/\"1\"","time":"2026-03-02T01:00:00.005Z","unit":"mj-fgj","who":"p-li"}`
	if got := string(e.Leaf()); got != want {
		t.Errorf("Leaf = %s, want %s", got, want)
	}
	if c, err := ledger.Canonical(json.RawMessage(e.Leaf())); err != nil || string(c) != want {
		t.Errorf("the leaf is not canonical: %s, %v", c, err)
	}
}

func TestMalformedEntriesAreRefused(t *testing.T) {
	d := dbtest.SQLite(t, ledger.Schema)
	for name, c := range map[string]struct {
		who     clerk
		act     string
		subject string
		public  any
	}{
		"an act without verb":        {li, "publication", "item/1", nil},
		"an act in capitals":         {li, "Publication.Publish", "item/1", nil},
		"an empty act":               {li, "", "item/1", nil},
		"a subject without prefix":   {li, "publication.publish", "1", nil},
		"a subject without id":       {li, "publication.publish", "item/", nil},
		"a subject of two lines":     {li, "publication.publish", "item/1\n2", nil},
		"a subject that is not text": {li, "publication.publish", "item/\xff", nil},
		"nobody":                     {clerk{"", "mj"}, "publication.publish", "item/1", nil},
		"a name of endless length":   {clerk{strings.Repeat("x", 301), "mj"}, "publication.publish", "item/1", nil},
		"a function":                 {li, "publication.publish", "item/1", func() {}},
		"more than fits a bundle":    {li, "publication.publish", "item/1", strings.Repeat("字", 22_000)},
	} {
		err := d.Write(t.Context(), func(tx *db.Tx) error {
			_, err := ledger.Append(tx, c.who, c.act, c.subject, ledger.DigestOf(1), c.public)
			return err
		})
		if err == nil {
			t.Errorf("Append with %s = nil, want an error", name)
		}
	}
	seq, err := appendOne(d, "item/1")
	if seq != 1 || err != nil {
		t.Errorf("Append after the refused ones = %d, %v, want 1", seq, err)
	}
	write(t, d, func(tx *db.Tx) error {
		_, err := ledger.Append(tx, li, "publication.publish", "item/1", ledger.DigestOf(1), strings.Repeat("字", 21_700))
		return err
	})
}

func TestTheHistoryOfARecordIsInOrder(t *testing.T) {
	dbtest.Each(t, ledger.Schema, func(t *testing.T, d *db.DB) {
		start := dbtest.Clock(d)
		for i := range 5 {
			start.Add(time.Minute)
			for _, subject := range []string{"item/a", "item/ab", "case/a"} {
				write(t, d, func(tx *db.Tx) error {
					_, err := ledger.Append(tx, li, "publication.edit", subject, ledger.DigestOf(i), i)
					return err
				})
			}
		}
		err := d.Read(t.Context(), func(tx *db.Tx) error {
			all, err := ledger.BySubject(tx, "item/a")
			if err != nil || len(all) != 5 {
				t.Fatalf("BySubject = %d entries, %v, want 5", len(all), err)
			}
			for i, e := range all {
				if e.Public != fmt.Sprint(i) || e.Subject != "item/a" || e.Who != "p-li" || e.Unit != "mj-fgj" || e.Record != ledger.DigestOf(i) ||
					!e.Time.Truncate(time.Minute).Equal(time.Date(2026, 3, 2, 1, i+1, 0, 0, time.UTC)) {
					t.Errorf("entry %d = %+v", i, e)
				}
			}
			last, err := ledger.Last(tx, "item/a")
			if err != nil || last != all[4] {
				t.Errorf("Last = %+v, %v, want %+v", last, err, all[4])
			}
			page, err := ledger.Recent(tx, 0, 4)
			if err != nil || len(page) != 4 || page[0].Seq != 15 || page[3].Seq != 12 {
				t.Errorf("Recent(0, 4) = %v, %v, want 15 to 12", page, err)
			}
			page, err = ledger.Recent(tx, 2, 10)
			if err != nil || len(page) != 2 || page[0].Seq != 1 || page[1].Act != "ledger.begin" {
				t.Errorf("Recent(2, 10) = %v, %v, want 1 and the beginning", page, err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestManyMayActAtOnce(t *testing.T) {
	dbtest.Each(t, ledger.Schema, func(t *testing.T, d *db.DB) {
		const people, acts = 6, 25
		var all sync.WaitGroup
		var mu sync.Mutex
		taken := map[ledger.Seq]int{}
		for p := range people {
			all.Go(func() {
				for range acts {
					seq, err := appendOne(d, fmt.Sprintf("item/%d", p))
					if err != nil {
						t.Error(err)
						return
					}
					mu.Lock()
					taken[seq]++
					mu.Unlock()
				}
			})
		}
		all.Wait()
		for seq := ledger.Seq(1); seq <= people*acts; seq++ {
			if taken[seq] != 1 {
				t.Errorf("position %d was given %d times, want once", seq, taken[seq])
			}
		}
		if r := verify(t, d, ledger.Audit{}); !r.OK() || r.Size != people*acts+1 {
			t.Errorf("Verify = %+v", r)
		}
	})
}

func benchEach(b *testing.B, f func(b *testing.B, d *db.DB)) {
	b.Run("sqlite", func(b *testing.B) { f(b, dbtest.SQLite(b, ledger.Schema)) })
	b.Run("postgres", func(b *testing.B) { f(b, dbtest.Postgres(b, ledger.Schema)) })
}

// One act, one transaction: what a publisher waits for.
func BenchmarkAct(b *testing.B) {
	benchEach(b, func(b *testing.B, d *db.DB) {
		for b.Loop() {
			if _, err := appendOne(d, "item/a"); err != nil {
				b.Fatal(err)
			}
		}
	})
}

// A thousand entries in one transaction: what an import waits for.
func BenchmarkAppend(b *testing.B) {
	benchEach(b, func(b *testing.B, d *db.DB) {
		for b.Loop() {
			grow(b, d, 1000)
		}
		b.ReportMetric(float64(b.N)*1000/b.Elapsed().Seconds(), "entries/s")
	})
}

// Eight people at once: what the order of the log costs.
func BenchmarkActsAtOnce(b *testing.B) {
	benchEach(b, func(b *testing.B, d *db.DB) {
		b.SetParallelism(4)
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				if _, err := appendOne(d, "item/a"); err != nil {
					b.Error(err)
				}
			}
		})
	})
}

func BenchmarkVerify(b *testing.B) {
	benchEach(b, func(b *testing.B, d *db.DB) {
		for range 20 {
			grow(b, d, 1000)
		}
		for b.Loop() {
			err := d.Read(context.Background(), func(tx *db.Tx) error {
				_, err := ledger.Verify(tx)
				return err
			})
			if err != nil {
				b.Fatal(err)
			}
		}
		b.ReportMetric(float64(b.N)*20_000/b.Elapsed().Seconds(), "entries/s")
	})
}
