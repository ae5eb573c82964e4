package document

// A Doc is one file as text: what a reader sees, in order, and everything else
// in the file that somebody might read against its author's will.
type Doc struct {
	Kind   Kind
	Title  string     // the title as printed in the text; "" if none was recognised
	Blocks []Block    // the visible text in reading order
	Notes  []Note     // what a person should know before publishing the file
	Parts  []Part     // all text with positions; "document" is the first
	Foot   []Footnote // footnotes and endnotes in the order they are cited
	Images []Image    // pictures with their bytes, each digest once
	Meta   []Property // what the file says about itself: author, dates …
	Pages  int        // pages, or sheets; 0 where the kind of file has none
}

// BlockKind says what a Block is.
type BlockKind string

// The kinds of Block.
const (
	Heading   BlockKind = "heading"
	Paragraph BlockKind = "paragraph"
	Listing   BlockKind = "list"
	Grid      BlockKind = "table"
	Figure    BlockKind = "figure"
	Rule      BlockKind = "rule" // a line across the page
)

// A Block is one piece of the text that stands on lines of its own.
type Block struct {
	Kind  BlockKind
	Level int    // Heading: 0 the title of the whole document, 1 to 5 below it
	Label string // the printed number of a numbered paragraph or heading, "一、"
	Align Align
	Runs  []Run     // Heading, Paragraph; Figure: its caption
	List  *List     // Listing
	Table *Table    // Grid
	Image *ImageRef // Figure

	Start, End int // place in the text of its part, in code points
	Page       int // from 1; 0 where unknown

	Strong bool    // all of it bold or in a face for headings
	Size   float64 // points of its largest letters; 0 where unknown
}

// Align is how a paragraph stands between the margins.
type Align string

// Where a paragraph stands; AlignStart is the usual place.
const (
	AlignStart  Align = ""
	AlignCenter Align = "center"
	AlignEnd    Align = "right"
)

// A Run is a piece of a paragraph in one style.
type Run struct {
	Text                        string
	Bold, Italic, Under, Strike bool
	Super, Sub                  bool
	Break                       bool      // a line break; Text is empty
	Link                        string    // address the run leads to
	Note                        int       // mark of footnote n, from 1; Text is empty
	Image                       *ImageRef // picture in the line; Text is empty
}

// A List is an ordered or unordered list; an Item may hold lists again.
type List struct {
	Ordered bool
	Start   int // number of the first item of an ordered list
	Items   []Item
}

// An Item is one entry of a List.
type Item struct{ Blocks []Block }

// A Table is a grid of cells. A cell that is covered by another does not appear.
type Table struct {
	Caption string
	Rows    []Row
}

// A Row is one row of a Table.
type Row struct {
	Header bool // repeats as a heading of the columns
	Cells  []Cell
}

// A Cell is one cell of a Table.
type Cell struct {
	Blocks   []Block
	Ref      string // "B3" in a sheet, "表2!B3" elsewhere
	Col      int    // first grid column, from 0
	ColSpan  int    // at least 1
	RowSpan  int    // at least 1
	Header   bool
	Numerals bool // the cell holds a number; such cells are set to the right
}

// A Footnote is a note below the text, or an endnote.
type Footnote struct {
	Number int
	Blocks []Block
}

// An Image is a picture in the document.
type Image struct {
	Digest string // SHA-256 of Bytes in hex
	Name   string // file name with an extension that fits the content
	Kind   Kind   // KindPNG, KindJPEG, KindGIF or KindWebP
	Alt    string
	Bytes  []byte
}

// An ImageRef is the place of a picture.
type ImageRef struct {
	Digest string // "" if the picture is missing or of a kind browsers cannot show
	Name   string
	Alt    string
}

// A Property is something the file says about itself.
type Property struct{ Name, Value string }

