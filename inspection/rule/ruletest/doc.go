// Package ruletest holds a family of rules to its own examples. It is for tests
// only.
//
// Words:
//
//   - An example that must be found may mark the place with 【 and 】; the finding has
//     to touch it.
//   - An example that must pass may raise anything but its own rule.
//
// What always holds: every rule of a pack is run on all its examples, so a rule
// without a working example cannot be shipped.
package ruletest
