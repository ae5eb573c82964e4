package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"gongkai/inspection/engine"
	"gongkai/inspection/masking"
	"gongkai/internal/fault"
)

func maskCommands() []command {
	return []command{{"mask", "文件或者目录…", "把文件中的个人信息隐去，另存副本并复查",
		"  gongkai mask 名单.xlsx                     得到 名单（已隐去）.xlsx\n  gongkai mask --clean --out 可公开 公示/\n  gongkai mask --kind relief --json 低保公示.docx", runMask}}
}

// A masked is what became of one file.
type masked struct {
	made masking.Made
	to   string
	err  error
}

func runMask(ctx context.Context, sh shell, k *call) error {
	if len(k.args) == 0 {
		return useError("请给出要隐去个人信息的文件或者目录")
	}
	if err := k.knownKind(); err != nil {
		return err
	}
	sources, err := sourcesOf(k.args, func(string) bool { return true })
	if err != nil {
		return err
	}
	reader, err := k.reader()
	if err != nil {
		return err
	}
	e := engine.Standard()
	o := masking.Options{Clean: k.yes("clean"), Kind: k.text("kind")}
	tell, n, bad := k.progress(sh), int64(0), false
	err = eachFile(ctx, sources, func(ctx context.Context, s source) masked {
		return maskFile(ctx, reader, e, s, k.text("out"), o)
	}, func(s source, m masked) error {
		n++
		tell("隐去", n, int64(len(sources)))
		bad = bad || m.err != nil || len(m.made.Left) > 0
		k.done(sh)
		if k.json {
			_, err := sh.out.Write(maskLine(s, m))
			return err
		}
		if m.err != nil {
			fmt.Fprintf(sh.err, "%s：%s\n", s.name, sayFile(m.err))
			return nil
		}
		return printMasked(sh.out, s, m)
	})
	k.done(sh)
	if err == nil && bad {
		return errFinding
	}
	return err
}

// maskFile writes the copy of one file beside it, or below out. A copy that is
// there already is not written over.
func maskFile(ctx context.Context, reader masking.Reader, e *engine.Engine, s source, out string, o masking.Options) (m masked) {
	data, err := s.load()
	if err != nil {
		return masked{err: err}
	}
	if m.made, err = masking.Make(ctx, reader, masking.With(e), s.name, data, o); err != nil {
		return masked{err: err}
	}
	ext := filepath.Ext(s.path)
	m.to = strings.TrimSuffix(s.path, ext) + "（已隐去）" + ext
	if out != "" {
		m.to = filepath.Join(out, filepath.FromSlash(s.name))
	}
	if err := os.MkdirAll(filepath.Dir(m.to), 0o755); err != nil {
		return masked{err: fault.Say(fault.Forbidden, "建不了目录 %s，请检查权限", filepath.Dir(m.to))}
	}
	f, err := os.OpenFile(m.to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o644)
	if err != nil {
		if os.IsExist(err) {
			return masked{err: fault.Say(fault.Conflict, "%s 已经存在，没有覆盖；请先移走或者换一个 --out 目录", m.to)}
		}
		return masked{err: fault.Say(fault.Forbidden, "写不了文件 %s，请检查权限", m.to)}
	}
	_, err = f.Write(m.made.Data)
	if e := f.Close(); err == nil {
		err = e
	}
	if err != nil {
		os.Remove(m.to)
		return masked{err: fault.Say(fault.Invalid, "文件 %s 没有写完，请检查磁盘空间", m.to)}
	}
	return m
}

func maskLine(s source, m masked) []byte {
	type edit struct {
		Rule string `json:"rule"`
		Part string `json:"part"`
		Cell string `json:"cell"`
		Page int    `json:"page"`
		Was  string `json:"was"`
		Now  string `json:"now"`
	}
	line := struct {
		File    string   `json:"file"`
		To      string   `json:"to"`
		Edits   []edit   `json:"edits"`
		Cleaned []string `json:"cleaned"`
		Left    int      `json:"left"`
		Unread  []int    `json:"unread"` // pages that are pictures: nobody has looked at them
		Error   string   `json:"error,omitempty"`
	}{File: s.name, To: m.to, Edits: []edit{}, Cleaned: append([]string{}, m.made.Cleaned...), Left: len(m.made.Left), Unread: append([]int{}, m.made.Blind...)}
	for _, e := range m.made.Edits {
		line.Edits = append(line.Edits, edit(e))
	}
	if m.err != nil {
		line.Error = sayFile(m.err)
	}
	return append(appendJSON(nil, line), '\n')
}

// printMasked tells a person what was done to a file.
func printMasked(w io.Writer, s source, m masked) error {
	fmt.Fprintf(w, "%s：隐去%d处，另存为 %s\n", s.name, len(m.made.Edits), m.to)
	for i, e := range m.made.Edits {
		if i == 20 {
			fmt.Fprintf(w, "  ……其余%d处见 --json\n", len(m.made.Edits)-i)
			break
		}
		now := e.Now
		if now == "" {
			now = "（删去）"
		}
		fmt.Fprintf(w, "  %s%s → %s\n", where(e), e.Was, now)
	}
	if len(m.made.Cleaned) > 0 {
		fmt.Fprintf(w, "  同时清除：%s\n", strings.Join(m.made.Cleaned, "、"))
	}
	for _, page := range m.made.Blind {
		fmt.Fprintf(w, "  第%d页有图片，读不出图片里的文字，请人工核对\n", page)
	}
	if len(m.made.Left) == 0 {
		_, err := fmt.Fprintln(w, "  复查：没有再发现个人信息")
		return err
	}
	fmt.Fprintf(w, "  复查：还有%d处需要人工处理\n", len(m.made.Left))
	for _, f := range m.made.Left {
		if _, err := fmt.Fprintf(w, "    %s %s（%s）\n", place(f), f.Message, f.Rule); err != nil {
			return err
		}
	}
	return nil
}

func where(e masking.Edit) string {
	s := ""
	if e.Part != "" && e.Part != "document" {
		s = e.Part + " "
	}
	if e.Cell != "" {
		s += e.Cell + " "
	}
	return s
}
