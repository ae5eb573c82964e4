// Package rollup adds many annual reports up (汇总): what a city does with the
// reports of its counties, and whoever studies the field with thousands of
// published ones. It is a pure library.
//
// Words:
//
//   - A Sum takes reports one by one, in any number, and keeps one Group for each
//     year and form among them.
//   - A Group holds the sum of every cell, and how many reports stood behind it:
//     a cell that some reports leave blank or do not print says so.
//   - A Lack names a report that could not take part fully and why; a Conflict one
//     whose own figures contradict each other; a Repeat one that was there already.
//
// What always holds: only printed numbers are added, a blank or unknown cell adds
// nothing and is counted as such; the order of the reports does not change a sum;
// memory does not grow with the number of sound reports, except for sixteen bytes
// each that tell repeats.
package rollup
