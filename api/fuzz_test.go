package api

import (
	"bytes"
	"net/http"
	"net/http/httptest"
	"testing"
	"unicode/utf8"

	"gongkai/internal/fault"
	"gongkai/internal/web"
)

// FuzzReceive sends bodies of any type: each is refused with a sentence or a status,
// or gives a text within the bounds whose words are UTF-8.
func FuzzReceive(f *testing.F) {
	const form = "multipart/form-data; boundary=b"
	for _, s := range []struct{ kind, body string }{
		{"text/plain; charset=utf-8", "正文"}, {"text/html", "<p>正文"}, {"application/json", `{"text":"正文","title":"题","name":"a/b\\c.txt","kind":"relief","date":"2026-01-05","own":false}`},
		{"application/json", `{"html":"\ud800","own":null}{}`}, {"application/json", `{"text":"a","html":"b"}`}, {"application/octet-stream", "%PDF-1.7"}, {"text/plain; charset=\"", "\xff\xfe"},
		{form, "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.txt\"\r\n\r\n正文\r\n--b\r\nContent-Disposition: form-data; name=title\r\n\r\n\xff\r\n--b--"},
		{form, "--b\r\nContent-Disposition: form-data; name=file\r\n\r\n"}, {"multipart/form-data; boundary=" + string(bytes.Repeat([]byte("x"), 100)), ""},
	} {
		f.Add(s.kind, []byte(s.body))
	}
	f.Fuzz(func(t *testing.T, kind string, body []byte) {
		r := httptest.NewRequest(http.MethodPost, Root+"/inspect", bytes.NewReader(body))
		r.Header.Set("Content-Type", kind)
		s, err := receive(r)
		if err != nil {
			if fault.Sentence(err) == "" && web.StatusOf(err) == http.StatusInternalServerError {
				t.Fatalf("receive(%q, %q) = %v, which nobody can understand", kind, body, err)
			}
			return
		}
		if len(s.body) == 0 || s.name == "" || !utf8.ValidString(s.title) || !utf8.ValidString(s.name) || s.plain && !utf8.Valid(s.body) {
			t.Fatalf("receive(%q, %q) = %+v", kind, body, s)
		}
	})
}
