package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"gongkai/document"
	"gongkai/internal/fault"
)

// version is set by the linker.
var version = "unversioned"

func main() {
	document.ChildMain() // this program reads untrusted files in a child of itself
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, shell{in: os.Stdin, out: os.Stdout, err: os.Stderr, env: os.Getenv, now: time.Now}, os.Args[1:]))
}

// shell is the world of a command.
type shell struct {
	in  io.Reader
	out io.Writer
	err io.Writer
	env func(string) string
	now func() time.Time
}

// command is one command of the program.
type command struct {
	name    string
	args    string // what follows the flags, for the help
	short   string // one line
	example string
	run     func(ctx context.Context, sh shell, c *call) error
}

// call is one use of a command: its flags, parsed.
type call struct {
	flags  *flag.FlagSet
	config Config
	json   bool
	args   []string
}

// errUse is a wrong use of the command line: exit status 2.
type errUse struct{ say string }

func (e errUse) Error() string { return e.say }

func useError(format string, args ...any) error { return errUse{fmt.Sprintf(format, args...)} }

// errFinding is a negative finding that has been printed already: exit status 1.
var errFinding = errors.New("finding")

func commands() []command {
	return slices.Concat(serveCommands(), moveCommands(), keepCommands(), peopleCommands(), reportCommands(), inspectCommands(), maskCommands(), smallCommands())
}

// run runs one command and returns the exit status.
func run(ctx context.Context, sh shell, args []string) int {
	if len(args) == 0 || args[0] == "help" || args[0] == "--help" || args[0] == "-h" {
		usage(sh.out)
		if len(args) == 0 {
			return 2
		}
		return 0
	}
	if args[0] == "--version" || args[0] == "version" {
		fmt.Fprintln(sh.out, "gongkai", version)
		return 0
	}
	for _, c := range commands() {
		if c.name == args[0] {
			return runOne(ctx, sh, c, args[1:])
		}
	}
	fmt.Fprintf(sh.err, "gongkai: 没有命令 %s，运行 gongkai --help 查看全部命令\n", args[0])
	return 2
}

func runOne(ctx context.Context, sh shell, c command, args []string) int {
	k := &call{flags: flag.NewFlagSet(c.name, flag.ContinueOnError)}
	k.flags.SetOutput(io.Discard)
	k.config.define(k.flags, sh.env)
	k.flags.BoolVar(&k.json, "json", false, "每行输出一个 JSON 值")
	if define, ok := extraFlags[c.name]; ok {
		define(k.flags)
	}
	err := k.parse(args)
	if errors.Is(err, flag.ErrHelp) {
		c.help(sh.out, k.flags)
		return 0
	}
	if err == nil {
		err = c.run(ctx, sh, k)
	}
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errFinding):
		return 1
	}
	say := fault.Sentence(err)
	if say == "" {
		say = err.Error()
	}
	fmt.Fprintf(sh.err, "gongkai %s: %s\n", c.name, strings.ReplaceAll(say, "\n", " "))
	if _, ok := errors.AsType[errUse](err); ok {
		return 2
	}
	return 1
}

// parse reads flags and arguments in any order, so that "report read a.txt
// --json" works as people write it. A lone +20 or -20 is an argument.
func (k *call) parse(args []string) error {
	for len(args) > 0 {
		if isNumber(args[0]) {
			k.args, args = append(k.args, args[0]), args[1:]
			continue
		}
		if err := k.flags.Parse(args); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				return err
			}
			return useError("%s，用 --help 查看用法", flagProblem(err))
		}
		rest := k.flags.Args()
		if len(rest) == 0 {
			return nil
		}
		if len(args) > len(rest) && args[len(args)-len(rest)-1] == "--" {
			k.args = append(k.args, rest...)
			return nil
		}
		k.args, args = append(k.args, rest[0]), rest[1:]
	}
	return nil
}

func isNumber(s string) bool {
	s, ok := strings.CutPrefix(s, "-")
	return ok && s != "" && strings.Trim(s, "0123456789") == ""
}

// flagProblem puts what the flag package says into words for the reader.
func flagProblem(err error) string {
	s := err.Error()
	if name, ok := strings.CutPrefix(s, "flag provided but not defined: "); ok {
		return "没有参数 " + name
	}
	if name, ok := strings.CutPrefix(s, "flag needs an argument: "); ok {
		return "参数 " + name + " 后面缺少内容"
	}
	return "参数不正确（" + s + "）"
}

func usage(w io.Writer) {
	fmt.Fprint(w, "gongkai：政府信息公开工作平台\n\n用法：gongkai 命令 [参数]\n\n命令：\n")
	for _, c := range commands() {
		fmt.Fprintf(w, "  %-9s %s\n", c.name, c.short)
	}
	fmt.Fprint(w, "\n每个命令都可以加 --help 查看用法和示例，例如：gongkai serve --help\n")
}

func (c command) help(w io.Writer, fs *flag.FlagSet) {
	fmt.Fprintf(w, "%s\n\n用法：gongkai %s [参数] %s\n\n参数：\n", c.short, c.name, c.args)
	fs.VisitAll(func(f *flag.Flag) {
		def := ""
		if f.DefValue != "" && f.DefValue != "false" {
			def = "（默认 " + f.DefValue + "）"
		}
		fmt.Fprintf(w, "  --%-16s %s%s\n", f.Name, f.Usage, def)
	})
	fmt.Fprintf(w, "\n示例：\n%s\n", c.example)
}
