package publication

import (
	"encoding/json"
	"strings"

	"gongkai/document"
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
	return c.Title + "\n" + c.Summary + "\n" + document.Text(c.Body)
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
