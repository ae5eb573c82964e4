package inspection

import (
	"time"

	"gongkai/identity"
	"gongkai/org"
	"gongkai/workday"
)

// A Switch turns a rule or a family off in a unit and below it.
type Switch struct {
	Unit   org.ID       `json:"unit"`
	Rule   string       `json:"rule"` // "typo.suspect", or a family: "typo"
	Reason string       `json:"reason"`
	Until  workday.Date `json:"until"` // the last day; zero without end
	By     identity.ID  `json:"by"`
	At     time.Time    `json:"at"`
}

// WordKind is a kind of a unit's own words.
type WordKind string

// The kinds of words.
const (
	WrongWord WordKind = "wrong"  // always wrong; Instead is what to write
	KeepWord  WordKind = "keep"   // never wrong: a term, a name of a place or project
	OwnLeader WordKind = "leader" // a leader beyond those on the unit's page; Instead is the post
	OwnName   WordKind = "name"   // a name the unit goes by
)

// Name is the word for people.
func (k WordKind) Name() string {
	switch k {
	case WrongWord:
		return "本机关错误用语"
	case KeepWord:
		return "本机关专有名词"
	case OwnLeader:
		return "领导名单"
	case OwnName:
		return "机关名称"
	}
	return ""
}

// WordID names a word.
type WordID string

// A Word is one of a unit's own words. It holds in the unit and below it.
type Word struct {
	ID      WordID      `json:"id"`
	Unit    org.ID      `json:"unit"`
	Kind    WordKind    `json:"kind"`
	Word    string      `json:"word"`
	Instead string      `json:"instead"`
	Rank    int         `json:"rank"` // order of leaders
	Reason  string      `json:"reason"`
	By      identity.ID `json:"by"`
	At      time.Time   `json:"at"`
}