// Names of the parts of a file. The sheets of a workbook are parts under their
// own names; Part.Sheet tells them from these.
const (
	PartDocument = "document"
	PartHeader   = "header"
	PartFooter   = "footer"
	PartFootnote = "footnote"
	PartComment  = "comment"
	PartHidden   = "hidden"  // hidden text, rows, columns, sheets, invisible elements
	PartDeleted  = "deleted" // text struck out with tracked changes still in the file
	PartMetadata = "metadata"
	PartMargin   = "margin"   // a web page around its text: navigation, foot
	PartDrawing  = "drawing"  // words in charts, diagrams and drawings
	PartMarkup   = "markup"   // in the code of the file: attributes, addresses, fields, formulas, scripts
	PartEmbedded = "embedded" // other files inside the file
	PartFormer   = "former"   // earlier states of the file that are still in it
)

// A Part is the text of one part of a file. Offsets into it count code points.
// For a text file the document part is the file itself, byte order mark and
// line ends included, so that offsets are offsets into the file.
type Part struct {
	Name  string
	Sheet bool // the part is a sheet of a workbook
	Text  string
	Spans []Span // in order, not overlapping; between them nothing more is known
}

// A Span says where a stretch of a part's text stands in the file.
type Span struct {
	Start, End int    // code points, End exclusive
	Cell       string // "" outside tables
	Page       int    // 0 where unknown
}

// At returns the cell and the page of an offset into the part's text.
func (p Part) At(offset int) (cell string, page int) {
	lo, hi := 0, len(p.Spans)
	for lo < hi {
		mid := (lo + hi) / 2
		if p.Spans[mid].End > offset {
			hi = mid
		} else {
			lo = mid + 1
		}
	}
	if lo < len(p.Spans) && p.Spans[lo].Start <= offset {
		return p.Spans[lo].Cell, p.Spans[lo].Page
	}
	return "", 0
}

// Part returns the part of that name; ok is false if the file has none. A sheet
// that has the name of another part comes second.
func (d Doc) Part(name string) (p Part, ok bool) {
	for _, q := range d.Parts {
		if q.Name == name && (!ok || p.Sheet && !q.Sheet) {
			p, ok = q, true
		}
	}
	return p, ok
}

// Text returns the visible text: the document, or all visible sheets, and the
// footnotes.
func (d Doc) Text() string {
	var parts []string
	for _, p := range d.Parts {
		if p.Text != "" && (p.Name == PartDocument || p.Name == PartFootnote || p.Sheet) {
			parts = append(parts, p.Text)
		}
	}
	return joinLines(parts)
}

// NoteKind says what a Note is about.
type NoteKind string

// The kinds of Note.
const (
	NoteMacro     NoteKind = "macro"     // the file carries a program
	NoteExternal  NoteKind = "external"  // the file fetches something from elsewhere
	NoteEmbedded  NoteKind = "embedded"  // the file carries another file
	NoteHidden    NoteKind = "hidden"    // text that is in the file but not on the page
	NoteTracked   NoteKind = "tracked"   // changes that can be undone by any reader
	NoteComment   NoteKind = "comment"   // comments
	NoteMetadata  NoteKind = "metadata"  // names in the properties of the file
	NoteNoText    NoteKind = "notext"    // pages that are pictures
	NoteTruncated NoteKind = "truncated" // not everything was read
	NoteDamaged   NoteKind = "damaged"   // read in spite of faults in the file
	NotePicture   NoteKind = "picture"   // pictures that browsers cannot show
	NoteEncoding  NoteKind = "encoding"  // characters that could not be decoded
)

// A Note is a thing a person should know before the file is published. Say is a
// Chinese sentence without any of the hidden text itself.
type Note struct {
	Kind  NoteKind
	Say   string
	Count int    // how many, 0 where it makes no sense
	Where string // part, sheet or page; may be empty
}

func (d *Doc) note(kind NoteKind, count int, where, say string) {
	d.Notes = append(d.Notes, Note{Kind: kind, Say: say, Count: count, Where: where})
}
