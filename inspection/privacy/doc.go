// Package privacy finds personal data in texts that are about to be published, or
// were: identity numbers, phones, cards, documents, plates, home addresses, the
// names they belong to, and facts about minors, health and households. It is a
// pure library (《条例》 article 15; 个人信息保护法 article 28).
//
// One pass over the bytes stops only at digits and at the first characters of a
// few hundred words; whatever has a check digit is computed before any word near
// it is asked. What looks alike and is not personal is taken out first: unified
// social credit codes, index and document numbers, accounts and telephones of
// offices, posts of leaders.
//
// Words:
//
//   - A run is a stretch of digits and letters with the single spaces and hyphens
//     people put between their groups.
//   - A disguise is a number written so that a search passes it by: in Chinese
//     numerals or circles, with characters of no width or marks of direction in it, a
//     digit to each box of a form, another script's X.
//   - The context of a run is the head of its table column, or the words before it
//     in the sentence.
//   - A Profile says what a kind of publication must show by law, so that a list of
//     beneficiaries may name people and yet not print their numbers.
//   - Mask writes a value the way government sites usually hide it.
//
// What always holds: a number with a check digit is found whatever stands around
// it, in full-width digits, with spaces in it or disguised too; a masked text contains none of
// the numbers it was made from.
package privacy
