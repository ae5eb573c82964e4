// Package coordination agrees information with the organs it touches before it
// is published (发布协调).
//
// It serves article 11 of the Regulation: what concerns other organs is
// discussed with and confirmed by them first, so that what the agencies publish
// is exact and says the same everywhere.
//
// Words: a [Consultation] (征求意见) is one question of one unit to one organ about
// one exact content; a [Word] is what was said to it: an answer, the request
// that a higher organ decide (报请协调), its decision, a withdrawal. An organ
// that is not on the platform answers by letter, which the asking unit records
// with the letter's number and date.
//
// What always holds: an answer is given for one digest, so a changed text is
// asked about again; silence is never consent; only the organ itself, or the
// decision of a higher one, opens the way; who asked neither answers nor
// decides. [Require] says whether a content may be cleared, and review asks it
// before the last signature.
package coordination
