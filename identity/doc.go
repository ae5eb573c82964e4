// Package identity knows who acts (身份): people, the roles they hold in which
// units, the rights that follow, and the sessions they act in.
//
// It serves 等保 2.0 (GB/T 22239-2019) 身份鉴别, 访问控制 and 安全审计 at level 3 as
// far as software can, see docs/law.md §12.3; article 17 of the Regulation
// (who reviews, who publishes) rests on its roles.
//
// Words: a person (人员) has one login and a home unit. A [Role] (角色) is held
// in a unit by a grant (授权) and gives the [Right]s that role.go lists, in that
// unit and in the units below it. An [Actor] is who acts, as a value: every
// verb of every pillar takes one. A visit ([Visit]) is what the bearer of a
// session token may do right now. A [Token] (接口令牌) lets a program see what
// the person it belongs to may see.
//
// These things always hold:
//
//   - System, security and audit administration (三员) are three people: an
//     administrator role excludes every other role, the first creates people but
//     grants nothing, the second grants but creates nobody and sees no drafts,
//     the third reads the records of what happened and changes nothing.
//   - Nobody changes their own rights, and the last active administrator of a
//     kind cannot be removed.
//   - The token of a program only lets it see, never more than its person may at
//     that moment, and for a year at most.
//   - A password is kept only as argon2id, a token only as a digest, a
//     TOTP secret only sealed; none of them reaches a log, an error or the ledger.
//   - The ledger names people by their opaque id. Sign-ins are recorded in a
//     table of their own that audit administrators read.
package identity
