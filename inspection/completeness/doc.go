// Package completeness finds what a piece of information lacks: elements that
// should be filled in, statements that its kind owes the reader, attachments and
// interpretations that are announced and not there, and what a web page keeps from
// people who cannot see it. It is a pure library.
//
// Words:
//
//   - An element (要素) is kept in the Record beside the text: 索引号, 文号, 成文日期 …
//     Which kinds of information need which is data (data/elements.json).
//   - A statement is something the text itself must say, by the law that orders it
//     to be published: a penalty decision how to appeal, a guide where the office is
//     (data/statements.json).
//   - An attachment is named in the text (附件：1.……), referred to (见附件2), attached
//     as a file, or printed behind the text; these are compared.
//   - A page (rule.Page) is the build of the HTML, made by PageOf.
//
// What always holds: what is not known is not judged, so a nil Record keeps every
// rule on elements, interpretations and attached files silent; an element is only
// missed where the law or a national standard asks for it, and what merely local
// rules ask for is a hint; a file is judged once, whatever number of parts it has;
// what somebody else wrote is judged by nothing but its record.
package completeness
