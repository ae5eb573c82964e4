// Package document turns the files people upload into text: Word and WPS
// documents, workbooks, presentations, rich text, OpenDocument, PDF, OFD, web pages,
// plain text. It serves whoever
// publishes (《条例》 articles 19 to 25 want information that can be found and
// read), whoever inspects a text before it goes out (article 17), and whoever
// reads other people's annual reports.
//
// Words:
//
//   - A Doc is one file as text: Blocks in reading order, and Parts, which hold
//     all text of the file with its positions, also the text nobody meant to
//     show: comments, deleted and hidden text, properties.
//   - A Note is something a person should know before publishing the file.
//   - Elements proposes what an official document says about itself (公文要素),
//     each with the line it came from.
//   - HTML, Clean, Text and Compare make, sanitise, read and compare the HTML of
//     a public page. It has no style attributes; alignment is by the classes
//     al-center, al-right, al-justify and al-number.
//   - Limits bound what one file may cost; a Reader reads in a child process.
//   - Files keeps uploads by digest and remembers what reading them gave.
//
// What always holds: the kind of a file is judged by its content; nothing in a
// file is executed and nothing outside it is fetched; a file that cannot be
// read is refused with a sentence that says what to do, and is kept all the
// same; offsets count code points; HTML that leaves this package has passed the
// sanitiser or was written by it.
package document
