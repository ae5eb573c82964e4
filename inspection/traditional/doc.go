// Package traditional tells the characters of traditional script that no simplified
// text uses from those both scripts share.
//
// The list is made by gen; NOTICE says from what. Characters that the table of
// standard characters (通用规范汉字表) keeps for names and terms are not in it. What
// always holds: nothing changes after the first use, and everything may be shared.
package traditional
