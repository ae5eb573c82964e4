// Package console is the face for staff (工作台), at /console: from signing in to
// the draft, its review, its publication and what is done with it later, and the
// work of the administrators.
//
// It serves articles 4, 10 to 12, 17, 20 to 25 of the Regulation through the
// pillars it stands on and adds no rule of its own.
//
// Words: a desk is one request of a person who has signed in; a question is a
// field of a form with how it is asked; carrying is taking what somebody typed
// through a sign-in, when their session was over.
//
// What always holds:
//
//   - A handler parses, calls one act of a pillar, and answers. Rules, SQL and
//     the time are elsewhere.
//   - Each route names the right it needs in routes.go, and the act behind it
//     checks the unit once more.
//   - Nothing typed is lost: a refused form is shown again as it was, a session
//     that is over carries the form through the sign-in, and somebody else's
//     save is never overwritten.
//   - Every page works without scripts.
package console
