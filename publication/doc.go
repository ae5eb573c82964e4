// Package publication is proactive disclosure (主动公开): what a unit must or
// may make public, from the first draft to the archive.
//
// It serves articles 10 to 12 and 19 to 26 of the Regulation, the statutory
// columns of 国办公开办函〔2019〕61号, and the policy library.
//
// Words: an [Item] is one piece of information (信息) with its 索引号; its
// [Content] is the text with all its elements; the working copy is what people
// type into and saves itself; a [Version] is content that was kept and never
// changes; the public version is the one that citizens see. [Validity] is
// whether a document still holds.
//
// What always holds: nothing is public without a clearance for exactly its
// bytes; a version is never changed; a number once given out is never used
// again; an item that was public never vanishes, it leaves a tombstone with the
// reason; every act is in the ledger with the digest of all rows of the item.
// The working copy alone is outside the ledger: it is nobody's act yet.
package publication
