// Package inspection sees to it that what must not be published is seen before it
// is, and what was published is looked through every night: it keeps what the pure
// libraries below it find (privacy, secrecy, spelling, wording, writing, joined by
// engine), and what people then do about it.
//
// It serves articles 14, 15 and 17 of the Regulation (nothing secret and nobody's
// privacy in what is made public; reviewed before), article 6 (accurate), and the
// yearly examinations of government sites, which count wrong words, dead columns
// and leaked numbers.
//
// Words:
//
//   - A [Piece] is one subject's content as it is inspected; a [Source] is a pillar
//     that has some. A [Report] binds what was found to exactly one content and one
//     version of the rules.
//   - A [Finding] is one thing found, with a life: 机器发现, 人工确认 with a deadline,
//     整改, 复查; or 误报, or 例外. A [Step] is one act on one or many findings.
//   - An [Exception] is what somebody signed to let stand, for a reason, until a day.
//     A [Switch] turns a rule off in a unit; a [Word] is one of a unit's own.
//   - The record of a rule is what people said of its findings, by unit; a rule that
//     is wrong too often is muted, in the unit or, where several agree, everywhere.
//   - A [Sweep] is one pass over everything published. Before it looks it counts how
//     the site itself writes (usage), which rules on spelling ask; a [Writer] gives
//     it the words.
//
// What always holds: [Require] lets nothing pass that was not inspected as it
// stands with the rules of today; no number that was found is kept, only its mask
// and a keyed digest to know it again; every act of a person is in the ledger, and
// so is whatever the machine does to a finding people have dealt with, while what
// only machines saw can be made again and is not; rules that protect people and
// secrets cannot be switched off or muted, only excepted one text at a time.
package inspection
