// Package search finds what was published: over titles, document numbers, texts
// and attachments, in Chinese, inside the database of the records.
//
// Article 24 of the Regulation asks for one platform on the portal with 检索、查阅、
// 下载 (searching, reading, downloading); 国办公开办函〔2019〕61号 says the same of
// the columns of each unit.
//
// Words: a [Doc] is what one record offers to be found by. [Put] and [Remove]
// join the act that changes the record, so a published thing can be found the
// moment it is published, and a withdrawn one no longer. [Find] answers a
// [Query] with [Results]. [Rebuild] makes the index again from the records and
// [Check] proves the two equal.
//
// Text is cut into words by internal/zh, here and not in the database, and both
// engines are handed words: SQLite in an FTS5 table, PostgreSQL in a tsvector
// under a GIN index. Document numbers and dates are indexed as one exact word
// each, besides their parts. Marks in results are made here on the text as it
// was written.
//
// What always holds: no text a person types makes a query fail; every result
// has a fixed place in the order (the last tie is broken by the document); both
// engines find the same set. An index cut by another version of the segmenter
// says so ([Stale]) and still answers until it is rebuilt.
package search
