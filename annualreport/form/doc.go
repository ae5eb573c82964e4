// Package form knows the statutory forms of the annual report on government
// information disclosure (政府信息公开工作年度报告, 《条例》 articles 49 and 50) and the
// sheet of figures a report fills them with. It is a pure library: reading,
// checking, compiling and exporting all speak of reports in its words.
//
// Words:
//
//   - A Form is the layout one official notice prescribes: tables two, three and
//     four with their blocks, rows and columns, and the equations that hold between
//     the cells. Forms are data (data/*.json); a third form, or a local variant with
//     an added row, is a new file and no code.
//   - A Cell is one place of a form that takes a figure. A form numbers its cells
//     from 0 in printing order; that number is the index everywhere else. Its ID,
//     "table3.deny5.总计", is its name in files and messages.
//   - A Value is what stands in a cell, in one of four states: a number, blank, not
//     applicable ("/"), or unknown because the file does not say.
//   - A Report is one agency's year in one form: the values, where each was printed
//     and how sure that is, what is missing, and what the prose claims.
//
// What always holds: a blank is never a zero; money is exact to a ten-thousandth
// of a yuan and never passes through floating point; a Report has as many values
// as its form has cells.
package form
