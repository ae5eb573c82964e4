// Package pdf writes PDF files: text in one embedded face, lines, the structure
// that reading programs follow, bookmarks. It knows nothing of reports.
//
// Words:
//
//   - A File is made page by page. Coordinates are points from the upper left
//     corner; text stands on its baseline.
//   - An Elem is an element of the structure (tagged PDF): a heading, a table, a
//     row, a cell. Text written under an Elem belongs to it; text under none is
//     an artifact, a page number for instance, which is not read aloud.
//
// What always holds: the same calls give the same bytes; all text can be copied
// out as the characters it was written with, also where the face has no glyph
// and 〓 stands in, which Missing reports.
package pdf
