package annualreport

import (
	"time"

	"gongkai/annualreport/paper"
	"gongkai/identity"
	"gongkai/internal/fault"
)

// A Text is the prose of a report as its source: the paragraphs before chapter
// one and the six chapters, with figures bound to their cells.
type Text struct {
	Intro    []string        `json:"intro"`
	Chapters []paper.Chapter `json:"chapters"`
}

// A TextVersion is prose that was kept.
type TextVersion struct {
	Report ID
	N      int
	Text   Text
	By     identity.ID
	At     time.Time
	Note   string // how it came about: 自动起草, 修改, 恢复第3版
}

// check refuses prose that has not its six chapters in order.
func (t Text) check() error {
	if len(t.Chapters) != 6 {
		return fault.Problems(fault.Problem{Field: "text", Say: sayChapters})
	}
	for i, c := range t.Chapters {
		if c.Number != i+1 {
			return fault.Problems(fault.Problem{Field: "text", Say: sayChapters})
		}
	}
	return nil
}
