// Package planting puts typing errors into right text, the way an input method
// makes them, so that what finds errors can be fitted and measured. It is for
// tests and for gen.
//
// Words:
//
//   - An Error is one slip put in: its place, what stood there and what stands there
//     now, and its Kind: another character or word (Plant), or a character dropped
//     or typed twice (Slip).
//
// What always holds: the same seed and text give the same errors; errors stand apart
// from each other; those of Plant keep the number of characters, so places are the
// same in both texts.
package planting
