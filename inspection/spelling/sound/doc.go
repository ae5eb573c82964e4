// Package sound tells which characters are taken for one another: because an
// input method offers them for the same keys, because speakers of the south do
// not tell their syllables apart, or because they look alike.
//
// Words:
//
//   - A Syllable is a reading without its tone. The readings are those of
//     go-pinyin (MIT), as far as data/readings.txt says that they are common.
//   - The fold of a syllable is the class of syllables that are mixed up with it:
//     zh with z, ch with c, sh with s, n with l, f with h before u, and the endings
//     in ing, en eng, an ang.
//   - Lookalikes are pairs in data/lookalike.txt.
//
// What always holds: nothing changes after the first use; everything may be
// shared.
package sound
