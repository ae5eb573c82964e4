// Package writing finds slips of the pen that are no wrong characters:
// punctuation, numbers and dates, numbering of headings, doubled and dropped
// words, sentences whose halves do not fit. It is a pure library.
//
// Words:
//
//   - A slip is judged in the clean text, in which scanning and printing left no
//     spaces; its place is given in the original.
//
//   - A habit is a slip that runs through the whole text (half-width commas
//     everywhere): it is one finding with a count, not a hundred.
//
//   - A stray is a single traditional character in a simplified text; a text or
//     paragraph with more of them is in traditional script and left alone.
//
// What always holds: what punctuation proves is tier A; what only the build of a
// sentence suggests is tier B and never blocks. What citizens
// write is never judged.
package writing
