package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"golang.org/x/term"

	"gongkai/internal/fault"
)

// noMigrations is the root of all schemas, which has no tables of its own.
type noMigrations struct{}

func (noMigrations) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrNotExist}
}

// extraFlags are the flags that only one command has.
var extraFlags = map[string]func(*flag.FlagSet){
	"demo": func(fs *flag.FlagSet) {
		fs.Int("years", 3, "示例信息覆盖的年数")
		fs.Int("items", 2000, "示例信息的条数")
		fs.Bool("build-only", false, "只建立示例，不启动服务")
		readyFile(fs)
	},
	"verify": func(fs *flag.FlagSet) {
		fs.String("backup", "", "同时与这个备份文件核对")
		fs.String("checkpoint", "", "以前在别处保存的检查点文件")
		fs.String("proof", "", "只核验从网页下载的证明文件")
		fs.String("entry", "", "与证明一起下载的存证条目文件")
		fs.String("record", "", "与证明一起下载的信息内容文件")
		fs.String("key", "", "存证公钥")
	},
	"import": func(fs *flag.FlagSet) {
		fs.String("unit", "", "归入的机构代号；不填按文件中的机关名称识别")
		fs.String("column", "", "归入的栏目；不填按内容识别")
		fs.String("parent", "", "新建机构时的上级机构代号")
		fs.String("from", "", "原来发布在哪里，写入存证；不填为文件名")
	},
	"user": func(fs *flag.FlagSet) {
		fs.String("login", "", "登录名")
		fs.String("name", "", "姓名")
		fs.String("unit", "", "机构代号")
		fs.String("role", "", "角色，如 publisher")
		fs.String("title", "", "token：令牌给哪个程序使用")
		fs.Int("days", 180, "token：有效多少天")
		fs.String("token", "", "untoken：令牌编号")
	},
	"report": func(fs *flag.FlagSet) {
		fs.String("last", "", "check：同一机关上一年的年报文件")
		fs.Bool("places", false, "read、check：在 JSON 中给出每个数字在文件中的位置")
	},
	"inspect": func(fs *flag.FlagSet) {
		fs.Bool("rules", false, "列出全部规则和测得的准确程度")
		fs.Bool("hints", false, "同时给出提示（C 级）")
		fs.Bool("certain", false, "只给出有确凿依据的（A 级）")
		fs.String("off", "", "不使用的规则或者类别，用逗号分开，如 typo,punct.half")
		fs.String("kind", "", "公示类别，如 relief（社会救助公示）")
		siteFlags(fs)
	},
	"mask": func(fs *flag.FlagSet) {
		fs.String("out", "", "副本放在哪个目录；不填放在原文件旁边")
		fs.Bool("clean", false, "同时清除批注、修订痕迹、隐藏内容、作者和拍摄信息")
		fs.String("kind", "", "公示类别，如 relief（社会救助公示）")
	},
	"workday": func(fs *flag.FlagSet) { fs.Bool("explain", false, "逐日说明") },
	"serve":   readyFile,
}

func readyFile(fs *flag.FlagSet) {
	fs.String("ready-file", "", "可以服务时写入实际地址的文件")
}

// text is the value of a flag of this command.
func (k *call) text(name string) string {
	if f := k.flags.Lookup(name); f != nil {
		return f.Value.String()
	}
	return ""
}

func (k *call) number(name string) int {
	n := 0
	fmt.Sscan(k.text(name), &n)
	return n
}

func (k *call) yes(name string) bool { return k.text(name) == "true" }

// openExisting opens an installation that must be there already.
func (k *call) openExisting(ctx context.Context, sh shell) (*house, error) {
	if k.config.Database == "" {
		if _, err := os.Stat(filepath.Join(k.config.Data, "gongkai.db")); err != nil {
			return nil, fault.Say(fault.NotFound, "数据目录 %s 中没有数据。请用 --data 指定，或者先运行 gongkai serve", k.config.Data)
		}
	}
	return open(ctx, sh, k.config, dbOptions{})
}

// progress shows how far long work is, on a terminal only.
func (k *call) progress(sh shell) func(what string, done, total int64) {
	f, ok := sh.err.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return func(string, int64, int64) {}
	}
	var last time.Time
	return func(what string, done, total int64) {
		if now := sh.now(); now.Sub(last) > 100*time.Millisecond {
			last = now
			if total > 0 {
				fmt.Fprintf(f, "\r\033[K%s %d/%d", what, done, total)
			} else {
				fmt.Fprintf(f, "\r\033[K%s", what)
			}
		}
	}
}

// done clears the line of progress.
func (k *call) done(sh shell) {
	if f, ok := sh.err.(*os.File); ok && term.IsTerminal(int(f.Fd())) {
		io.WriteString(f, "\r\033[K")
	}
}
