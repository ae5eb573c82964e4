// Package prose is both halves of the words around the figures of an annual
// report: it finds what the prose of a report claims in numbers, and it drafts
// prose in which every number is a figure of the report.
//
// Words:
//
//   - A Claim (form.Claim) is a number in a sentence with the cells whose sum it
//     states, in every reading the wording allows. Claims finds them; Check holds
//     them against the tables and against each other.
//   - A Draft is the six chapters written from the figures by sentence patterns
//     (data/patterns.json). Facts are the numbers the tables do not hold, by name.
//   - A source is the editable form of a paragraph: plain text in which a figure
//     stands as a token, "全年新收⟦table3.new.总计⟧件". Render writes the text and
//     the Bindings, Bind finds the bindings again in a text a person has edited,
//     Compare says where the person's number and the table part ways.
//
// What always holds: a claim is bound to cells only if every word before (or
// after) the number is understood; a word that is not makes it a claim about
// nothing, never a guess. A draft holds no number that was typed by hand and no
// sentence about a fact nobody gave. Positions are code points into the text as
// it was passed. Nothing here reads a clock, a file or a database.
package prose
