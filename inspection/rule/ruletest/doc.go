// Package ruletest holds a family of rules to its own examples: what each rule
// must find, and what it must not. It is for tests only.
package ruletest
