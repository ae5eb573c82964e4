// Package writing finds slips of the pen that are no wrong characters:
// punctuation, numbers and dates and what is computed from them, numbering of
// headings, articles and sequences, doubled and dropped words, sentences whose halves
// do not fit, what templates leave behind. It is a pure library.
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
//   - A quantity is a number with its measure word. Quantities of one sentence are
//     compared within what rounding can have done to them.
//
//   - A template is a build of sentences that may be wrong, judged where one of its
//     words stands; a swap is a word that is wrong wherever it stands.
//
//   - A blank is what was to be filled in before publication (XX年, ××次); in forms, and
//     where people's names are left out, it is meant.
//
// What always holds: what punctuation proves is tier A; what only the build of a
// sentence suggests is tier B and never blocks. What citizens
// write is never judged.
package writing
