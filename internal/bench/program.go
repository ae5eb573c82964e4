package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// server is the program under way.
type server struct {
	cmd  *exec.Cmd
	base string
	log  bytes.Buffer
	took time.Duration // until the first answer
}

// start runs the program and waits for its first page.
func (b *bench) start(ctx context.Context, patience time.Duration, args ...string) (*server, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	addr := l.Addr().String()
	l.Close()
	s := &server{base: "http://" + addr}
	s.cmd = exec.CommandContext(ctx, b.binary, append(args, "--listen", addr)...)
	s.cmd.Stdout, s.cmd.Stderr = &s.log, &s.log
	begin := time.Now()
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	for time.Since(begin) < patience {
		r, err := http.Get(s.base + "/")
		if err == nil {
			io.Copy(io.Discard, r.Body)
			r.Body.Close()
			if r.StatusCode == http.StatusOK {
				s.took = time.Since(begin)
				return s, nil
			}
		}
		if s.cmd.ProcessState != nil || ctx.Err() != nil {
			break
		}
		time.Sleep(2 * time.Millisecond)
	}
	s.stop()
	return nil, fmt.Errorf("%w:\n%s", errLate, s.log.String())
}

func (s *server) stop() {
	s.cmd.Process.Signal(syscall.SIGTERM)
	s.cmd.Wait()
}

// resident is the memory the program holds, in MiB.
func (s *server) resident() float64 {
	kb, _ := strconv.ParseFloat(strings.Fields(field(fmt.Sprintf("/proc/%d/status", s.cmd.Process.Pid), "VmRSS"))[0], 64)
	return kb / 1024
}

// demo builds the fictional district once and returns its folder.
func (b *bench) demo(ctx context.Context) (dir string, built time.Duration, err error) {
	dir = filepath.Join(b.dir, "demo")
	if _, err := os.Stat(dir); err == nil {
		return dir, 0, nil
	}
	s, err := b.start(ctx, 10*time.Minute, "demo", "--data", dir)
	if err != nil {
		return "", 0, err
	}
	s.stop()
	return dir, s.took, nil
}

// program measures the size, the start and the idle memory.
func (b *bench) program(ctx context.Context) error {
	info, err := os.Stat(b.binary)
	if err != nil {
		return err
	}
	dir, built, err := b.demo(ctx)
	if err != nil {
		return err
	}
	var starts []time.Duration
	var idle float64
	for range 5 {
		s, err := b.start(ctx, time.Minute, "serve", "--data", dir)
		if err != nil {
			return err
		}
		starts = append(starts, s.took)
		time.Sleep(3 * time.Second)
		idle = s.resident()
		s.stop()
	}
	fmt.Printf("## Program\n\n| | |\n|---|---|\n")
	fmt.Printf("| size of the binary | %.1f MiB |\n", float64(info.Size())/(1<<20))
	fmt.Printf("| demo district built, to its first page | %.1f s |\n", built.Seconds())
	fmt.Printf("| start to the first page, median of 5 | %d ms |\n", median(starts).Milliseconds())
	fmt.Printf("| memory when idle | %.0f MiB |\n\n", idle)
	return nil
}
