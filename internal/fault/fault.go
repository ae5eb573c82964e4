package fault

import (
	"errors"
	"fmt"
	"strings"
)

// Kind is a kind of failure. It is an error itself, so that
// errors.Is(err, fault.NotFound) tells the kind of any error.
type Kind string

// The five kinds.
const (
	NotFound  Kind = "not found" // there is no such thing, or it is not for this person to know of it
	Invalid   Kind = "invalid"   // what was handed in lacks something or is wrong in itself
	Forbidden Kind = "forbidden" // this person may not do it
	Conflict  Kind = "conflict"  // the state of things does not allow it, or somebody else was first
	TooLate   Kind = "too late"  // a time limit has passed
)

// Error makes a Kind an error.
func (k Kind) Error() string { return string(k) }

// Problem is one thing wrong with one field of a form.
type Problem struct {
	Field string // the name of the field, as the form calls it
	Say   string // the sentence for the person
}

type told struct {
	kind     Kind
	sentence string
	fields   []Problem
}

func (t *told) Error() string { return string(t.kind) + ": " + t.sentence }

func (t *told) Is(target error) bool { return target == error(t.kind) }

// Say makes an error of kind k with a Chinese sentence for the person. The
// arguments are formatted into the sentence and nowhere else: an error among
// them is not wrapped.
func Say(k Kind, format string, args ...any) error {
	return &told{kind: k, sentence: fmt.Sprintf(format, args...)}
}

// Problems makes one Invalid error of all that is wrong with a form, or nil
// when nothing is.
func Problems(ps ...Problem) error {
	if len(ps) == 0 {
		return nil
	}
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.Say
	}
	return &told{kind: Invalid, sentence: strings.Join(lines, "；"), fields: ps}
}

// Sentence returns the sentence for the person, or "" when err is our own
// failure and nothing of it may be shown.
func Sentence(err error) string {
	if t, ok := errors.AsType[*told](err); ok {
		return t.sentence
	}
	return ""
}

// Fields returns what is wrong with the fields of a form, if err says so.
func Fields(err error) []Problem {
	if t, ok := errors.AsType[*told](err); ok {
		return t.fields
	}
	return nil
}

// KindOf returns the kind of err, or "" when it is our own failure.
func KindOf(err error) Kind {
	if t, ok := errors.AsType[*told](err); ok {
		return t.kind
	}
	for _, k := range []Kind{NotFound, Invalid, Forbidden, Conflict, TooLate} {
		if errors.Is(err, k) {
			return k
		}
	}
	return ""
}
