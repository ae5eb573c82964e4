package main

import (
	"context"
	"encoding/json"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"

	"golang.org/x/term"

	"gongkai/document"
	"gongkai/internal/fault"
)

// A source is one file a command works on.
type source struct {
	path string
	name string // as the output calls it: the file's name, or its path below the folder given
}

// sourcesOf lists the files that arguments name; of folders those that take
// accepts, with everything below. An argument that is not there is listed too, so
// that it can be said beside the others.
func sourcesOf(args []string, take func(name string) bool) ([]source, error) {
	var all []source
	for _, a := range args {
		info, err := os.Stat(a)
		if err != nil || !info.IsDir() {
			all = append(all, source{a, filepath.Base(a)})
			continue
		}
		if err := filepath.WalkDir(a, func(path string, d fs.DirEntry, err error) error {
			if err != nil {
				return fault.Say(fault.NotFound, "打不开目录 %s", path)
			}
			if d.IsDir() && path != a && strings.HasPrefix(d.Name(), ".") {
				return filepath.SkipDir
			}
			if d.Type().IsRegular() && !strings.HasPrefix(d.Name(), ".") && take(d.Name()) {
				name, err := filepath.Rel(a, path)
				if err != nil {
					return err
				}
				all = append(all, source{path, filepath.ToSlash(name)})
			}
			return nil
		}); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// maxInput is the largest file the commands take in; no report or notice comes
// near it.
const maxInput = 256 << 20

// load reads a whole file, with a sentence if that cannot be.
func (s source) load() ([]byte, error) {
	info, err := os.Stat(s.path)
	switch {
	case err != nil:
		return nil, fault.Say(fault.NotFound, "找不到这个文件")
	case info.IsDir():
		return nil, fault.Say(fault.Invalid, "这是一个目录")
	case info.Size() > maxInput:
		return nil, fault.Say(fault.Invalid, "文件大于 %d MB，请拆分后再处理", maxInput>>20)
	}
	b, err := os.ReadFile(s.path)
	if err != nil {
		return nil, fault.Say(fault.Forbidden, "打不开这个文件，请检查权限")
	}
	return b, nil
}

// sayFile is the sentence for a file that failed.
func sayFile(err error) string {
	if say := fault.Sentence(err); say != "" {
		return strings.ReplaceAll(say, "\n", " ")
	}
	return strings.ReplaceAll(err.Error(), "\n", " ")
}

// eachFile does the work on every source with all processors and hands the
// results on in the order of the sources. It stops when each fails.
func eachFile[T any](ctx context.Context, sources []source, work func(context.Context, source) T, each func(source, T) error) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	workers := min(runtime.GOMAXPROCS(0), max(1, len(sources)))
	type task struct {
		s    source
		done chan T
	}
	queue := make(chan task)
	order := make(chan task, 8*workers)
	for range workers {
		go func() {
			for t := range queue {
				t.done <- work(ctx, t.s)
			}
		}()
	}
	go func() {
		defer close(queue)
		defer close(order)
		for _, s := range sources {
			t := task{s, make(chan T, 1)}
			select {
			case order <- t:
			case <-ctx.Done():
				return
			}
			select {
			case queue <- t:
			case <-ctx.Done():
				return
			}
		}
	}()
	for t := range order {
		select {
		case result := <-t.done:
			if err := each(t.s, result); err != nil {
				return err
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return ctx.Err()
}

// reader reads files of any kind for a command that needs no data folder. What the
// PDF engine compiles is kept in the user's cache, so that only the first PDF ever
// waits for it.
func (k *call) reader() (*document.Reader, error) {
	cache := k.config.Cache
	if dir, err := os.UserCacheDir(); cache == "" && err == nil {
		cache = filepath.Join(dir, "gongkai")
	}
	return document.NewReader(document.Limits{CacheDir: cache})
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// appendJSON writes a value that cannot fail to be written.
func appendJSON(b []byte, v any) []byte {
	j, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return append(b, j...)
}
