package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"sync"
	"time"

	"gongkai/api"
	"gongkai/console"
	"gongkai/internal/web"
	"gongkai/portal"
)

func serveCommands() []command {
	return []command{
		{"serve", "", "运行平台：门户在 /，后台在 /console，接口在 /api/v1", "  gongkai serve --data /var/lib/gongkai --listen 127.0.0.1:8080 --site https://www.example.gov.cn", runServe},
		{"demo", "", "建立虚构的示例市明镜区并运行", "  gongkai demo --data data/demo", runDemo},
	}
}

func runServe(ctx context.Context, sh shell, k *call) error {
	if len(k.args) > 0 {
		return useError("serve 不需要“%s”，用 --help 查看用法", k.args[0])
	}
	h, err := open(ctx, sh, k.config, dbOptions{})
	if err != nil {
		return err
	}
	defer h.close()
	if err := h.first(ctx, sh); err != nil {
		return err
	}
	return h.serve(ctx, sh, k)
}

// handler is the web face of the house: console below /console, the interface for
// programs below /api/v1, portal above.
func (h *house) handler() (http.Handler, error) {
	key, err := webKey(h.keys())
	if err != nil {
		return nil, err
	}
	proxies, err := h.config.proxies()
	if err != nil {
		return nil, err
	}
	public, err := portal.New(portal.Deps{
		DB: h.db, Units: h.units, Items: h.items, Blobs: h.blobs, Ledger: h.ledger,
		Log: h.log, Now: h.now, Site: strings.TrimSuffix(h.config.Site, "/"), Secure: h.config.secure(), Proxies: proxies, Key: key,
	})
	if err != nil {
		return nil, err
	}
	var settings []console.Setting
	for _, l := range h.config.lines() {
		settings = append(settings, console.Setting{Group: "运行配置", Name: l.name, Value: l.value, Note: l.usage})
	}
	staff, err := console.New(console.Deps{
		DB: h.db, Units: h.units, People: h.people, Inspections: h.inspections, Reviews: h.reviews, Items: h.items, Registers: h.registers, Reports: h.reports, Files: h.files, Queue: h.queue, Blob: h.blobs,
		Ledger: h.ledger, Keepers: keepers, Preview: public.Preview,
		Log: h.log, Now: h.now, Key: key, Secure: h.config.secure(), Proxies: proxies, Settings: settings,
	})
	if err != nil {
		return nil, err
	}
	h.background = append(h.background, public.Run, h.warm)
	programs := api.New(api.Deps{DB: h.db, People: h.people, Engine: h.engine, Reader: h.reader, Inspections: h.inspections,
		Log: h.log, Now: h.now, Secure: h.config.secure(), Proxies: proxies})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, api.Root+"/") {
			programs.ServeHTTP(w, r)
			return
		}
		if r.URL.Path == console.Root || strings.HasPrefix(r.URL.Path, console.Root+"/") {
			staff.ServeHTTP(w, r)
			return
		}
		public.ServeHTTP(w, r)
	}), nil
}

// serve answers requests and does jobs until ctx ends, then finishes what is
// under way.
func (h *house) serve(ctx context.Context, sh shell, k *call) error {
	// Most memory of a serving process is kept pages and the dictionary, which
	// live long; collecting less often leaves more of the machine to readers.
	debug.SetGCPercent(400)
	debug.SetMemoryLimit(2 << 30)
	handler, err := h.handler()
	if err != nil {
		return err
	}
	l, err := net.Listen("tcp", k.config.Listen)
	if err != nil {
		return fmt.Errorf("不能监听 %s：地址不正确或者已被占用，请用 --listen 换一个", k.config.Listen)
	}
	address := "http://" + l.Addr().String()
	srv := web.Server(k.config.Listen, handler)
	ctx, stop := context.WithCancel(ctx)
	defer stop()
	var running sync.WaitGroup
	if k.config.Workers > 0 {
		running.Go(func() {
			if err := h.queue.Run(ctx, k.config.Workers); err != nil && ctx.Err() == nil {
				h.log.Error("jobs", "err", err)
			}
		})
	}
	for _, f := range h.background {
		running.Go(func() { f(ctx) })
	}
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(l) }()
	fmt.Fprintf(sh.out, "门户  %s/\n后台  %s/console\n", address, address)
	if path := k.text("ready-file"); path != "" {
		if err := writeWhole(path, []byte(address)); err != nil {
			return err
		}
	}
	select {
	case err := <-failed:
		stop()
		running.Wait()
		return err
	case <-ctx.Done():
	}
	wait, cancel := context.WithTimeout(context.WithoutCancel(ctx), 20*time.Second)
	defer cancel()
	err = srv.Shutdown(wait)
	running.Wait()
	if errors.Is(err, context.DeadlineExceeded) {
		return nil
	}
	return err
}

// writeWhole writes a file so that whoever sees it sees all of it.
func writeWhole(path string, b []byte) error {
	f, err := os.CreateTemp(filepath.Dir(path), ".gongkai-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	_, err = f.Write(b)
	if err := errors.Join(err, f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}

// webKey is the secret that signs small cookies, made at the first start.
func webKey(dir string) ([]byte, error) {
	path := filepath.Join(dir, "web.key")
	if b, err := os.ReadFile(path); err == nil && len(b) == 32 {
		return b, nil
	}
	b := make([]byte, 32)
	if _, err := io.ReadFull(randomness, b); err != nil {
		return nil, err
	}
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if errors.Is(err, os.ErrExist) { // another process was faster
		return os.ReadFile(path)
	}
	if err != nil {
		return nil, err
	}
	_, err = f.Write(b)
	return b, errors.Join(err, f.Sync(), f.Close())
}

// warm loads the rules of inspection in the background and gives back to the system
// what only the loading needed: twice the memory that stays.
func (h *house) warm(ctx context.Context) {
	h.inspections.Warm(ctx)
	debug.FreeOSMemory()
}
