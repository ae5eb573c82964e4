package document

import (
	"errors"
	"os/exec"
	"runtime/debug"
	"syscall"
)

// headroom is what the program itself takes of the address space: the Go
// runtime reserves much more than it uses, and the PDF engine holds its code
// and a memory of up to half a gigabyte beside the heap.
const headroom = 2 << 30

// confine puts bounds on the present process that it cannot lift again. Beyond
// the soft limit the collector works harder; beyond the hard one the process
// dies.
func confine(lim Limits) error {
	debug.SetMemoryLimit(lim.MaxMemory)
	seconds := uint64(lim.MaxTime.Seconds())*2 + 2
	for _, l := range []struct {
		what  int
		value uint64
	}{
		{syscall.RLIMIT_CORE, 0},
		{syscall.RLIMIT_CPU, seconds},
		{syscall.RLIMIT_AS, uint64(lim.MaxMemory) + headroom},
		{syscall.RLIMIT_FSIZE, 256 << 20}, // the PDF engine's compiled code
		{syscall.RLIMIT_NOFILE, 64},
	} {
		if err := syscall.Setrlimit(l.what, &syscall.Rlimit{Cur: l.value, Max: l.value}); err != nil {
			return err
		}
	}
	// Reading an upload must not slow down the pages people wait for.
	_ = syscall.Setpriority(syscall.PRIO_PROCESS, 0, 10)
	return nil
}

func signalOf(err error) syscall.Signal {
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		if s, ok := exit.Sys().(syscall.WaitStatus); ok && s.Signaled() {
			return s.Signal()
		}
	}
	return -1
}

func timedOut(err error) bool { return signalOf(err) == syscall.SIGXCPU }

func killed(err error) bool { return signalOf(err) == syscall.SIGKILL }
