// Package rule holds the words every inspection of a text is spoken in: what a
// Rule is, what a Finding says, and the Text they are about. It is a pure library;
// the families of rules stand beside it (privacy, spelling, writing, secrecy,
// wording …), and the engine joins them.
//
// Words:
//
//   - A Rule has a code that begins with its family ("privacy.id"), a tier of
//     evidence and a severity, the sentence it says to people and the source it rests
//     on. Rules come in packs, data files with version, date and owner; each rule
//     brings examples that must be found and examples that must not, and both are
//     tests.
//   - Tier A is what a dictionary or arithmetic proves and may block publication;
//     tier B is a statistical suspicion (疑似) and never blocks; tier C is a hint and
//     off unless asked for. The tiers are never mixed.
//   - A Finding is one place in one part of a file, with what is wrong, what would be
//     right where that is known, and how sure the rule is.
//   - A Text is one part of a file as it is inspected: the characters, where they
//     stand (cell, page), and the File they belong to with everything known about it.
//   - A Record is what an office keeps about a piece of information beside its text,
//     a Library what it has published, Usage how it writes there, a Page how a web
//     page is built. Each may be absent; then the rules that need it keep silent.
//
// What always holds: offsets in findings count code points of the part's text as
// extracted, never of a normalised copy; a Checker keeps no state between texts
// and may be used by many goroutines; nothing here reads a clock.
package rule
