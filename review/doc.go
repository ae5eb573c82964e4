// Package review is the examination before anything is made public (公开审查):
// the openness attribute, the levels of sign-off, the secrecy review.
//
// It serves articles 11 and 13 to 17 of the Regulation, article 35 of the Law on
// Guarding State Secrets, and the rule that the attribute is fixed at the
// source (国办发〔2016〕80号).
//
// Words: a [Chain] is the levels that a unit's content of one kind passes; a
// [Submission] is one piece of content on its way through them; a [Clearance]
// is what the last signature yields and what publishing asks for. The gate
// ([Request.Gate]) is what must hold beside the signatures.
//
// What always holds: a chain has at least three levels and one of them reviews
// for secrecy; nobody signs what they wrote, and nobody signs twice; a
// signature is bound to the digest the signer saw; nothing that is to be open is
// handed in or cleared that was not inspected as it stands, or cleared while an
// organ that was asked has not agreed; a Clearance comes only from this package,
// fits one subject and one digest, and is spent once.
package review
