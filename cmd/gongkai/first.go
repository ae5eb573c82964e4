package main

import (
	"context"
	"crypto/rand"
	"fmt"

	"gongkai/demo"
	"gongkai/identity"
	"gongkai/internal/fault"
	"gongkai/org"
)

var randomness = rand.Reader

// rootUnit is the government that an empty installation begins with. The system
// administrator gives it its name.
const rootUnit org.ID = "root"

// first makes an empty installation usable: a government to be named, and the
// three administrators with passwords that are good once.
func (h *house) first(ctx context.Context, sh shell) error {
	empty, err := h.empty(ctx)
	if err != nil || !empty {
		return err
	}
	if err := h.units.Add(ctx, identity.System("first"), org.Unit{
		ID: rootUnit, Kind: org.Government, Name: "本级人民政府", Short: "本级政府", Active: true,
	}); err != nil {
		return err
	}
	admins, err := h.people.Bootstrap(ctx, identity.System("first"), rootUnit)
	if err != nil {
		return err
	}
	fmt.Fprintln(sh.out, "首次启动，已建立三个管理员账号。初始密码只显示这一次，登录后必须修改：")
	for _, a := range admins {
		fmt.Fprintf(sh.out, "  %-11s %s  %s\n", a.Login, a.Password.Reveal(), a.Role.Title())
	}
	return nil
}

func runDemo(ctx context.Context, sh shell, k *call) error {
	if len(k.args) > 0 {
		return useError("demo 不需要“%s”，用 --help 查看用法", k.args[0])
	}
	if err := k.config.check(); err != nil {
		return err
	}
	if n := k.number("items"); n < 1 || n > 100000 {
		return useError("示例信息的条数应在1到100000之间")
	}
	if n := k.number("years"); n < 1 || n > 10 {
		return useError("示例信息的年数应在1到10之间")
	}
	h, err := k.demoHouse(ctx, sh)
	if err != nil {
		return err
	}
	defer h.close()
	if k.yes("build-only") {
		return nil
	}
	fmt.Fprintln(sh.out, "\n示例市明镜区（虚构）的登录账号：")
	for _, l := range demo.Logins() {
		fmt.Fprintf(sh.out, "  %-12s %s  %s\n", l.Login, l.Password, l.What)
	}
	fmt.Fprintln(sh.out)
	return h.serve(ctx, sh, k)
}

// demoHouse opens the demo, building it when the folder holds nothing. Building
// that was cut short left a mark behind and begins anew.
func (k *call) demoHouse(ctx context.Context, sh shell) (*house, error) {
	mark := k.building()
	begin, err := k.mustBuild(ctx, sh, mark)
	if err != nil {
		return nil, err
	}
	if begin {
		if err := k.buildDemo(ctx, sh, mark); err != nil {
			return nil, err
		}
	}
	h, err := open(ctx, sh, k.config, dbOptions{})
	if err != nil {
		return nil, err
	}
	t, err := h.units.Tree(ctx)
	if err != nil {
		h.close()
		return nil, err
	}
	if _, err := t.Get(demo.Root); err != nil {
		h.close()
		return nil, fault.Say(fault.Conflict, "数据目录 %s 中是正式数据，不是示例。请用 --data 换一个空目录", k.config.Data)
	}
	return h, nil
}
