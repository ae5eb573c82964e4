package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"syscall"
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
	return b.command(ctx, file)
}

// command measures what the inspecting command costs as a whole: its start, until a
// line of text has been looked at, and the memory it takes for that and for the long
// text.
func (b *bench) command(ctx context.Context, long string) error {
	short := filepath.Join(b.dir, "short.txt")
	if err := os.WriteFile(short, []byte("关于做好2026年政府信息公开工作的通知\n"), 0o644); err != nil {
		return err
	}
	fmt.Print("| `gongkai inspect` | took | most memory |\n|---|---|---|\n")
	for _, c := range []struct {
		name string
		args []string
	}{
		{"a line of text, all rules", []string{short}},
		{"a line of text, `--certain`", []string{"--certain", short}},
		{"the whole prose, all rules", []string{long}},
		{"the whole prose, `--certain`", []string{"--certain", long}},
	} {
		var most int64 // KiB
		best := time.Duration(1 << 62)
		for range 4 {
			took, kib, err := peak(ctx, append([]string{b.binary, "inspect"}, c.args...))
			if err != nil {
				return err
			}
			best, most = min(best, took), max(most, kib)
		}
		fmt.Printf("| %s | %.2f s | %.0f MiB |\n", c.name, best.Seconds(), float64(most)/1024)
	}
	fmt.Println()
	return nil
}

// peaking, as first argument, makes this program run another one and print how many
// nanoseconds that took and how many KiB it held at most. Of a program started by this
// one when it is large already, the system tells the size of this one.
const peaking = "peak"

func peak(ctx context.Context, command []string) (took time.Duration, kib int64, err error) {
	self, err := os.Executable()
	if err != nil {
		return 0, 0, err
	}
	said, err := exec.CommandContext(ctx, self, append([]string{peaking}, command...)...).Output()
	if err != nil {
		return 0, 0, err
	}
	_, err = fmt.Sscan(string(said), &took, &kib)
	return took, kib, err
}

// runPeak is the other side of peak.
func runPeak(command []string) error {
	cmd := exec.Command(command[0], command[1:]...)
	begin := time.Now()
	err := cmd.Run()
	if cmd.ProcessState == nil || cmd.ProcessState.ExitCode() > 1 { // 1: something was found
		return err
	}
	fmt.Println(int64(time.Since(begin)), cmd.ProcessState.SysUsage().(*syscall.Rusage).Maxrss)
	return nil
}

// fastest is the least of a few runs: what the work costs when nobody disturbs it. It
// is the time of the processor, because others may use the machine meanwhile.
func fastest(work func() error) (time.Duration, error) {
	best := time.Duration(1 << 62)
	for range 8 {
		begin := spent()
		if err := work(); err != nil {
			return 0, err
		}
		best = min(best, spent()-begin)
	}
	return best, nil
}

// spent is the time processors have worked for this process and the commands it waited
// for.
func spent() time.Duration {
	var own, others syscall.Rusage
	if err := errors.Join(syscall.Getrusage(syscall.RUSAGE_SELF, &own), syscall.Getrusage(syscall.RUSAGE_CHILDREN, &others)); err != nil {
		panic(err) // it is asked about nobody else
	}
	return time.Duration(own.Utime.Nano() + own.Stime.Nano() + others.Utime.Nano() + others.Stime.Nano())
}
