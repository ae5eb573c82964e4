// Package fault names the five ways in which an act can fail for a reason the
// person can do something about.
//
// A pillar answers with [Say] or [Problems]; the faces (portal, console, api,
// the command line) turn the [Kind] into a status and show the sentence.
// Anything without a kind is our own failure: it is logged once, at the top,
// and a person sees only that it happened.
//
// One thing always holds: the sentence of a fault is written for people, in
// Chinese, says what to do, and carries nothing of the inside of the program
// and no personal data.
package fault
