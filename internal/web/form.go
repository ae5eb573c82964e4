package web

import (
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"gongkai/internal/fault"
)

// Form is what a person typed and what is wrong with it. It is shown again as
// it was when something is missing: nothing typed is lost.
type Form struct {
	values   url.Values
	files    map[string][]*multipart.FileHeader
	problems []fault.Problem
}

// formMemory is how much of an upload is held in memory; the rest waits on disk.
const formMemory = 1 << 20

// ReadForm reads the fields of a post, urlencoded or multipart, with the files
// of an upload. It fails with Invalid when the body is broken and with 413 when
// it is larger than the route allows.
func ReadForm(r *http.Request) (*Form, error) {
	var err error
	if strings.HasPrefix(r.Header.Get("Content-Type"), "multipart/") {
		err = r.ParseMultipartForm(formMemory)
	} else {
		err = r.ParseForm()
	}
	if err != nil {
		var mb *http.MaxBytesError
		if errors.As(err, &mb) {
			return nil, fmt.Errorf("read form: %w", err)
		}
		return nil, fault.Say(fault.Invalid, sayBadForm)
	}
	f := &Form{values: r.PostForm}
	if r.Method == http.MethodGet || r.Method == http.MethodHead {
		f.values = r.Form
	}
	if r.MultipartForm != nil {
		f.files = r.MultipartForm.File
	}
	return f, nil
}

// NewForm makes a form from values at hand, to show one for the first time.
func NewForm(values url.Values) *Form {
	if values == nil {
		values = url.Values{}
	}
	return &Form{values: values}
}

// Set puts a value in, replacing what was there.
func (f *Form) Set(name string, values ...string) *Form { f.values[name] = values; return f }

// Value returns what was typed, as it was typed.
func (f *Form) Value(name string) string {
	if f == nil {
		return ""
	}
	return f.values.Get(name)
}

// Values returns all values of a field, such as ticked boxes.
func (f *Form) Values(name string) []string {
	if f == nil {
		return nil
	}
	return f.values[name]
}

// Text returns what was typed without the space around it and with line ends
// as one character.
func (f *Form) Text(name string) string {
	s := strings.ReplaceAll(f.Value(name), "\r\n", "\n")
	return strings.Trim(s, " \t\n\u3000\u00a0")
}

// Ticked says whether a box with this value is ticked.
func (f *Form) Ticked(name, value string) bool {
	for _, v := range f.Values(name) {
		if v == value {
			return true
		}
	}
	return false
}

// Int returns a whole number; zero for an empty field. Anything else notes a
// problem.
func (f *Form) Int(name string) int64 {
	s := f.Text(name)
	if s == "" {
		return 0
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		f.Problem(name, sayNotNumber)
	}
	return n
}

// Date returns a date as YYYY-MM-DD; empty for an empty field. Anything that is
// not a day of the calendar notes a problem.
func (f *Form) Date(name string) string {
	s := strings.NewReplacer("年", "-", "月", "-", "日", "", "/", "-", ".", "-").Replace(f.Text(name))
	if s == "" {
		return ""
	}
	t, err := time.Parse("2006-1-2", s)
	if err != nil {
		f.Problem(name, sayNotDate)
		return ""
	}
	return t.Format(time.DateOnly)
}

// Need returns Text and notes the problem if it is empty.
func (f *Form) Need(name, say string) string {
	s := f.Text(name)
	if s == "" {
		f.Problem(name, say)
	}
	return s
}

// Problem notes what is wrong with a field, in a sentence that says what to do.
func (f *Form) Problem(name, say string) {
	f.problems = append(f.problems, fault.Problem{Field: name, Say: say})
}

// Take notes the field problems an act has found, and says whether err was of
// that kind; other errors are left to the caller.
func (f *Form) Take(err error) bool {
	if fault.KindOf(err) != fault.Invalid {
		return false
	}
	ps := fault.Fields(err)
	if len(ps) == 0 {
		ps = []fault.Problem{{Say: fault.Sentence(err)}}
	}
	f.problems = append(f.problems, ps...)
	return true
}

// Err returns all problems as one Invalid error, nil if there are none.
func (f *Form) Err() error { return fault.Problems(f.problems...) }

// Problems returns what is wrong, in the order it was found.
func (f *Form) Problems() []Problem {
	if f == nil {
		return nil
	}
	out := make([]Problem, len(f.problems))
	for i, p := range f.problems {
		out[i] = Problem{p.Field, p.Say}
	}
	return out
}

// Wrong returns what is wrong with one field, or "".
func (f *Form) Wrong(name string) string {
	if f == nil {
		return ""
	}
	for _, p := range f.problems {
		if p.Field == name {
			return p.Say
		}
	}
	return ""
}

// Upload is one file of a form.
type Upload struct {
	Name string // the file's own name, without folders
	Size int64
	head *multipart.FileHeader
}

// Open gives the content. The caller closes it.
func (u Upload) Open() (io.ReadSeekCloser, error) {
	f, err := u.head.Open()
	if err != nil {
		return nil, fmt.Errorf("open upload: %w", err)
	}
	return f, nil
}

// Bytes returns the whole content.
func (u Upload) Bytes() ([]byte, error) {
	f, err := u.Open()
	if err != nil {
		return nil, err
	}
	defer f.Close()
	b, err := io.ReadAll(f)
	if err != nil {
		return nil, fmt.Errorf("read upload: %w", err)
	}
	return b, nil
}

// Uploads returns the files of a field. It fails with Invalid when there are
// more than most or one is larger than size bytes. Empty choices are left out.
func (f *Form) Uploads(name string, most int, size int64) ([]Upload, error) {
	var out []Upload
	for _, h := range f.files[name] {
		if h.Filename == "" {
			continue
		}
		base := h.Filename[strings.LastIndexAny(h.Filename, `/\`)+1:]
		if h.Size > size {
			return nil, fault.Problems(fault.Problem{Field: name, Say: fmt.Sprintf(sayFileTooBig, base, Size(h.Size), Size(size))})
		}
		out = append(out, Upload{Name: base, Size: h.Size, head: h})
	}
	if len(out) > most {
		return nil, fault.Problems(fault.Problem{Field: name, Say: fmt.Sprintf(sayTooManyFile, most)})
	}
	return out, nil
}
