// Package unseen finds what is in a file and not on its page: hidden rows and
// sheets, invisible text, tracked changes, comments, embedded files, earlier
// states, the place a photo was taken at, the names of those who wrote. It is a
// pure library (《条例》 article 17: information is examined before it is published).
//
// Words:
//
//   - A trace is one such thing. It is told even if nothing in it is personal: who
//     publishes a workbook must know that it has a hidden sheet.
//   - A trace names its kind and where it is: the sheet and its first cell, the file
//     inside the file, the page.
//
// What always holds: a trace is a suspicion and never blocks, because a hidden
// column can be meant; the text of a finding has no digits, whatever the trace
// holds; a file with a thousand hidden cells gives one finding for each sheet.
package unseen
