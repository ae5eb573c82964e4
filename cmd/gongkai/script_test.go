package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"gongkai/document"
	"gongkai/internal/db"
	"gongkai/internal/db/dbtest"
)

func TestMain(m *testing.M) {
	document.ChildMain() // the scripts' program reads files in children of this one
	testscript.Main(m, map[string]func(){"gongkai": main})
}

// TestScripts runs the program as people do: each file of testdata/script is a
// story on the real binary.
func TestScripts(t *testing.T) {
	cache, err := filepath.Abs(filepath.Join(os.TempDir(), "gongkai-test-wazero"))
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: "testdata/script",
		Setup: func(e *testscript.Env) error {
			e.Setenv("GONGKAI_LISTEN", "127.0.0.1:0")
			e.Setenv("GONGKAI_CACHE", cache)
			e.Setenv("HOME", e.WorkDir)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"get": get, "sql": runSQL, "wait-ready": waitReady, "corpus": useCorpus, "postgres": usePostgres, "flip": flip, "site": serveSite,
		},
		Condition: func(cond string) (bool, error) {
			if cond == "corpus" {
				_, err := os.Stat(corpus())
				return err == nil, nil
			}
			return false, fmt.Errorf("no condition %q", cond)
		},
	})
}

// corpus is the folder with the real reports, beside the project.
func corpus() string {
	dir, err := filepath.Abs(filepath.Join("..", "..", "..", "shared", "corpus", "reports-2020"))
	if err != nil {
		return ""
	}
	return dir
}

// useCorpus sets $REPORTS, or skips loudly.
func useCorpus(ts *testscript.TestScript, _ bool, _ []string) {
	if _, err := os.Stat(corpus()); err != nil {
		ts.Logf("NOT TESTED: the real reports are not beside the project")
		return
	}
	ts.Setenv("REPORTS", corpus())
}

// usePostgres sets $GONGKAI_DATABASE to a fresh PostgreSQL database.
func usePostgres(ts *testscript.TestScript, _ bool, _ []string) {
	u, drop, err := dbtest.Fresh()
	if err != nil {
		if os.Getenv("GONGKAI_REQUIRE") != "" {
			ts.Fatalf("PostgreSQL is required and cannot be had: %v", err)
		}
		ts.Logf("NOT TESTED ON POSTGRESQL: %v", err)
		return
	}
	ts.Defer(drop)
	ts.Setenv("GONGKAI_DATABASE", u)
}

// waitReady waits until a server has written its address into a file and sets
// $URL to it.
func waitReady(ts *testscript.TestScript, _ bool, args []string) {
	for range 600 {
		if b, err := os.ReadFile(ts.MkAbs(args[0])); err == nil && len(b) > 0 {
			ts.Setenv("URL", string(b))
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	ts.Fatalf("the server did not come up")
}

// get fetches a page into the file "page"; negated, it must answer 400 or more.
func get(ts *testscript.TestScript, neg bool, args []string) {
	res, err := http.Get(args[0])
	ts.Check(err)
	defer res.Body.Close()
	b, err := io.ReadAll(res.Body)
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs("page"), b, 0o600))
	if bad := res.StatusCode >= 400; bad != neg {
		ts.Fatalf("GET %s: %s\n%s", args[0], res.Status, b)
	}
	if len(args) > 1 && fmt.Sprint(res.StatusCode) != args[1] {
		ts.Fatalf("GET %s: %s, want %s", args[0], res.Status, args[1])
	}
}

// runSQL changes a database behind the program's back.
func runSQL(ts *testscript.TestScript, _ bool, args []string) {
	d, err := db.Open(context.Background(), "sqlite:"+ts.MkAbs(args[0]), db.Options{})
	ts.Check(err)
	defer d.Close()
	ts.Check(d.Write(context.Background(), func(tx *db.Tx) error {
		_, err := tx.Exec(strings.Join(args[1:], " "))
		return err
	}))
}

// flip changes one byte in the middle of a file.
func flip(ts *testscript.TestScript, _ bool, args []string) {
	b, err := os.ReadFile(ts.MkAbs(args[0]))
	ts.Check(err)
	b[len(b)/2] ^= 1
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), b, 0o600))
}
