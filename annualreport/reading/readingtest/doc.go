// Package readingtest makes annual reports the way the public finds them, and
// measures how well a reader takes them apart. Only tests import it.
//
// Words:
//
//   - Figures are what an agency could have reported: sums that hold (or do not,
//     where that is asked for), blanks, strokes, money in any unit.
//   - A Layout is the way a table became text: one cell a line, rows of tabs or
//     pipes, Markdown, HTML with spans, the two orders in which tools print a PDF,
//     Word, a workbook.
//   - A Damage is one thing that went wrong on the way: a label wrapped, a page
//     number inside a row, blank cells dropped, digits of full width.
//   - A Spec names one report by seed, form, layout and damages; Make renders it
//     into a Sample: the bytes, and what a perfect reader returns.
//   - A cell is Open where the damage has destroyed what was printed. The true
//     value is right there and so is "unknown"; anything else is a wrong figure.
//   - A Score counts cells exact, unknown and wrong.
//
// What always holds: the same Spec gives the same bytes on every machine; taking
// a damage away leaves the figures and the other damages as they were, so that a
// failure can be made small; all agencies, places and numbers are invented.
package readingtest
