package inspection

import (
	"strings"

	"gongkai/document"
	"gongkai/identity"
	"gongkai/inspection/rule"
	"gongkai/internal/db"
	"gongkai/ledger"
	"gongkai/org"
)

// A Piece is one subject's content as it is inspected.
type Piece struct {
	Subject string        // as in the ledger: "item/ID"
	Unit    org.ID        // whose it is and who must mend it
	Title   string        // for lists
	Address string        // where people read it, "/info/…"; "" while nobody can
	Digest  ledger.Digest // of exactly this content
	Public  bool          // it is what the public sees, no draft
	Authors []identity.ID // who wrote on it; none of them signs an exception for it
	File    *rule.File    // its parts; each has a name of its own
	Unread  []string      // Chinese: what of it could not be read
	Pending bool          // part of it is still being read: the report on it counts for nothing
}

// Names of the parts of a piece beside those document gives.
const (
	PartTitle    = "title"
	PartSummary  = "summary"
	PartCaptions = "captions" // alternative texts of pictures and names of tables, a line each
)

// AttachedPart names a part of an attachment.
func AttachedPart(file, part string) string { return file + partSign + part }

const partSign = "›"

// SplitPart undoes AttachedPart; file is "" for parts of the text itself.
func SplitPart(s string) (file, part string) {
	if i := strings.LastIndex(s, partSign); i >= 0 {
		return s[:i], s[i+len(partSign):]
	}
	return "", s
}

// PartName is the name of a part for people: "正文", "名录.xlsx，批注".
func PartName(s string) string {
	file, part := SplitPart(s)
	name, ok := partNames[part]
	switch {
	case file == "" && ok:
		return name
	case file == "":
		return part
	case part == document.PartDocument:
		return file
	case ok:
		return file + "，" + name
	}
	return file + "，" + part
}

var partNames = map[string]string{
	PartTitle: "标题", PartSummary: "内容概述", PartCaptions: "图片说明和表格名称", document.PartDocument: "正文", document.PartHeader: "页眉", document.PartFooter: "页脚",
	document.PartFootnote: "脚注", document.PartComment: "批注", document.PartHidden: "隐藏内容", document.PartDeleted: "修订中删除的内容",
	document.PartMetadata: "文件属性", document.PartMargin: "正文以外", document.PartDrawing: "图形", document.PartMarkup: "代码中的文字",
	document.PartEmbedded: "嵌入的文件", document.PartFormer: "以前的版本",
}

// Listed is one line of what a source has published.
type Listed struct {
	Subject string
	Unit    org.ID
	Digest  ledger.Digest
	Title   string
	Address string // where people read it
}

// A Source has texts to inspect. The pillars that publish something offer one;
// inspection knows none of them.
type Source interface {
	// Prefix is what the subjects begin with: "item" for "item/ID".
	Prefix() string
	// Published lists what the public sees, by subject, from the one after the given
	// subject on, at most n. It is cheap: texts are not read.
	Published(tx *db.Tx, after string, n int) ([]Listed, error)
	// Shown is the content the public sees. It fails with NotFound when there is none.
	Shown(tx *db.Tx, subject string) (Piece, error)
	// Current is the content that is being worked on, or else the one the public sees.
	// It fails with NotFound when there is neither.
	Current(tx *db.Tx, subject string) (Piece, error)
}
