package api

import (
	"encoding/json"
	"errors"
	"io"
	"mime"
	"mime/multipart"
	"net/http"
	"path"
	"strings"
	"time"
	"unicode/utf8"

	"gongkai/document"
	"gongkai/internal/fault"
	"gongkai/internal/web"
)

// sent is what a caller wants inspected, as it came.
type sent struct {
	name    string
	body    []byte
	plain   bool // the body is text as it is, in UTF-8
	title   string
	kind    string // of publication, see privacy.Profiles
	date    string // the text's own, "2026-01-05"
	foreign bool   // written by somebody else: wording and style are not judged
}

const nameless = "正文" // what an answer calls a text that has no file

// receive reads the body of a request by its type. It fails with Invalid, and
// with 413 and 415.
func receive(r *http.Request) (sent, error) {
	kind, params, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil {
		return sent{}, web.Status(http.StatusUnsupportedMediaType, sayType)
	}
	var s sent
	switch kind {
	case "text/plain":
		s, err = receiveText(r)
	case "text/html", "application/xhtml+xml":
		s, err = receiveText(r)
		s = s.asHTML()
	case "application/json":
		s, err = receiveJSON(r)
	case "multipart/form-data":
		s, err = receiveForm(r, params["boundary"])
	default:
		if !fileType(kind) {
			return sent{}, web.Status(http.StatusUnsupportedMediaType, sayType)
		}
		s.name = nameless
		s.body, err = io.ReadAll(http.MaxBytesReader(nil, r.Body, maxFile))
	}
	if err != nil {
		return sent{}, err
	}
	if len(s.body) == 0 {
		return sent{}, fault.Say(fault.Invalid, sayEmpty)
	}
	return s, nil
}

// fileType tells media types of files that are read whatever they turn out to be.
func fileType(kind string) bool {
	switch kind {
	case "application/octet-stream", "application/pdf", "application/msword", "application/ofd", "text/markdown":
		return true
	}
	return strings.HasPrefix(kind, "application/vnd.")
}

func receiveText(r *http.Request) (sent, error) {
	body, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, maxText))
	// Text that is not UTF-8 goes to the reader, which knows GB 18030.
	return sent{name: nameless, body: body, plain: utf8.Valid(body)}, err
}

// asHTML has the body read as a web page, though it be only a piece of one: what
// something is is judged by its content.
func (s sent) asHTML() sent {
	s.plain = false
	if len(s.body) > 0 && document.KindOf(s.name, s.body) != document.KindHTML {
		s.body = append([]byte("<!doctype html>\n"), s.body...)
	}
	return s
}

// posted is the JSON of a text to inspect.
type posted struct {
	Text  string `json:"text"`
	HTML  string `json:"html"`
	Title string `json:"title"`
	Name  string `json:"name"`
	Kind  string `json:"kind"`
	Date  string `json:"date"`
	Own   *bool  `json:"own"` // true if left out
}

func receiveJSON(r *http.Request) (sent, error) {
	b, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, 2*maxText)) // escapes double it at most
	if err != nil {
		return sent{}, err
	}
	if !utf8.Valid(b) {
		return sent{}, fault.Say(fault.Invalid, sayNotUTF8)
	}
	var p posted
	d := json.NewDecoder(strings.NewReader(string(b)))
	d.DisallowUnknownFields()
	if err := d.Decode(&p); err != nil {
		return sent{}, fault.Say(fault.Invalid, sayNotJSON)
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return sent{}, fault.Say(fault.Invalid, sayNotJSON)
	}
	if (p.Text == "") == (p.HTML == "") {
		return sent{}, fault.Say(fault.Invalid, sayNoText)
	}
	if len(p.Text) > maxText || len(p.HTML) > maxText {
		return sent{}, web.Status(http.StatusRequestEntityTooLarge, "")
	}
	s := sent{name: nameless, body: []byte(p.Text), plain: true}
	if p.HTML != "" {
		s = sent{name: nameless, body: []byte(p.HTML)}.asHTML()
	}
	return s, s.tell(p)
}

// tell fills in what is known beside the body.
func (s *sent) tell(p posted) error {
	switch {
	case !utf8.ValidString(p.Title + p.Name + s.name):
		return fault.Say(fault.Invalid, sayFieldNotUTF8)
	case len(p.Title) > maxTitle:
		return fault.Say(fault.Invalid, sayLongTitle)
	}
	if p.Name != "" {
		s.name = path.Base(strings.ReplaceAll(p.Name, `\`, "/"))
	}
	s.title, s.kind, s.date = p.Title, p.Kind, p.Date
	s.foreign = p.Own != nil && !*p.Own
	if p.Date != "" {
		if _, err := time.Parse(time.DateOnly, p.Date); err != nil {
			return fault.Say(fault.Invalid, sayDate)
		}
	}
	return nil
}

// receiveForm reads a form with one file, in memory: nothing of it touches a disk
// before the reader asks for it.
func receiveForm(r *http.Request, boundary string) (sent, error) {
	if boundary == "" {
		return sent{}, fault.Say(fault.Invalid, sayMultipart)
	}
	var s sent
	var p posted
	files := 0
	for mr := multipart.NewReader(http.MaxBytesReader(nil, r.Body, maxFile+1<<19), boundary); ; {
		part, err := mr.NextPart()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return sent{}, formError(err)
		}
		b, err := io.ReadAll(part)
		if err != nil {
			return sent{}, formError(err)
		}
		v := strings.TrimSpace(string(b))
		switch part.FormName() {
		case "file":
			files++
			s.body, s.name = b, part.FileName()
		case "title":
			p.Title = v
		case "kind":
			p.Kind = v
		case "date":
			p.Date = v
		case "own":
			own := v != "0" && v != "false"
			p.Own = &own
		}
	}
	switch {
	case files == 0:
		return sent{}, fault.Say(fault.Invalid, sayNoFile)
	case files > 1:
		return sent{}, fault.Say(fault.Invalid, sayOneFile)
	case len(s.body) > maxFile:
		return sent{}, web.Status(http.StatusRequestEntityTooLarge, "")
	}
	if s.name == "" {
		s.name = nameless
	}
	return s, s.tell(p)
}

func formError(err error) error {
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return err
	}
	return fault.Say(fault.Invalid, sayMultipart)
}
