package publication

import (
	"encoding/json"
	"strings"

	"gongkai/inspection"
	"gongkai/internal/db"
)

// Written makes Inspected an inspection.Writer: title, summary and text of what the
// public sees, as the office wrote them.
func (s *Inspected) Written(tx *db.Tx, after string, n int) ([]inspection.Written, error) {
	return publicContents(tx, strings.TrimPrefix(after, s.Prefix()+"/"), n)
}

// written is the words of a content, as its row has it; "" if it is damaged, which is
// for the keeper of the records to find.
func written(content string) string {
	var c struct{ Title, Summary, Body string }
	if json.Unmarshal([]byte(content), &c) != nil {
		return ""
	}
	return c.Title + "\n" + c.Summary + "\n" + plain(c.Body)
}

// plain is the text of clean HTML for counting its phrases, at a tenth of what
// document.Text costs: what stands in a line there stands in a line here, and nothing
// more is asked of it. Entities are no words.
func plain(body string) string {
	var b strings.Builder
	b.Grow(len(body))
	for {
		text, rest, tag := strings.Cut(body, "<")
		b.WriteString(text)
		if !tag {
			return b.String()
		}
		name, after, _ := strings.Cut(rest, ">")
		name, _, _ = strings.Cut(strings.TrimPrefix(name, "/"), " ")
		if !inline[name] {
			b.WriteByte('\n')
		}
		body = after
	}
}

// inline are the elements that do not end a word.
var inline = map[string]bool{
	"a": true, "b": true, "strong": true, "i": true, "em": true, "u": true, "s": true, "span": true, "sub": true, "sup": true,
	"small": true, "mark": true, "font": true, "code": true,
}

// Terms are what the house calls its columns, kinds and classes of information: names
// that no rule on spelling may doubt.
func Terms() []string {
	var all []string
	for _, c := range columns {
		all = append(all, c.Name)
	}
	for _, k := range kinds {
		all = append(all, k.Name)
	}
	for _, t := range themes {
		all = append(all, t.Name)
	}
	return all
}
