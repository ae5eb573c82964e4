package site

import (
	"bytes"
	"mime"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding/simplifiedchinese"
)

// decode turns a page into UTF-8. What the server and the page declare is tried
// only if the bytes do not decide; wrong tells that visitors see signs instead of
// characters, because what is declared is not what is sent.
func decode(body []byte, contentType string) (text string, wrong bool) {
	body = bytes.TrimPrefix(body, []byte("\xef\xbb\xbf"))
	declared := ""
	if _, params, err := mime.ParseMediaType(contentType); err == nil {
		declared = params["charset"]
	}
	head := body[:min(len(body), 1024)]
	if declared == "" {
		if m := metaCharset(head); m != "" {
			declared = m
		}
	}
	enc, name := charset.Lookup(declared)
	if bytes.HasPrefix(body, []byte{0xff, 0xfe}) || bytes.HasPrefix(body, []byte{0xfe, 0xff}) {
		if enc, _, _ = charset.DetermineEncoding(head, ""); enc != nil {
			out, _ := enc.NewDecoder().Bytes(body) // what does not decode becomes U+FFFD
			return string(out), false
		}
	}
	chinese := name == "gbk" || name == "gb18030" || name == "hz-gb-2312"
	if valid(body) {
		return strings.ToValidUTF8(string(body), "\ufffd"), chinese && !ascii(body)
	}
	if out, err := simplifiedchinese.GB18030.NewDecoder().Bytes(body); err == nil {
		if s := string(out); strings.Count(s, "\ufffd")*100 <= utf8.RuneCountInString(s) {
			return s, enc != nil && !chinese
		}
	}
	if enc != nil && name != "utf-8" && name != "windows-1252" {
		if out, err := enc.NewDecoder().Bytes(body); err == nil {
			return string(out), false
		}
	}
	return strings.ToValidUTF8(string(body), "\ufffd"), false
}

// valid tells UTF-8, a cut last character and a few damaged ones allowed.
func valid(b []byte) bool {
	good, bad := 0, 0
	for i := 0; i < len(b); {
		if b[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 {
			if !utf8.FullRune(b[i:]) {
				break
			}
			bad++
		} else {
			good++
		}
		i += n
	}
	return bad == 0 || bad*50 <= good
}

func ascii(b []byte) bool {
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

func metaCharset(head []byte) string {
	lower := strings.ToLower(string(head))
	i := strings.Index(lower, "charset")
	if i < 0 {
		return ""
	}
	rest := strings.TrimLeft(lower[i+len("charset"):], " =\"'")
	end := strings.IndexFunc(rest, func(r rune) bool { return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-' || r == '_') })
	if end < 0 {
		return rest
	}
	return rest[:end]
}
