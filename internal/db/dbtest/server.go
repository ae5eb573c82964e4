package dbtest

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"sync"
	"syscall"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the PostgreSQL driver
)

// server returns the address of the PostgreSQL server for this test program.
var server = sync.OnceValues(func() (string, error) {
	if u := os.Getenv("GONGKAI_TEST_POSTGRES"); u != "" {
		return u, nil
	}
	return startServer()
})

// startServer makes a cluster in a temporary folder and runs it in a process
// group of its own. A watcher, a shell that waits for this program to end,
// stops it and removes the folder, because a test program has no last moment
// in which it could do so itself.
func startServer() (string, error) {
	initdb, err := find("initdb")
	if err != nil {
		return "", err
	}
	postgres, err := find("postgres")
	if err != nil {
		return "", err
	}
	dir, err := os.MkdirTemp("", "gongkai-pg-")
	if err != nil {
		return "", err
	}
	var cred *syscall.Credential
	if os.Getuid() == 0 { // the server refuses to run as root
		u, err := user.Lookup("postgres")
		if err != nil {
			return "", errors.New("PostgreSQL does not run as root and there is no user postgres")
		}
		uid, _ := strconv.Atoi(u.Uid)
		gid, _ := strconv.Atoi(u.Gid)
		if err := os.Chown(dir, uid, gid); err != nil {
			return "", err
		}
		cred = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
	}
	data := filepath.Join(dir, "data")
	cmd := exec.Command(initdb, "-D", data, "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C")
	cmd.Dir = dir
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: cred}
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("initdb: %v: %s", err, out)
	}
	port, err := freePort()
	if err != nil {
		return "", err
	}
	srv := exec.Command(postgres, "-D", data, "-p", strconv.Itoa(port), "-c", "listen_addresses=127.0.0.1",
		"-c", "unix_socket_directories=", "-c", "fsync=off", "-c", "full_page_writes=off",
		"-c", "synchronous_commit=off", "-c", "shared_buffers=64MB", "-c", "max_connections=60")
	srv.Dir = dir
	srv.SysProcAttr = &syscall.SysProcAttr{Credential: cred, Setpgid: true}
	if err := srv.Start(); err != nil {
		return "", err
	}
	watch := exec.Command("sh", "-c", fmt.Sprintf(
		`while kill -0 %d 2>/dev/null; do sleep 1; done; kill -INT %d; sleep 2; rm -rf '%s'`, os.Getpid(), srv.Process.Pid, dir))
	watch.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := watch.Start(); err != nil {
		return "", err
	}
	go srv.Wait()
	base := fmt.Sprintf("postgres://postgres@127.0.0.1:%d/postgres?sslmode=disable", port)
	for range 200 {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		c, err := (&net.Dialer{}).DialContext(ctx, "tcp", fmt.Sprintf("127.0.0.1:%d", port))
		cancel()
		if err == nil {
			c.Close()
			if ping(base) == nil {
				return base, nil
			}
		}
		time.Sleep(50 * time.Millisecond)
	}
	return "", errors.New("the PostgreSQL server did not come up")
}

// find looks for a server program on the path and where Debian keeps them.
func find(name string) (string, error) {
	if p, err := exec.LookPath(name); err == nil {
		return p, nil
	}
	m, _ := filepath.Glob("/usr/lib/postgresql/*/bin/" + name)
	if len(m) == 0 {
		return "", fmt.Errorf("the program %s is not installed", name)
	}
	return m[len(m)-1], nil
}

func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}
