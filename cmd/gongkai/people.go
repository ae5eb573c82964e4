package main

import (
	"context"
	"fmt"
	"strings"

	"gongkai/identity"
	"gongkai/org"
)

func peopleCommands() []command {
	return []command{{"user", "list | add | grant | reset | unlock | leave | token | tokens | untoken", "在服务器上管理人员账号（写入存证）",
		"  gongkai user add --login zhangs --name 张示例 --unit mj-jyj\n  gongkai user grant --login zhangs --role publisher --unit mj-jyj\n  gongkai user reset --login sysadmin\n  gongkai user token --login zhangs --title 网站群发布程序 --days 180\n  gongkai user untoken --token 01JK…", runUser}}
}

const userActs = "list、add、grant、reset、unlock、leave、token、tokens 或者 untoken"

func runUser(ctx context.Context, sh shell, k *call) error {
	if len(k.args) != 1 {
		return useError("请给出一个动作：" + userActs)
	}
	h, err := k.openExisting(ctx, sh)
	if err != nil {
		return err
	}
	defer h.close()
	by := identity.System("command-line")
	if k.args[0] == "list" {
		return h.listUsers(ctx, sh, k, by)
	}
	if k.args[0] == "untoken" {
		if k.text("token") == "" {
			return useError("请用 --token 给出令牌编号，用 gongkai user tokens 查看")
		}
		if err := h.people.EndToken(ctx, by, identity.TokenID(k.text("token"))); err != nil {
			return err
		}
		fmt.Fprintln(sh.out, "已收回接口令牌")
		return nil
	}
	login := k.text("login")
	if login == "" {
		return useError("请用 --login 给出登录名")
	}
	if k.args[0] == "add" {
		id, password, err := h.people.Create(ctx, by, login, identity.Details{Name: k.text("name"), Unit: org.ID(k.text("unit"))})
		if err != nil {
			return err
		}
		if err := h.people.Activate(ctx, by, id); err != nil {
			return err
		}
		fmt.Fprintf(sh.out, "已建立账号 %s，初始密码 %s（只显示这一次，登录后必须修改）\n", login, password.Reveal())
		return nil
	}
	p, err := h.people.ByLogin(ctx, by, login)
	if err != nil {
		return err
	}
	switch k.args[0] {
	case "grant":
		role := identity.Role(k.text("role"))
		if !role.Known() {
			var all []string
			for _, r := range identity.Roles() {
				all = append(all, string(r))
			}
			return useError("没有角色“%s”，可以是 %s", role, strings.Join(all, "、"))
		}
		if err := h.people.Grant(ctx, by, p.ID, role, org.ID(k.text("unit"))); err != nil {
			return err
		}
		fmt.Fprintf(sh.out, "已授予 %s %s角色\n", login, role.Title())
	case "reset":
		password, err := h.people.Reset(ctx, by, p.ID)
		if err != nil {
			return err
		}
		fmt.Fprintf(sh.out, "已重置 %s 的密码为 %s（只显示这一次，登录后必须修改）\n", login, password.Reveal())
	case "unlock":
		if err := h.people.Unlock(ctx, by, p.ID); err != nil {
			return err
		}
		fmt.Fprintf(sh.out, "已解锁 %s\n", login)
	case "token":
		t, secret, err := h.people.GiveToken(ctx, by, p.ID, k.text("title"), []identity.Right{identity.InspectionRead}, k.number("days"))
		if err != nil {
			return err
		}
		return k.show(sh, map[string]any{"id": t.ID, "token": secret.Reveal(), "until": t.Until},
			fmt.Sprintf("已为 %s 发放接口令牌 %s\n编号 %s，用于检查接口，%s前有效。令牌只显示这一次，请妥善保存",
				login, secret.Reveal(), t.ID, t.Until.In(beijing).Format("2006-01-02 15:04")))
	case "tokens":
		return h.listTokens(ctx, sh, k, by, p.ID)
	case "leave":
		if err := h.people.Leave(ctx, by, p.ID); err != nil {
			return err
		}
		fmt.Fprintf(sh.out, "已停用 %s\n", login)
	default:
		return useError("没有动作“%s”，可以是 %s", k.args[0], userActs)
	}
	return nil
}

func (h *house) listUsers(ctx context.Context, sh shell, k *call, by identity.Actor) error {
	all, err := h.everybody(ctx, by)
	if err != nil {
		return err
	}
	for _, p := range all {
		var roles []string
		for _, g := range p.Grants {
			roles = append(roles, string(g.Role)+"@"+string(g.Unit))
		}
		if k.json {
			if err := k.show(sh, map[string]any{"login": p.Login, "unit": p.Unit, "state": p.State, "roles": roles}, ""); err != nil {
				return err
			}
			continue
		}
		fmt.Fprintf(sh.out, "%-16s %-8s %-10s %s\n", p.Login, p.State, p.Unit, strings.Join(roles, " "))
	}
	return nil
}

// listTokens shows what programs act for a person. The secrets are not known.
func (h *house) listTokens(ctx context.Context, sh shell, k *call, by identity.Actor, id identity.ID) error {
	all, err := h.people.Tokens(ctx, by, id)
	if err != nil {
		return err
	}
	for _, t := range all {
		state := "有效"
		switch {
		case !t.Ended.IsZero():
			state = "已收回"
		case !t.Good(h.now()):
			state = "已过期"
		}
		line := fmt.Sprintf("%s %s %s 至 %s", t.ID, state, t.Title, t.Until.In(beijing).Format("2006-01-02"))
		if err := k.show(sh, map[string]any{"id": t.ID, "title": t.Title, "rights": t.Rights, "good": t.Good(h.now()), "until": t.Until}, line); err != nil {
			return err
		}
	}
	return nil
}

// everybody reads all people, a page at a time.
func (h *house) everybody(ctx context.Context, by identity.Actor) ([]identity.Person, error) {
	var all []identity.Person
	f := identity.Filter{Limit: 500}
	for {
		page, err := h.people.List(ctx, by, f)
		if err != nil {
			return nil, err
		}
		all = append(all, page...)
		if len(page) < f.Limit {
			return all, nil
		}
		f.After = page[len(page)-1].Login
	}
}
