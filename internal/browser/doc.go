// Package browser drives a real Chromium for the tests of the faces, in the
// words of somebody who sits before it: open a page, fill the field called so,
// click the button called so, see this, not see that.
//
//	b := browser.Start(t)                      // skips loudly without Chromium
//	p := b.Page(t, address, browser.Phone)     // a person with cookies of their own
//	p.Open("/search").Fill("搜索", "义务教育").Click("搜索").See("共找到")
//	p.Check("search")                          // axe, width, picture
//
// A field is found by its label, a button or link by its name, as a reader of
// the page would; what is not visible is not there. After a click the page
// waits until what the click began has loaded, and each look waits a while for
// what should come.
//
// # What always holds
//
// A page fails its test when it complains on the console, breaks its own
// content security policy, asks another origin for anything, or fails to load
// a part of itself; nobody has to ask for that. A failed step says what was
// looked for and what stood there instead, and leaves a picture.
//
// With GONGKAI_SCREENSHOTS=folder every checked page is kept as a picture.
// GONGKAI_TEST_CHROMIUM names another browser. Without any browser the tests
// skip and say so; under GONGKAI_REQUIRE they fail.
//
// Words: a view is the size and kind of screen; a complaint is what a page did
// wrong by itself.
package browser
