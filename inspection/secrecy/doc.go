// Package secrecy finds marks of secrecy and of internal papers in texts on their
// way to the public: 密级标识, 内部资料, 此件不公开, drafts, numbers of classified
// documents. It is a pure library (《保守国家秘密法》 article 35; 《条例》 articles 14
// and 17).
//
// Words:
//
//   - A mark is what a paper says about itself, at its head or on a line of its own.
//     Sentences about secrets (属于国家秘密, 保密审查) are no marks.
//
// What always holds: a mark of state secrecy is evidence of tier A and blocks; the
// text itself is quoted in a finding only as far as the mark goes.
package secrecy
