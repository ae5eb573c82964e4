package zh

// Class is the number by which a trie knows a rune, 0 if the rune is in no word.
func (t *Trie) Class(r rune) uint16 { return t.runes.of(r) }

// States is how many states there are, of which some may be no state of any word.
func (t *Trie) States() int { return len(t.cells) }

// Cell tells where the children of a state lie, less their classes, and which state it
// is a child of: for whoever lays more beside the states than a value. The base of a
// state without children lies so low that no class leads to a state; a cell that is no
// state has no parent and -1, as the root.
func (t *Trie) Cell(state int32) (base, parent int32) {
	c := t.cells[state]
	return c.base, c.check
}
