package reading

import (
	"cmp"
	"slices"

	"gongkai/annualreport/form"
	claimed "gongkai/annualreport/prose"
	"gongkai/document"
)

// apart is how many code points without a figure end a table; labels of rows and
// columns are shorter.
const apart = 400

// Claims adds what the prose of a report claims in numbers. The text is that of
// the document part the report was read from; where its tables stand nothing is a
// claim. Reading leaves this out because adding many reports up does not need it.
func Claims(r *form.Report, text string) {
	var tables []claimed.Span
	for _, o := range r.Origins {
		if o.Part == document.PartDocument && o.End > o.Start {
			tables = append(tables, claimed.Span{Start: o.Start, End: o.End})
		}
	}
	slices.SortFunc(tables, func(a, b claimed.Span) int { return cmp.Compare(a.Start, b.Start) })
	joined := tables[:0]
	for _, t := range tables {
		if n := len(joined); n > 0 && t.Start-joined[n-1].End < apart {
			joined[n-1].End = max(joined[n-1].End, t.End)
			continue
		}
		joined = append(joined, t)
	}
	r.Claims = claimed.Claims(text, r.Form, joined...)
}
