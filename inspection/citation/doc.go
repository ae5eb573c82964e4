// Package citation judges what a text cites: documents of our own house that do not
// exist, have another title or no longer hold; laws that were repealed, decrees that
// were replaced, articles a law does not have. It is a pure library.
//
// Words:
//
//   - A citation is a title in 《》, a document number, or a title with its number or
//     article behind it: 《……办法》（明政发〔2026〕3号）, 《……条例》第九十条.
//   - Our own documents are those the rule.Library of the file answers for; without
//     one nothing is said about them.
//   - A repealed law has the day from which it no longer held and what took its
//     place: data/repealed.tsv from the closing articles of the laws that repealed
//     them, data/replaced.tsv by hand.
//   - A mention is historic if the text is older than the repeal, speaks of a year
//     before it, or says so (原, 已废止). Historic mentions are right.
//
// What always holds: nothing here proves more than that a person should look, except
// a number the library knows under quite another title; what the house does not
// answer for is not judged.
package citation
