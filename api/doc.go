// Package api is the interface for programs (接口): REST under /api/v1, described
// by its own OpenAPI document at /api/v1/openapi.json and in docs/api.md.
//
// It serves whoever writes elsewhere and publishes here or not at all: another
// publishing system, a word processor, a portal of a city asks POST
// /api/v1/inspect what would be found in a text or a file, in the words of
// "gongkai inspect --json". What is public can be read as data under
// /api/v1/items (《条例》 article 23: information is to be found and used).
//
// Words: a caller is a program that shows a token (identity.Token) and acts for
// the person it was given for; an answer is one JSON value; a refusal is
// {"error":{"code":…,"message":…}} with a Chinese sentence and the status of its
// kind.
//
// What always holds: nothing that is sent is kept or logged, neither text nor file
// name; a body, its reading and its inspection are bounded in size and time, a
// caller in rate, all callers together in how many work at once; the cookies of the
// console open nothing here; every route stands in the OpenAPI document, and a test
// compares the two.
package api
