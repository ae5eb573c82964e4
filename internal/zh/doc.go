// Package zh reads Chinese text for the rest of the house: it cuts sentences
// into words (分词), finds many patterns in one pass, and recognises the two
// things that official text is asked for most exactly, its document number
// (发文字号) and its dates.
//
// Words:
//
//   - A Trie is a double array over classes of runes. It is the one structure
//     under everything here.
//   - A Matcher finds every occurrence of many patterns in one pass
//     (Aho–Corasick). Inspection runs its word lists through it.
//   - A Segmenter cuts text into Tokens by the most probable path through a
//     dictionary of 349,000 words, plus the words it was given (names of places
//     and organs). Index and query must be cut by the same one: Version names it.
//   - Fold is what search understands by "the same text": width, case and the
//     brackets of document numbers no longer matter.
//
// What always holds: offsets are into the text as given, in bytes; the tokens of
// a text follow each other without gap or overlap and together are the text; the
// same text gives the same tokens on every machine, because all arithmetic is in
// whole numbers. Nothing here fails on hostile input, and nothing knows a
// database, a clock or a person.
//
// The dictionary is made by gen/ and lies in dict.gz; NOTICE says whose it is.
package zh
