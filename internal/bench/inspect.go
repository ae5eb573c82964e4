package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"gongkai/inspection/engine"
	"gongkai/inspection/rule"
	"gongkai/inspection/spelling"
)

// inspect measures how fast each family of rules reads Chinese text on one core,
// beside grep looking for the same word list in the same text.
func (b *bench) inspect(ctx context.Context) error {
	var text strings.Builder
	for i := range 2000 {
		c := policy(i)
		text.WriteString(c.Title + "\n" + strings.NewReplacer("<p>", "", "</p>", "\n").Replace(c.Body) + "\n")
	}
	s := text.String()
	fmt.Printf("## Inspection\n\nOne core, %.1f MB of official prose without findings to speak of.\n\n", float64(len(s))/1e6)
	fmt.Println("| rules | MB/s | of grep -F |")
	fmt.Println("|---|---|---|")
	list, file := filepath.Join(b.dir, "words.txt"), filepath.Join(b.dir, "text.txt")
	if err := os.WriteFile(list, []byte(strings.Join(spelling.Words(), "\n")+"\n"), 0o644); err != nil {
		return err
	}
	if err := os.WriteFile(file, []byte(s), 0o644); err != nil {
		return err
	}
	grep, err := fastest(func() error {
		cmd := exec.CommandContext(ctx, "taskset", "-c", "0", "grep", "-c", "-F", "-f", list, file)
		cmd.Env = append(os.Environ(), "LC_ALL=C")
		var out bytes.Buffer
		cmd.Stdout = &out
		if err := cmd.Run(); err != nil && cmd.ProcessState.ExitCode() > 1 {
			return err
		}
		return nil
	})
	if err != nil {
		return err
	}
	mb := func(d time.Duration) float64 { return float64(len(s)) / 1e6 / d.Seconds() }
	procs := runtime.GOMAXPROCS(1)
	defer runtime.GOMAXPROCS(procs)
	all := engine.Standard()
	for _, f := range all.Families() {
		took, err := fastest(func() error {
			t := rule.NewText("document", s)
			f.Check(&rule.File{Name: "a.txt", Texts: []*rule.Text{t}}, t, func(rule.Finding) {})
			return nil
		})
		if err != nil {
			return err
		}
		fmt.Printf("| %s | %.0f | %.2f |\n", f.Pack().Pack, mb(took), mb(took)/mb(grep))
	}
	took, err := fastest(func() error {
		all.Inspect(&rule.File{Name: "a.txt", Texts: []*rule.Text{rule.NewText("document", s)}}, engine.Options{})
		return nil
	})
	if err != nil {
		return err
	}
	fmt.Printf("| all | %.0f | %.2f |\n| `grep -F` with the word list, one core | %.0f | 1.00 |\n\n", mb(took), mb(took)/mb(grep), mb(grep))
	return nil
}

// fastest is the best of a few runs: what the work costs when nobody disturbs it.
func fastest(work func() error) (time.Duration, error) {
	best := time.Duration(1 << 62)
	for range 4 {
		begin := time.Now()
		if err := work(); err != nil {
			return 0, err
		}
		best = min(best, time.Since(begin))
	}
	return best, nil
}
