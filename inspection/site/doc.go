// Package site looks at a whole website as its visitors do: it goes from link to
// link, politely, and says what is dead, slow, blank, out of date or not as the
// norms ask; the text of every page and attachment goes through the engine on the
// way. It serves the yearly and quarterly checks of government websites
// (国办发〔2017〕47号, 国办秘函〔2019〕19号). It knows no database and reads no clock.
//
// Words:
//
//   - A site is the hosts of the addresses one starts at. Links that lead elsewhere
//     are external; they are only asked whether they answer, and only if wanted.
//   - A Visit is what is remembered of one address after it was looked at: how it
//     answered, where it leads, hashes of its lines, what was found. A State keeps
//     visits; a Journal is a State in one file.
//   - A round is one walk over the site. A round that was interrupted goes on where
//     it stopped; the next round asks only for what has changed.
//   - A line is what stands on one line of a page. Lines that stand on many pages are
//     the frame around them; a slip there is one finding with a count.
//   - A column (栏目) is a page that lists others; a period is how often a column of
//     that name has to be updated.
//
// What always holds: no address outside the site is read for its content, and no
// private address is contacted unless the site itself is one and Options allow it,
// wherever names and redirections lead; one connection at a time to a host, with a
// pause between requests; robots.txt is obeyed; a link is called dead only after a
// second try; whatever a server sends costs bounded time and memory; the same site
// gives the same findings in the same order, interrupted or not.
package site
