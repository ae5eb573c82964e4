// Package register keeps the registers (台账) behind the figures of the annual
// report that no other pillar knows: decisions on permits and penalties,
// coercive measures, fees, procurement, items of the list of powers, normative
// documents that were never published here, applications, remedies and
// processing fees, per unit and year, line by line.
//
// It serves articles 20, 42, 45, 49 and 50 of the Regulation: a figure in the
// annual report is the count of lines that can be looked at.
//
// Words:
//
//   - A [Book] (台账) is a kind of register with its columns; books are data
//     (data/books.json). A unit keeps one of each for each year.
//   - A [Line] (条目) is one fact, or a total over a month or year taken from
//     another system (汇总数) with its quantity and source.
//   - A line begins on a day and may end on one: an application is received and
//     decided, a document is made and repealed. What is carried over a year's end
//     follows from the two days and is never typed.
//   - A [Fact] is a number of the report by a stable name, such as
//     "application.deny5.自然人"; [Count] gives all of a unit's year, [Lines] the
//     lines that one of them counts.
//
// What always holds: the sum over the lines of a fact is the fact; a unit's year
// of a book is unknown until somebody writes in it or declares that there was
// nothing (本年无), unknown is not zero; a line is never deleted, it is struck
// with a reason and its earlier versions stay; figures of a closed year do not
// change until it is opened again with a reason; an application's line names no
// applicant, and free text that holds an identity or telephone number is refused.
package register
