// Package webtest reads a finished page as a strict inspector would and lists
// what is wrong with it, without a browser, so that the tests of portal and
// console can look at every page they have.
//
// It holds what the faces promise: every control has a name, ids are unique and
// references lead somewhere, headings do not skip a level, tables have captions,
// nothing is inline that the policy forbids, nothing comes from another site,
// and no template left a trace. What only a browser can see (contrast, overlap,
// focus) is the business of the browser tests.
//
// Words: a fault in a page is a sentence that names the element it is about.
package webtest
