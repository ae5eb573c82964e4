// Command screenshots takes pictures of the main pages of the running program,
// at the width of a desk and of a phone, for people to look at.
//
//	make screenshots
//
// It serves the demo district from a folder of its own, reads the addresses and
// logins that the program prints, walks the portal as a citizen and the console
// as somebody in each role, and writes one PNG for each page and width. It
// checks nothing: looking is what the pictures are for.
package main
