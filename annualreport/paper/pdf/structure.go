package pdf

import (
	"fmt"
	"strings"
)

// An Elem is one element of the structure.
type Elem struct {
	file       *File
	id         int
	kind       string // "H1", "P", "Table", "TR", "TH", "TD"
	attributes string
	kids       []kid
}

// A kid is an element below another one, or marked content of a page.
type kid struct {
	elem *Elem
	page *Page
	mark int
}

// Child adds an element of a kind below this one.
func (e *Elem) Child(kind string) *Elem {
	c := &Elem{file: e.file, kind: kind}
	e.kids = append(e.kids, kid{elem: c})
	return c
}

// Cell adds a cell to a row. Scope is "Row", "Column" or "" for a cell that
// heads nothing.
func (e *Elem) Cell(cols, rows int, scope string) *Elem {
	kind := "TD"
	var a strings.Builder
	if scope != "" {
		kind = "TH"
		a.WriteString("/Scope/" + scope)
	}
	if cols > 1 {
		fmt.Fprintf(&a, "/ColSpan %d", cols)
	}
	if rows > 1 {
		fmt.Fprintf(&a, "/RowSpan %d", rows)
	}
	c := e.Child(kind)
	if a.Len() > 0 {
		c.attributes = "<</O/Table" + a.String() + ">>"
	}
	return c
}

// Table adds a table with a summary, which is read before it.
func (e *Elem) Table(summary string) *Elem {
	t := e.Child("Table")
	t.attributes = "<</O/Table/Summary " + text(summary) + ">>"
	return t
}

// writeStructure writes all elements and returns the root of the structure and
// the object reserved for the way back from content to elements.
func (f *File) writeStructure(w *objects) (root, parents int) {
	root, parents = w.reserve(), w.reserve()
	f.reserveAll(w, f.root)
	f.writeElem(w, f.root, root)
	w.put(root, fmt.Sprintf("<</Type/StructTreeRoot/K %s/ParentTree %s/ParentTreeNextKey %d>>", ref(f.root.id), ref(parents), len(f.pages)))
	return root, parents
}

// reserveAll reserves the objects of the elements in reading order.
func (f *File) reserveAll(w *objects, e *Elem) {
	e.id = w.reserve()
	for _, k := range e.kids {
		if k.elem != nil {
			f.reserveAll(w, k.elem)
		}
	}
}

func (f *File) writeElem(w *objects, e *Elem, up int) {
	var kids []string
	for _, k := range e.kids {
		if k.elem != nil {
			kids = append(kids, ref(k.elem.id))
			f.writeElem(w, k.elem, e.id)
		} else {
			kids = append(kids, fmt.Sprintf("<</Type/MCR/Pg %s/MCID %d>>", ref(k.page.id), k.mark))
		}
	}
	s := fmt.Sprintf("<</Type/StructElem/S/%s/P %s", e.kind, ref(up))
	if e.attributes != "" {
		s += "/A" + e.attributes
	}
	w.put(e.id, s+"/K["+strings.Join(kids, " ")+"]>>")
}

// parentTree leads from each page's marked content to its elements.
func (f *File) parentTree() string {
	var b strings.Builder
	b.WriteString("<</Nums[")
	for i, p := range f.pages {
		fmt.Fprintf(&b, "%d[", i)
		for _, e := range p.owners {
			b.WriteString(ref(e.id) + " ")
		}
		b.WriteString("]")
	}
	b.WriteString("]>>")
	return b.String()
}
