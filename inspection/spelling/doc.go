// Package spelling finds wrong characters and words. It is a pure library.
//
// Words:
//
//   - The word list (data/words.tsv) holds forms that are always wrong with what is
//     right. A match counts only where the words around it do not share a character
//     with it: 所需要求 is no 须要.
//   - A find of the word list is evidence of tier A.
//
// What always holds: a finding names what should stand there; nothing here
// changes the text.
package spelling
