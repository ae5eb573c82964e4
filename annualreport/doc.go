// Package annualreport compiles the annual report on government information
// disclosure (政府信息公开工作年度报告) from the year's own records: articles 49
// and 50 of the Regulation.
//
// Words:
//
//   - A [Round] (年度编报) is one year in one government: which units report, in
//     which form, by when. Its office opens it.
//   - A [Report] (年报) is one unit's year. A unit's own report (本级) counts its
//     records and those of the units below it that do not report themselves; a
//     government's consolidated report (汇总) is the sum of all reports of its round.
//   - A [Fact] is something the year's records can be counted for, independent of
//     any form; data/facts.json says which facts each cell of the forms takes. A
//     [Tally] is a pillar's offer to count its facts and to show the lines counted.
//   - A [Figure] is the value of a cell with where it comes from; [Reports.Open]
//     opens it down to the lines, documents or unit reports behind it.
//   - A [Fix] (更正) is a value that a person put in place of the computed one, with
//     the reason. Both stay visible, and both are published.
//   - A [Past] (往年年报) is a published report of an earlier year read in from a file.
//
// What always holds: a figure nobody recorded is unknown and never 0; the pages
// of an opened figure add up to the figure; what a unit handed in is frozen and
// later changes of the records are shown beside it; a report with broken hard
// rules is not handed in without a sentence for each; nobody accepts what they
// handed in; a report becomes public only as an item of package publication that
// passed its review; every act is in the ledger.
package annualreport
