package db_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"gongkai/internal/db"
	"gongkai/internal/db/dbtest"
)

func schema(files map[string]string) *db.Schema {
	m := fstest.MapFS{}
	for n, text := range files {
		m["migration/"+n] = &fstest.MapFile{Data: []byte(text)}
	}
	return db.NewSchema("p", m)
}

func TestMigrationsWithGapsAreRefused(t *testing.T) {
	for _, tc := range []struct {
		name  string
		files map[string]string
		want  string
	}{
		{"a number is missing", map[string]string{"0001_a.sql": "", "0003_b.sql": ""}, "should have number 0002"},
		{"a number is there twice", map[string]string{"0001_a.sql": "", "0001_b.sql": ""}, "should have number 0002"},
		{"a name is strange", map[string]string{"first.sql": ""}, "is not called like"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, err := db.Steps(schema(tc.files))
			if err == nil || !strings.Contains(err.Error(), tc.want) {
				t.Errorf("Steps = %v, want %q", err, tc.want)
			}
		})
	}
}

func TestNeedsComeFirstAndOnce(t *testing.T) {
	base := db.NewSchema("base", fstest.MapFS{"migration/0001_a.sql": {Data: []byte("x")}})
	left := db.NewSchema("left", fstest.MapFS{"migration/0001_a.sql": {Data: []byte("x")}}, base)
	top := db.NewSchema("top", fstest.MapFS{"migration/0001_a.sql": {Data: []byte("x")}}, left, base)
	steps, err := db.Steps(top, left)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, s := range steps {
		got = append(got, s.Pillar)
	}
	if g := strings.Join(got, " "); g != "base left top" {
		t.Errorf("order = %s, want base left top", g)
	}
}

func TestAnEditedStepIsRefused(t *testing.T) {
	dbtest.Each(t, nil, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		if err := d.Migrate(ctx, schema(map[string]string{"0001_a.sql": "CREATE TABLE p_a (x INTEGER) STRICT;\n"})); err != nil {
			t.Fatal(err)
		}
		err := d.Migrate(ctx, schema(map[string]string{"0001_a.sql": "CREATE TABLE p_a (x TEXT) STRICT;\n"}))
		if err == nil || !strings.Contains(err.Error(), "edited") {
			t.Errorf("Migrate with an edited step = %v", err)
		}
	})
}

func TestANewerDatabaseIsRefused(t *testing.T) {
	dbtest.Each(t, nil, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		one := "CREATE TABLE p_a (x INTEGER) STRICT;\n"
		if err := d.Migrate(ctx, schema(map[string]string{"0001_a.sql": one, "0002_b.sql": "CREATE TABLE p_b (x INTEGER) STRICT;\n"})); err != nil {
			t.Fatal(err)
		}
		if err := d.Migrate(ctx, schema(map[string]string{"0001_a.sql": one})); !errors.Is(err, db.ErrNewer) {
			t.Errorf("Migrate by an older program = %v, want ErrNewer", err)
		}
	})
}

func TestAStepThatFailsLeavesNothing(t *testing.T) {
	dbtest.Each(t, nil, func(t *testing.T, d *db.DB) {
		ctx := context.Background()
		bad := schema(map[string]string{"0001_a.sql": "CREATE TABLE p_a (x INTEGER) STRICT;\nINSERT INTO p_none (x) VALUES (1);\n"})
		if err := d.Migrate(ctx, bad); err == nil {
			t.Fatal("Migrate with a bad statement succeeded")
		}
		good := schema(map[string]string{"0001_a.sql": "CREATE TABLE p_a (x INTEGER) STRICT;\n"})
		if err := d.Migrate(ctx, good); err != nil {
			t.Errorf("Migrate after the failure = %v", err)
		}
	})
}

func TestSeveralProcessesMigrateAtOnce(t *testing.T) {
	files := map[string]string{"0001_a.sql": "CREATE TABLE p_a (x INTEGER) STRICT;\nINSERT INTO p_a (x) VALUES (1);\n", "0002_b.sql": "CREATE TABLE p_b (x INTEGER) STRICT;\n"}
	for _, dsn := range []string{"sqlite:" + filepath.Join(t.TempDir(), "g.db"), dbtest.PostgresURL(t, nil)} {
		var wg sync.WaitGroup
		for range 4 {
			wg.Go(func() {
				d, err := db.Open(context.Background(), dsn, db.Options{})
				if err != nil {
					t.Error(err)
					return
				}
				defer d.Close()
				if err := d.Migrate(context.Background(), schema(files)); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		d, err := db.Open(context.Background(), dsn, db.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer d.Close()
		if err := d.Read(context.Background(), func(tx *db.Tx) error {
			n, err := db.Value[int](tx, `SELECT count(*) FROM p_a`)
			if n != 1 {
				t.Errorf("%s: the step ran %d times", d.Engine(), n)
			}
			return err
		}); err != nil {
			t.Fatal(err)
		}
	}
}
