package form

import (
	"cmp"
	"embed"
	"encoding/json"
	"fmt"
	"io/fs"
	"slices"
	"strings"
)

//go:embed data/*.json
var data embed.FS

// A Form is the layout one notice prescribes.
type Form struct {
	ID      string  `json:"id"`      // "2019", "2021"; the contract's name of the form
	Variant string  `json:"variant"` // what a variant does differently; "" for the form as prescribed
	Name    string  `json:"name"`    // the title of the format
	Source  string  `json:"source"`  // the notice it comes from
	From    int     `json:"from"`    // first year reported on in it
	To      int     `json:"to"`      // last one; 0: still in use
	Tables  []Table `json:"tables"`

	Cells     []Cell     `json:"-"` // all cells in printing order
	Equations []Equation `json:"-"` // what must hold between them, spelled out cell by cell

	Rules []Rule `json:"equations"` // the equations as the file declares them

	byID map[string]int
}

// A Table is one of the statutory tables.
type Table struct {
	ID      string  `json:"id"`      // "table2"
	Chapter int     `json:"chapter"` // the chapter it stands in, 2 to 4
	Title   string  `json:"title"`
	Note    string  `json:"note"`   // printed in the corner of table three
	Across  bool    `json:"across"` // its rows are printed side by side in one line (table four)
	Blocks  []Block `json:"blocks"`
}

// A Block is a part of a table with a head line and columns of its own: table
// two has one for each item of article 20, the others have one block each.
type Block struct {
	ID      string   `json:"id"`
	Title   string   `json:"title"` // "第二十条第（一）项"; "" where the table has only one block
	Columns []Column `json:"columns"`
	Rows    []Row    `json:"rows"`

	First int `json:"-"` // index of the block's first cell; they follow row by row
}

// A Row is one line of a block.
type Row struct {
	ID    string   `json:"id"`    // "deny5"
	Label string   `json:"label"` // as the form prints it
	Also  []string `json:"also"`  // other wordings seen for it
	Under []string `json:"under"` // the labels of merged cells left of it, outermost first
}

// A Column is one column of a block.
type Column struct {
	ID    string   `json:"id"`
	Label string   `json:"label"`
	Also  []string `json:"also"`
	Under []string `json:"under"` // the labels of merged cells above it, outermost first
	Kind  Kind     `json:"kind"`
}

// Kind says what a cell counts.
type Kind string

// The kinds of cell.
const (
	Count  Kind = ""       // pieces, never negative
	Signed Kind = "signed" // a change, may be negative
	Wan    Kind = "wan"    // money, printed in 万元 because the form says so
	Yuan   Kind = "yuan"   // money, printed with a unit of the agency's choice

	// Of claims only, never of cells.
	Share  Kind = "share"  // a part of a whole, in millionths
	Growth Kind = "growth" // change since the year before, in millionths of it
)

// Money tells whether values of the kind are money.
func (k Kind) Money() bool { return k == Wan || k == Yuan }

// A Cell is one place that takes a figure.
type Cell struct {
	ID     string // "table3.deny5.总计"
	Table  string
	Row    string
	Column string
	Kind   Kind

	TableIndex, BlockIndex, RowIndex, ColumnIndex int
}

// A Rule declares equations: for each row or column of a table, the sum on the
// left equals the sum on the right.
type Rule struct {
	Rule  string   `json:"rule"`  // "t3.row-sum"
	Table string   `json:"table"` // the table it holds in
	Each  string   `json:"each"`  // "row": the names are columns; "column": the names are rows
	Left  []string `json:"left"`
	Right []string `json:"right"`
}

// An Equation is one Rule for one row or column: the cells of Left sum up to the
// same number as the cells of Right.
type Equation struct {
	Rule        string
	Line        string // the row or column it is about, "deny5" or "自然人"
	Left, Right []int  // cell indexes
}

var known = load()

func load() []*Form {
	names, err := fs.Glob(data, "data/*.json")
	if err != nil {
		panic(err)
	}
	var all []*Form
	for _, variants := range []bool{false, true} {
		for _, name := range names {
			b, err := data.ReadFile(name)
			if err != nil {
				panic(err)
			}
			if strings.Contains(name, "-") != variants {
				continue
			}
			f, err := Parse(b, all...)
			if err != nil {
				panic(fmt.Sprintf("%s: %v", name, err))
			}
			all = append(all, f)
		}
	}
	slices.SortStableFunc(all, func(a, b *Form) int { return cmp.Compare(a.From, b.From) })
	return all
}

// All returns the forms the program comes with, oldest first, each followed by
// its variants. Callers share them and must not change them.
func All() []*Form { return known }

// ByID returns a form as prescribed by its name, nil if there is none.
func ByID(id string) *Form {
	for _, f := range known {
		if f.ID == id && f.Variant == "" {
			return f
		}
	}
	return nil
}

// ForYear returns the form that is right for reports on a year: the newest that
// began by then. Years before the first form get the first.
func ForYear(year int) *Form {
	best := known[0]
	for _, f := range known {
		if f.From <= year && f.Variant == "" {
			best = f
		}
	}
	return best
}

