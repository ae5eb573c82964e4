package main

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// crawl measures walking over a site with all rules and no pauses, and over the same
// site again when nothing has changed. What is planted must be told, all of it and
// nothing else.
func (b *bench) crawl(ctx context.Context) error {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	base := "http://" + l.Addr().String()
	s := newTownSite(b.size, time.Now())
	server := &http.Server{Handler: s}
	go server.Serve(l)
	defer server.Close()

	state := filepath.Join(b.dir, "walk.state")
	var rounds [2]round
	for i := range rounds {
		if rounds[i], err = b.walk(ctx, base, state); err != nil {
			return err
		}
		if err := compare(s.planted(base), rounds[i].found); err != nil {
			return fmt.Errorf("round %d: %w", i+1, err)
		}
	}
	first, again := rounds[0], rounds[1]
	n := 0
	for _, codes := range s.planted(base) {
		n += len(codes)
	}
	fmt.Printf("## A website\n\nA made-up site of %d pages and %d documents, served by the same machine, walked over with all rules on %d cores and no pauses. All of %d planted faults are told, nothing else.\n\n",
		first.pages, first.files, runtime.NumCPU(), n)
	fmt.Println("| round | took | pages/s | of one core | requests | received | most memory | state |")
	fmt.Println("|---|---|---|---|---|---|---|---|")
	for i, r := range rounds {
		fmt.Printf("| %s | %.0f s | %.0f | %.0f s | %d | %.0f MB | %.0f MiB | %.0f MB |\n", []string{"first", "nothing changed"}[i],
			r.took.Seconds(), float64(r.pages)/r.took.Seconds(), r.busy.Seconds(), r.requests, r.received, r.memory, float64(r.state)/1e6)
	}
	fmt.Printf("\nThe second round took %.0f %% of the time of the first.\n\n", 100*again.took.Seconds()/first.took.Seconds())
	return nil
}

// A round is one walk over the site.
type round struct {
	pages, files, requests int
	received               float64 // MB
	took, busy             time.Duration
	memory                 float64 // MiB
	state                  int64
	found                  map[string][]string
}

func (b *bench) walk(ctx context.Context, base, state string) (r round, err error) {
	cmd := exec.CommandContext(ctx, b.binary, "inspect", "--json", "--delay", "0", "--pages", strconv.Itoa(3*b.size+1000), "--state", state, base+"/")
	var said bytes.Buffer
	cmd.Stderr = &said
	out, err := cmd.StdoutPipe()
	if err != nil {
		return r, err
	}
	begun := time.Now()
	if err := cmd.Start(); err != nil {
		return r, err
	}
	r.found = map[string][]string{}
	lines := bufio.NewReaderSize(out, 1<<20)
	for {
		line, err := lines.ReadBytes('\n')
		if len(line) > 0 {
			var page struct {
				File     string
				Unread   []string
				Findings []struct{ Rule string }
			}
			if err := json.Unmarshal(line, &page); err != nil {
				return r, err
			}
			for _, f := range page.Findings {
				r.found[page.File] = append(r.found[page.File], f.Rule)
			}
			for range page.Unread {
				r.found[page.File] = append(r.found[page.File], "unread")
			}
		}
		if err != nil {
			break
		}
	}
	err = cmd.Wait()
	r.took = time.Since(begun)
	if ended, ok := errors.AsType[*exec.ExitError](err); err != nil && (!ok || ended.ExitCode() != 1) {
		return r, fmt.Errorf("%w\n%s", err, said.String())
	}
	usage, _ := cmd.ProcessState.SysUsage().(*syscall.Rusage)
	r.memory = float64(usage.Maxrss) / 1024
	r.busy = cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
	info, err := os.Stat(state)
	if err != nil {
		return r, err
	}
	r.state = info.Size()
	if m := summed.FindStringSubmatch(said.String()); m != nil {
		r.pages, _ = strconv.Atoi(m[1])
		r.files, _ = strconv.Atoi(m[2])
		r.requests, _ = strconv.Atoi(m[3])
		r.received, _ = strconv.ParseFloat(m[4], 64)
		return r, nil
	}
	return r, fmt.Errorf("the walk was not summed up:\n%s", said.String())
}

// summed is what the command says at its end.
var summed = regexp.MustCompile(`(?s)网页(\d+)个，附件(\d+)个.*请求(\d+)次，([\d.]+) MB`)

// compare fails when what was found is not what was planted.
func compare(planted, found map[string][]string) error {
	var wrong []string
	for at, codes := range planted {
		slices.Sort(found[at])
		if !slices.Equal(codes, found[at]) {
			wrong = append(wrong, fmt.Sprintf("%s: planted %v, found %v", at, codes, found[at]))
		}
	}
	for at, codes := range found {
		if planted[at] == nil {
			wrong = append(wrong, fmt.Sprintf("%s: planted nothing, found %v", at, codes))
		}
	}
	if len(wrong) == 0 {
		return nil
	}
	slices.Sort(wrong)
	return fmt.Errorf("%d addresses differ:\n%s", len(wrong), strings.Join(wrong[:min(len(wrong), 20)], "\n"))
}
