// Package dbtest gives tests fresh databases on both engines.
//
// SQLite lives in a file of the test's own folder. PostgreSQL is a real server:
// the one that GONGKAI_TEST_POSTGRES names (make test starts it), or one that
// this package starts itself from the server programs on the machine and stops
// when the test program ends. Each test has a database of its own, copied from
// a migrated template.
//
// Where no PostgreSQL can be had the half of the test that needs it is skipped
// and says so; with GONGKAI_REQUIRE=1 it fails instead.
package dbtest
