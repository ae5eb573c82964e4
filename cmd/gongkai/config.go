package main

import (
	"flag"
	"fmt"
	"net/netip"
	"net/url"
	"path/filepath"
	"strings"
)

// Config is all that can be set. Each field can be given as a flag or as an
// environment variable; a flag counts before the variable, and every field has
// a value that is right for one machine.
type Config struct {
	// Data is the folder with everything the platform keeps: records, files,
	// keys. Back up this folder's content with gongkai backup, not by copying.
	Data string
	// Listen is the address to answer at. Only this machine can reach the
	// default; put a proxy with TLS in front for others.
	Listen string
	// Database is where the records are. "" means SQLite in the data folder;
	// otherwise a postgres:// address, which several processes may share.
	Database string
	// Site is the public address of the platform, such as
	// https://www.example.gov.cn. It names the ledger and stands in feeds and
	// maps. With https cookies are marked Secure.
	Site string
	// Proxies are the networks, separated by commas, whose X-Forwarded-For is
	// believed, such as 127.0.0.1/32.
	Proxies string
	// Workers is how many jobs run at once. 0 runs none: another process does.
	Workers int
	// Store is where uploaded files are. "" means the data folder; otherwise
	// s3://bucket/prefix at StoreAddress.
	Store string
	// StoreAddress is the address of the S3-compatible store.
	StoreAddress string
	// StoreKey and StoreSecret are its credentials. Give them by environment.
	StoreKey, StoreSecret string
	// Engine of the PDF reader keeps what it has compiled here. "" means a folder
	// in the data folder.
	Cache string
}

// setting describes a field for the command line.
type setting struct {
	name   string // of the flag; the variable is GONGKAI_NAME
	usage  string
	secret bool
	text   *string
	number *int
	value  string // default
}

func (c *Config) settings() []setting {
	return []setting{
		{name: "data", usage: "数据目录", text: &c.Data, value: "data"},
		{name: "listen", usage: "监听地址", text: &c.Listen, value: "127.0.0.1:8080"},
		{name: "database", usage: "数据库地址，postgres://…；不填用数据目录中的 SQLite", text: &c.Database, secret: true},
		{name: "site", usage: "对外网址，如 https://www.example.gov.cn", text: &c.Site},
		{name: "proxies", usage: "受信任的反向代理网段，逗号分隔", text: &c.Proxies},
		{name: "workers", usage: "同时执行的后台任务数，0 表示本进程不执行", number: &c.Workers, value: "2"},
		{name: "store", usage: "文件存储，s3://桶/前缀；不填存放在数据目录", text: &c.Store},
		{name: "store-address", usage: "对象存储的地址", text: &c.StoreAddress},
		{name: "store-key", usage: "对象存储的访问标识（建议用环境变量）", text: &c.StoreKey, secret: true},
		{name: "store-secret", usage: "对象存储的密钥（建议用环境变量）", text: &c.StoreSecret, secret: true},
		{name: "cache", usage: "PDF 读取程序的编译缓存目录", text: &c.Cache},
	}
}

func variable(flag string) string {
	return "GONGKAI_" + strings.ToUpper(strings.ReplaceAll(flag, "-", "_"))
}

// define adds the flags, with the environment as their defaults. Secrets are
// never shown as defaults.
func (c *Config) define(fs *flag.FlagSet, env func(string) string) {
	for _, s := range c.settings() {
		v := s.value
		if e := env(variable(s.name)); e != "" {
			v = e
		}
		if s.text != nil {
			fs.StringVar(s.text, s.name, v, s.usage)
			if s.secret {
				fs.Lookup(s.name).DefValue = ""
			}
			continue
		}
		n := 0
		fmt.Sscan(v, &n)
		fs.IntVar(s.number, s.name, n, s.usage)
	}
}

// dsn is the address of the records for db.Open.
func (c Config) dsn() string {
	if c.Database != "" {
		return c.Database
	}
	return "sqlite:" + filepath.Join(c.Data, "gongkai.db")
}

// check refuses what cannot work.
func (c Config) check() error {
	if c.Data == "" {
		return useError("数据目录不能为空，请用 --data 指定")
	}
	if c.Database != "" && !strings.HasPrefix(c.Database, "postgres://") && !strings.HasPrefix(c.Database, "postgresql://") {
		return useError("数据库地址应以 postgres:// 开头；使用 SQLite 时不需要填写")
	}
	if c.Site != "" {
		u, err := url.Parse(c.Site)
		if err != nil || (u.Scheme != "http" && u.Scheme != "https") || u.Host == "" || strings.Trim(u.Path, "/") != "" {
			return useError("对外网址应形如 https://www.example.gov.cn，不带路径")
		}
	}
	if _, err := c.proxies(); err != nil {
		return err
	}
	if c.Store != "" {
		if u, err := url.Parse(c.Store); err != nil || u.Scheme != "s3" || u.Host == "" || c.StoreAddress == "" {
			return useError("对象存储应写成 --store s3://桶/前缀 并用 --store-address 指定地址")
		}
	}
	return nil
}

func (c Config) proxies() ([]netip.Prefix, error) {
	var all []netip.Prefix
	for _, s := range strings.Split(c.Proxies, ",") {
		if s = strings.TrimSpace(s); s == "" {
			continue
		}
		p, err := netip.ParsePrefix(s)
		if err != nil {
			return nil, useError("受信任的代理“%s”应写成网段，如 10.0.0.0/8", s)
		}
		all = append(all, p)
	}
	return all, nil
}

// origin names the ledger: the public address without scheme.
func (c Config) origin() string {
	host := "gongkai.localhost"
	if u, err := url.Parse(c.Site); err == nil && u.Host != "" {
		host = u.Host
	}
	return host + "/ledger"
}

func (c Config) secure() bool { return strings.HasPrefix(c.Site, "https://") }
