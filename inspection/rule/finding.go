package rule

import (
	"encoding/json"
	"strconv"
)

// Tier is the kind of evidence behind a finding.
type Tier string

// The tiers.
const (
	A Tier = "A" // a dictionary or arithmetic proves it; may block
	B Tier = "B" // statistics suspect it; never blocks
	C Tier = "C" // a hint; off unless asked for
)

// Severity says what a finding asks for.
type Severity string

// The severities.
const (
	Block   Severity = "block"   // must be mended, or excepted with a signature, before publication
	Error   Severity = "error"   // wrong
	Suspect Severity = "suspect" // probably wrong; a person decides
	Hint    Severity = "hint"    // could be better
)

// A Finding is one thing a person should look at.
type Finding struct {
	Rule     string // "typo.dict"
	Tier     Tier
	Severity Severity

	Start, End int    // code points into the text of Part, End exclusive
	Text       string // what stands there, personal data too: whoever shows or keeps it masks it
	Suggest    []string

	Message    string  // what is wrong, in plain Chinese
	Source     string  // what the rule rests on
	Confidence float64 // 0 to 1

	Part string // "document", "header", "comment", "hidden", "metadata", a sheet's name …
	Cell string // "B7"; "" outside tables
	Page int    // 0 where unknown

	// Count is how many places a finding about the whole text stands for, 0 and 1
	// mean this one.
	Count int
}

// AppendJSON writes the finding as the contract has it.
func (f Finding) AppendJSON(b []byte) []byte {
	b = appendText(append(b, `{"rule":`...), f.Rule)
	b = appendText(append(b, `,"tier":`...), string(f.Tier))
	b = appendText(append(b, `,"severity":`...), string(f.Severity))
	b = strconv.AppendInt(append(b, `,"start":`...), int64(f.Start), 10)
	b = strconv.AppendInt(append(b, `,"end":`...), int64(f.End), 10)
	b = appendText(append(b, `,"text":`...), f.Text)
	b = append(b, `,"suggest":[`...)
	for i, s := range f.Suggest {
		if i > 0 {
			b = append(b, ',')
		}
		b = appendText(b, s)
	}
	b = appendText(append(b, `],"message":`...), f.Message)
	b = appendText(append(b, `,"source":`...), f.Source)
	b = strconv.AppendFloat(append(b, `,"confidence":`...), f.Confidence, 'f', -1, 32)
	b = appendText(append(b, `,"part":`...), f.Part)
	b = appendText(append(b, `,"cell":`...), f.Cell)
	b = strconv.AppendInt(append(b, `,"page":`...), int64(f.Page), 10)
	if f.Count > 1 {
		b = strconv.AppendInt(append(b, `,"count":`...), int64(f.Count), 10)
	}
	return append(b, '}')
}

func appendText(b []byte, s string) []byte {
	t, err := json.Marshal(s)
	if err != nil {
		panic(err) // strings always can
	}
	return append(b, t...)
}
