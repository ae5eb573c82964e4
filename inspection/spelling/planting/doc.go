// Package planting puts typing errors into right text, the way an input method
// makes them, so that what finds errors can be fitted and measured. It is for
// tests and for gen.
//
// Words:
//
//   - An Error is one slip put in: its place, what stood there and what stands there
//     now, and its Kind (same sound, similar sound, lookalike, homophone word).
//
// What always holds: the same seed and text give the same errors; every error
// keeps the number of characters, so places are the same in both texts.
package planting
