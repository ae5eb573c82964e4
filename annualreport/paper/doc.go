// Package paper is the annual report as it is published (《条例》 articles 49
// and 50): the six chapters with their prose, the three statutory tables, and
// what was corrected by hand, as a web page, a Word document, a PDF, a workbook,
// JSON and CSV.
//
// Words:
//
//   - A Paper is a report made ready: its figures (form.Report), its title and
//     prose, its corrections, and earlier years for the charts.
//   - A Chapter is one of the six; tables two, three and four stand in the
//     chapters of their numbers.
//   - A Fix is a figure a person corrected. It is published as such: a mark in
//     the cell and, under the table, both figures and the reason.
//   - A Grid is a statutory table laid out: lines of boxes that span rows and
//     columns as the notice prints them. All formats draw the same Grid.
//   - A Chart is what a page draws beside the tables. It is made from the figures
//     when a page is shown and is no part of the published text.
//
// What always holds: the bytes depend on the Paper alone, not on the clock or the
// machine; the HTML passes document.Clean as it is; a blank stays blank and "/"
// stays "/"; and annualreport/reading reads from each format the figures that
// went into it, cell for cell.
package paper
