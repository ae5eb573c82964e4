package inspection

import (
	"time"

	"gongkai/identity"
	"gongkai/org"
	"gongkai/workday"
)

// StepID names a step.
type StepID string

// A Step is one act on one or many findings (处理记录). It never changes.
type Step struct {
	ID        StepID
	Do        Do
	By        identity.ID // or "system:…" for the machine
	Unit      org.ID      // of who did it
	Due       workday.Date
	Note      string      // the reason, what was mended, the opinion
	File      string      // digest of the evidence, "" if none
	Exception ExceptionID // what came of DoExcept
	At        time.Time
	Findings  []Moved
}

// Moved is what a step did to one finding.
type Moved struct {
	Finding ID     `json:"finding"`
	Subject string `json:"subject"`
	Rule    string `json:"rule"`
	Was     State  `json:"was"`
	Now     State  `json:"now"`
}

// Subject is the step as the ledger names it.
func (id StepID) Subject() string { return "step/" + string(id) }

// ExceptionID names an exception.
type ExceptionID string

// Subject is the exception as the ledger names it.
func (id ExceptionID) Subject() string { return "exception/" + string(id) }

// Scope is how far an exception reaches.
type Scope string

// The scopes.
const (
	ThisPlace Scope = "place" // this finding in its subject
	ThisText  Scope = "text"  // these words under this rule, in the unit and below it
	ThisRule  Scope = "rule"  // every finding of the rule, in the unit and below it
)

// Name is the word for people.
func (s Scope) Name() string {
	switch s {
	case ThisPlace:
		return "仅此一处"
	case ThisText:
		return "本机关的同一内容"
	case ThisRule:
		return "本机关的同一规则"
	}
	return ""
}

// Terms are what an exception is signed for.
type Terms struct {
	Scope  Scope
	Reason string
	Basis  string       // the legal basis; required where the finding blocks
	Until  workday.Date // the last day it holds
}

// An Exception lets findings stand (例外).
type Exception struct {
	ID      ExceptionID
	Unit    org.ID
	Subject string // ThisPlace only
	Rule    string
	Text    string // masked
	Terms
	By       identity.ID
	ByUnit   org.ID
	At       time.Time
	Ended    time.Time // zero unless somebody took it back
	EndedBy  identity.ID
	EndedWhy string

	mark string
}

// Holds tells whether the exception counts on a day.
func (x Exception) Holds(today workday.Date) bool {
	return x.Ended.IsZero() && !x.Until.Before(today)
}
