// Package org holds the units (机构) of a government: the government itself,
// its office, departments, towns and streets, platforms, as one tree.
//
// Every record of the platform belongs to a unit. Article 4 of the Regulation
// asks each to name one work unit (政府信息公开工作机构) with address, hours,
// telephone, fax and internet contact (article 12); that is [Contact].
//
// Words: a [Scope] is the set of subtrees somebody may see; queries take one,
// so that forgetting the tenant does not compile. A unit's ID is a short word
// in the address of its pages and is never changed.
//
// What always holds: the tree has no cycle, a unit's parent exists, and
// org_closure names for each unit all its ancestors, itself, and '*'.
package org
