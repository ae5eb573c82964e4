// Package planting writes papers of a local government with the data of invented
// people in them, so that what finds personal data can be measured. It is for
// tests.
//
// Words:
//
//   - A Source invents numbers: right in every check digit, and nobody's, because
//     its people were born in 1900 and its subscribers share one block of numbers.
//   - A Paper is one kind of document (低保公示, 行政处罚决定书, 中标公告 …): its text, its
//     tables, and the Plants in it. Each can be written as plain text, web page, Word
//     file, workbook, PDF, slides, rich text, and OpenDocument text and sheet.
//   - A Plant is one value that was put in. Personal ones must be found; the others
//     (office telephones, credit codes, index numbers) must not be raised.
//   - A Place is a corner of a file where people leave data without seeing it: a
//     hidden column, a deleted sentence, text under a black box.
//
// What always holds: the same Source gives the same papers; every value is planted
// once, so what is found can be counted; no number here belongs to anybody.
package planting
