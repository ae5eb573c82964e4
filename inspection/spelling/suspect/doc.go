// Package suspect finds characters that were probably typed for others (疑似错别
// 字) by what words usually stand beside each other.
//
// Words:
//
//   - The lattice of a run of characters is every way to cut it into words. What a
//     way costs is told by how often words were counted alone and after one another,
//     in everyday text and in laws.
//   - A weak place is where the best way has a word that is rare or was never seen
//     beside its neighbours. Only there anything is tried.
//   - A candidate is a word of the dictionary that sounds or looks like the stretch
//     it is tried for, or that the stretch is but for a character left out or typed
//     twice; its margin is how much cheaper the run becomes with it, its rivals are
//     the other candidates for the place.
//   - Phrases are three words that were seen one after another; a pair of words knows
//     nothing of what stands two words away.
//   - The signs of a candidate are weighed into a probability by a forest, the sum of
//     small trees of questions. It was grown on planted errors; a probability is no
//     promise about any one text.
//
// What always holds: it finds, it never changes; the same text gives the same
// suspicions; the work grows with the length of the text. The data is made by ../gen
// from the language model of libime, the dictionary and laws; NOTICE says whose it
// is. It is loaded at the first need.
package suspect
