// Package usage knows how a site itself writes: in how many of its published texts a
// phrase stands. Statistics that suspect a wrong character ask it, since what many
// texts of a site say is its language, however rare it is elsewhere.
//
// Words:
//
//   - A phrase is three or more Chinese characters that stand side by side.
//   - Counts are how many texts have each phrase. A text counts once, however often
//     it repeats itself: a slip does not become usage in the text it was made in.
//   - Counts are kept in a sketch of fixed size. It may say too many when phrases
//     happen to share their places, never too few; most is the largest number it can
//     say.
//
// What always holds: no text can be read back out of counts; the same texts in any
// order of asking give the same answer again; a damaged file is an error, not
// other counts. Counts may be asked by many goroutines once nothing is added.
package usage
