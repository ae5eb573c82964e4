package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"gongkai/internal/fault"
	"gongkai/search"
)

func keepCommands() []command {
	return []command{
		{"backup", "文件.tar.gz", "把全部数据备份成一个文件，平台可以同时运行", "  gongkai backup --data data /backup/2026-11-22.tar.gz", runBackup},
		{"restore", "文件.tar.gz", "把备份恢复到空的数据目录或者数据库", "  gongkai restore --data data-new /backup/2026-11-22.tar.gz", runRestore},
		{"verify", "", "核对存证、记录、索引和文件是否一致", "  gongkai verify --data data\n  gongkai verify --data data-new --backup /backup/2026-11-22.tar.gz\n  gongkai verify --proof item.proof --entry item.entry --key 公钥", runVerify},
		{"export", "目录", "导出存证，供其他工具独立核验", "  gongkai export --data data /srv/ledger", runExport},
	}
}

func runBackup(ctx context.Context, sh shell, k *call) error {
	if len(k.args) != 1 {
		return useError("请给出备份文件的名称，如 gongkai backup 2026-11-22.tar.gz")
	}
	path := k.args[0]
	if _, err := os.Stat(path); err == nil {
		return fault.Say(fault.Conflict, "文件 %s 已经存在，请换一个名称", path)
	}
	h, err := k.openExisting(ctx, sh)
	if err != nil {
		return err
	}
	defer h.close()
	// Written beside its place and moved there when whole, so that a backup with
	// its final name is always complete.
	f, err := os.CreateTemp(filepath.Dir(path), ".gongkai-backup-*")
	if err != nil {
		return fault.Say(fault.Invalid, "不能写入 %s 所在的目录", path)
	}
	defer os.Remove(f.Name())
	defer f.Close()
	m, err := h.backup(ctx, f, k.progress(sh))
	if err != nil {
		return err
	}
	if err := errors.Join(f.Sync(), f.Close()); err != nil {
		return err
	}
	if err := os.Rename(f.Name(), path); err != nil {
		return err
	}
	k.done(sh)
	return k.show(sh, m, fmt.Sprintf("已备份到 %s：存证 %d 条，%d 张表，%d 个文件。文件中含有密钥，请妥善保管", path, m.Entries, len(m.Order), m.Blobs))
}

// show prints a value as JSON or as a sentence.
func (k *call) show(sh shell, v any, sentence string) error {
	if !k.json {
		fmt.Fprintln(sh.out, sentence)
		return nil
	}
	b, err := json.Marshal(v)
	if err != nil {
		return err
	}
	fmt.Fprintln(sh.out, string(b))
	return nil
}

func runRestore(ctx context.Context, sh shell, k *call) error {
	if len(k.args) != 1 {
		return useError("请给出备份文件，如 gongkai restore --data data-new 2026-11-22.tar.gz")
	}
	f, err := os.Open(k.args[0])
	if err != nil {
		return fault.Say(fault.NotFound, "打不开备份文件 %s", k.args[0])
	}
	defer f.Close()
	if _, err := readManifest(k.args[0]); err != nil { // before anything is made
		return err
	}
	if err := k.config.check(); err != nil {
		return err
	}
	if names, err := os.ReadDir(k.config.Data); err == nil && len(names) > 0 {
		return fault.Say(fault.Conflict, "数据目录 %s 不是空的。恢复只能在空目录中进行，以免覆盖现有数据", k.config.Data)
	}
	h, err := openForRestore(ctx, sh, k.config)
	if err != nil {
		return err
	}
	tell := k.progress(sh)
	m, err := h.restore(ctx, f, tell)
	if err == nil {
		tell("检索索引", 0, 0)
		_, err = search.Rebuild(ctx, h.db, h.items.Source(ctx), nil)
	}
	err = errors.Join(err, h.close())
	if err != nil {
		if k.config.Database == "" { // the folder was empty before; leave it so
			clearFolder(k.config.Data)
		}
		return err
	}
	k.done(sh)
	return k.show(sh, m, fmt.Sprintf("已恢复 %s 的备份：存证 %d 条，%d 个文件。请运行 gongkai verify --backup %s 核对", m.Taken.In(beijing).Format("2006-01-02 15:04"), m.Entries, m.Blobs, k.args[0]))
}

func clearFolder(dir string) {
	names, err := os.ReadDir(dir)
	if err != nil {
		return
	}
	for _, n := range names {
		os.RemoveAll(filepath.Join(dir, n.Name()))
	}
}

// openForRestore opens an empty house whose keys come from the backup: those
// that open makes are replaced.
func openForRestore(ctx context.Context, sh shell, c Config) (*house, error) {
	h, err := open(ctx, sh, c, dbOptions{})
	if err != nil {
		return nil, err
	}
	empty, err := h.empty(ctx)
	if err == nil && !empty {
		err = fault.Say(fault.Conflict, "数据库不是空的。恢复只能在空数据库中进行，以免覆盖现有数据")
	}
	if err != nil {
		h.close()
		return nil, err
	}
	return h, nil
}

func runExport(ctx context.Context, sh shell, k *call) error {
	if len(k.args) != 1 {
		return useError("请给出导出到的目录，如 gongkai export /srv/ledger")
	}
	h, err := k.openExisting(ctx, sh)
	if err != nil {
		return err
	}
	defer h.close()
	tell := k.progress(sh)
	head, err := h.ledger.Export(ctx, k.args[0], func(done, total int64) { tell("存证", done, total) })
	if err != nil {
		return err
	}
	k.done(sh)
	return k.show(sh, map[string]any{"size": head.Size, "key": h.ledger.Key().Verifier()},
		fmt.Sprintf("已导出 %d 条存证到 %s\n公钥：%s", head.Size, k.args[0], h.ledger.Key().Verifier()))
}
