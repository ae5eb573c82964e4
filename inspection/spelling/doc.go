// Package spelling finds wrong characters and words. It is a pure library.
//
// Words:
//
//   - The word list holds forms that are always wrong with what is right: those that
//     people wrote down (data/words.tsv), and those that gen made of words laws use
//     (data/forms.tsv) and of phrases of offices (data/slips.tsv), of which it took only
//     what stands in no word and no text at hand and does not come about where two words
//     meet. A match counts only where
//     the words around it do not share a character with it: 所需要求 is no 须要.
//   - A confused word is right by itself, but not beside the one it stands with
//     (data/confused.tsv): 权利清单 is meant to be 权力清单. It is only suspected.
//   - A fixed word has four characters and is known to everybody: one with a character
//     of the same sound or look exchanged is found without being listed.
//   - A title is the name of a law or administrative regulation between 《 and 》; one
//     slip away from a name that exists, it is a wrong one.
//   - A suspicion is a stretch of text that is probably another word mistyped, or one
//     with a character left out or typed twice (package suspect). A form the text itself uses again and again is none.
//   - An echo is a phrase that the same text writes differently elsewhere, with a
//     character more or another one.
//
// What always holds: what the lists of wrong forms prove is evidence of tier A, what statistics
// suspect of tier B; everything is judged in the clean text and reported in the
// original; a finding names what should stand there; nothing here changes the text.
package spelling
