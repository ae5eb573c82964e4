package publication

import (
	"gongkai/workday"
)

// RelationKind is how one item bears on another.
type RelationKind string

// The kinds of relations, read from the newer item to the older.
const (
	Repeals    RelationKind = "repeals"    // 废止
	Replaces   RelationKind = "replaces"   // 代替: the older one is repealed by it
	Amends     RelationKind = "amends"     // 修改
	Interprets RelationKind = "interprets" // 解读
)

// Name says the relation from the newer item's side.
func (k RelationKind) Name() string {
	switch k {
	case Repeals:
		return "废止"
	case Replaces:
		return "代替"
	case Amends:
		return "修改"
	case Interprets:
		return "解读"
	}
	return ""
}

// Passive says the relation from the older item's side.
func (k RelationKind) Passive() string {
	switch k {
	case Repeals:
		return "被废止"
	case Replaces:
		return "被代替"
	case Amends:
		return "被修改"
	case Interprets:
		return "相关解读"
	}
	return ""
}

// RelationKinds lists the kinds in the order of a form.
func RelationKinds() []RelationKind { return []RelationKind{Repeals, Replaces, Amends, Interprets} }

// Relation says what an item does to another. It takes effect when the item is
// published, or on its own date if that is later.
type Relation struct {
	Kind RelationKind `json:"kind"`
	To   ItemID       `json:"to"`
	On   workday.Date `json:"on,omitzero"`    // zero: the day of publication
	Note string       `json:"note,omitempty"` // such as which articles are changed
}

// Link is a relation or citation as a page shows it: the other side with its
// present state.
type Link struct {
	Kind     RelationKind // "" for a citation
	Other    Row
	On       workday.Date
	Note     string
	Incoming bool // the other item bears on this one
}
