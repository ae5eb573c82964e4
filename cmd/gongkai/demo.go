package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"gongkai/demo"
	"gongkai/internal/fault"
)

// building is the mark that stands in the data folder while the demo is built.
func (k *call) building() string { return filepath.Join(k.config.Data, "building-demo") }

// mustBuild tells whether the demo has to be built, clearing what an interrupted
// building left. It refuses a folder that holds something else.
func (k *call) mustBuild(ctx context.Context, sh shell, mark string) (bool, error) {
	if _, err := os.Stat(mark); err == nil {
		if k.config.Database != "" {
			return false, fault.Say(fault.Conflict, "上次建立示例没有完成。请清空数据库，删除 %s 后再运行", mark)
		}
		fmt.Fprintln(sh.out, "上次建立示例没有完成，重新开始。")
		clearFolder(k.config.Data)
		return true, nil
	}
	if k.config.Database == "" {
		_, err := os.Stat(filepath.Join(k.config.Data, "gongkai.db"))
		return errors.Is(err, os.ErrNotExist), nil
	}
	h, err := open(ctx, sh, k.config, dbOptions{})
	if err != nil {
		return false, err
	}
	defer h.close()
	return h.empty(ctx)
}

// buildDemo builds the district through the acts that people use, with a clock
// that the demo moves through the years.
func (k *call) buildDemo(ctx context.Context, sh shell, mark string) error {
	if err := os.MkdirAll(k.config.Data, 0o700); err != nil {
		return err
	}
	if err := os.WriteFile(mark, nil, 0o600); err != nil {
		return err
	}
	begun := sh.now()
	clock := demo.NewClock(begun)
	h, err := open(ctx, sh, k.config, dbOptions{bulk: true, plain: true, clock: clock.Now})
	if err != nil {
		return err
	}
	tell := k.progress(sh)
	err = demo.Build(ctx, demo.Deps{
		DB: h.db, Units: h.units, People: h.people, Inspections: h.inspections, Reviews: h.reviews, Items: h.items, Registers: h.registers, Reports: h.reports, Files: h.files, Queue: h.queue, Clock: clock,
	}, demo.Options{Years: k.number("years"), Items: k.number("items"), Progress: func(done, total int) { tell("建立示例", int64(done), int64(total)) }})
	if err == nil {
		_, err = h.ledger.Checkpoint(ctx)
	}
	if err == nil {
		err = h.db.Settle(ctx)
	}
	if err := errors.Join(err, h.close()); err != nil {
		return fmt.Errorf("建立示例：%w", err)
	}
	k.done(sh)
	fmt.Fprintf(sh.out, "示例已建立，用时 %s。\n", sh.now().Sub(begun).Round(100*time.Millisecond))
	return os.Remove(mark)
}
