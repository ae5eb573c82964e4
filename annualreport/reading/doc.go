// Package reading takes any published annual report apart into the figures of
// its statutory form (《条例》 article 50). It serves whoever sums up, checks or
// compares what others published: text, Markdown, web pages, Word, workbooks,
// PDF and OFD, in whatever order and shape the tables came out.
//
// Reading is decoding, not scraping. The form is known: its rows, its columns,
// its sums. The text is a noisy printing of it. So the text is cut into words
// and numbers, the words are recognised as labels of the form however damaged
// they are, and the runs of numbers are aligned with the rows by the cheapest
// path; every other path that costs hardly more is an alternative.
//
// Words:
//
//   - A source is the file as lines of cells with their places in it.
//   - A token is a number, an empty cell, a stroke for "does not apply", or a
//     stretch of words with the labels it may be (its guesses).
//   - A run is a sequence of numbers without a row label between them; the
//     aligner gives each run to the rows it fills.
//   - A fit is one way to put the numbers of a run into the cells of its rows.
//   - A column displaced from its table is a straggler; it is put back if
//     exactly one place of the form lacks it.
//
// What always holds: a number in a report was printed in the file at the place
// its Origin names, and no arithmetic ever makes or mends one. Sums only choose
// among readings the text allows; where they leave more than one, the cell is
// unknown and names the alternatives. A blank is not a zero. Reading is
// deterministic, needs no network, and its work is bounded whatever the input.
package reading
