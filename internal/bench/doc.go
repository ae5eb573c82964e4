// Command bench measures the built program on this machine and prints the
// tables of docs/benchmarks.md, with the machine and the versions.
//
//	make bench
//
// It measures what an operator asks about: how many pages a second the public
// gets, beside nginx serving the same bytes from disk in the same run; how many
// acts of publishing a second each engine takes, durable on disk; how fast
// documents are moved in and how much memory that takes; how long the program
// takes to start and what it needs when nobody asks. Every number is taken from
// the binary or through the verbs that people use.
package main
