// Package ledger keeps the evidence (存证): every act of the platform is an
// entry in an append-only Merkle log, so that anyone can check that a page was
// published when it says and never silently changed.
//
// It serves 政府信息公开条例 articles 3, 6 and 9 (disclosure must be timely and
// accurate, and the public may supervise it) and the audit duties of
// GB/T 22239 (records of acts cannot be altered by those who act).
//
// Its words:
//
//   - An [Entry] (存证记录) says who did which act to which subject, when, and
//     the [Digest] of all rows of that record after the act. Its public part is
//     open to everybody and never holds personal data.
//   - The leaf of an entry is its canonical JSON. Leaves form a tree as in
//     RFC 6962; [Seq] is the position of the leaf, counted from 0.
//   - A [Head] (树根) is the size and root of the tree; a checkpoint (签名树头) is a
//     head signed with the platform's Ed25519 key, in the form of C2SP
//     tlog-checkpoint. Tiles follow C2SP tlog-tiles, proofs C2SP tlog-proof, so
//     that tools written by others can check them.
//   - A [Keeper] (记录方) is a pillar's promise that it can compute the digest
//     of each of its records from the rows of today.
//
// What always holds:
//
//   - Entries are numbered without gaps in the order of their commits; entry 0
//     says only that the log began, so 0 never numbers an act.
//   - Append takes part in the caller's transaction: an act that is refused
//     leaves no entry, and an act that is done has one.
//   - A checkpoint once given out is remembered, and there is one for a size.
//   - No row is updated or deleted by this package, except the one that counts.
package ledger
