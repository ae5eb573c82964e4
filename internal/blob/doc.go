// Package blob keeps bytes by what they are: the SHA-256 of the content is the
// name, so a file can be checked at any time, is kept once however often it is
// uploaded, and is never changed in place.
//
// Two stores do the same: [Files] in the data folder and [S3] in any store that
// speaks that protocol.
//
// What always holds:
//
//   - When Put returns, the bytes are there for good: on disk with fsync of file
//     and folder, or acknowledged by the object store.
//   - A name never has other bytes than its own: Put cannot overwrite, and a
//     reader that reads to the end learns of any damage.
//   - Part of a file is never visible: it appears whole or not at all.
package blob
