// Package masking makes the copy of a file that may be published (去标识化): what
// an inspection found to be personal is written as its mask, wherever it stands in
// the file, and what nobody sees on the page can be taken out as well. It is a pure
// library (《条例》 article 15; 个人信息保护法 article 51).
//
// Words:
//
//   - A plan is what has to be written instead of what, worked out from the
//     findings. A number is masked everywhere in the file; a name or the cell of a
//     column only where it was found, because a leader may bear the same name.
//   - Clean takes out what the page does not show: comments, deletions that are
//     tracked, hidden sheets, rows and columns, the authors, where a picture was
//     taken.
//   - The copy of a PDF or an OFD file is made anew, from what its pages show: the
//     pages of a PDF become pictures with the masked text behind them.
//   - A Made is the copy, what was done to it, and what a second inspection of the
//     copy still finds.
//
// What always holds: the original is never changed; everything the plan does not
// name stays as it is, to the byte, in text files and in every part of an Office
// file that is not touched; the same value gets the same mask throughout a file; a
// copy comes back only together with what the second inspection says of it; a kind
// of file that cannot be rewritten is refused with what to do.
package masking
