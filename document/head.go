package document

import "strings"

// WithoutHead leaves out the lines of a red head that stand before the text and
// say what a page prints by itself: the name of the issuer as …文件, and the
// number alone. Whatever else stands there stays.
func (d Doc) WithoutHead(p Proposal) Doc {
	const most = 6 // a head is never further down
	var kept []Block
	for i, b := range d.Blocks {
		if i < most && b.headLine(p) {
			continue
		}
		kept = append(kept, b)
	}
	d.Blocks = kept
	return d
}

func (b Block) headLine(p Proposal) bool {
	if b.Kind != Heading && b.Kind != Paragraph {
		return false
	}
	var s strings.Builder
	for _, r := range b.Runs {
		if r.Image != nil || r.Note != 0 {
			return false
		}
		s.WriteString(r.Text)
	}
	line := strings.Join(strings.Fields(s.String()), "")
	if line == "" {
		return false
	}
	if no, ok := NormalDocNo(line); ok && no == p.DocNo.Value {
		return true
	}
	return p.Issuer.Value != "" && line == strings.Join(strings.Fields(p.Issuer.Value), "")+"文件"
}