// Parse reads the declaration of a form, or of a variant of one of the forms
// given. It fails if cells are named twice, an equation names what is not there,
// or a variant starts from a form that was not given.
func Parse(b []byte, bases ...*Form) (*Form, error) {
	var kind struct {
		Of string `json:"of"`
	}
	if err := json.Unmarshal(b, &kind); err != nil {
		return nil, fmt.Errorf("年报表样不是有效的 JSON：%w", err)
	}
	d := json.NewDecoder(strings.NewReader(string(b)))
	d.DisallowUnknownFields()
	if kind.Of == "" {
		f := &Form{}
		if err := d.Decode(f); err != nil {
			return nil, fmt.Errorf("年报表样不是有效的声明：%w", err)
		}
		return f.index()
	}
	var v variant
	if err := d.Decode(&v); err != nil {
		return nil, fmt.Errorf("年报表样不是有效的声明：%w", err)
	}
	i := slices.IndexFunc(bases, func(f *Form) bool { return f.ID == v.Of && f.Variant == "" })
	if i < 0 {
		return nil, fmt.Errorf("年报表样 %s 依据的 %s 年表样不存在", v.ID, v.Of)
	}
	return v.apply(*bases[i])
}

// index numbers the cells and spells the equations out.
func (f *Form) index() (*Form, error) {
	f.byID = map[string]int{}
	if f.ID == "" || len(f.Tables) == 0 {
		return nil, fmt.Errorf("年报表样缺少 id 或者 tables")
	}
	for ti := range f.Tables {
		t := &f.Tables[ti]
		for bi := range t.Blocks {
			bl := &t.Blocks[bi]
			bl.First = len(f.Cells)
			for ri, r := range bl.Rows {
				for ci, c := range bl.Columns {
					cell := Cell{ID: t.ID + "." + r.ID + "." + c.ID, Table: t.ID, Row: r.ID, Column: c.ID, Kind: c.Kind,
						TableIndex: ti, BlockIndex: bi, RowIndex: ri, ColumnIndex: ci}
					if _, twice := f.byID[cell.ID]; twice {
						return nil, fmt.Errorf("年报表样 %s 有两个单元格都叫 %s", f.ID, cell.ID)
					}
					f.byID[cell.ID] = len(f.Cells)
					f.Cells = append(f.Cells, cell)
				}
			}
		}
	}
	for _, r := range f.Rules {
		if err := f.spell(r); err != nil {
			return nil, err
		}
	}
	return f, nil
}

// spell writes a rule out for every row or column it holds in.
func (f *Form) spell(r Rule) error {
	t := f.Table(r.Table)
	if t == nil || r.Each != "row" && r.Each != "column" {
		return fmt.Errorf("年报表样 %s 的勾稽关系 %s 没有写明在哪个表、按行还是按列", f.ID, r.Rule)
	}
	for _, b := range t.Blocks {
		var lines []string
		if r.Each == "row" {
			for _, row := range b.Rows {
				lines = append(lines, row.ID)
			}
		} else {
			for _, c := range b.Columns {
				lines = append(lines, c.ID)
			}
		}
		for _, line := range lines {
			e := Equation{Rule: r.Rule, Line: line}
			for side, names := range [][]string{r.Left, r.Right} {
				for _, n := range names {
					id := t.ID + "." + line + "." + n
					if r.Each == "column" {
						id = t.ID + "." + n + "." + line
					}
					i, ok := f.byID[id]
					if !ok {
						return fmt.Errorf("年报表样 %s 的勾稽关系 %s 提到没有的单元格 %s", f.ID, r.Rule, id)
					}
					if side == 0 {
						e.Left = append(e.Left, i)
					} else {
						e.Right = append(e.Right, i)
					}
				}
			}
			f.Equations = append(f.Equations, e)
		}
	}
	return nil
}

// Table returns a table by its name, nil if the form has none.
func (f *Form) Table(id string) *Table {
	for i := range f.Tables {
		if f.Tables[i].ID == id {
			return &f.Tables[i]
		}
	}
	return nil
}

// Index returns the number of a cell.
func (f *Form) Index(id string) (int, bool) {
	i, ok := f.byID[id]
	return i, ok
}

// At returns the number of the cell in a row and column of a block.
func (b *Block) At(row, column int) int { return b.First + row*len(b.Columns) + column }

// Say names a cell the way people do: 表三“（三）不予公开”“5.属于三类内部事务信息”行“总计”列.
func (f *Form) Say(cell int) string {
	c := f.Cells[cell]
	t := &f.Tables[c.TableIndex]
	b := &t.Blocks[c.BlockIndex]
	r := b.Rows[c.RowIndex]
	row := r.Label
	if n := len(r.Under); n > 0 && !strings.HasPrefix(row, "（") {
		row = r.Under[n-1] + row
	}
	return fmt.Sprintf("表%s“%s”行“%s”列", string([]rune("一二三四五六")[t.Chapter-1]), row, b.Columns[c.ColumnIndex].Label)
}
