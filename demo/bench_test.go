package demo

import (
	"context"
	"path/filepath"
	"testing"
)

// BenchmarkTheWholeDistrict builds everything on SQLite, as gongkai demo does.
func BenchmarkTheWholeDistrict(b *testing.B) {
	for b.Loop() {
		d := platform(b, "sqlite:"+filepath.Join(b.TempDir(), "demo.db"))
		if err := Build(context.Background(), d, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}
