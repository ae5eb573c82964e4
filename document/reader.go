package document

import (
	"bytes"
	"context"
	"encoding/gob"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strconv"
	"time"

	"gongkai/internal/fault"
)

// A Reader reads files with the foreign parsers kept apart: PDF and Office
// files are read in a child process of the same program, which has bounds on
// time and memory and dies alone. Text and web pages are read in place, but for
// pages of more than a megabyte.
type Reader struct {
	program string // "" reads everything in place
	lim     Limits
	slots   chan struct{}
}

// NewReader makes a Reader whose children are the running program. Its main
// must begin with ChildMain.
func NewReader(lim Limits) (*Reader, error) {
	program, err := os.Executable()
	if err != nil {
		return nil, fmt.Errorf("find the running program: %w", err)
	}
	return &Reader{program: program, lim: lim.or(), slots: make(chan struct{}, max(1, runtime.NumCPU()/2))}, nil
}

// NewPlainReader makes a Reader that reads in place, for programs that read
// files they trust.
func NewPlainReader(lim Limits) *Reader { return &Reader{lim: lim.or()} }

// Limits are the bounds the reader works under.
func (r *Reader) Limits() Limits { return r.lim }

// Read is the function Read, in a child process where the kind of file asks for
// it. It fails as Read does; a child that dies is the refusal of its file.
func (r *Reader) Read(ctx context.Context, name string, data []byte) (Doc, error) {
	kind := KindUnknown
	if int64(len(data)) <= r.lim.MaxBytes {
		kind = KindOf(name, data)
	}
	if r.program == "" || !kind.Office() && !(kind == KindHTML && len(data) > largePage) {
		return Read(ctx, name, data, r.lim)
	}
	select {
	case r.slots <- struct{}{}:
		defer func() { <-r.slots }()
	case <-ctx.Done():
		return Doc{Kind: kind}, ctx.Err()
	}
	reply, err := r.child(ctx, kind, childRequest{Name: name, Limits: r.lim}, data, r.lim.MaxTime)
	if err != nil {
		reply.Doc.Kind = kind
	}
	return reply.Doc, err
}

// largePage is from what size on a web page is read in a child process too, in
// bytes: its tree takes twenty times as much.
const largePage = 1 << 20

// childEnv tells the program that it is a child.
const childEnv = "GONGKAI_DOCUMENT_CHILD"

// A childRequest goes to the child, followed by the bytes of the file: to read it,
// or to draw it anew.
type childRequest struct {
	Name   string
	Limits Limits
	Size   int
	Redraw bool
	Covers []Cover
}

// A childReply comes back.
type childReply struct {
	Doc      Doc
	Made     Redrawn
	Sentence string // of a refusal
	Failure  string // of our own
}

func (r *Reader) child(ctx context.Context, kind Kind, req childRequest, data []byte, most time.Duration) (childReply, error) {
	// The child ends itself in time; a second later nobody waits any more.
	ctx, cancel := context.WithTimeout(ctx, most+time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, r.program)
	cmd.Env = []string{childEnv + "=1", "GOMEMLIMIT=" + strconv.FormatInt(r.lim.MaxMemory, 10), "GOTRACEBACK=none"}
	cmd.WaitDelay = time.Second
	var head bytes.Buffer
	req.Size = len(data)
	if err := gob.NewEncoder(&head).Encode(req); err != nil {
		return childReply{}, err
	}
	cmd.Stdin = io.MultiReader(&head, bytes.NewReader(data))
	out, err := cmd.StdoutPipe()
	if err != nil {
		return childReply{}, err
	}
	errs := &tail{max: 4096}
	cmd.Stderr = errs
	if err := cmd.Start(); err != nil {
		return childReply{}, fmt.Errorf("start a child to read a file: %w", err)
	}
	var reply childReply
	decodeErr := gob.NewDecoder(io.LimitReader(out, 4*r.lim.MaxExpanded)).Decode(&reply)
	_, _ = io.Copy(io.Discard, out)
	waitErr := cmd.Wait()
	switch {
	case decodeErr == nil && reply.Failure == "" && reply.Sentence == "":
		return reply, nil
	case decodeErr == nil && reply.Sentence != "":
		return reply, fault.Say(fault.Invalid, "%s", reply.Sentence)
	case decodeErr == nil:
		return childReply{}, errors.New("child: " + reply.Failure)
	case errors.Is(ctx.Err(), context.DeadlineExceeded):
		return childReply{}, tooSlow()
	case ctx.Err() != nil:
		return childReply{}, ctx.Err()
	case timedOut(waitErr):
		return childReply{}, tooSlow()
	case starved(waitErr, errs.b):
		return childReply{}, tooHungry()
	}
	// What the child said may hold words of the file: it goes nowhere.
	return childReply{}, errors.Join(damaged(kind), fmt.Errorf("the child that read a %s file ended: %v", kind, waitErr))
}

// tail keeps the end of what a child says.
type tail struct {
	b   []byte
	max int
}

func (t *tail) Write(p []byte) (int, error) {
	t.b = append(t.b, p...)
	if len(t.b) > t.max {
		t.b = append([]byte(nil), t.b[len(t.b)-t.max:]...)
	}
	return len(p), nil
}

// starved reports whether a child died for want of memory.
func starved(err error, said []byte) bool {
	if killed(err) {
		return true
	}
	return bytes.Contains(said, []byte("out of memory")) || bytes.Contains(said, []byte("cannot allocate memory")) || bytes.Contains(said, []byte("errno=12")) || bytes.Contains(said, []byte("failed to create new OS thread"))
}

// ChildMain reads one file and ends the process if this process is a child of a
// Reader; else it returns at once. It belongs at the very start of main.
func ChildMain() {
	if os.Getenv(childEnv) == "" {
		return
	}
	reply := serveChild(os.Stdin)
	if err := gob.NewEncoder(os.Stdout).Encode(reply); err != nil {
		os.Exit(3)
	}
	os.Exit(0)
}

func serveChild(in io.Reader) childReply {
	var req childRequest
	// The decoder must not read beyond its message: the file follows.
	buffered := &byteReader{r: in}
	if err := gob.NewDecoder(buffered).Decode(&req); err != nil {
		return childReply{Failure: "request: " + err.Error()}
	}
	bounds := req.Limits.or()
	if req.Redraw {
		bounds.MaxTime *= redrawTime
	}
	if err := confine(bounds); err != nil {
		return childReply{Failure: "limits: " + err.Error()}
	}
	if req.Size < 0 || int64(req.Size) > req.Limits.or().MaxBytes {
		return childReply{Failure: "size"}
	}
	data := make([]byte, req.Size)
	if _, err := io.ReadFull(buffered, data); err != nil {
		return childReply{Failure: "file: " + err.Error()}
	}
	var reply childReply
	var err error
	if req.Redraw {
		reply.Made, err = Redraw(context.Background(), data, req.Covers, req.Limits)
	} else {
		reply.Doc, err = Read(context.Background(), req.Name, data, req.Limits)
	}
	reply.Sentence = fault.Sentence(err)
	if err != nil && reply.Sentence == "" {
		reply.Failure = err.Error()
	}
	return reply
}

// A byteReader is an io.ByteReader, which keeps gob from buffering ahead.
type byteReader struct{ r io.Reader }

func (b *byteReader) Read(p []byte) (int, error) { return b.r.Read(p) }

func (b *byteReader) ReadByte() (byte, error) {
	var one [1]byte
	_, err := io.ReadFull(b.r, one[:])
	return one[0], err
}
