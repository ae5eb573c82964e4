package ui

import (
	"strconv"
	"time"

	"gongkai/internal/web"
)

// FormView is what the fields need of a form; *web.Form is one.
type FormView interface {
	Value(name string) string
	Values(name string) []string
	Wrong(name string) string
}

var _ FormView = (*web.Form)(nil)

// Field is one question of a form. Templates make it with
// {{field .Form "title" "标题"}} and refine it in a pipe:
//
//	{{template "input" (field .Form "docno" "发文字号" | hint "如：明府发〔2026〕3号" | optional)}}
type Field struct {
	Name, Label string
	Hint        string // how to fill it in
	Why         string // why it is needed, with the article
	Wrong       string // what is wrong with it
	Value       string
	Values      []string
	Optional    bool
	Type        string // text, email, tel, password, search, number, date
	Rows        int    // of a textarea
	Narrow      int    // width in Han characters; zero is the full measure
	Options     []Option
	Accept      string // of an upload
	Many        bool   // several files
	Autofill    string // autocomplete token
	MaxBytes    int64  // of an upload, said in words
	Key         string // makes the id unique where two forms of a page have the same name
}

// Option is one choice of a select, radio or checkbox field.
type Option struct {
	Value, Text, Hint string
	Group             string // options with the same group stand together in a select
}

// NewField makes a field of a form, with what was typed and what is wrong.
func NewField(f FormView, name, label string) Field {
	fd := Field{Name: name, Label: label, Type: "text", Rows: 5}
	if f != nil {
		fd.Value, fd.Values, fd.Wrong = f.Value(name), f.Values(name), f.Wrong(name)
	}
	return fd
}

// ID is the field's id in the page; error summaries link to it.
func (f Field) ID() string { return "f-" + f.Name + f.Key }

// Sub is the id of the n-th option.
func (f Field) Sub(n int) string {
	if n == 0 {
		return f.ID()
	}
	return f.ID() + "-" + strconv.Itoa(n)
}

// DescribedBy lists the ids of the texts that explain the field.
func (f Field) DescribedBy() string {
	s := ""
	if f.Hint != "" {
		s += " " + f.ID() + "-hint"
	}
	if f.Why != "" {
		s += " " + f.ID() + "-why"
	}
	if f.Wrong != "" {
		s += " " + f.ID() + "-wrong"
	}
	if s == "" {
		return ""
	}
	return s[1:]
}

// DateType is "date" unless what was typed is not a date: a browser's date
// field would drop it, and nothing typed may be lost.
func (f Field) DateType() string {
	if _, err := time.Parse(time.DateOnly, f.Value); f.Value != "" && err != nil {
		return "text"
	}
	return "date"
}

// Has says whether an option is chosen.
func (f Field) Has(value string) bool {
	for _, v := range f.Values {
		if v == value {
			return true
		}
	}
	return len(f.Values) == 0 && value != "" && f.Value == value
}

// WidthClass turns Narrow into a class of the next larger step.
func (f Field) WidthClass() string {
	for _, n := range []int{4, 8, 12, 20} {
		if f.Narrow > 0 && f.Narrow <= n {
			return " w-" + strconv.Itoa(n)
		}
	}
	return ""
}

// OptionGroup is the options of one group of a select.
type OptionGroup struct {
	Title   string
	Options []Option
}

// Groups splits the options by their group, in order.
func (f Field) Groups() []OptionGroup {
	var out []OptionGroup
	for _, o := range f.Options {
		if n := len(out); n == 0 || out[n-1].Title != o.Group {
			out = append(out, OptionGroup{Title: o.Group})
		}
		out[len(out)-1].Options = append(out[len(out)-1].Options, o)
	}
	return out
}

func withHint(s string, f Field) Field        { f.Hint = s; return f }
func withWhy(s string, f Field) Field         { f.Why = s; return f }
func optional(f Field) Field                  { f.Optional = true; return f }
func typed(t string, f Field) Field           { f.Type = t; return f }
func rows(n int, f Field) Field               { f.Rows = n; return f }
func narrow(n int, f Field) Field             { f.Narrow = n; return f }
func choices(options []Option, f Field) Field { f.Options = options; return f }
func accept(types string, max int64, f Field) Field {
	f.Accept, f.MaxBytes = types, max
	return f
}
func many(f Field) Field                   { f.Many = true; return f }
func autofill(token string, f Field) Field { f.Autofill = token; return f }
func value(v string, f Field) Field {
	if f.Value == "" {
		f.Value, f.Values = v, []string{v}
	}
	return f
}
