// Package identitytest gives tests people: accounts made by the same acts that
// administrators use, with a password hash that costs nothing, and the actors
// that they are.
//
// The units must be there already; the ids of people are new in each test. What
// a test asks for is done by the program itself, so a test of refusals makes its
// own actor with [Actor] and lets it try.
package identitytest
