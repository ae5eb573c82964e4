// Package wording finds words an agency should not use in its own writing:
// institutions that were renamed or abolished, terms that are discouraged, fixed
// phrases of the field with a character too few, too many or wrong, and the names
// of leaders one character off. It is a pure library. It judges the agency's own
// texts only, never what citizens write: a File marked Foreign is left alone.
//
// Words:
//
//   - An institution has a day from which its new name holds. A text about earlier
//     days, a title in 《》 and a name behind 原 are right.
//   - A phrase has one right form; a near miss is that form with one character
//     dropped, doubled or exchanged, standing apart from the words around it.
//   - A formula is a phrase of political writing, with which any slip at all is looked
//     for: a word left out, two characters that changed places, one exchanged for any
//     other. What is right as it is, though nearly a formula, stands in the list too.
//   - A meeting is a congress of the party or a plenary one, by its number; there is
//     none that was not held.
//   - The roster is the unit's own list of leaders, in order and with their posts.
//   - A place lies in a city and a province. One written with another character of
//     like sound or look beside the one it lies in, or in a province it does not lie
//     in, is a slip; a name that was given up has the year from which it is wrong.
//
// What always holds: lists are data with their reason; nothing is judged by mood
// or opinion.
package wording
